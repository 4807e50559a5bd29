# What is said when what is flagged suddenly changes.
shift-title = Something has changed suddenly
shift-everywhere = all channels
shift-more = More messages than usual are flagged in { $where }: { $now } of what was read since { $since }. The usual is { $before }.
shift-fewer = Fewer messages than usual are flagged in { $where }: { $now } of what was read since { $since }. The usual is { $before }.
shift-unread = More messages than usual in { $where } are in languages that the model cannot read: { $now } of what was read since { $since }. The usual is { $before }.
shift-scores = The model gives other scores than usual in { $where } since { $since }.
shift-sure = The risk that this is mere chance is estimated at less than 1 in { $odds }.
shift-look-more = It may be a campaign, a heated matter or new slang. See what waits with `/queue`, and whether the thresholds still fit with `/thresholds`.
shift-look-fewer = It may be a new way of writing that the model misses, or the model or the thresholds were changed. Have a look with `/thresholds`.
shift-look-unread = What the model cannot read it does not judge. Look in the channel yourselves, and ask members to report what is wrong.
shift-look-scores = It may be a new model, another way of speaking or many new members. See whether the thresholds still fit with `/thresholds`.
drift-none = Nothing has changed suddenly. What is flagged looks as it usually does.
drift-too-early = It is too early to say what is usual: at least 14 days are needed, and { $days } are counted so far.
