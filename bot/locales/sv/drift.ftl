# Det som sägs när det som flaggas plötsligt ändras.
shift-title = Något har ändrats plötsligt
shift-everywhere = alla kanaler
shift-more = Fler meddelanden än vanligt flaggas i { $where }: { $now } av det som lästs sedan { $since }. Vanligt är { $before }.
shift-fewer = Färre meddelanden än vanligt flaggas i { $where }: { $now } av det som lästs sedan { $since }. Vanligt är { $before }.
shift-unread = Fler meddelanden än vanligt i { $where } är på språk som modellen inte kan läsa: { $now } av det som lästs sedan { $since }. Vanligt är { $before }.
shift-scores = Modellen ger andra poäng än vanligt i { $where } sedan { $since }.
shift-sure = Risken att det bara är slumpen är uppskattningsvis mindre än 1 på { $odds }.
shift-look-more = Det kan vara en kampanj, en het fråga eller en ny jargong. Se vad som väntar med `/kö`, och om tröskelvärdena fortfarande passar med `/trösklar`.
shift-look-fewer = Det kan vara ett nytt sätt att skriva som modellen missar, eller att modellen eller tröskelvärdena har ändrats. Se efter med `/trösklar`.
shift-look-unread = Det som modellen inte kan läsa bedömer den inte. Titta själv i kanalen, och be medlemmarna rapportera det som är fel.
shift-look-scores = Det kan vara en ny modell, ett nytt språkbruk eller många nya medlemmar. Se om tröskelvärdena fortfarande passar med `/trösklar`.
drift-none = Ingenting har ändrats plötsligt. Det som flaggas ser ut som det brukar.
drift-too-early = Det är för tidigt att säga vad som är vanligt: det behövs minst 14 dygn, och hittills är { $days } räknade.
