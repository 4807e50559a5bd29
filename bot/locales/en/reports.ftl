# What members report, and what they are told.
report-menu = Report
report-name = report
report-description = Report a message, a member or something else; nobody is told that it was you
report-message-name = message
report-message-description = The link to the message: "Copy Message Link" in its menu
report-member-name = member
report-member-description = Whom it is about, if it is not a message
report-title = Report
report-category = What is it about?
report-category-note = Choose what fits best.
report-against = If it is hate: against whom?
report-against-note = Leave it out if you are not sure.
report-hurt = Whom does it hurt?
report-hurt-note = Moderators are not told if it is you.
report-words = Do you want to say more?
report-words-note = Moderators read it without seeing who you are, so leave your name out.
report-happened = What has happened, and where?
report-happened-note = Moderators read it without seeing who you are, so leave your name out.
category-hate = Hate
category-threat = Threat
category-harassment = Harassment or bullying
category-spam = Spam or advertising
category-other = Something else
hurt-me = Me
hurt-somebody = Somebody else
hurt-nobody = Nobody in particular
report-no-link = That is no link to a message; choose "Copy Message Link" in the message's menu.
report-other-server = The link leads to another server; report there, or to those who run it.
report-unreadable = The link does not lead to a channel that you can read here.
report-closed = The bot has no access to that channel; hold the message instead and choose Apps → Report.
report-gone = The message is gone; tell of it with `/report` and the member it is about.
report-silent = Discord does not answer just now, and nothing was sent; try again in a while.
report-own = It is your own message; you can delete it yourself.
report-own-person = You cannot report yourself; if you need support there is `/support`.
report-bot = A bot wrote that; talk to those who run the server.
report-me = You cannot report me; talk to those who run the server.
report-system = It is Discord's own message, so nobody has written it.
report-malformed = That cannot be read, and nothing was sent; begin again with `/report`.
report-long = It is too long, and nothing was sent; write { $most } characters at most.
report-empty = You wrote nothing, so nothing was sent; tell us what has happened.
report-mistake = Something went wrong; see with `/myreports` whether the report arrived.
unheard-too-many = You have reported { $most } times within the last hour, so this one was not saved; if it is urgent, call 112 or write to a moderator.
unheard-twice = You have reported it already; see what happens with `/myreports`.
unheard-forgotten = That case is closed and forgotten, so the report was not saved; talk to a moderator.
receipt = Thank you for telling us. Your report has number **{ $number }**, and nobody who reads it sees who you are.
receipt-later = A moderator will go through it. You get an answer by direct message, or with `/myreports`.
receipt-upheld = The moderators have gone through this already and have acted. Your report is added to the case.
receipt-dismissed = The moderators have gone through this already and found that it does not break the rules. Your report is added to the case, and you will hear if that changes.
support-name = support
support-description = Help if you or somebody else has been hurt; nobody is told that you asked
support-heading = **Here is help**
answer-upheld = **Report { $number }:** Thank you for telling us. The moderators have gone through it, and we have acted. What happened to whom we do not tell. If you need support there is `/support`.
answer-dismissed = **Report { $number }:** Thank you for telling us. The moderators have gone through it, and we found that it does not break the rules. Tell us again if it goes on. If you need support there is `/support`.
answer-changed-upheld = **Report { $number }:** The assessment has changed. The moderators have gone through it again, and we have acted. Thank you for telling us.
answer-changed-dismissed = **Report { $number }:** The assessment has changed. The moderators have gone through it again, and we found that it does not break the rules. Thank you for telling us.
answer-abusive = **Report { $number }:** A moderator found that the report was made to get at somebody. Therefore your reports are read after others' for a time; that passes by itself. If it is a misunderstanding, talk to a moderator.
myreports-name = myreports
myreports-description = What you have reported, and what happened; only you see it
myreports-heading = **Your reports**, the newest first
myreports-none = You have no reports here; older ones are forgotten.
myreports-line = **{ $number }**, { $when }, { $what }: { $became }
myreports-open = waits for a moderator.
myreports-upheld = we have acted.
myreports-dismissed = we found that it does not break the rules.
myreports-abusive = A moderator found that the report was made to get at somebody.
card-person = **Flag { $flag }**, reports on { $who }, in { $where } { $when }
card-elsewhere = **Flag { $flag }**, a report of something in the server, written in { $where } { $when }
context-person = Flag { $flag } is about a person and not a message, so it has no context.
context-elsewhere = Flag { $flag } is about no message, so it has no context.
reason-report = reported: { $category }
heard-count = { $count ->
    [one] Reported by a member.
   *[other] **Reported { $count } times.**
}
heard-late = { $count ->
    [one] One report came after the decision.
   *[other] { $count } reports came after the decision.
}
heard-flood = ⚠ Flood: unusually many reports on the same person within an hour. They may be coordinated.
heard-voice = Report { $number }: { $what }, { $hurt }
heard-nobody = hurts nobody in particular
heard-somebody = hurts somebody
heard-abusive = Report { $number }: found to be abuse
heard-elsewhere = The reports are also about:
statement-person = It is about something in the server that is not a message, reported { $posted } from { $where }.
statement-elsewhere = It is about something in the server that is not a message, reported { $posted } from { $where }.
heard-unanswered = Unanswered for too long.
abuse-choose = Mark a report as made to get at somebody
abuse-report = Report { $number }
abuse-marked = Report { $number } is marked. It counts no more in the queue, and its reporter is told.
abuse-not-marked = Nothing was changed: report { $number } is marked already, or is not here.
reporters-none = No report of that case has a reporter who is known still.
stats-missed = { $count ->
    [one] Missed by the model within the last 30 days: one upheld case that only members had reported.
   *[other] Missed by the model within the last 30 days: { $count } upheld cases that only members had reported.
}
check-role-unknown = Role: { $role } is in none of the servers; correct [roles] { $setting }
check-trusted = Trusted members, whose reports are read first: { $roles }
