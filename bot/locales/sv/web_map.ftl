web-map = Trygghetskarta
web-map-lead = Kartan visar hur många av 1 000 lästa meddelanden som fick en flagga som sedan bifölls, per kanal och tid i veckan. Den gäller { $weeks } hela veckor, { $period }, i svensk tid.
web-map-empty = Inget har lästs under de här veckorna. Kartan fylls på efter hand, en hel vecka i taget.
web-map-scale = Bifallna av 1 000 lästa
web-map-below = under { $n }
web-map-above = { $n } eller fler
web-map-few = för få för att visas
web-map-caption = Bifallna av 1 000 lästa meddelanden. Varje ruta är { $step } timmar och börjar vid klockslaget ovanför; välj en ruta för att se ärendena bakom den.
web-map-caption-hours = Bifallna av 1 000 lästa meddelanden, timme för timme. Välj en ruta för att se ärendena bakom den.
web-map-channel = Kanal
web-map-day = Dag
web-map-all = Alla kanaler
web-map-hours = Kanalen timme för timme
web-map-rest = Övriga kanaler
web-map-trend = De senaste veckorna
web-map-trend-caption = Bifallna av 1 000 lästa meddelanden, vecka för vecka
web-map-total = Alla veckor
web-map-rule = Varför står det ett streck i vissa rutor?
web-map-rule-few = En ruta med färre än { $few } bifallna eller färre än { $little } lästa meddelanden visas inte: så små tal säger lite om platsen och kan peka ut någon. Noll bifallna av många lästa visas, för det pekar inte ut någon.
web-map-rule-more = Står det bara en sådan ruta i en rad, eller är de dolda rutorna tillsammans fortfarande för få, döljs en ruta till. Därför går det inte att räkna ut en dold ruta genom att ta summan minus resten.
web-map-rule-sums = De { $own } kanaler där det skrivs mest har var sin rad, och resten delar på en. Trådar räknas till sin kanal. Summor över flera kanaler visas inte.
web-map-cases = Ärendena bakom rutan
web-map-when = { $day } kl. { $begin }–{ $end }
web-map-cases-count = { $n ->
    [one] Ett bifallet ärende under de här veckorna.
   *[other] { $n } bifallna ärenden under de här veckorna.
}
web-map-cases-most = Fler visas inte här.
web-map-cases-hidden = Det är för få ärenden för att de ska visas tillsammans här. Du hittar dem i kön, bland de avgjorda.
web-map-cases-none = Inget ärende är bifallet just nu.
web-map-case = Flagga { $number }
web-trend = Utveckling
