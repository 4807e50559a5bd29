# Panelens kö och ärendesida. Svenska är källspråket.
web-queue = Kö
web-case = Flagga { $flag }
web-case-unknown = Den flaggan finns inte, eller så hör den till en server som du inte ser.
web-unclear = Adressen går inte att tyda ({ $what }). Välj i stället på sidan.
web-unreadable = Formuläret gick inte att tyda och ingenting ändrades. Ladda om sidan och försök igen.
web-lean-missing = Ingenting ändrades: välj hur du lutar när du ber om andra ögon.
web-filters = Filter
web-filter-pile = Visa
web-filter-motive = Motiv
web-filter-target = Mot vem
web-filter-threat = Bara hot
web-filter-channel = Kanal
web-filter-reported = Bara rapporterade
web-filter-age = Flaggades
web-filter-mine = Mina
web-filter-after = plats i listan
web-filter-show = Visa
web-filter-clear = Rensa filter
web-any = Alla
web-pile-open = Väntar på beslut
web-pile-decided = Avgjorda
web-age-day = Senaste dygnet
web-age-week = Senaste veckan
web-age-older = För mer än en vecka sedan
web-mine-reading = Jag läser
web-mine-asked = Jag har bett om andra ögon
web-begin = Börja granska
web-queue-empty = Kön är tom. Inget väntar på beslut från dig.
web-paused = Du har paus. Kön finns kvar när du kommer tillbaka.
web-nothing = Ingen flagga stämmer med filtret.
web-nothing-near = Ingen av de närmaste tusen flaggorna stämmer med filtret.
web-cut = Filtret söker igenom tusen flaggor i taget.
web-search-on = Sök vidare
web-more = Visa fler
web-first = Till början
web-ago = för { $span } sedan
web-reported = { $count ->
    [one] en rapport
   *[other] { $count } rapporter
}
web-waits-1 = andra ögon
web-waits-2 = gemensamt beslut
web-waits-3 = eskalerad
web-lease = { $who } läser den här
web-lease-own = du läser den här
web-to-list = Till listan
web-whole = Hela ärendet
web-plain = Visa utan maskering
web-kind-message = Meddelande
web-kind-title = Rubrik
web-kind-name = Visningsnamn
web-kind-person = Rapporter om en person
web-kind-elsewhere = Rapport om något på servern
web-author = av
web-in-discord = Öppna i Discord
web-show-text = Visa texten
web-shape = Texten är dold: { $words ->
    [one] ett ord
   *[other] { $words } ord
}, { $weighed ->
    [0] inget av dem vägde särskilt
    [one] ett av dem vägde
   *[other] { $weighed } av dem vägde
}.
web-forgotten = Texten är gallrad.
web-what = Det som flaggades
web-why = Varför den flaggades
web-limit = { $label }: { $value }, över tröskeln { $limit }
web-earlier = { $count ->
    [one] Författaren har en bifallen flagga de senaste 90 dygnen:
   *[other] Författaren har { $count } bifallna flaggor de senaste 90 dygnen, senast:
}
web-reports = Rapporter
web-voices = Visa vad medlemmarna skriver
web-voice-forgotten = Texten i rapporten är gallrad.
web-standing = Läget nu
web-context = Sammanhanget, så som det ser ut nu
web-context-chain = Det som meddelandet svarar på
web-context-around = Före och efter
web-context-flagged = Det flaggade meddelandet:
web-context-no-bot = Sammanhanget hämtas från Discord och kan bara visas när boten är i gång.
web-decide = Avgör
web-second-send = Be om andra ögon
web-escalate-send = Lämna till de ansvariga
web-did-uphold = Flagga { $flag } bifölls.
web-did-dismiss = Flagga { $flag } avskrevs.
web-did-reopen = Flagga { $flag } är öppen igen.
web-undo = Ångra
web-undo-hint = Tryck z inom tio sekunder för att ångra.
web-undo-over = Beslutet går inte längre att ångra här.
web-undo-late = Det gick inte att ångra: { $outcome }. Ett beslut kan ångras av den som fattade det, inom tio sekunder. Öppna flaggan igen från dess sida om det blev fel.
web-undone = Beslutet om flagga { $flag } är ångrat, och flaggan är öppen igen.
web-timeline = Tidslinje
web-appeals = Överklaganden
web-appeal = Överklagat { $when }.
web-appeal-open = Väntar på beslut.
web-appeal-answer = Svaret till den som överklagade
web-keys-help = Tangentkommandon
web-keys-on = Använd tangentkommandon i den här webbläsaren
web-keys-title = Tangentkommandon
web-keys-about = De gäller när du inte skriver i ett fält. Stäng av dem här om de är i vägen.
web-keys-key = Tangent
web-keys-does = Det den gör
web-keys-close = Stäng
web-key-j = Nästa flagga i listan
web-key-k = Föregående flagga i listan
web-key-o = Visa eller dölj texten
web-key-c = Visa sammanhanget
web-key-digits = Välj eller välj bort ett motiv
web-key-u = Bifall, med de valda motiven
web-key-d = Avskriv
web-key-s = Be om andra ögon
web-key-e = Eskalera
web-key-z = Ångra beslutet, inom tio sekunder
web-key-help = Visa den här hjälpen
web-key-esc = Stäng
happened-flagged = Flaggades
happened-seen = Öppnades av en moderator för första gången
happened-edited = Meddelandet ändrades
happened-withdrawn = Meddelandet togs bort
happened-reported = Rapport { $about } kom in
happened-unanswered = Rapporterna hade väntat för länge på svar
happened-uphold = { $who } biföll flaggan
happened-dismiss = { $who } avskrev flaggan
happened-reopen = { $who } öppnade flaggan igen
happened-asked = { $who } bad om andra ögon
happened-escalated = { $who } eskalerade flaggan
happened-done = Utfört: { $about }
happened-undone = Återtaget: { $about }
happened-told-statement = Författaren fick beslutet med skälen
happened-told-granted = Författaren fick veta att överklagandet bifölls
happened-told-rejected = Författaren fick veta att överklagandet avslogs
happened-told-withdrawn = Författaren fick veta att beslutet togs tillbaka
happened-appealed = Författaren överklagade
happened-judged-granted = { $who } biföll överklagandet
happened-judged-rejected = { $who } avslog överklagandet
happened-judged-overtaken = Överklagandet föll, för beslutet hade ändrats
