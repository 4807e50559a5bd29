# The month's statement of supervision. It is written in Swedish; these are its words in English.
statement-title = Supervision of the municipality's channels, { $month }
statement-made = Compiled { $at } by { $by }.
statement-unfinished = The month is not over. The figures go up to when this was compiled.
statement-about = What this statement is about
statement-duty = This statement shows how the municipality supervised its chat channels in the month: how much was read, what people looked at, how quickly, and when supervision failed. A program reads the messages and suggests what a person should look at. Only people decide.
statement-both = Both when a case was flagged and when a person first saw it are kept for each case. So the statement can be made again, whichever provision turns out to apply.
statement-done = What was done
statement-done-table = Numbers in the month
statement-n-read = Messages read
statement-n-unread = of them in languages that the program does not read
statement-n-flagged = Cases flagged, by the program or by a report
statement-n-reports = Reports from members
statement-n-reported = Cases reported
statement-n-seen = Cases that a person saw for the first time
statement-n-upheld = Decisions to uphold
statement-n-dismissed = Decisions to dismiss
statement-n-reopened = Cases opened again
statement-n-told = Notices that reached authors
statement-n-people = People who decided or gave an opinion
statement-n-samples = Samples read (messages that nobody had flagged)
statement-n-proposed = Proposals of new thresholds
statement-n-applied = New thresholds that came into force
statement-n-recalibrations = Recalibrations of what the program's figures mean
statement-times = How quickly
statement-times-limits = Cases decided in the month, and cases open when it ended
statement-times-table = How long it took, from when the clock began
statement-times-how = The median stands first: half of the cases took at most as long. Then stands the time that nine in ten kept within. A dash means that there is nothing to count.
statement-column-what = What
statement-column-n = Number
statement-column-kind = Category
statement-column-limit = Time limit
statement-column-decided = Decided
statement-column-within = In time
statement-column-late = Too late
statement-column-open = Open
statement-column-overdue = Past the limit
statement-column-to-seen = To the first look
statement-column-to-decided = To the decision
statement-column-to-acted = To the measure carried out
statement-all = All
statement-took = { $median }; nine in ten within { $ninety }
statement-decided = What was decided
statement-motives = Upheld cases by motive, as the moderators saw them (a case may have several)
statement-motives-none = No motive was given in the month's decisions.
statement-acts = Measures carried out
statement-acts-none = No measure was carried out in the month.
statement-appeals = Appeals
statement-appeals-made = { $count ->
    [0] No decision was appealed in the month.
    [one] One decision was appealed in the month.
   *[other] { $count } decisions were appealed in the month.
}
statement-rulings = Appeals decided in the month
statement-rulings-none = No appeal was decided in the month.
statement-ruling-granted = granted
statement-ruling-rejected = rejected
statement-ruling-overtaken = not tried, because the case had been opened again already
statement-unseen = Time without supervision
statement-unseen-none = There is no note of any channel being without supervision in the month.
statement-unseen-some = { $count ->
    [one] Once a channel was without supervision,
   *[other] { $count } times a channel was without supervision,
} { $channels ->
    [one] in one channel.
   *[other] in { $channels } different channels.
} In all, at least one channel was without supervision for { $total }; the longest time was { $longest }. What was written and removed meanwhile nobody has seen.
statement-unseen-back = { $count ->
    [0] No message of that time could be read afterwards.
    [one] One message of that time was read afterwards.
   *[other] { $count } messages of that time were read afterwards.
}
statement-tuning = Thresholds
statement-tuning-table = Changes of what is flagged
statement-agreement = Two who read the same case
statement-agreement-none = No case was read by two in the month.
statement-agreement-some = { $pairs ->
    [one] One case was read by two, neither knowing what the other thought.
   *[other] { $pairs } cases were read by two, neither knowing what the other thought.
} Krippendorff's alpha of the decision: { $alpha } (1 is full agreement, 0 is as by chance).
statement-deeds = What was done with the data
statement-deeds-table = Numbers in the month, from the record
statement-deeds-none = Nothing else was put on record in the month.
statement-deed-forgetting = forgetting by the rules
statement-deed-erasure = erasure at a person's request
statement-deed-refusal = refusal of a person's request
statement-deed-restriction = restriction of the processing of a person's data
statement-deed-lifting = restriction lifted
statement-deed-hold = hold on a case
statement-deed-release = hold released
statement-deed-person-export = everything about one person, handed out
statement-deed-evidence = evidence package
statement-deed-disclosure = disclosure of a public record
statement-deed-statement = statement of supervision
statement-deed-clock = change of regime or time limits
statement-deed-backup = backup
statement-deed-restore = restore from a backup
statement-counted = How the figures are counted
statement-how-begin = The clock begins when a case is flagged (uppsikt) or when somebody of the team first sees it (kännedom), as the municipality has chosen above. If a case is opened again it begins anew.
statement-how-report = That a member has reported something is not in itself the municipality's knowledge; it is once somebody of the team has seen the case.
statement-how-end = The clock stops when the case is decided and what was decided is carried out.
statement-how-month = Times are of cases decided in the month, as they stood when it ended. The time limits are those in force when the statement was made.
statement-how-people = The number of people is that of different names at decisions and opinions. Whoever works both in Discord and at the command line may be counted twice.
statement-how-samples = Samples are counted by themselves and are not among the cases.
statement-signed = The record's signature
statement-unsigned = The record is empty and so has no signature.
statement-head = This statement rests on the record up to entry { $seq }, whose digest is { $digest }.
statement-key = The key's fingerprint: { $fingerprint }
statement-anchor = The line below is an anchor of the record. The command “uppsikt record verify --anchor” shows with it whether anything was changed afterwards.
