# A second pair of eyes on a flag, joint decisions, escalation, and how much moderators agree.
second = Second opinion
escalate = Escalate
card-second = { $who } asks for a second opinion: decide the flag as you see it yourself.
card-joint = Two have read the flag and disagree. A third moderator or a lead decides, and that decision is final.
card-escalated = { $who } escalated the flag to the leads { $when }.
opinion-uphold = { $who } would uphold
opinion-dismiss = { $who } would dismiss
opinion-unsure = { $who } is unsure
outcome-pending = Flag { $flag } was reopened by { $who } { $when }
second-title = A second opinion on flag { $flag }
second-lean = How do you lean?
second-lean-description = Whoever reads it after you is not told until the answer is given.
lean-uphold = I would uphold it
lean-dismiss = I would dismiss it
lean-unsure = I am unsure
second-asked = Thank you! Flag { $flag } now goes to somebody else, who is not told how you lean.
second-own = Nothing changed: you have already asked for a second opinion on flag { $flag }, so let somebody else answer.
waiting-another = Nothing changed: somebody has already asked for a second opinion on flag { $flag }, so do decide it yourself.
waiting-joint = Nothing changed: two have already read flag { $flag }, and now it waits for a joint decision.
waiting-leads = Nothing changed: flag { $flag } was escalated and is with the leads.
course-opinion = Thank you! The two of you who have read flag { $flag } disagree, so your reading is saved and a third moderator or a lead decides.
course-asker = Nothing changed: you have asked for a second opinion on flag { $flag }, so somebody else decides it; if it is urgent, you can escalate it.
course-given = Nothing changed: you have already said how you see flag { $flag }, so a third moderator or a lead decides it.
course-leads = Nothing changed: flag { $flag } was escalated, so only the leads can decide it.
course-own = Nothing changed: it is your own message, so another moderator has to handle flag { $flag }.
escalate-title = Escalate flag { $flag }
escalate-note = Why do the leads need to see it?
escalate-done = Flag { $flag } is now with the leads.
escalate-already = Nothing changed: flag { $flag } is with the leads already.
reread-only = Nothing changed: this is a second reading, so answer with “Uphold” or “Dismiss”.
reread-agreed = Thank you, that was a second reading: you agree.
reread-disagreed = Thank you, that was a second reading: you disagree, so flag { $flag } is open again and waits for a joint decision.
reread-unwanted = Nothing changed: flag { $flag } needs no second reading of yours any more.
agreement-heading = How much two who read the same flag agree (Krippendorff's alpha: 1 is full agreement, 0 is chance):
agreement-none = No flag has two readings yet, so it cannot be said how much moderators agree.
agreement-decision = the decision
agreement-line = - { $what }: { NUMBER($alpha, minimumFractionDigits: 2) } over { $pairs ->
    [one] one flag
   *[other] { $pairs } flags
}: { $worth }
agreement-same = - { $what }: all have answered alike in { $pairs ->
    [one] one flag
   *[other] { $pairs } flags
}: { $worth }
trust-few = too few flags yet
trust-nothing = nothing to tell agreement from chance by
trust-reliable = good enough to draw conclusions from
trust-tentative = good enough for tentative conclusions
trust-none = too low to draw conclusions from; talk about where the line goes
check-leads = Leads' channel: #{ $channel }
check-leads-shut = Leads' channel: give the bot “View Channel” and “Send Messages” in #{ $channel }
check-leads-unknown = Leads' channel: { $channel } is not where the bot is; correct [discord] leads_channel
