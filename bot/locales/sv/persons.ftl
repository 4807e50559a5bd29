# En persons rättigheter: det terminalen säger till handläggaren, och /minadata i Discord. Svenska är källspråket.
person-exported = Uppgifterna ligger i { $folder }: { $cases ->
    [one] { $cases } ärende
   *[other] { $cases } ärenden
}, { $reports ->
    [one] { $reports } rapport
   *[other] { $reports } rapporter
}, { $appeals ->
    [one] { $appeals } överklagande
   *[other] { $appeals } överklaganden
}. Ge mappen till den som frågade och radera den sedan.
person-nothing = Det finns inga uppgifter om den personen. Ett besked om det ligger i { $folder }.
person-erased = Raderat: { $cases ->
    [one] { $cases } ärende
   *[other] { $cases } ärenden
} och { $reports ->
    [one] { $reports } rapport som personen har gjort
   *[other] { $reports } rapporter som personen har gjort
}.
stays-hold = Kvar, för att det bevaras för rättsliga anspråk (artikel 17.3 e): ärende { $cases }.
stays-review = Kvar, för att det inte är avgjort (artikel 17.3 b och e): ärende { $cases }. Avgör det, och radera sedan.
stays-archive = Kvar, för att det ska arkiveras (artikel 17.3 b och d): ärende { $cases }.
person-reports-stay = Kvar, för att ärendet bevaras: { $count ->
    [one] { $count } rapport som personen har gjort
   *[other] { $count } rapporter som personen har gjort
}.
person-service-stays = Kvar: det som personen har gjort i tjänsten som moderator.
person-letter = Brevet till den som begärde det ligger i { $file }.
person-restricted = Begränsat: ärende { $cases }. Texten visas inte för någon förrän det hävs.
person-restricted-open = Ingen kan avgöra ärende { $cases } så länge begränsningen gäller.
person-restricted-before = Allt som finns är redan begränsat; ingenting ändrades.
person-lifted = Begränsningen är hävd: ärende { $cases }.
person-not-restricted = Ingenting är begränsat; ingenting ändrades.
mydata-name = minadata
mydata-description = Allt som boten har sparat om dig, i en fil som bara du får
mydata-summary = Här är allt som är sparat om dig: { $cases ->
    [one] { $cases } ärende
   *[other] { $cases } ärenden
}, { $reports ->
    [one] { $reports } rapport som du har gjort
   *[other] { $reports } rapporter som du har gjort
} och { $appeals ->
    [one] { $appeals } överklagande
   *[other] { $appeals } överklaganden
}. Öppna filen i en webbläsare: där står också hur länge det finns kvar, vem som kan se det och hur du får det rättat eller raderat.
mydata-nothing = Det finns inga uppgifter om dig. Meddelanden som inte flaggas sparas inte.
mydata-wait = Du har nyligen fått dina uppgifter; försök igen om { $minutes ->
    [one] en minut
   *[other] { $minutes } minuter
}.
mydata-large = Det är för mycket för en fil i Discord; be kommunen om dina uppgifter, så får du dem på annat sätt.
mydata-mistake = Något gick fel, och du fick inga uppgifter; försök igen om en stund.
