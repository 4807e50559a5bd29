# What authors are told of decisions, appeals, and a member's earlier cases.
statement-heading = **Decision in case { $flag }**, { $when }
statement-message = It is about your message in { $where }, written { $posted }:
statement-title = It is about your title of { $where }, written { $posted }:
statement-name = It is about your display name, seen in { $where } { $posted }:
statement-forgotten = The text was forgotten.
told-delete = It is removed from the server.
told-warn = You get a warning.
told-timeout = You cannot write on the server for { $length }, until { $until }.
length-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
length-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
length-days = { $count ->
    [one] one day
   *[other] { $count } days
}
statement-ground = The reason is that it breaks the server's rules ({ $motives }).
statement-ground-plain = The reason is that it breaks the server's rules.
statement-rules = The server's rules
statement-found = It was noticed by an automatic reading. A human has read it and decided, with the machine's help.
statement-reported = It was reported by somebody on the server. A human has read it and decided, with the help of an automatic reading.
statement-appeal = Do you think that the decision is wrong? Appeal with the button below, by { $until }. A human other than the one who decided will then look at it.
statement-onward = You may also have the right to take it to an out-of-court dispute settlement body, or to a court.
statement-contact = Contact
news-granted = **The decision in case { $flag } no longer holds**: your appeal was granted { $when }
news-rejected = **The decision in case { $flag } stands**: your appeal was rejected { $when }
news-withdrawn = **The decision in case { $flag } no longer holds**: it was taken back { $when }
news-judged = A human other than the one who decided has looked at it.
news-reason = Reasons
news-reason-forgotten = The reasons were forgotten.
news-undone = What was decided then is undone.
news-deleted = A message that was removed cannot be put back, but you are welcome to write it again.
appeal = Appeal
appeal-grant = Grant
appeal-reject = Reject
appeal-modal = Appeal the decision, case { $flag }
appeal-words = Why is the decision wrong?
appeal-words-note = A moderator other than the one who decided reads what you write.
appeal-reject-modal = Reject the appeal in case { $flag }
appeal-reason = Why does the decision stand?
appeal-reason-note = Whoever appealed gets to read this, but not who you are.
appeal-made = Thank you, your appeal in case { $flag } has arrived; you will hear when it is decided.
unappealable-unknown = There is no decision about you of that number; see your cases with `/mycases`.
unappealable-twice = You have already appealed, in case { $flag }; each decision can be appealed once.
unappealable-ended = The decision in case { $flag } no longer holds, so it needs no appeal.
unappealable-reopened = The decision in case { $flag } is being looked at anew already, so it cannot be appealed right now.
unappealable-late = The time to appeal the decision in case { $flag } is over.
appeal-malformed = That cannot be read, and nothing changed; see your cases with `/mycases`.
appeal-empty = You wrote nothing, so nothing was sent; press the button again and write why.
appeal-mistake = Something went wrong; see with `/mycases` whether it arrived.
objection-unknown = That appeal is not here; see what waits with `/queue`.
objection-over = Nothing changed: the appeal is decided already.
objection-own = Nothing changed: it is your own case, so somebody else has to decide the appeal.
objection-involved = Nothing changed: you took part in deciding the case, so somebody else has to decide the appeal.
objection-reopened = Nothing changed: the flag is open again, so decide that first.
judged-granted = The appeal in case { $flag } is granted; its author will be told.
judged-rejected = The appeal in case { $flag } is rejected; its author will be told.
appeal-heading = **Appeal in case { $flag }** by { $who }, { $when }
appeal-about = It is about what was written in { $where } { $posted }:
appeal-decided = { $by } upheld the flag { $when }: { $what }
appeal-said = The author says
appeal-forgotten = The appeal's text was forgotten.
appeal-granted = The appeal was granted by { $by } { $when }.
appeal-rejected = The appeal was rejected by { $by } { $when }.
appeal-overtaken = The decision was changed otherwise { $when }, so there is nothing to decide.
appeals-waiting = { $count ->
    [one] No flags wait, but one appeal.
   *[other] No flags wait, but { $count } appeals.
}
appeals-link = case { $flag }
stats-appeals = { $count ->
    [one] One appeal waits for a decision.
   *[other] { $count } appeals wait for a decision.
}
card-untold = What there is to tell the author could not be sent; it waits in `/mycases`.
card-earlier = { $count ->
    [one] Earlier: one upheld flag in the last { $days } days ({ $cases })
   *[other] Earlier: { $count } upheld flags in the last { $days } days ({ $cases })
}
card-earlier-case = no. { $flag } on { $when }
mycases-name = mycases
mycases-description = Decisions about what you wrote, and how to appeal them
mycases-heading = **Your cases**, the latest first
mycases-none = There are no decisions about anything that you wrote.
mycases-case = **Case { $flag }**, { $when }: { $what }
mycases-until = Can be appealed until { $until }.
mycases-stands = The decision holds.
mycases-appealed = You have appealed; you will hear when it is decided.
mycases-rejected = Your appeal was rejected { $when }; the decision holds.
mycases-granted = Your appeal was granted { $when }; the decision no longer holds.
mycases-overtaken = The decision no longer holds.
mycases-reopened = The decision is being looked at anew.
history-name = history
history-description = Earlier flags
history-member-name = member
history-member-description = Show a member's upheld flags, with dates and what became of them
history-option-name = who
history-option-description = The member, or the id of one who has left
history-heading = **Flags of { $who }**, the latest first
history-none = { $who } has no upheld flags here.
history-entry = No. { $flag }, { $when }: { $what } · { $standing }
did-delete = removed
did-warn = warning
did-timeout = time-out of { $length }
did-handover = handed over
did-nothing = no measure
standing-stands = holds
standing-appealed = holds, appealed
standing-confirmed = holds, the appeal was rejected
standing-reopened = being looked at anew
standing-reversed = reversed
standing-pardoned = reversed on appeal
