# What the bot says in Discord, and what `uppsikt check` says of Discord.
announce-digest = { $flags ->
    [one] **A new flag.** See it with `/queue`.
   *[other] **{ $flags } new flags.** See them one at a time with `/queue`.
}
status-description = How Uppsikt is doing: connection, queue, and what went unseen
status-connection = Connection: { $up } of { $all } open, latency { $ms } ms
status-backlog = Waiting to be read: { $waiting }; channels being caught up: { $behind }
status-read = Messages read: { $read }
status-pending = Flags waiting for a decision: { $pending }
status-unseen = Interruptions in the last 24 hours: { $unseen ->
    [0] none
   *[other] { $unseen }
}
status-model = Model: { $model }
status-elsewhere = Uppsikt does not read this server.
status-unknown = The status cannot be read right now. Try again in a while, or look in the log.
check-token = Token: accepted, for { $name }
check-intent = Message Content Intent: on
check-no-intent = Message Content Intent is off: switch it on in the Developer Portal under Bot
check-no-server = The bot is in no server: invite it
check-not-in-server = Server { $server }: the bot is not in it; invite it, or take the server out of [discord] guilds
check-readable = { $server }: { $count ->
    [0] there is no channel to read
    [one] one channel can be read
   *[other] { $count } channels can be read
}
check-hidden = { $server }: give the bot "View Channel" and "Read Message History" (in voice channels "Connect" too) in { $channels }
check-moderators = Moderators' channel: #{ $channel }
check-moderators-shut = Moderators' channel: give the bot "View Channel" and "Send Messages" in #{ $channel }
check-moderators-unknown = Moderators' channel: { $channel } is not where the bot is; correct [discord] moderators_channel
check-no-moderators = Moderators' channel: none is set, so new flags are not announced
