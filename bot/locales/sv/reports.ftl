# Det medlemmar rapporterar, och vad de får veta. Svenska är källspråket.
report-menu = Rapportera
report-name = rapportera
report-description = Rapportera ett meddelande, en medlem eller något annat; ingen får veta att det var du
report-message-name = meddelande
report-message-description = Länken till meddelandet: ”Kopiera meddelandelänk” i dess meny
report-member-name = medlem
report-member-description = Vem det gäller, om det inte är ett meddelande
report-title = Rapportera
report-category = Vad handlar det om?
report-category-note = Välj det som stämmer bäst.
report-against = Är det hat: mot vem?
report-against-note = Hoppa över det om du är osäker.
report-hurt = Vem drabbas?
report-hurt-note = Moderatorerna får inte veta om det är du.
report-words = Vill du berätta mer?
report-words-note = Moderatorerna läser det men ser inte vem du är, så skriv inte ditt namn.
report-happened = Vad har hänt, och var?
report-happened-note = Moderatorerna läser det men ser inte vem du är, så skriv inte ditt namn.
category-hate = Hat
category-threat = Hot
category-harassment = Trakasserier eller mobbning
category-spam = Skräp eller reklam
category-other = Något annat
hurt-me = Mig
hurt-somebody = Någon annan
hurt-nobody = Ingen särskild
report-no-link = Det är ingen länk till ett meddelande; välj ”Kopiera meddelandelänk” i meddelandets meny.
report-other-server = Länken leder till en annan server; rapportera där, eller till dem som sköter den.
report-unreadable = Länken leder inte till någon kanal som du kan läsa här.
report-closed = Boten kommer inte åt den kanalen; håll i stället på meddelandet och välj Appar → Rapportera.
report-gone = Meddelandet finns inte kvar; berätta om det med `/rapportera` och den medlem det gäller.
report-silent = Discord svarar inte just nu, och ingenting skickades; försök igen om en stund.
report-own = Det är ditt eget meddelande; du kan ta bort det själv.
report-own-person = Du kan inte rapportera dig själv; behöver du stöd finns `/stöd`.
report-bot = Det skrevs av en bot; prata med dem som sköter servern.
report-me = Mig kan du inte rapportera; prata med dem som sköter servern.
report-system = Det är Discords eget meddelande, så det finns ingen som har skrivit det.
report-malformed = Det går inte att tyda, och ingenting skickades; börja om med `/rapportera`.
report-long = Det är för långt, och ingenting skickades; skriv högst { $most } tecken.
report-empty = Du skrev ingenting, så ingenting skickades; berätta vad som har hänt.
report-mistake = Något gick fel; se efter med `/minarapporter` om rapporten kom fram.
unheard-too-many = Du har rapporterat { $most } gånger den senaste timmen, så den här sparades inte; är det bråttom, ring 112 eller skriv till en moderator.
unheard-twice = Du har redan rapporterat det; se vad som händer med `/minarapporter`.
unheard-forgotten = Det ärendet är avslutat och gallrat, så rapporten sparades inte; prata med en moderator.
receipt = Tack för att du säger till. Din rapport har nummer **{ $number }**, och ingen som läser den ser vem du är.
receipt-later = En moderator går igenom den. Du får svar i ett direktmeddelande, eller med `/minarapporter`.
receipt-upheld = Moderatorerna har redan gått igenom just det här och har agerat. Din rapport läggs till ärendet.
receipt-dismissed = Moderatorerna har redan gått igenom just det här och bedömde att det inte bryter mot reglerna. Din rapport läggs till ärendet, och du får veta om bedömningen ändras.
support-name = stöd
support-description = Här finns hjälp om du eller någon annan har råkat illa ut; ingen får veta att du frågade
support-heading = **Här finns hjälp**
answer-upheld = **Rapport { $number }:** Tack för att du sa till. Moderatorerna har gått igenom det, och vi har agerat. Vad som hände med vem berättar vi inte. Behöver du stöd finns `/stöd`.
answer-dismissed = **Rapport { $number }:** Tack för att du sa till. Moderatorerna har gått igenom det, och vi bedömde att det inte bryter mot reglerna. Säg till igen om det fortsätter. Behöver du stöd finns `/stöd`.
answer-changed-upheld = **Rapport { $number }:** Bedömningen har ändrats. Moderatorerna har gått igenom det på nytt, och vi har agerat. Tack för att du sa till.
answer-changed-dismissed = **Rapport { $number }:** Bedömningen har ändrats. Moderatorerna har gått igenom det på nytt, och vi bedömde att det inte bryter mot reglerna. Tack för att du sa till.
answer-abusive = **Rapport { $number }:** En moderator bedömde att rapporten gjordes för att komma åt någon. Därför läses dina rapporter efter andras en tid; det går över av sig självt. Är det ett missförstånd, prata med en moderator.
myreports-name = minarapporter
myreports-description = Det du har rapporterat, och vad som hände; bara du ser det
myreports-heading = **Dina rapporter**, de senaste först
myreports-none = Du har inga rapporter här; äldre rapporter glöms.
myreports-line = **{ $number }**, { $when }, { $what }: { $became }
myreports-open = väntar på en moderator.
myreports-upheld = vi har agerat.
myreports-dismissed = vi bedömde att det inte bryter mot reglerna.
myreports-abusive = En moderator bedömde att rapporten gjordes för att komma åt någon.
card-person = **Flagga { $flag }**, rapporter om { $who }, i { $where } { $when }
card-elsewhere = **Flagga { $flag }**, rapport om något på servern, skriven i { $where } { $when }
context-person = Flagga { $flag } gäller en person och inget meddelande, så den har inget sammanhang.
context-elsewhere = Flagga { $flag } gäller inget meddelande, så den har inget sammanhang.
reason-report = rapporterat: { $category }
heard-count = { $count ->
    [one] Rapporterat av en medlem.
   *[other] **Rapporterat { $count } gånger.**
}
heard-late = { $count ->
    [one] En rapport kom efter beslutet.
   *[other] { $count } rapporter kom efter beslutet.
}
heard-flood = ⚠ Flod: ovanligt många rapporter om samma person på en timme. De kan vara samordnade.
heard-voice = Rapport { $number }: { $what }, { $hurt }
heard-nobody = drabbar ingen särskild
heard-somebody = drabbar någon
heard-abusive = Rapport { $number }: bedömd som missbruk
heard-elsewhere = Rapporterna gäller också:
statement-person = Det gäller något på servern som inte är ett meddelande, rapporterat { $posted } från { $where }.
statement-elsewhere = Det gäller något på servern som inte är ett meddelande, rapporterat { $posted } från { $where }.
heard-unanswered = Obesvarad för länge.
abuse-choose = Markera en rapport som gjord för att komma åt någon
abuse-report = Rapport { $number }
abuse-marked = Rapport { $number } är markerad. Den räknas inte längre i kön, och den som rapporterade får veta det.
abuse-not-marked = Ingenting ändrades: rapport { $number } är redan markerad, eller finns inte här.
reporters-none = Ingen rapport i det ärendet har en rapportör som ännu är känd.
stats-missed = { $count ->
    [one] Missade av modellen de senaste 30 dygnen: ett bifallet ärende som bara medlemmar hade rapporterat.
   *[other] Missade av modellen de senaste 30 dygnen: { $count } bifallna ärenden som bara medlemmar hade rapporterat.
}
check-role-unknown = Roll: { $role } finns inte i någon av servrarna; rätta [roles] { $setting }
check-trusted = Betrodda medlemmar, vars rapporter läses först: { $roles }
