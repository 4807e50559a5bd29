# What is said of thresholds and models that are tried beside those in force.
shadow-title = Shadow { $number }: { $what }
shadow-everywhere = everywhere
shadow-by = Started { $when } by { $by }: { $why }
shadow-running = Runs until { $until }. It only counts: nothing is kept of any single message.
shadow-stopped = Stopped. What was counted is still there: `uppsikt thresholds shadow show`.
shadow-finished = Finished { $until }.
shadow-failed = Broken off { $until }: { $problem }. The live reading was not touched by it.
shadow-changed = Ended { $until }, since what is in force changed then. Start a new shadow to compare with the new.
shadow-started = Shadow { $number } is started and runs until { $until }. The bot takes it up within seconds. See how it goes: `uppsikt thresholds shadow show`.
shadow-nothing = Nothing was compared yet. The bot must be running and reading messages.
shadow-together = All channels
shadow-column-channel = Channel
shadow-column-read = Read
shadow-column-live = In force, flags a day
shadow-column-candidate = Candidate, flags a day
shadow-column-common = Both
shadow-column-only-live = Only in force
shadow-column-only-candidate = Only the candidate
shadow-early = After { $days } days it is too early to say how sure the difference is. Wait until three days have passed.
shadow-same = In { $days } days there is no difference beyond chance: between { $low } and { $high } more or fewer flags a day, with 95 per cent confidence.
shadow-more = The candidate flags { $difference } more messages a day (with 95 per cent confidence between { $low } and { $high }), over { $days } days.
shadow-fewer = The candidate flags { $difference } fewer messages a day (with 95 per cent confidence the difference is between { $low } and { $high }), over { $days } days.
shadow-stood-back = { $count ->
    [one] One message
   *[other] { $count } messages
} ({ $share }) { $count ->
    [one] was
   *[other] were
} not compared: the bot was busy, and live reading goes first.
shadow-cost = The candidate's model took { $took } milliseconds for each message.
shadow-simulate = How precise another threshold would have been on what is decided already, `uppsikt thresholds simulate` says.
