# Retention, holds and erasure, in the terminal, on cards and on a case's page.

retention-due = What is due to be forgotten now
retention-proofs = What was forgotten
retention-class = What
retention-days = Days
retention-count = Count
retention-basis = Decision on deletion
retention-month = Month
retention-no-basis = no decision is named in [retention.basis]

record-reporters = who reported
record-upheld = text of flags that were upheld
record-dismissed = text of flags that were dismissed
record-pending = text of flags that nobody decided
record-samples = samples that came to nothing
record-reports = the words of reports
record-appeals = appeals and answers
record-history = whose the case is
record-moderators = what moderators read, their pauses and sessions

holds-title = Cases that are held
holds-case = Case
holds-since = Since
holds-by = By
holds-reason = Why
holds-none = No case is held.
held = { $count ->
    [one] Case { $cases } is held until it is released.
   *[other] Cases { $cases } are held until they are released.
}
released = { $count ->
    [one] Case { $cases } is held no longer: it is forgotten at its time.
   *[other] Cases { $cases } are held no longer: they are forgotten at their time.
}

card-held = Held: nothing of this case is forgotten or erased.
card-erased = **Flag { $flag }** in { $where } is erased: its text and whom it was about are gone.
web-erased = This case is erased: its text and whom it was about are gone.
