# Bilder av hur trösklarna fungerar. Svenska är källspråket.
plot-percent = { $value } %
plot-all-channels = alla kanaler
plot-channels = { $first } och { $more } till
plot-unnamed = en kanal
plot-about = { $where } · { $period }
plot-about-cases = { $where } · { $period } · { $cases ->
    [one] ett avgjort fall
   *[other] { $cases } avgjorda fall
}
plot-threshold = tröskel
plot-score = modellens poäng
plot-hour = klockslag, svensk tid
plot-per-day = per dygn
plot-today = i dag { $value }
plot-proposed = förslag { $value }
plot-capacity = ni hinner { $count }
plot-precision-title = Träffsäkerhet: { $label }
plot-both-title = Träffsäkerhet och täckning: { $label }
plot-precision = träffsäkerhet
plot-recall = täckning
plot-flags-title = Flaggor per dygn: { $label }
plot-flagged = flaggat
plot-counted = genomsläppt
plot-reliability-title = Poängens tillförlitlighet: { $label }
plot-upheld = bifallet
plot-ideal = som poängen lovar
plot-workload-title = När på dygnet det kommer in
plot-few = { $cases ->
    [one] Bara ett avgjort fall: det går inte att lita på.
   *[other] Bara { $cases } avgjorda fall: siffrorna är osäkra.
}
plot-bands = Fälten visar osäkerheten (95 %).
plot-recall-unknown = Fältet visar osäkerheten (95 %). Vad som missas är okänt utan stickprov.
plot-recall-unknown-alt = hur mycket som missas är okänt utan stickprov
plot-counted-note = Genomsläppta meddelanden är räknade, inte lästa av någon människa.
plot-reliability-note = Varje punkt är i snitt { $each } fall; strecken visar osäkerheten (95 %).
plot-day = { $count } per dygn att läsa.
plot-day-minutes = { $count } per dygn att läsa, ungefär { $minutes } minuter.
plot-at = vid tröskeln { $threshold } { $figures }
plot-at-today = vid dagens tröskel { $threshold } { $figures }
plot-at-proposed = vid förslaget { $threshold } { $figures }
plot-told-precision = bifalls { $share } av det som flaggas (med 95 % säkerhet { $between }, { $cases ->
    [one] ett avgjort fall
   *[other] { $cases } avgjorda fall
})
plot-told-recall = fångas { $share } av det som borde flaggas (med 95 % säkerhet { $between })
plot-told-precision-few = bifalls kanske { $between } av det som flaggas (bara { $cases ->
    [one] ett avgjort fall
   *[other] { $cases } avgjorda fall
})
plot-told-recall-few = fångas kanske { $between } av det som borde flaggas (bara { $cases ->
    [one] ett avgjort fall
   *[other] { $cases } avgjorda fall
})
plot-told-unknown = är träffsäkerheten okänd
plot-told-flags = blir det { $count } per dygn
plot-capacity-alt = moderatorerna hinner { $count } per dygn
plot-told-reliability = av det som fick poäng kring { $score } bifölls { $share } ({ $between }, { $cases ->
    [one] ett fall
   *[other] { $cases } fall
})
plot-busiest = { $share } kommer kl. { $first }–{ $last }
plot-told-nothing = ingenting behövde läsas
plot-never-asked = Moderatorer avgör inte om något är { $label }, så det går inte att säga hur ofta modellen har rätt.
plot-none-decided = Inga fall som visar hur ofta modellen har rätt om { $label } är avgjorda i { $where } under perioden. Avgör några flaggor först, eller välj fler dagar.
plot-nothing-read = Inga meddelanden är lästa i { $where } under perioden. Välj fler dagar eller en annan kanal.
