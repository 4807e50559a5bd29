# Överklaganden, missbrukade rapporter och pauser i panelen. Svenska är källspråket.
web-appeals-link = Överklaganden
web-appeals-lead = Det som författare har överklagat och som väntar på beslut, det äldsta först. Den som har varit med och beslutat i ärendet avgör inte överklagandet.
web-appeals-none = Inget överklagande väntar.
web-appeals-caption = Överklaganden som väntar
web-appeals-made = Överklagat
web-appeals-where = Kanal
web-appeals-decided = Beslut av
web-appeals-yours = Kan du avgöra det?
web-appeals-may-judge = Ja
web-appeals-may-unknown = Nej, det finns inte kvar.
web-appeals-may-over = Nej, det är redan avgjort.
web-appeals-may-own = Nej, det är ditt eget ärende. Någon annan avgör det.
web-appeals-may-involved = Nej, du har varit med och beslutat i ärendet. Någon annan avgör det.
web-appeals-may-reopened = Nej, flaggan är öppnad på nytt. Avgör den först.
web-appeal-cannot-over = Det är redan avgjort.
web-appeal-cannot-own = Det är ditt eget ärende, så någon annan avgör överklagandet.
web-appeal-cannot-involved = Du har varit med och beslutat i ärendet, så någon annan avgör överklagandet.
web-appeal-cannot-reopened = Flaggan är öppnad på nytt, så avgör den först.
web-appeal-reject = Avslå överklagandet
web-appeal-reason-note = Behövs när du avslår. Den som överklagade får läsa det här, men inte vem du är.
web-appeal-reason-missing = Ingenting ändrades: skriv varför beslutet står fast, så att den som överklagade får veta det.
web-abuse = Missbrukad rapport
web-abuse-note = Rapporten räknas då inte längre, och den som rapporterade får veta det. Du får inte veta vem det är.
web-abuse-send = Markera rapporten
web-pause = Paus
web-pause-heading = Din paus
web-pause-read = Det du har läst
web-pause-limit = Föreslå en paus efter så här många flaggor om dagen
web-pause-limit-how = Skriv 0 om du inte vill få förslag.
web-pause-limit-save = Spara
web-pause-limit-unclear = Ingenting ändrades: skriv ett helt tal från 0 till { $most }.
web-pause-take = Till din paus
web-pause-on-with-it = Fortsätt granska
web-pause-nudge = Du har läst { $cases ->
    [one] en flagga i dag
   *[other] { $cases } flaggor i dag
}{ $severe ->
    [0] .
    [one] , en av dem svår.
   *[other] , { $severe } av dem svåra.
} En paus gör gott, och kön lämnas då till någon annan.
