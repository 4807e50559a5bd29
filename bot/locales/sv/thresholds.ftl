# Trösklar i Discord: titta, räkna, föreslå, tillämpa, ångra. Svenska är källspråket.
tune-name = trösklar
tune-description = Se vad trösklarna gör, vad andra skulle ha gjort, och ändra dem så att det går att ångra.
tune-show-name = visa
tune-show-description = Vilka trösklar som gäller, vem som bestämt dem och vad de har gjort.
tune-simulate-name = simulera
tune-simulate-description = Vad en annan tröskel skulle ha gjort. Ingenting ändras.
tune-suggest-name = rekommendera
tune-suggest-description = Vilken tröskel som håller det ni behöver, och vad den kostar. Ingenting ändras.
tune-level-name = nivå
tune-level-description = Försiktig, balanserad eller vaksam: vad varje nivå innebär hos er.
tune-history-name = historik
tune-history-description = Vem som ändrade vad, när och varför, med siffrorna som låg till grund.
tune-undo-name = ångra
tune-undo-description = Ta tillbaka en ändring. Du får se vad det gör först.
tune-option-channel = kanal
tune-option-channel-description = Bara här, med kanalens trådar.
tune-option-group = grupp
tune-option-group-description = Bara i den här gruppen av kanaler.
tune-option-days = dygn
tune-option-days-description = Så långt tillbaka räknat från det senast lästa (28 om inget sägs).
tune-option-label = etikett
tune-option-label-description = Vad tröskeln gäller, till exempel hat eller hot.
tune-option-threshold = tröskel
tune-option-threshold-description = Ett tal från 0 till 1, till exempel 0,8.
tune-option-level = nivå
tune-option-level-description = Försiktig, balanserad eller vaksam; alla tre om inget sägs.
tune-option-number = nummer
tune-option-number-description = Ändringens nummer, som historiken visar.
tune-option-catch = fånga
tune-option-catch-description = Minst så stor andel ska nå en människa, till exempel 95 %.
tune-option-flags = flaggor
tune-option-flags-description = Högst så många flaggor per dygn.
tune-option-precision = riktiga
tune-option-precision-description = Minst så stor andel av flaggorna ska vara riktiga, till exempel 80 %.
refused-admin = Det här får bara administratörer göra; be någon som är det.
tune-mistake = Något gick fel; se efter med `/trösklar historik` vad som gäller.
tune-unchanged = Ingenting ändrades: { $why }.
tune-malformed = Den knappen går inte att tyda, och ingenting ändrades; gör om det med `/trösklar simulera`.
tune-no-threshold = ”{ $typed }” är ingen tröskel: skriv ett tal från 0 till 1, till exempel 0,8.
tune-no-share = ”{ $typed }” är ingen andel: skriv till exempel 95 %.
tune-no-label = Det finns ingen etikett ”{ $typed }”: välj en i listan, till exempel hat eller hot.
tune-no-level = Det finns ingen nivå ”{ $typed }”: välj { $levels }.
tune-lack-nothing = Inga meddelanden har lästs här än, så det finns inget att bedöma trösklar efter.
tune-lack-here = Inga meddelanden har lästs där under de senaste { $days } dygnen: välj fler dygn, eller ett annat ställe.
tune-lack-model = Modellen som används nu har inte läst något där än, och en annan modells poäng går inte att jämföra med: vänta några dygn.
tune-where-channel = i { $channel }
tune-shown-title = **Trösklar { $where }**
tune-origin = { $label }: **{ $value }** ({ $source })
tune-is-level = Det är nivån *{ $level }*.
tune-done = Det har de gjort under { $days }:
tune-now-flags = Flaggor per dygn: { $flags }
tune-now-minutes = Moderatorernas tid: { $minutes } minuter per dygn
tune-now-precision = Riktiga bland de avgjorda: { $precision }
tune-missed-unknown = **Det som missas:** okänt. Ingen har läst det som inte flaggades. Slå på stickprovet under `[audit]` i config.toml: då läser moderatorerna ett litet slumpvis urval, och efter några veckor går det att säga.
tune-missed-early = **Det som missas:** { $label }: för tidigt att säga. Av { $audited } lästa stickprov har { $missed } varit missar.
tune-missed = **Det som missas:** { $label }: { $value } når en människa (mellan { $low } och { $high }); resten går förbi. Bygger på { $audited } lästa stickprov.
tune-simulated-title = **Om tröskeln vore en annan { $where }**
tune-flags = Flaggor per dygn: { $now } → **{ $then }**
tune-minutes = Moderatorernas tid, minuter per dygn: { $now } → **{ $then }**
tune-precision = Riktiga bland de avgjorda: { $now } → **{ $then }**
tune-lost = { $count ->
    [0] Inga avgjorda ärenden faller bort
    [one] Ett avgjort ärende faller bort
   *[other] { $count } avgjorda ärenden faller bort
} (bifallna { $upheld }, avskrivna { $dismissed }; { $pending } väntar än).
tune-gained = { $count ->
    [0] Inga avgjorda ärenden tillkommer
    [one] Ett avgjort ärende tillkommer
   *[other] { $count } avgjorda ärenden tillkommer
} (bifallna { $upheld }, avskrivna { $dismissed }; { $pending } väntar än).
tune-cases = Öppna med `/ärende`: { $cases }
tune-unread = Av flaggorna har ingen läst { $unread } per dygn: de släpptes igenom, och om de är riktiga vet bara ett stickprov.
tune-same = Så är det redan: det finns inget att föreslå.
tune-rests = Bygger på { $days } och { $decided ->
    [one] ett avgjort ärende
   *[other] { $decided } avgjorda ärenden
}. Inom parentes: där den sanna andelen ligger med 95 procents säkerhet.
tune-hours = mindre än ett dygn
tune-days = { $days } dygn
tune-measured = En flagga tar { $minutes } minuter att avgöra, i median.
tune-assumed = Räknat med { $minutes } minuter för en flagga. Det är ett antagande: för få beslut har mätts än.
tune-counted = Vad som släpptes igenom är räknat i { $days } dygn; flaggorna är äldre.
tune-no-figures = Inga siffror: ingenting har lästs där än.
tune-levels-title = **Nivåer { $where }**
tune-level = **{ $level }**: { $means }
tune-level-now = **{ $level }** (gäller nu): { $means }
tune-cost = { $flags } flaggor per dygn, { $minutes } minuter
tune-propose = Föreslå
tune-propose-level = Föreslå { $level }
tune-propose-title = Föreslå tröskel
tune-why = Varför?
tune-why-note = Den som läser historiken senare ska förstå.
tune-change-title = **Ändring { $number } av trösklar**
tune-what = { $where }: { $what }
tune-by = { $who }, { $when }: { $why }
tune-undoes = Tar tillbaka ändring { $number }.
tune-waits = **Föreslagen.** En administratör tillämpar den eller lägger undan den.
tune-settled-applied = **Tillämpad** av { $who }, { $when }. Ta tillbaka den med `/trösklar ångra`.
tune-settled-withdrawn = **Undanlagd** av { $who }, { $when }.
tune-apply = Tillämpa
tune-withdraw = Lägg undan
tune-undo = Ta tillbaka
tune-hangs = Förslag { $number } hänger här, där en administratör kan tillämpa det: { $link }
tune-history-title = **Ändringar av trösklar**, den senaste först. Siffrorna för en av dem: `/trösklar historik` med dess nummer.
tune-entry = **{ $number }** ({ $state }) { $what }. { $who }, { $when }: { $why }
tune-entry-undone = tillbakatagen
tune-back-title = **Ta tillbaka ändring { $number }?**
tune-back = Så här blir det:
tune-undo-title = Ta tillbaka ändring { $number }
tune-undone = Ändring { $undoes } är tillbakatagen, som ändring { $number }. Det gäller från nästa meddelande.
tune-no-wish = Säg vad tröskeln ska hålla: `fånga`, `flaggor` eller `riktiga`, eller flera av dem.
tune-suggested = Tröskeln **{ $value }** för { $label } ger { $kept }.
tune-sure = Det gäller med 95 procents säkerhet.
tune-and = { " " }och{ " " }
tune-wish-catch = att minst { $share } av { $label } når en människa
tune-wish-flags = högst { $flags } flaggor per dygn
tune-wish-precision = att minst { $share } av flaggorna är riktiga
tune-unable-no-audit = Det går inte att lova { $kept }: ingen har läst det som inte flaggades. Slå på stickprovet under `[audit]` i config.toml.
tune-unable-none-found = Det går inte att lova { $kept } än: ingen människa har funnit { $label } i det som är avgjort.
tune-unable-too-little = Det går inte att lova { $kept } än: underlaget är för litet ({ $found } avgjorda fall av { $label }, { $audited } lästa stickprov).
tune-unable-more = Det går inte att lova { $kept } än: underlaget är för litet ({ $found } avgjorda fall av { $label }, { $audited } lästa stickprov). Ungefär { $more } stickprov till skulle räcka, om de ser ut som hittills.
tune-unable-more-decided = Det går inte att lova { $kept } än: underlaget är för litet ({ $found } avgjorda fall av { $label }). Ungefär { $more } avgjorda flaggor till skulle räcka, om de ser ut som hittills.
tune-unable-too-many = Ingen tröskel för { $label } ger { $kept }: så många kommer ändå, genom rapporter, bevakade ord eller andra trösklar.
tune-unable-conflict = Ingen tröskel för { $label } ger { $kept } på en gång: släpp på ett av kraven.
