# Det som boten säger i Discord, och det som `uppsikt check` säger om Discord. Svenska är källspråket.
announce-digest = { $flags ->
    [one] **En ny flagga.** Se den med `/kö`.
   *[other] **{ $flags } nya flaggor.** Se dem en i taget med `/kö`.
}
status-description = Hur mår Uppsikt: anslutning, kö, och vad som inte har setts
status-connection = Anslutning: { $up } av { $all } öppna, svarstid { $ms } ms
status-backlog = Väntar på att läsas: { $waiting }; kanaler som läses ikapp: { $behind }
status-read = Lästa meddelanden: { $read }
status-pending = Flaggor som väntar på beslut: { $pending }
status-unseen = Avbrott det senaste dygnet: { $unseen ->
    [0] inga
   *[other] { $unseen }
}
status-model = Modell: { $model }
status-elsewhere = Uppsikt läser inte den här servern.
status-unknown = Läget går inte att läsa just nu. Försök igen om en stund, eller se efter i loggen.
check-token = Token: godkänd, för { $name }
check-intent = Message Content Intent: på
check-no-intent = Message Content Intent är av: slå på den i Developer Portal under Bot
check-no-server = Boten är inte med i någon server: bjud in den
check-not-in-server = Server { $server }: boten är inte med där; bjud in den, eller ta bort servern ur [discord] guilds
check-readable = { $server }: { $count ->
    [0] det finns ingen kanal att läsa
    [one] en kanal kan läsas
   *[other] { $count } kanaler kan läsas
}
check-hidden = { $server }: ge boten ”Visa kanal” och ”Läs meddelandehistorik” (i röstkanaler också ”Anslut”) i { $channels }
check-moderators = Moderatorernas kanal: #{ $channel }
check-moderators-shut = Moderatorernas kanal: ge boten ”Visa kanal” och ”Skicka meddelanden” i #{ $channel }
check-moderators-unknown = Moderatorernas kanal: { $channel } finns inte där boten är; rätta [discord] moderators_channel
check-no-moderators = Moderatorernas kanal: ingen är inställd, så nya flaggor meddelas inte
