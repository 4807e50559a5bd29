# Månadens redovisning av uppsikten. Svenska är källspråket.
statement-title = Uppsikt över kommunens kanaler, { $month }
statement-made = Sammanställd { $at } av { $by }.
statement-unfinished = Månaden är inte slut. Siffrorna gäller fram till sammanställningen.
statement-about = Vad redovisningen gäller
statement-duty = Redovisningen visar hur kommunen har haft uppsikt över sina chattkanaler under månaden: hur mycket som lästes, vad människor tog ställning till, hur snabbt det gick och när uppsikten brast. Ett program läser meddelandena och föreslår vad en människa bör titta på. Bara människor fattar beslut.
statement-both = Både när ett fall flaggades och när en människa först såg det finns bevarat för varje fall. Redovisningen går därför att göra om, vilken av bestämmelserna som än visar sig gälla.
statement-done = Vad som gjordes
statement-done-table = Antal under månaden
statement-n-read = Lästa meddelanden
statement-n-unread = varav på språk som programmet inte läser
statement-n-flagged = Fall som flaggades, av programmet eller genom en rapport
statement-n-reports = Rapporter från medlemmar
statement-n-reported = Fall som rapporterades
statement-n-seen = Fall som en människa såg för första gången
statement-n-upheld = Beslut att bifalla
statement-n-dismissed = Beslut att avskriva
statement-n-reopened = Fall som öppnades igen
statement-n-told = Underrättelser som nådde författare
statement-n-people = Människor som fattade beslut eller lämnade en bedömning
statement-n-samples = Stickprov som lästes (meddelanden som ingen hade flaggat)
statement-n-proposed = Förslag till nya tröskelvärden
statement-n-applied = Nya tröskelvärden som började gälla
statement-n-recalibrations = Omräkningar av vad programmets siffror betyder
statement-times = Hur snabbt
statement-times-limits = Fall som avgjordes under månaden, och fall som var öppna när den tog slut
statement-times-table = Så lång tid tog det, räknat från att klockan började gå
statement-times-how = Först står mediantiden: hälften av fallen tog högst så lång tid. Sedan står tiden som nio av tio fall höll sig inom. Ett streck betyder att det inte finns något att räkna på.
statement-column-what = Vad
statement-column-n = Antal
statement-column-kind = Kategori
statement-column-limit = Tidsgräns
statement-column-decided = Avgjorda
statement-column-within = I tid
statement-column-late = För sent
statement-column-open = Öppna
statement-column-overdue = Varav över tiden
statement-column-to-seen = Till första blicken
statement-column-to-decided = Till beslut
statement-column-to-acted = Till utförd åtgärd
statement-all = Alla
statement-took = { $median }; nio av tio inom { $ninety }
statement-decided = Vad som beslutades
statement-motives = Bifallna fall efter motiv, så som moderatorerna såg dem (ett fall kan ha flera)
statement-motives-none = Inget motiv angavs i månadens beslut.
statement-acts = Genomförda åtgärder
statement-acts-none = Ingen åtgärd genomfördes under månaden.
statement-appeals = Överklaganden
statement-appeals-made = { $count ->
    [0] Inget beslut överklagades under månaden.
    [one] Ett beslut överklagades under månaden.
   *[other] { $count } beslut överklagades under månaden.
}
statement-rulings = Överklaganden som avgjordes under månaden
statement-rulings-none = Inget överklagande avgjordes under månaden.
statement-ruling-granted = bifölls
statement-ruling-rejected = avslogs
statement-ruling-overtaken = behövde inte prövas, för att fallet redan hade öppnats igen
statement-unseen = Tid utan uppsikt
statement-unseen-none = Det finns ingen anteckning om att någon kanal var utan uppsikt under månaden.
statement-unseen-some = { $count ->
    [one] En gång var en kanal utan uppsikt,
   *[other] { $count } gånger var en kanal utan uppsikt,
} { $channels ->
    [one] i en kanal.
   *[other] i { $channels } olika kanaler.
} Sammanlagt var minst en kanal utan uppsikt i { $total }; den längsta gången varade { $longest }. Vad som skrevs och togs bort under tiden har ingen sett.
statement-unseen-back = { $count ->
    [0] Inget meddelande från den tiden kunde läsas efteråt.
    [one] Ett meddelande från den tiden lästes efteråt.
   *[other] { $count } meddelanden från den tiden lästes efteråt.
}
statement-tuning = Tröskelvärden
statement-tuning-table = Ändringar av vad som flaggas
statement-agreement = Två som läser samma fall
statement-agreement-none = Inget fall lästes av två under månaden.
statement-agreement-some = { $pairs ->
    [one] Ett fall lästes av två, utan att den ena visste vad den andra tyckte.
   *[other] { $pairs } fall lästes av två, utan att den ena visste vad den andra tyckte.
} Krippendorffs alfa för beslutet: { $alpha } (1 är helt överens, 0 är som slumpen).
statement-deeds = Vad som gjordes med uppgifterna
statement-deeds-table = Antal under månaden, ur protokollet
statement-deeds-none = Inget annat antecknades i protokollet under månaden.
statement-deed-forgetting = gallring enligt reglerna
statement-deed-erasure = radering på en persons begäran
statement-deed-refusal = avslag på en persons begäran
statement-deed-restriction = begränsning av behandlingen av en persons uppgifter
statement-deed-lifting = hävd begränsning
statement-deed-hold = stopp för gallring av ett fall
statement-deed-release = hävt stopp för gallring
statement-deed-person-export = utdrag om en person
statement-deed-evidence = bevispaket
statement-deed-disclosure = utlämnande av allmän handling
statement-deed-statement = redovisning av uppsikten
statement-deed-clock = ändrad tidsräkning eller ändrade tidsgränser
statement-deed-backup = säkerhetskopia
statement-deed-restore = återställning från säkerhetskopia
statement-counted = Hur siffrorna är räknade
statement-how-begin = Klockan börjar gå när ett fall flaggas (uppsikt) eller när någon i moderatorsgruppen först ser det (kännedom), enligt kommunens val ovan. Öppnas ett fall igen börjar den om.
statement-how-report = Att en medlem har rapporterat något räknas inte i sig som kommunens kännedom; det gör det först när någon i moderatorsgruppen har sett fallet.
statement-how-end = Klockan stannar när fallet är avgjort och det som beslutades är genomfört.
statement-how-month = Tiderna gäller fall som avgjordes under månaden, så som de stod när månaden tog slut. Tidsgränserna är de som gällde när redovisningen gjordes.
statement-how-people = Antalet människor är antalet olika namn som står vid beslut och bedömningar. Den som arbetar både i Discord och på kommandoraden kan räknas två gånger.
statement-how-samples = Stickprov räknas för sig och ingår inte bland fallen.
statement-signed = Protokollets underskrift
statement-unsigned = Protokollet är tomt och har därför ingen underskrift.
statement-head = Redovisningen bygger på protokollet till och med post { $seq }, vars kontrollsumma är { $digest }.
statement-key = Nyckelns fingeravtryck: { $fingerprint }
statement-anchor = Raden nedan är protokollets ankare. Med kommandot ”uppsikt record verify --anchor” visar den om något har ändrats i efterhand.
