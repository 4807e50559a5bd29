# Månadens redovisning av uppsikten. Svenska är källspråket.
supervision-title = Uppsikt över kommunens kanaler, { $month }
supervision-made = Sammanställd { $at } av { $by }.
supervision-unfinished = Månaden är inte slut. Siffrorna gäller fram till sammanställningen.
supervision-about = Vad redovisningen gäller
supervision-duty = Redovisningen visar hur kommunen har haft uppsikt över sina chattkanaler under månaden: hur mycket som lästes, vad människor tog ställning till, hur snabbt det gick och när uppsikten brast. Ett program läser meddelandena och föreslår vad en människa bör titta på. Bara människor fattar beslut.
supervision-both = Både när ett fall flaggades och när en människa först såg det finns bevarat för varje fall. Redovisningen kan därför göras om enligt den andra bestämmelsen, om det visar sig att den gäller.
supervision-done = Vad som gjordes
supervision-done-table = Antal under månaden
supervision-n-read = Lästa meddelanden
supervision-n-unread = varav på språk som programmet inte läser
supervision-n-flagged = Fall som flaggades, av programmet eller genom en rapport
supervision-n-reports = Rapporter från medlemmar
supervision-n-reported = Fall som rapporterades
supervision-n-seen = Fall som en människa såg för första gången
supervision-n-upheld = Beslut att bifalla
supervision-n-dismissed = Beslut att avskriva
supervision-n-reopened = Fall som öppnades igen
supervision-n-told = Underrättelser som nådde författare
supervision-n-people = Människor som fattade beslut eller lämnade en bedömning
supervision-n-samples = Stickprov som lästes (meddelanden som ingen hade flaggat)
supervision-n-proposed = Förslag till nya tröskelvärden
supervision-n-applied = Nya tröskelvärden som började gälla
supervision-n-recalibrations = Omräkningar av vad programmets siffror betyder
supervision-times = Hur snabbt
supervision-times-limits = Fall som avgjordes under månaden, och fall som var öppna när den tog slut
supervision-times-table = Så lång tid tog det, räknat från att klockan började gå
supervision-times-how = Först står mediantiden: hälften av fallen tog högst så lång tid. Sedan står tiden som nio av tio fall höll sig inom. Ett streck betyder att det inte finns något att räkna på.
supervision-column-what = Vad
supervision-column-n = Antal
supervision-column-kind = Kategori
supervision-column-limit = Tidsgräns
supervision-column-decided = Avgjorda
supervision-column-within = I tid
supervision-column-late = För sent
supervision-column-open = Öppna
supervision-column-overdue = Varav över tiden
supervision-column-to-seen = Till första blicken
supervision-column-to-decided = Till beslut
supervision-column-to-acted = Till utförd åtgärd
supervision-all = Alla
supervision-took = hälften: { $median }; nio av tio: { $ninety }
supervision-decided = Vad som beslutades
supervision-motives = Bifallna fall efter motiv, så som moderatorerna såg dem (ett fall kan ha flera)
supervision-motives-none = Inget motiv angavs i månadens beslut.
supervision-acts = Genomförda åtgärder
supervision-acts-none = Ingen åtgärd genomfördes under månaden.
supervision-appeals = Överklaganden
supervision-appeals-made = { $count ->
    [0] Inget beslut överklagades under månaden.
    [one] Ett beslut överklagades under månaden.
   *[other] { $count } beslut överklagades under månaden.
}
supervision-rulings = Överklaganden som avgjordes under månaden
supervision-rulings-none = Inget överklagande avgjordes under månaden.
supervision-ruling-granted = bifölls
supervision-ruling-rejected = avslogs
supervision-ruling-overtaken = behövde inte prövas, för att fallet redan hade öppnats igen
supervision-unseen = Tid utan uppsikt
supervision-unseen-none = Det finns ingen anteckning om att någon kanal var utan uppsikt under månaden.
supervision-unseen-some = { $count ->
    [one] En gång saknades uppsikt
   *[other] { $count } gånger saknades uppsikt
}{ $channels ->
    [one] , i en kanal.
   *[other] , i { $channels } olika kanaler.
} Sammanlagt var minst en kanal utan uppsikt i { $total }; den längsta gången varade { $longest }. Vad som skrevs och togs bort under tiden har ingen sett.
supervision-unseen-back = { $count ->
    [0] Inget meddelande från den tiden kunde läsas efteråt.
    [one] Ett meddelande från den tiden lästes efteråt.
   *[other] { $count } meddelanden från den tiden lästes efteråt.
}
supervision-tuning = Tröskelvärden
supervision-tuning-table = Ändringar av vad som flaggas
supervision-agreement = Två som läser samma fall
supervision-agreement-none = Inget fall lästes av två under månaden.
supervision-agreement-some = { $pairs ->
    [one] Ett fall lästes av två, utan att den ena visste vad den andra tyckte.
   *[other] { $pairs } fall lästes av två, utan att den ena visste vad den andra tyckte.
} Krippendorffs alfa för beslutet: { $alpha } (1 är helt överens, 0 är som slumpen).
supervision-deeds = Vad som gjordes med uppgifterna
supervision-deeds-table = Antal under månaden, ur protokollet
supervision-deeds-none = Inget annat antecknades i protokollet under månaden.
supervision-deed-forgetting = gallring enligt reglerna
supervision-deed-erasure = radering på en persons begäran
supervision-deed-refusal = avslag på en persons begäran
supervision-deed-restriction = begränsning av behandlingen av en persons uppgifter
supervision-deed-lifting = hävd begränsning
supervision-deed-hold = stopp för gallring av ett fall
supervision-deed-release = hävt stopp för gallring
supervision-deed-person-export = utdrag om en person
supervision-deed-evidence = bevispaket
supervision-deed-disclosure = utlämnande av allmän handling
supervision-deed-statement = redovisning av uppsikten
supervision-deed-clock = ändrad tidsräkning eller ändrade tidsgränser
supervision-deed-backup = säkerhetskopia
supervision-deed-restore = återställning från säkerhetskopia
supervision-counted = Hur siffrorna är räknade
supervision-how-begin = Klockan börjar gå när ett fall flaggas (uppsikt) eller när någon i moderatorsgruppen först ser det (kännedom), enligt kommunens val ovan. Öppnas ett fall igen börjar den om.
supervision-how-report = Att en medlem har rapporterat något räknas inte i sig som kommunens kännedom; det gör det först när någon i moderatorsgruppen har sett fallet.
supervision-how-end = Klockan stannar när fallet är avgjort och det som beslutades är genomfört.
supervision-how-month = Tiderna gäller fall som avgjordes under månaden, så som de stod när månaden tog slut. Tidsgränserna är de som gällde när redovisningen gjordes.
supervision-how-people = Antalet människor är antalet olika namn som står vid beslut och bedömningar. Den som arbetar både i Discord och på kommandoraden kan räknas två gånger.
supervision-how-samples = Stickprov räknas för sig och ingår inte bland fallen.
supervision-signed = Protokollets underskrift
supervision-unsigned = Protokollet är tomt och har därför ingen underskrift.
supervision-head = Redovisningen bygger på protokollet till och med post { $seq }, vars kontrollsumma är { $digest }.
supervision-key = Nyckelns fingeravtryck: { $fingerprint }
supervision-anchor = Raden nedan är protokollets ankare. Med kommandot ”uppsikt record verify --anchor” visar den om något har ändrats i efterhand.
