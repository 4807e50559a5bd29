# Det som terminalen säger till den som använder den.
demo-intro = En påhittad vecka i Almköpings kommun strömmar genom pipelinen …
demo-summary = { $read ->
    [one] { $read } meddelande läst
   *[other] { $read } meddelanden lästa
}, { $flagged ->
    [0] ingenting att titta på
    [one] ett att titta på
   *[other] { $flagged } att titta på
}. De andra lämnade inga spår utom antal.
demo-next = Så går du vidare
demo-next-flags = se kön, med texten
demo-next-decide = avgör en flagga, som människa
demo-next-sqlite = läs databasen med vilket verktyg som helst
replay-summary = { $read } lästa, { $flagged } flaggade ({ $new } nya), { $skipped } rader överhoppade.
replay-before = { $lines } rader var redan lästa; fortsätter efter dem.
flags-title = Att titta på
flags-none = Kön är tom.
column-number = Nr
column-where = När och var
column-why = Varför
column-sure = Hur säkert
column-text = Text
withdrawn = borttaget
forgotten = texten är gallrad
decided = Flagga { $flag } är nu { $state }.
decided-before = Flagga { $flag } var redan { $state }; ingenting ändrades.
retained = Text gallrad ur { $count } flaggor.
