# Det som den som skrev får veta om ett beslut, överklaganden, och en medlems tidigare ärenden. Svenska är källspråket.
statement-heading = **Beslut i ärende { $flag }**, { $when }
statement-message = Det gäller ditt meddelande i { $where }, skrivet { $posted }:
statement-title = Det gäller din rubrik på { $where }, skriven { $posted }:
statement-name = Det gäller ditt visningsnamn, sett i { $where } { $posted }:
statement-forgotten = Texten är gallrad.
told-delete = Det tas bort från servern.
told-warn = Du får en varning.
told-timeout = Du kan inte skriva på servern i { $length }, till { $until }.
length-minutes = { $count ->
    [one] en minut
   *[other] { $count } minuter
}
length-hours = { $count ->
    [one] en timme
   *[other] { $count } timmar
}
length-days = { $count ->
    [one] ett dygn
   *[other] { $count } dygn
}
statement-ground = Skälet är att det bryter mot serverns regler ({ $motives }).
statement-ground-plain = Skälet är att det bryter mot serverns regler.
statement-rules = Serverns regler
statement-found = Det uppmärksammades av en automatisk läsning. En människa har läst det och fattat beslutet, med maskinens hjälp.
statement-reported = Det anmäldes av någon på servern. En människa har läst det och fattat beslutet, med hjälp av en automatisk läsning.
statement-appeal = Tycker du att beslutet är fel? Överklaga med knappen här under, senast { $until }. En annan människa än den som beslutade prövar det då.
statement-onward = Du kan också ha rätt att få saken prövad av ett tvistlösningsorgan utanför domstol, eller av en domstol.
statement-contact = Kontakt
news-granted = **Beslutet i ärende { $flag } gäller inte längre**: ditt överklagande bifölls { $when }
news-rejected = **Beslutet i ärende { $flag } står fast**: ditt överklagande avslogs { $when }
news-withdrawn = **Beslutet i ärende { $flag } gäller inte längre**: det togs tillbaka { $when }
news-judged = En annan människa än den som beslutade har prövat det.
news-reason = Motivering
news-reason-forgotten = Motiveringen är gallrad.
news-undone = Det som beslutades då upphävs.
news-deleted = Ett meddelande som har tagits bort går inte att lägga tillbaka, men du får gärna skriva det igen.
appeal = Överklaga
appeal-grant = Bifall överklagandet
appeal-reject = Avslå
appeal-modal = Överklaga beslut i ärende { $flag }
appeal-words = Varför är beslutet fel?
appeal-words-note = En annan moderator än den som beslutade läser det du skriver.
appeal-reject-modal = Överklagandet i ärende { $flag }
appeal-reason = Varför står beslutet fast?
appeal-reason-note = Den som överklagade får läsa det här, men inte vem du är.
appeal-made = Tack, ditt överklagande av ärende { $flag } är framme; du får besked när det är avgjort.
unappealable-unknown = Det finns inget beslut om dig med det numret; se dina ärenden med `/minaärenden`.
unappealable-twice = Du har redan överklagat, i ärende { $flag }; varje beslut kan överklagas en gång.
unappealable-ended = Beslutet i ärende { $flag } gäller inte längre, så det behöver inte överklagas.
unappealable-reopened = Beslutet i ärende { $flag } prövas redan på nytt, så det kan inte överklagas just nu.
unappealable-late = Tiden för att överklaga beslutet i ärende { $flag } har gått ut.
appeal-malformed = Det går inte att tyda, och ingenting ändrades; se dina ärenden med `/minaärenden`.
appeal-empty = Du skrev ingenting, så ingenting skickades; tryck på knappen igen och skriv varför.
appeal-mistake = Något gick fel; se efter med `/minaärenden` om det kom fram.
objection-unknown = Det överklagandet finns inte här; se vad som väntar med `/kö`.
objection-over = Ingenting ändrades: överklagandet är redan avgjort.
objection-own = Ingenting ändrades: det är ditt eget ärende, så någon annan måste avgöra överklagandet.
objection-involved = Ingenting ändrades: du har varit med och beslutat i ärendet, så någon annan måste avgöra överklagandet.
objection-reopened = Ingenting ändrades: flaggan är öppnad på nytt, så avgör den först.
judged-granted = Överklagandet i ärende { $flag } är bifallet; den som skrev får veta det.
judged-rejected = Överklagandet i ärende { $flag } är avslaget; den som skrev får veta det.
appeal-heading = **Överklagande i ärende { $flag }** av { $who }, { $when }
appeal-about = Det gäller det som skrevs i { $where } { $posted }:
appeal-decided = { $by } bifoll flaggan { $when }: { $what }
appeal-said = Den som skrev säger
appeal-forgotten = Överklagandets text är gallrad.
appeal-granted = Överklagandet bifölls av { $by } { $when }.
appeal-rejected = Överklagandet avslogs av { $by } { $when }.
appeal-overtaken = Beslutet ändrades på annat sätt { $when }, så det finns inget att avgöra.
appeals-waiting = { $count ->
    [one] Inga flaggor väntar, men ett överklagande.
   *[other] Inga flaggor väntar, men { $count } överklaganden.
}
appeals-link = ärende { $flag }
stats-appeals = { $count ->
    [one] Ett överklagande väntar på beslut.
   *[other] { $count } överklaganden väntar på beslut.
}
card-untold = Beskedet till den som skrev kunde inte skickas; det väntar i `/minaärenden`.
card-earlier = { $count ->
    [one] Tidigare: en bifallen flagga de senaste { $days } dygnen ({ $cases })
   *[other] Tidigare: { $count } bifallna flaggor de senaste { $days } dygnen ({ $cases })
}
card-earlier-case = nr { $flag } den { $when }
mycases-name = minaärenden
mycases-description = Beslut om det du har skrivit, och hur du överklagar dem
mycases-heading = **Dina ärenden**, de senaste först
mycases-none = Det finns inga beslut om något du har skrivit.
mycases-case = **Ärende { $flag }**, { $when }: { $what }
mycases-until = Kan överklagas till { $until }.
mycases-stands = Beslutet gäller.
mycases-appealed = Du har överklagat; du får besked när det är avgjort.
mycases-rejected = Ditt överklagande avslogs { $when }; beslutet gäller.
mycases-granted = Ditt överklagande bifölls { $when }; beslutet gäller inte längre.
mycases-overtaken = Beslutet gäller inte längre.
mycases-reopened = Beslutet prövas på nytt.
history-name = historik
history-description = Tidigare flaggor
history-member-name = medlem
history-member-description = Visa en medlems bifallna flaggor, med datum och vad som blev av dem
history-option-name = vem
history-option-description = Medlemmen, eller id för den som har lämnat servern
history-heading = **Flaggor om { $who }**, de senaste först
history-none = { $who } har inga bifallna flaggor här.
history-entry = Nr { $flag }, { $when }: { $what } · { $standing }
did-delete = borttaget
did-warn = varning
did-timeout = timeout i { $length }
did-handover = överlämnat
did-nothing = ingen åtgärd
standing-stands = gäller
standing-appealed = gäller, överklagat
standing-confirmed = gäller, överklagandet avslogs
standing-reopened = prövas på nytt
standing-reversed = upphävt
standing-pardoned = upphävt efter överklagande
