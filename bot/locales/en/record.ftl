# The record: what was done, in a chain that nobody can quietly change.
record-whole = { $entries ->
    [0] The record is empty.
    [one] The record is whole: { $entries } entry, and everything is as it was written.
   *[other] The record is whole: { $entries } entries, and everything is as it was written.
}
record-broken = { $count ->
    [one] Something was changed from outside Uppsikt. One fault in { $entries } entries:
   *[other] Something was changed from outside Uppsikt. { $count } faults in { $entries } entries:
}
record-more = … and { $count } more. --json shows all of them.
record-what-guard = A guard is missing or was changed: { $name }
record-what-gap = { $count ->
    [one] Entry { $seq } is missing
   *[other] Entries { $seq }–{ $until } are missing
}
record-what-entry = Entry { $seq } was changed, moved or put in
record-what-tip = The record does not end where it was left: after entry { $seq } something was removed, added or replaced
record-what-head = The signed head of entry { $seq } is not of this record, or is not signed as it says
record-what-anchor = The anchor of entry { $seq } is not in the record: it was rewritten since the anchor was printed, or restored from a backup
record-what-facts = Row { $row } of { $table } is not as entry { $seq } says
record-what-words = The text of row { $row } of { $table } is not as entry { $seq } says
record-what-missing = Row { $row } of { $table } stands in entry { $seq } but is gone, and no deletion says so
record-what-added = Row { $row } of { $table } is not in the record
record-what-key = Entry { $seq } can no longer be held against row { $row } of { $table }, and no deletion says why
record-what-state = Flag { $row } is in another state than was decided
record-signed = Signed up to entry { $seq }.
record-unsigned = Nothing is signed yet. Type `uppsikt record head`.
record-signer = The key's fingerprint: { $fingerprint }
record-no-key = The key file is not here: the record's end can be held against signed heads and anchors only.
record-backwards = Entry { $seq } is dated before an older entry: the clock was wrong or set back. The order holds all the same.
record-anchor-empty = There is nothing to sign yet.
record-anchor-advice = Keep the line where nobody can change it: print it, mail it, register it. `uppsikt record verify --anchor` tells later whether anything before it was changed.
