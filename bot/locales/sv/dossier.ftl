# Bevispaketet: försättsbladet, och vad en kontroll säger. Svenska är källspråket.
dossier-title = { $count ->
    [one] Bevispaket, ärende { $cases }
   *[other] Bevispaket, ärendena { $cases }
}
dossier-heading = Bevispaket
dossier-about = Här finns meddelanden som har uppmärksammats i kommunens Discordkanaler, ordagrant, och vad människor har beslutat om dem. Texterna kan vara kränkande. Tiderna på det här bladet är i svensk tid.
dossier-making = Om paketet
dossier-column-what = Uppgift
dossier-column-is = Värde
dossier-by = Framställt av
dossier-when = När
dossier-why = Varför
dossier-cases = Ärenden
dossier-program = Program
dossier-key = Nyckelns fingeravtryck
dossier-head = Loggen
dossier-head-is = fram till post { $seq }, som är signerad
dossier-summary = Ärendena i korthet
dossier-column-case = Ärende
dossier-column-posted = Skrivet
dossier-column-channel = Kanal
dossier-column-author = Författarens Discord-id
dossier-column-state = Läge
dossier-unknown = okänd
dossier-case = Ärende { $case }
dossier-revision = Det här är en annan lydelse av ett meddelande i paketet, före eller efter en redigering.
dossier-message = Meddelandet
dossier-kind = Slag
dossier-message-id = Meddelandets id
dossier-author = Författarens id
dossier-server = Serverns id
dossier-channel-id = Kanalens id
dossier-reply = Svar på meddelande
dossier-at-posted-at = Skrivet
dossier-at-edit = Fick den här lydelsen
dossier-at-flagged-at = Flaggat av programmet
dossier-at-seen-at = Först sett av en människa
dossier-at-edited-at = Redigerat av författaren efteråt
dossier-at-withdrawn-at = Borttaget från kanalen
dossier-at-acted-at = Åtgärdat
dossier-found = Flaggat för
dossier-reason = { $rule ->
    [watchlist] bevakat ord: { $label }
    [language] språk som modellen inte läser: { $label }
    [report] rapporterat: { $label }
    [audit] läst vid ett stickprov
   *[other] { $label }
}
dossier-reports = Rapporter
dossier-reported = { $count ->
    [one] en rapport, { $first }
   *[other] { $count } rapporter, den första { $first }
}
dossier-file = Bifogad fil
dossier-file-is = { $name }, { $size } byte, SHA-256: { $sha256 }
dossier-text = Texten, som den skrevs
dossier-cut = Texten är längre än så. Hela texten finns i messages.json.
dossier-done = Vad som har beslutats och gjorts
dossier-column-when = När
dossier-column-done = Vad
dossier-column-by = Av vem
dossier-column-words = Med orden
dossier-undecided = Ingen människa har beslutat i ärendet ännu.
dossier-step-uphold = Flaggan bifölls
dossier-step-dismiss = Flaggan avskrevs
dossier-step-reopen = Ärendet öppnades igen
dossier-told-statement = Författaren underrättades om beslutet
dossier-told-granted = Författaren underrättades om att överklagandet bifölls
dossier-told-rejected = Författaren underrättades om att överklagandet avslogs
dossier-told-withdrawn = Författaren underrättades om att beslutet togs tillbaka
dossier-appeal = Överklagande
dossier-the-author = författaren
dossier-outcome-granted = Överklagandet bifölls
dossier-outcome-rejected = Överklagandet avslogs
dossier-outcome-overtaken = Överklagandet förföll, eftersom beslutet hade ändrats
dossier-provisions = Bestämmelser som en läsare kan vilja titta på
dossier-provisions-about = Förslagen följer av vad ärendena handlar om. De är ingen bedömning: varken programmet eller den som har framställt paketet har tagit ställning till om något är ett brott.
dossier-provisions-none = Det som har kommit fram i ärendena ger inga förslag.
provision-brb-4-4b = BrB 4 kap. 4 b § – olaga förföljelse
provision-brb-4-5 = BrB 4 kap. 5 § – olaga hot
provision-brb-4-7 = BrB 4 kap. 7 § – ofredande
provision-brb-16-5 = BrB 16 kap. 5 § – uppvigling
provision-brb-16-8 = BrB 16 kap. 8 § – hets mot folkgrupp
provision-brb-17-1-3 = BrB 17 kap. 1–3 §§ – hot mot, angrepp på eller förolämpning av tjänsteman
provision-brb-18-5 = BrB 18 kap. 5 § – brott mot medborgerlig frihet
provision-brb-29-2-7 = BrB 29 kap. 2 § p. 7 – hatmotiv
provision-brb-29-2-9 = BrB 29 kap. 2 § p. 9 – mot den som är förtroendevald
provision-brb-29-2-11 = BrB 29 kap. 2 § p. 11 – mot journalistisk verksamhet
dossier-ground = Bestämmelser om att lämna ut uppgifterna
dossier-ground-is = Lag (2025:170) 4 § och 6 §: uppgifter som Polismyndigheten behöver, efter prövning av sekretessen. Prövningen gör den som lämnar ut paketet, inte programmet.
dossier-checking = Så kontrolleras paketet
dossier-checking-how = Paketet är signerat. Vem som helst kan kontrollera att ingenting i det har ändrats, utan tillgång till kommunens databas.
dossier-checking-command = Kör ”uppsikt evidence verify” med filens namn. Kommandot säger om paketet är helt, och annars vad som är ändrat.
dossier-checking-key = Jämför fingeravtrycket { $fingerprint } med det som kommunen uppger på annat sätt, till exempel på telefon. Först då är det säkert vem som har signerat.
dossier-checking-what = Varje beslut och varje meddelande har en post i kommunens logg, och varje post bygger på posten före. Paketet innehåller den delen av loggen, utan andras uppgifter, fram till en post som kommunen har signerat. Därför går det att visa att uppgifterna står som de skrevs in.
dossier-enclosed = Filerna
dossier-enclosed-messages = messages.json: meddelandena, med tider i UTC.
dossier-enclosed-decisions = decisions.json: besluten, åtgärderna, underrättelserna och överklagandena.
dossier-enclosed-record = record.json och chain.jsonl: posterna i loggen, och det som visar att uppgifterna är desamma som där.
dossier-enclosed-manifest = manifest.json och manifest.sig: en lista över filerna med SHA-256, och signaturen.
evidence-made = Paketet är skrivet till { $file }. SHA-256: { $sha256 }
evidence-unlocked = Det är inte låst: den som har filen kan läsa den. Lås det till mottagarens nyckel med --recipient.
evidence-key = Signerat med nyckeln { $fingerprint }. Uppge fingeravtrycket för mottagaren på annat sätt än tillsammans med paketet.
evidence-whole = Paketet är helt: { $count ->
    [one] ärende { $cases }
   *[other] ärendena { $cases }
}, framställt { $at } av { $by }.
evidence-compare = Signerat med nyckeln { $fingerprint }. Jämför fingeravtrycket med det som kommunen uppger på annat sätt, till exempel på telefon.
evidence-as-demanded = Signerat med nyckeln { $fingerprint }, som du angav.
evidence-broken = Paketet är inte som det var när det gjordes:
finding-no-package = Filen är inget bevispaket, eller så är den trasig.
finding-file-unknown = { $name } hör inte till paketet: filen har lagts till.
finding-file-twice = { $name } finns mer än en gång.
finding-file-missing = { $name } saknas.
finding-file-torn = { $name } går inte att läsa: filen är ändrad eller trasig.
finding-file-changed = { $name } är ändrad: innehållet är inte det som manifestet anger.
finding-file-unreadable = { $name } har inte den form som den ska ha.
finding-unsigned = Signaturen stämmer inte: manifest.json eller manifest.sig är ändrad.
finding-another-key = Paketet är signerat med en annan nyckel än den du angav: { $fingerprint }.
finding-manifest-files = Manifestet räknar upp andra filer än paketets.
finding-another-head = Loggen är signerad med en annan nyckel än paketet.
finding-case-missing = Ärende { $case } ska finnas i paketet, men saknas.
finding-head-unsigned = Loggens signatur stämmer inte: record.json är ändrad.
finding-chain-order = chain.jsonl: post { $seq } följer inte på posten före. Något är borttaget, tillagt eller omflyttat.
finding-chain-broken = chain.jsonl: post { $seq } är ändrad, eller posten före.
finding-chain-end = chain.jsonl: den sista posten är inte den signerade, { $seq }.
finding-row-unproven = Ärende { $case }: raden { $kind } { $id } har inget som styrker den. Den har lagts till.
finding-row-removed = Raden { $kind } { $id } saknas: den har tagits bort.
finding-row-elsewhere = Ärende { $case }: raden { $kind } { $id } stöds inte av sin senaste post i loggen.
finding-row-columns = Ärende { $case }: raden { $kind } { $id } har andra uppgifter än den ska ha.
finding-words-changed = Ärende { $case }: orden i raden { $kind } { $id } är inte de som skrevs in i loggen.
finding-facts-changed = Ärende { $case }: uppgifterna i raden { $kind } { $id } är inte de som skrevs in i loggen.
finding-words-keyless = Ärende { $case }: orden i raden { $kind } { $id } styrks bara av signaturen, eftersom nyckeln i loggen har gallrats.
finding-facts-keyless = Ärende { $case }: uppgifterna i raden { $kind } { $id } styrks bara av signaturen, eftersom nyckeln i loggen har gallrats.
finding-wrapping = Filerna stämmer, men något har lagts till eller ändrats runt dem.
