# Stickprovet: meddelanden som modellen släppte igenom och som en människa läser ändå. Svenska är källspråket.
card-may-be = Det kan handla om: { $labels }
card-sample = Stickprov: modellen hade släppt igenom det här.
card-below = Under tröskeln: { $limits }
card-sample-forgotten = **Flagga { $flag }** i { $where } var ett stickprov. Texten är gallrad, och vem som skrev den finns inte kvar.
reason-audit = stickprov: modellen hade släppt igenom det
veiled = visas när den är avgjord
statement-sampled = Några meddelanden läses av en människa utan att någon har anmält dem, för att vi ska se om den automatiska läsningen missar något. Ditt var ett av dem. En människa har läst det och fattat beslutet.
