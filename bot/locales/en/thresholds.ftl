# Thresholds in Discord: look, reckon, propose, apply, undo.
tune-name = thresholds
tune-description = See what thresholds do, what others would have done, and change them so that it can be undone.
tune-show-name = show
tune-show-description = Which thresholds are in force, who says so and what they have done.
tune-simulate-name = simulate
tune-simulate-description = What another threshold would have done. Nothing is changed.
tune-suggest-name = suggest
tune-suggest-description = Which threshold keeps what you need, and what it costs. Nothing is changed.
tune-level-name = level
tune-level-description = Cautious, balanced or vigilant: what each level means here.
tune-history-name = history
tune-history-description = Who changed what, when and why, with the figures that were looked at.
tune-undo-name = undo
tune-undo-description = Take a change back. You see what that does first.
tune-option-channel = channel
tune-option-channel-description = Only here, with the channel's threads.
tune-option-group = group
tune-option-group-description = Only in this group of channels.
tune-option-days = days
tune-option-days-description = How far back from the last message that was read (28 if nothing is said).
tune-option-label = label
tune-option-label-description = What the threshold is of, such as hate or threat.
tune-option-threshold = threshold
tune-option-threshold-description = A number from 0 to 1, such as 0.8.
tune-option-level = level
tune-option-level-description = Cautious, balanced or vigilant; all three if nothing is said.
tune-option-number = number
tune-option-number-description = The number of the change, which the history shows.
tune-option-catch = catch
tune-option-catch-description = At least this share must reach a human, such as 95 %.
tune-option-flags = flags
tune-option-flags-description = At most so many flags a day.
tune-option-precision = precision
tune-option-precision-description = At least this share of the flags must be right, such as 80 %.
refused-admin = Only administrators may do this; ask one of them.
tune-mistake = Something went wrong; see with `/thresholds history` what is in force.
tune-unchanged = Nothing was changed: { $why }.
tune-malformed = That button cannot be read, and nothing was changed; do it again with `/thresholds simulate`.
tune-no-threshold = “{ $typed }” is no threshold: write a number from 0 to 1, such as 0.8.
tune-no-share = “{ $typed }” is no share: write one such as 95 %.
tune-no-label = There is no label “{ $typed }”: choose one of the list, such as hate or threat.
tune-no-level = There is no level “{ $typed }”: choose { $levels }.
tune-lack-nothing = No message has been read here yet, so there is nothing to judge thresholds by.
tune-lack-here = No message was read there in the last { $days } days: choose more days, or another place.
tune-lack-model = The model in use has not read anything there yet, and another model's scores cannot be compared: wait some days.
tune-where-channel = in { $channel }
tune-shown-title = **Thresholds { $where }**
tune-origin = { $label }: **{ $value }** ({ $source })
tune-is-level = That is the level *{ $level }*.
tune-done = This is what they did in { $days }:
tune-now-flags = Flags a day: { $flags }
tune-now-minutes = Moderators' time: { $minutes } minutes a day
tune-now-precision = Right among the decided: { $precision }
tune-missed-unknown = **What is missed:** unknown. Nobody has read what was not flagged. Switch the sample on under `[audit]` in config.toml: moderators then read a small random share, and after some weeks it can be said.
tune-missed-early = **What is missed:** { $label }: too early to say. Of { $audited } samples that were read { $missed } were misses.
tune-missed = **What is missed:** { $label }: { $value } reaches a human (between { $low } and { $high }); the rest passes. From { $audited } samples that were read.
tune-simulated-title = **If the threshold were another { $where }**
tune-flags = Flags a day: { $now } → **{ $then }**
tune-minutes = Moderators' time, minutes a day: { $now } → **{ $then }**
tune-precision = Right among the decided: { $now } → **{ $then }**
tune-lost = { $count ->
    [0] No decided case is lost
    [one] One decided case is lost
   *[other] { $count } decided cases are lost
} (upheld { $upheld }, dismissed { $dismissed }; { $pending } still wait).
tune-gained = { $count ->
    [0] No decided case is gained
    [one] One decided case is gained
   *[other] { $count } decided cases are gained
} (upheld { $upheld }, dismissed { $dismissed }; { $pending } still wait).
tune-cases = Open them with `/case`: { $cases }
tune-unread = Of the flags nobody has read { $unread } a day: they were let through, and whether they are right only a sample can tell.
tune-same = So it is already: there is nothing to propose.
tune-rests = From { $days } and { $decided ->
    [one] one decided case
   *[other] { $decided } decided cases
}. In brackets: where the true share lies with 95 % confidence.
tune-hours = less than a day
tune-days = { $days } days
tune-measured = A flag takes { $minutes } minutes to decide, in the median.
tune-assumed = Counted with { $minutes } minutes for a flag. That is assumed: too few decisions have been measured yet.
tune-counted = What was let through is counted for { $days } days; the flags are older.
tune-no-figures = No figures: nothing has been read there yet.
tune-levels-title = **Levels { $where }**
tune-level = **{ $level }**: { $means }
tune-level-now = **{ $level }** (in force): { $means }
tune-cost = { $flags } flags a day, { $minutes } minutes
tune-propose = Propose
tune-propose-level = Propose { $level }
tune-propose-title = Propose a threshold
tune-why = Why?
tune-why-note = Whoever reads the history later must understand.
tune-change-title = **Change { $number } of thresholds**
tune-what = { $where }: { $what }
tune-by = { $who }, { $when }: { $why }
tune-undoes = Takes back change { $number }.
tune-waits = **Proposed.** An administrator applies or withdraws it.
tune-settled-applied = **Applied** by { $who }, { $when }. Take it back with `/thresholds undo`.
tune-settled-withdrawn = **Withdrawn** by { $who }, { $when }.
tune-apply = Apply
tune-withdraw = Withdraw
tune-undo = Take back
tune-hangs = Proposal { $number } hangs here, where an administrator can apply it: { $link }
tune-history-title = **Changes of thresholds**, the latest first. The figures of one: `/thresholds history` with its number.
tune-entry = **{ $number }** ({ $state }) { $what }. { $who }, { $when }: { $why }
tune-entry-undone = taken back
tune-back-title = **Take back change { $number }?**
tune-back = This is how it will be:
tune-undo-title = Take back change { $number }
tune-undone = Change { $undoes } is taken back, as change { $number }. It holds from the next message on.
tune-no-wish = Say what the threshold must keep: `catch`, `flags` or `precision`, or several of them.
tune-suggested = The threshold **{ $value }** for { $label } keeps { $kept }.
tune-sure = That holds with 95 % confidence.
tune-and = { " " }and{ " " }
tune-wish-catch = that at least { $share } of { $label } reach a human
tune-wish-flags = at most { $flags } flags a day
tune-wish-precision = that at least { $share } of the flags are right
tune-unable-no-audit = One cannot promise { $kept }: nobody has read what was not flagged. Switch the sample on under `[audit]` in config.toml.
tune-unable-none-found = One cannot promise { $kept } yet: no human has found { $label } in what is decided.
tune-unable-too-little = One cannot promise { $kept } yet: there is too little to go by ({ $found } decided cases of { $label }, { $audited } samples that were read).
tune-unable-more = One cannot promise { $kept } yet: there is too little to go by ({ $found } decided cases of { $label }, { $audited } samples that were read). About { $more } more samples would do, if they are like those so far.
tune-unable-more-decided = One cannot promise { $kept } yet: there is too little to go by ({ $found } decided cases of { $label }). About { $more } more decided flags would do, if they are like those so far.
tune-unable-too-many = No threshold for { $label } keeps { $kept }: as many come anyway, through reports, watched words or other thresholds.
tune-unable-conflict = No threshold for { $label } keeps { $kept } at once: let go of one of them.
