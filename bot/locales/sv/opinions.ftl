# Andra ögon på en flagga, gemensamma beslut, eskalering, och hur överens moderatorerna är.
second = Andra ögon
escalate = Eskalera
card-second = { $who } ber om andra ögon: avgör flaggan så som du själv ser den.
card-joint = Två har läst flaggan och är inte överens. En tredje moderator eller en ansvarig moderator avgör, och det beslutet står fast.
card-escalated = { $who } eskalerade flaggan till de ansvariga moderatorerna { $when }.
opinion-uphold = { $who } vill bifalla
opinion-dismiss = { $who } vill avskriva
opinion-unsure = { $who } är osäker
outcome-pending = Flagga { $flag } öppnades på nytt av { $who } { $when }
second-title = Andra ögon på flagga { $flag }
second-lean = Hur lutar du?
second-lean-description = Den som läser efter dig får inte veta det förrän svaret är givet.
lean-uphold = Jag vill bifalla
lean-dismiss = Jag vill avskriva
lean-unsure = Jag är osäker
second-asked = Tack! Flagga { $flag } går nu till någon annan, som inte får veta hur du lutar.
second-own = Ingenting ändrades: du har redan bett om andra ögon på flagga { $flag }, så låt någon annan svara.
waiting-another = Ingenting ändrades: någon har redan bett om andra ögon på flagga { $flag }, så avgör den gärna själv.
waiting-joint = Ingenting ändrades: två har redan läst flagga { $flag }, och nu väntar den på ett gemensamt beslut.
waiting-leads = Ingenting ändrades: flagga { $flag } är eskalerad och ligger hos de ansvariga moderatorerna.
course-opinion = Tack! Ni två som har läst flagga { $flag } är inte överens, så din läsning är sparad och en tredje moderator eller en ansvarig moderator avgör.
course-asker = Ingenting ändrades: du har bett om andra ögon på flagga { $flag }, så någon annan avgör den; brådskar det kan du eskalera den.
course-given = Ingenting ändrades: du har redan sagt hur du ser på flagga { $flag }, så en tredje moderator eller en ansvarig moderator avgör den.
course-leads = Ingenting ändrades: flagga { $flag } är eskalerad, så bara de ansvariga moderatorerna kan avgöra den.
course-own = Ingenting ändrades: det är ditt eget meddelande, så någon annan moderator måste ta hand om flagga { $flag }.
escalate-title = Eskalera flagga { $flag }
escalate-note = Varför behöver de ansvariga se den?
escalate-done = Flagga { $flag } ligger nu hos de ansvariga moderatorerna.
escalate-already = Ingenting ändrades: flagga { $flag } ligger redan hos de ansvariga moderatorerna.
reread-only = Ingenting ändrades: det här är en andra läsning, så svara med ”Bifall” eller ”Avskriv”.
reread-agreed = Tack, det var en andra läsning: ni är överens.
reread-disagreed = Tack, det var en andra läsning: ni är inte överens, så flagga { $flag } är öppen igen och väntar på ett gemensamt beslut.
reread-unwanted = Ingenting ändrades: flagga { $flag } behöver ingen andra läsning av dig längre.
agreement-heading = Så överens är två som läser samma flagga (Krippendorffs alfa: 1 är helt överens, 0 är som slumpen):
agreement-none = Ingen flagga har två läsningar än, så det går inte att säga hur överens moderatorerna är.
agreement-decision = beslutet
agreement-line = - { $what }: { NUMBER($alpha, minimumFractionDigits: 2) } över { $pairs ->
    [one] en flagga
   *[other] { $pairs } flaggor
}: { $worth }
agreement-same = - { $what }: alla har svarat lika i { $pairs ->
    [one] en flagga
   *[other] { $pairs } flaggor
}: { $worth }
trust-few = för få flaggor än
trust-nothing = inget att skilja överensstämmelse från slump med
trust-reliable = duger att dra slutsatser av
trust-tentative = duger att dra försiktiga slutsatser av
trust-none = för låg för att dra slutsatser av; prata ihop er om var gränsen går
check-leads = De ansvarigas kanal: #{ $channel }
check-leads-shut = De ansvarigas kanal: ge boten ”Visa kanal” och ”Skicka meddelanden” i #{ $channel }
check-leads-unknown = De ansvarigas kanal: { $channel } finns inte där boten är; rätta [discord] leads_channel
