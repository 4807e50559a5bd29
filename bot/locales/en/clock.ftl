# The clock: when the municipality knew, and how long a case may wait.
card-late = ⏱ Its time limit has passed.
clock-told = ⏱ The time limit of **flag { $flag }** has passed, and it is not decided. See it with `/case number:{ $flag }`.
clock-told-undone = ⏱ The time limit of **flag { $flag }** has passed. It is decided, but what was decided is not carried out yet. See it with `/case number:{ $flag }`.
