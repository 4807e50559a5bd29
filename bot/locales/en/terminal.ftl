# What the terminal says to whoever uses it.
demo-intro = A made-up week in the municipality of Almköping streams through the pipeline …
demo-summary = { $read ->
    [one] { $read } message read
   *[other] { $read } messages read
}, { $flagged ->
    [0] nothing to look at
    [one] one to look at
   *[other] { $flagged } to look at
}. The others left no trace but counts.
demo-next = Look further
demo-next-flags = see the queue, with the text
demo-next-decide = decide a flag, as a human
demo-next-sqlite = read the database with any tool
replay-summary = { $read } read, { $flagged } flagged ({ $new } new), { $skipped } lines skipped.
replay-before = { $lines } lines had been read already; going on after them.
flags-title = To look at
flags-none = The queue is empty.
column-number = No.
column-where = When and where
column-why = Why
column-sure = How surely
column-text = Text
withdrawn = withdrawn
forgotten = the text was forgotten
decided = Flag { $flag } is now { $state }.
decided-before = Flag { $flag } was { $state } already; nothing changed.
retained = Text forgotten in { $count } flags.
