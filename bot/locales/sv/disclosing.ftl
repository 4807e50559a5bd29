# En kopia av ärenden för den som begär ut en allmän handling. Svenska är källspråket.
disclose-channel = Kanal
disclose-posted = Skrivet
disclose-author = Skrivet av (Discord-id)
disclose-message = Meddelandets nummer (Discord-id)
disclose-reply = Svar på (Discord-id)
disclose-text = Text
disclose-about-person = Det en medlem har rapporterat om en annan medlem
disclose-about-elsewhere = Det en medlem har rapporterat om något på servern
disclose-forgotten = (texten är gallrad)
disclose-machine = Maskinens bedömning
disclose-state = Läge
disclose-event = Händelse
disclose-motives = Motiv
disclose-note = Anteckning
disclose-report = Rapport { $number }
disclose-report-words = Ur rapport { $number }
disclose-appeal = Överklagandet
disclose-answer = Svar på överklagandet
disclose-why-identity = liknar ett personnummer
disclose-why-mail = e-postadress
disclose-why-link = länk
disclose-why-mention = nämner en medlem
disclose-why-network = IP-adress
disclose-why-phone = liknar ett telefonnummer
disclose-why-member = Discord-id
disclose-why-address = liknar en adress
disclose-why-name = kan vara ett namn
disclose-why-restricted = behandlingen är begränsad (artikel 18 i dataskyddsförordningen)
disclose-why-words = vad en medlem skrev i en rapport; kan röja vem
disclose-keys = Retur: som det står · v: visa allt · d: dölj hela raden · r: rätta · q: spara och sluta
disclose-key = Val
disclose-ground = Grund (nummer ur listan, eller en ny i ord)
disclose-correct = Raden med det som ska döljas i [[…|grund]]
disclose-unfit = Bara det inom hakparenteser kan ändras. Skriv [[det som döljs|grund]].
disclose-drafted = Utkastet ligger i { $file }: { $lines } rader, { $masks } förslag. Gå igenom det, fyll i vem som granskat, och kör: uppsikt disclose --draft { $file } --out KOPIA.pdf
disclose-secret = { $file } innehåller allt omaskerat. Radera filen när kopian är gjord.
disclose-done = { $file } är skriven: { $masks ->
    [0] ingenting är maskerat
    [one] ett ställe är maskerat
   *[other] { $masks } ställen är maskerade
}. Det är noterat i loggen.
disclose-paused = Sparat. { $left ->
    [one] En rad
   *[other] { $left } rader
} återstår.
