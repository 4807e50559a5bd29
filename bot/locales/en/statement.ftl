# The month's statement of supervision. It is written in Swedish; these are its words in English.
supervision-title = Supervision of the municipality's channels, { $month }
supervision-made = Compiled { $at } by { $by }.
supervision-unfinished = The month is not over. The figures go up to when this was compiled.
supervision-about = What this statement is about
supervision-duty = This statement shows how the municipality supervised its chat channels in the month: how much was read, what people looked at, how quickly, and when supervision failed. A program reads the messages and suggests what a person should look at. Only people decide.
supervision-both = Both when a case was flagged and when a person first saw it are kept for each case. So the statement can be made again by the other provision, should that turn out to apply.
supervision-done = What was done
supervision-done-table = Numbers in the month
supervision-n-read = Messages read
supervision-n-unread = of them in languages that the program does not read
supervision-n-flagged = Cases flagged, by the program or by a report
supervision-n-reports = Reports from members
supervision-n-reported = Cases reported
supervision-n-seen = Cases that a person saw for the first time
supervision-n-upheld = Decisions to uphold
supervision-n-dismissed = Decisions to dismiss
supervision-n-reopened = Cases opened again
supervision-n-told = Notices that reached authors
supervision-n-people = People who decided or gave an opinion
supervision-n-samples = Samples read (messages that nobody had flagged)
supervision-n-proposed = Proposals of new thresholds
supervision-n-applied = New thresholds that came into force
supervision-n-recalibrations = Recalibrations of what the program's figures mean
supervision-times = How quickly
supervision-times-limits = Cases decided in the month, and cases open when it ended
supervision-times-table = How long it took, from when the clock began
supervision-times-how = The median stands first: half of the cases took at most as long. Then stands the time that nine in ten kept within. A dash means that there is nothing to count.
supervision-column-what = What
supervision-column-n = Number
supervision-column-kind = Category
supervision-column-limit = Time limit
supervision-column-decided = Decided
supervision-column-within = In time
supervision-column-late = Too late
supervision-column-open = Open
supervision-column-overdue = Past the limit
supervision-column-to-seen = To the first look
supervision-column-to-decided = To the decision
supervision-column-to-acted = To the measure carried out
supervision-all = All
supervision-took = half: { $median }; nine in ten: { $ninety }
supervision-decided = What was decided
supervision-motives = Upheld cases by motive, as the moderators saw them (a case may have several)
supervision-motives-none = No motive was given in the month's decisions.
supervision-acts = Measures carried out
supervision-acts-none = No measure was carried out in the month.
supervision-appeals = Appeals
supervision-appeals-made = { $count ->
    [0] No decision was appealed in the month.
    [one] One decision was appealed in the month.
   *[other] { $count } decisions were appealed in the month.
}
supervision-rulings = Appeals decided in the month
supervision-rulings-none = No appeal was decided in the month.
supervision-ruling-granted = granted
supervision-ruling-rejected = rejected
supervision-ruling-overtaken = not tried, because the case had been opened again already
supervision-unseen = Time without supervision
supervision-unseen-none = There is no note of any channel being without supervision in the month.
supervision-unseen-some = { $count ->
    [one] Once supervision was lacking
   *[other] { $count } times supervision was lacking
}{ $channels ->
    [one] , in one channel.
   *[other] , in { $channels } different channels.
} In all, at least one channel was without supervision for { $total }; the longest time was { $longest }. What was written and removed meanwhile nobody has seen.
supervision-unseen-back = { $count ->
    [0] No message of that time could be read afterwards.
    [one] One message of that time was read afterwards.
   *[other] { $count } messages of that time were read afterwards.
}
supervision-tuning = Thresholds
supervision-tuning-table = Changes of what is flagged
supervision-agreement = Two who read the same case
supervision-agreement-none = No case was read by two in the month.
supervision-agreement-some = { $pairs ->
    [one] One case was read by two, neither knowing what the other thought.
   *[other] { $pairs } cases were read by two, neither knowing what the other thought.
} Krippendorff's alpha of the decision: { $alpha } (1 is full agreement, 0 is as by chance).
supervision-deeds = What was done with the data
supervision-deeds-table = Numbers in the month, from the record
supervision-deeds-none = Nothing else was put on record in the month.
supervision-deed-forgetting = forgetting by the rules
supervision-deed-erasure = erasure at a person's request
supervision-deed-refusal = refusal of a person's request
supervision-deed-restriction = restriction of the processing of a person's data
supervision-deed-lifting = restriction lifted
supervision-deed-hold = hold on a case
supervision-deed-release = hold released
supervision-deed-person-export = everything about one person, handed out
supervision-deed-evidence = evidence package
supervision-deed-disclosure = disclosure of a public record
supervision-deed-statement = statement of supervision
supervision-deed-clock = change of regime or time limits
supervision-deed-backup = backup
supervision-deed-restore = restore from a backup
supervision-counted = How the figures are counted
supervision-how-begin = The clock begins when a case is flagged (uppsikt) or when somebody of the team first sees it (kännedom), as the municipality has chosen above. If a case is opened again it begins anew.
supervision-how-report = That a member has reported something is not in itself the municipality's knowledge; it is once somebody of the team has seen the case.
supervision-how-end = The clock stops when the case is decided and what was decided is carried out.
supervision-how-month = Times are of cases decided in the month, as they stood when it ended. The time limits are those in force when the statement was made.
supervision-how-people = The number of people is that of different names at decisions and opinions. Whoever works both in Discord and at the command line may be counted twice.
supervision-how-samples = Samples are counted by themselves and are not among the cases.
supervision-signed = The record's signature
supervision-unsigned = The record is empty and so has no signature.
supervision-head = This statement rests on the record up to entry { $seq }, whose digest is { $digest }.
supervision-key = The key's fingerprint: { $fingerprint }
supervision-anchor = The line below is an anchor of the record. The command “uppsikt record verify --anchor” shows with it whether anything was changed afterwards.
