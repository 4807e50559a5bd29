# The clock: when the municipality knew, and how long a case may wait.
card-late = ⏱ Its time limit has passed.
clock-told = ⏱ The time limit of **flag { $flag }** has passed, and it is not decided. See it with `/case number:{ $flag }`.
clock-told-undone = ⏱ The time limit of **flag { $flag }** has passed. It is decided, but what was decided is not carried out yet. See it with `/case number:{ $flag }`.
clock-regime-supervision = The clock runs from supervision (uppsikt; BBS-lagen, lag 1998:112, 4 §): time counts from when a case was flagged.
clock-regime-knowledge = The clock runs from knowledge (kännedom; BBS-lagen, lag 1998:112, 4 a § and 5 §): time counts from when somebody of the team first saw the case.
clock-kind-reported = reported
clock-kind-other = other
clock-late = { $late ->
    [0] No open case is past its time limit.
    [one] One open case is past its time limit.
   *[other] { $late } open cases are past their time limits.
}
clock-next = The next time limit passes in { $time }.
clock-left = { $time } left
clock-over = { $time } past the limit
clock-hours = { $hours } h
clock-running-none = No clock is running now.
clock-undone = decided, not carried out
clock-open = open
clock-column-case = Case
clock-column-kind = Category
clock-column-begin = Clock began
clock-column-left = Time
clock-column-state = State
clock-month = { $month }: cases that were decided, and how quickly
clock-month-none = { $month }: no case was decided, and none is open.
clock-all = All
clock-column-limit = Time limit
clock-column-decided = Decided
clock-column-within = In time
clock-column-overdue = Too late
clock-column-open = Open
clock-column-seen = To the first look
clock-column-to-decided = To the decision
clock-column-acted = To the measure
clock-took = { $median }, nine in ten { $ninety }
