# Korten som moderatorer avgör flaggor på, och svaren de får. Svenska är källspråket.
card-message = **Flagga { $flag }** i { $where }, { $when } · [läs meddelandet]({ $link })
card-title = **Flagga { $flag }**, rubriken på { $where }, { $when } · [läs tråden]({ $link })
card-name = **Flagga { $flag }**, visningsnamnet på { $who }, sett i { $where } { $when }
card-words = Ord som vägde
card-limits = Över tröskeln: { $limits }
card-limit = { $label } { $value } (tröskel { $limit })
card-edited = Meddelandet ändrades { $when }; det som står här är texten som flaggades.
card-withdrawn = Meddelandet togs bort { $when }; texten står kvar här tills den gallras.
card-withdrawn-forgotten = Meddelandet togs bort { $when }.
card-text-stays = Texten står kvar här tills den gallras.
card-lease = { $who } tittar på den här, längst till { $when }.
card-note = Anteckning
uphold = Bifall
dismiss = Avskriv
context = Sammanhang
context-heading = **Sammanhanget till flagga { $flag }** i { $where }, så som det ser ut nu
context-chain = **Det som meddelandet svarar på**
context-around = **Före och efter**
context-link = läs
context-flagged = ▶ **Det flaggade:**
context-message-gone = Det flaggade meddelandet finns inte kvar; det som skrevs omkring det står här.
context-gone = Kanalen finns inte längre där boten kommer åt den, så sammanhanget går inte att visa.
context-closed = Boten får inte läsa historiken i { $where }; ge den ”Visa kanal” och ”Läs meddelandehistorik” där.
context-silent = Discord svarar inte just nu, så sammanhanget kunde inte hämtas; försök igen om en stund.
context-forgotten = Texten i flagga { $flag } är gallrad, så dess sammanhang visas inte längre.
context-title = Flagga { $flag } gäller en rubrik och inget meddelande, så den har inget sammanhang; läs tråden.
context-name = Flagga { $flag } gäller ett visningsnamn och inget meddelande, så den har inget sammanhang.
reopen = Öppna igen
reopened = Flagga { $flag } är öppen igen; det som redan är gjort står kvar tills den avgörs på nytt.
refused-reopen = Ingenting ändrades: flagga { $flag } är öppen redan, gallrad, eller gäller ett meddelande av dig själv.
show-next = Visa nästa
outcome-upheld = Flagga { $flag } bifölls av { $who } { $when }
outcome-dismissed = Flagga { $flag } avskrevs av { $who } { $when }
outcome-forgotten = Texten i flagga { $flag } är gallrad, så den kan inte avgöras här
modal-title = Bifall flagga { $flag }
modal-motives = Hot och motiv, som du ser dem
modal-likely = De som modellen finner troliga är valda; ändra som du vill.
modal-note = Anteckning, om det behövs
queue-name = kö
queue-description = Visa nästa flagga som väntar på beslut
case-name = ärende
case-description = Visa en flagga, också en som är avgjord
case-number-name = nummer
case-number-description = Flaggans nummer, som det står på dess kort
stats-name = statistik
stats-description = Hur mycket väntar, vad har avgjorts, och hur snabbt?
stats-open = { $open ->
    [0] Inga flaggor väntar på beslut.
    [one] En flagga väntar på beslut; den har väntat i { $age }.
   *[other] { $open } flaggor väntar på beslut; den äldsta har väntat i { $age }.
}
stats-today = Avgjorda i dag: { $upheld ->
    [one] en bifallen
   *[other] { $upheld } bifallna
}, { $dismissed ->
    [one] en avskriven
   *[other] { $dismissed } avskrivna
}.
stats-week = Avgjorda de senaste sju dygnen: { $upheld ->
    [one] en bifallen
   *[other] { $upheld } bifallna
}, { $dismissed ->
    [one] en avskriven
   *[other] { $dismissed } avskrivna
}.
stats-seen = Hälften av de flaggor som öppnades de senaste 30 dygnen öppnades inom { $time }.
stats-decided = Hälften av de flaggor som avgjordes de senaste 30 dygnen avgjordes inom { $time }.
stats-unseen = De senaste 30 dygnen har ingen flagga öppnats.
stats-undecided = De senaste 30 dygnen har ingen flagga avgjorts.
span-moment = mindre än en minut
span-minutes = { $minutes } min
span-hours = { $hours } tim { $minutes } min
span-days = { $days } dygn { $hours } tim
refused-role = Det här får bara moderatorer göra; be en administratör om rollen.
refused-unknown = Den flaggan finns inte här; se vad som väntar med `/kö`.
refused-malformed = Den knappen går inte att tyda, och ingenting ändrades; öppna flaggan på nytt med `/kö`.
refused-decided = Ingenting ändrades: { $outcome }.
refused-store = Databasen går inte att nå just nu, och ingenting ändrades; försök igen om en stund.
refused-mistake = Något gick fel; se efter med `/kö` om flaggan fortfarande väntar.
decided-without-card = { $outcome }; kortet gick inte att uppdatera.
