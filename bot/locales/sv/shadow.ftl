# Det som sägs om tröskelvärden och modeller som prövas vid sidan av de som gäller.
shadow-title = Skugga { $number }: { $what }
shadow-everywhere = överallt
shadow-by = Startad { $when } av { $by }: { $why }
shadow-running = Pågår till { $until }. Den räknar bara: ingenting sparas om enskilda meddelanden.
shadow-stopped = Stoppad. Det som räknats finns kvar: `uppsikt thresholds shadow show`.
shadow-finished = Klar { $until }.
shadow-failed = Avbröts { $until }: { $problem }. Den vanliga läsningen påverkades inte.
shadow-changed = Avslutades { $until }, eftersom det som gäller ändrades då. Starta en ny skugga för att jämföra med det nya.
shadow-started = Skugga { $number } är startad och går till { $until }. Boten tar upp den inom några sekunder. Se hur det går: `uppsikt thresholds shadow show`.
shadow-nothing = Ingenting har jämförts än. Boten behöver vara i gång och läsa meddelanden.
shadow-together = Alla kanaler
shadow-column-channel = Kanal
shadow-column-read = Lästa
shadow-column-live = Gäller nu, flaggor per dag
shadow-column-candidate = Prövas, flaggor per dag
shadow-column-common = Båda
shadow-column-only-live = Bara det som gäller
shadow-column-only-candidate = Bara det som prövas
shadow-early = Efter { $days } dygn är det för tidigt att säga hur säker skillnaden är. Vänta tills tre dygn har gått.
shadow-same = På { $days } dygn syns ingen skillnad utöver slumpen: mellan { $low } och { $high } fler eller färre flaggor per dag, med 95 procents säkerhet.
shadow-more = Det som prövas flaggar { $difference } fler meddelanden per dag (med 95 procents säkerhet mellan { $low } och { $high }), räknat på { $days } dygn.
shadow-fewer = Det som prövas flaggar { $difference } färre meddelanden per dag (med 95 procents säkerhet är skillnaden mellan { $low } och { $high }), räknat på { $days } dygn.
shadow-stood-back = { $count ->
    [one] Ett meddelande
   *[other] { $count } meddelanden
} ({ $share }) jämfördes inte: boten hade mycket att göra, och då går den vanliga läsningen före.
shadow-cost = Modellen som prövas tog { $took } millisekunder per meddelande.
shadow-simulate = Hur träffsäkert ett annat tröskelvärde hade varit på det som redan är avgjort visar `uppsikt thresholds simulate`.
