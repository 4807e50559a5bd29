# Appeals, abusive reports and pauses at the panel.
web-appeals-link = Appeals
web-appeals-lead = What authors have appealed and what waits for a decision, the oldest first. Whoever took part in deciding the case does not decide its appeal.
web-appeals-none = No appeal waits.
web-appeals-caption = Appeals that wait
web-appeals-made = Appealed
web-appeals-where = Channel
web-appeals-decided = Decided by
web-appeals-yours = Can you decide it?
web-appeals-may-judge = Yes
web-appeals-may-unknown = No, it is gone.
web-appeals-may-over = No, it is decided already.
web-appeals-may-own = No, it is your own case. Somebody else decides it.
web-appeals-may-involved = No, you took part in deciding the case. Somebody else decides it.
web-appeals-may-reopened = No, the flag was opened again. Decide that first.
web-appeal-cannot-over = It is decided already.
web-appeal-cannot-own = It is your own case, so somebody else decides the appeal.
web-appeal-cannot-involved = You took part in deciding the case, so somebody else decides the appeal.
web-appeal-cannot-reopened = The flag was opened again, so decide that first.
web-appeal-reject = Reject the appeal
web-appeal-reason-note = Needed when you reject it. Whoever appealed gets to read this, but not who you are.
web-appeal-reason-missing = Nothing was changed: write why the decision stands, so that whoever appealed is told.
web-abuse = Abusive report
web-abuse-note = The report then counts no more, and whoever made it is told. You are not told who that is.
web-abuse-send = Mark the report
web-pause = Pause
web-pause-heading = Your pause
web-pause-read = What you have read
web-pause-limit = Suggest a pause after so many flags a day
web-pause-limit-how = Write 0 for no suggestions.
web-pause-limit-save = Save
web-pause-limit-unclear = Nothing was changed: write a whole number from 0 to { $most }.
web-pause-take = To your pause
web-pause-on-with-it = Go on reviewing
web-pause-nudge = You have read { $cases ->
    [one] one flag today
   *[other] { $cases } flags today
}{ $severe ->
    [0] .
    [one] , one of them severe.
   *[other] , { $severe } of them severe.
} A pause does good, and leaves the queue to somebody else.
