# Protokollet: vad som har gjorts, i en kedja som ingen kan ändra i tysthet.
record-whole = { $entries ->
    [0] Protokollet är tomt.
    [one] Protokollet är helt: { $entries } post, och allt är som det skrevs.
   *[other] Protokollet är helt: { $entries } poster, och allt är som det skrevs.
}
record-broken = { $count ->
    [one] Något har ändrats utanför Uppsikt. Ett fel i { $entries } poster:
   *[other] Något har ändrats utanför Uppsikt. { $count } fel i { $entries } poster:
}
record-more = … och { $count } till. Med --json visas alla.
record-what-guard = Ett skydd saknas eller är ändrat: { $name }
record-what-gap = { $count ->
    [one] Post { $seq } saknas
   *[other] Posterna { $seq }–{ $until } saknas
}
record-what-entry = Post { $seq } är ändrad, flyttad eller insatt
record-what-tip = Protokollet slutar inte där det lämnades: efter post { $seq } har något tagits bort, lagts till eller bytts ut
record-what-head = Det signerade huvudet för post { $seq } gäller inte detta protokoll, eller är inte rätt signerat
record-what-anchor = Ankaret för post { $seq } finns inte i protokollet: det har skrivits om sedan ankaret trycktes, eller återställts från en säkerhetskopia
record-what-facts = Rad { $row } i { $table } är inte som post { $seq } säger
record-what-words = Texten i rad { $row } i { $table } är inte som post { $seq } säger
record-what-missing = Rad { $row } i { $table } finns i post { $seq } men är borttagen, och ingen gallring säger det
record-what-added = Rad { $row } i { $table } finns inte i protokollet
record-what-key = Post { $seq } kan inte längre kontrolleras mot rad { $row } i { $table }, och ingen gallring säger varför
record-what-state = Flagga { $row } har ett annat läge än det som beslutades
record-signed = Signerat till och med post { $seq }.
record-unsigned = Inget är signerat än. Skriv `uppsikt record head`.
record-signer = Nyckelns fingeravtryck: { $fingerprint }
record-no-key = Nyckelfilen finns inte här, så protokollets slut kan bara hållas mot signerade huvuden och ankare.
record-backwards = Post { $seq } är daterad före en äldre post: klockan har gått fel eller ställts om. Ordningen gäller ändå.
record-anchor-empty = Det finns inget att signera än.
record-anchor-advice = Spara raden där ingen kan ändra den: skriv ut den, skicka den med e-post eller diarieför den. Med `uppsikt record verify --anchor` ser du senare om något före den har ändrats.
