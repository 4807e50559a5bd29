# Gallring, bevarande och radering, i terminalen, på kort och på ärendets sida.

retention-due = Vad som ska gallras nu
retention-proofs = Vad som har gallrats
retention-class = Vad
retention-days = Dagar
retention-count = Antal
retention-basis = Gallringsbeslut
retention-month = Månad
retention-no-basis = inget beslut är angivet i [retention.basis]

record-reporters = vem som rapporterade
record-upheld = text i bifallna flaggor
record-dismissed = text i avskrivna flaggor
record-pending = text i flaggor som ingen avgjort
record-samples = stickprov som inte ledde till något
record-reports = rapporternas ord
record-appeals = överklaganden och svar
record-history = vems ärendet är
record-moderators = moderatorernas läsning, pauser och inloggningar

holds-title = Ärenden som bevaras
holds-case = Ärende
holds-since = Sedan
holds-by = Av
holds-reason = Varför
holds-none = Inget ärende bevaras.
held = { $count ->
    [one] Ärende { $cases } bevaras tills det släpps.
   *[other] Ärende { $cases } bevaras tills de släpps.
}
released = { $count ->
    [one] Ärende { $cases } bevaras inte längre: det gallras när tiden är ute.
   *[other] Ärende { $cases } bevaras inte längre: de gallras när tiden är ute.
}

card-held = Bevaras: inget i ärendet gallras eller raderas.
card-erased = **Flagga { $flag }** i { $where } är raderad: texten och vem det gällde finns inte kvar.
web-erased = Uppgifterna är raderade: texten och vem det gällde finns inte kvar.
