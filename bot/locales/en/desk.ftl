# When moderators are told something, and how they are.
announce-threats = { $flags ->
    [one] **A new urgent flag:** a threat, or reported by a trusted member. See it with `/queue`.
   *[other] **{ $flags } new urgent flags:** threats, or reported by trusted members. See them one at a time with `/queue`.
}
announce-oldest = The oldest was flagged { $when }.
announce-on-call = { $who }: something here may be a threat or urgent for another reason, and somebody needs to look at it now.
card-masked = Slurs are masked; `/case` with `unmasked` shows the text as it was written.
case-unmasked-name = unmasked
case-unmasked-description = Show the text as it was written, without masking slurs
pause-name = pause
pause-description = Your own pause: see what you have read, take a break, set a limit. Only you can see it.
pause-hours-name = hours
pause-hours-description = For how many hours you want a break, half an hour to 72
pause-limit-name = limit
pause-limit-description = After how many flags a day the bot is to suggest a break; 0 suggests none
pause-today = Today you have read { $cases ->
    [0] no flag.
    [one] one flag{ $severe ->
        [0] .
       *[other] , and it was severe.
    }
   *[other] { $cases } flags, { $severe ->
        [0] none of them severe.
        [one] one of them severe.
       *[other] { $severe } of them severe.
    }
}
pause-week = The last seven days: { $cases ->
    [0] no flags.
    [one] one flag{ $severe ->
        [0] .
       *[other] , and it was severe.
    }
   *[other] { $cases } flags, { $severe ->
        [0] none of them severe.
        [one] one of them severe.
       *[other] { $severe } of them severe.
    }
}
pause-bound = { $limit ->
    [0] You have no limit; set one with `/pause limit`.
    [one] After one flag a day the bot suggests a break.
   *[other] After { $limit } flags a day the bot suggests a break.
}
pause-off = You are not on a break now.
pause-on = You are on a break until { $when }. The queue will be there when you come back.
pause-ended = Your break is over. Welcome back!
pause-alone = Only you can see this.
pause-one-hour = Break for an hour
pause-morning = Break until 7 tomorrow
pause-end = End the break
pause-nudge = You have read { $cases ->
    [one] one flag today
   *[other] { $cases } flags today
}{ $severe ->
    [0] .
    [one] , one of them severe.
   *[other] , { $severe } of them severe.
} A break does good; `/pause` leaves the queue to somebody else.
check-desk-unknown = Moderators' channels: { $channel } is not where the bot is; correct [desk]
check-on-call = On-call role for threats: @{ $role }, in #{ $channel }
check-on-call-silent = On-call role for threats: @{ $role } cannot be mentioned; make the role mentionable, or give the bot Mention @everyone, @here, and All Roles in #{ $channel }
check-on-call-unknown = On-call role for threats: { $role } is not where threats are told; correct [desk] ping_role
check-on-call-nowhere = On-call role for threats: there is no channel to mention it in; set [desk] threats_channel or [discord] moderators_channel
