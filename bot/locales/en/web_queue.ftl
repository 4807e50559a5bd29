# The panel's queue and case pages.
web-queue = Queue
web-case = Flag { $flag }
web-case-unknown = There is no such flag, or it belongs to a server that you do not see.
web-unclear = The address cannot be read ({ $what }). Choose on the page instead.
web-unreadable = The form could not be read, and nothing was changed. Reload the page and try again.
web-lean-missing = Nothing was changed: choose how you lean when you ask for a second opinion.
web-filters = Filters
web-filter-pile = Show
web-filter-motive = Motive
web-filter-target = Against whom
web-filter-threat = Only threats
web-filter-channel = Channel
web-filter-reported = Only reported
web-filter-age = Flagged
web-filter-mine = Mine
web-filter-after = place in the list
web-filter-show = Show
web-filter-clear = Clear filters
web-any = All
web-pile-open = Waiting for a decision
web-pile-decided = Decided
web-age-day = In the last 24 hours
web-age-week = In the last week
web-age-older = More than a week ago
web-mine-reading = I am reading
web-mine-asked = I have asked for a second opinion
web-begin = Start reviewing
web-queue-empty = The queue is empty. Nothing waits for a decision of yours.
web-paused = You pause. The queue is still there when you come back.
web-nothing = No flag matches the filter.
web-nothing-near = None of the nearest thousand flags matches the filter.
web-cut = The filter looks through a thousand flags at a time.
web-search-on = Search on
web-more = Show more
web-first = To the beginning
web-ago = { $span } ago
web-reported = { $count ->
    [one] one report
   *[other] { $count } reports
}
web-waits-1 = second opinion
web-waits-2 = joint decision
web-waits-3 = escalated
web-lease = { $who } is reading this
web-lease-own = you are reading this
web-to-list = To the list
web-whole = The whole case
web-plain = Show without masking
web-kind-message = Message
web-kind-title = Title
web-kind-name = Display name
web-kind-person = Reports on a person
web-kind-elsewhere = Report on something in the server
web-author = by
web-in-discord = Open in Discord
web-show-text = Show the text
web-shape = The text is hidden: { $words ->
    [one] one word
   *[other] { $words } words
}, { $weighed ->
    [0] none of them weighed in particular
    [one] one of them weighed
   *[other] { $weighed } of them weighed
}.
web-forgotten = The text has been erased.
web-what = What was flagged
web-why = Why it was flagged
web-limit = { $label }: { $value }, above the threshold { $limit }
web-earlier = { $count ->
    [one] The author has one upheld flag in the last 90 days:
   *[other] The author has { $count } upheld flags in the last 90 days, the latest:
}
web-reports = Reports
web-voices = Show what members write
web-voice-forgotten = The report's text has been erased.
web-standing = As it stands
web-context = The context, as it reads now
web-context-chain = What the message answers
web-context-around = Before and after
web-context-flagged = The flagged message:
web-context-no-bot = The context is fetched from Discord and can only be shown while the bot is running.
web-decide = Decide
web-second-send = Ask for a second opinion
web-escalate-send = Hand it to the leads
web-did-uphold = Flag { $flag } was upheld.
web-did-dismiss = Flag { $flag } was dismissed.
web-did-reopen = Flag { $flag } is open again.
web-undo = Undo
web-undo-hint = Press z within ten seconds to undo.
web-undo-over = The decision can no longer be undone here.
web-undo-late = It could not be undone: { $outcome }. A decision can be undone by whoever took it, within ten seconds. Reopen the flag from its page if it went wrong.
web-undone = The decision on flag { $flag } was undone, and the flag is open again.
web-timeline = Timeline
web-appeals = Appeals
web-appeal = Appealed { $when }.
web-appeal-open = Waiting for a decision.
web-appeal-answer = The answer to whoever appealed
web-keys-help = Keyboard shortcuts
web-keys-on = Use keyboard shortcuts in this browser
web-keys-title = Keyboard shortcuts
web-keys-about = They work while you are not typing in a field. Switch them off here if they are in the way.
web-keys-key = Key
web-keys-does = What it does
web-keys-close = Close
web-key-j = Next flag in the list
web-key-k = Previous flag in the list
web-key-o = Show or hide the text
web-key-c = Show the context
web-key-digits = Choose a motive, or leave it out
web-key-u = Uphold, with the chosen motives
web-key-d = Dismiss
web-key-s = Ask for a second opinion
web-key-e = Escalate
web-key-z = Undo the decision, within ten seconds
web-key-help = Show this help
web-key-esc = Close
happened-flagged = Flagged
happened-seen = Opened by a moderator for the first time
happened-edited = The message was edited
happened-withdrawn = The message was removed
happened-reported = Report { $about } came in
happened-unanswered = The reports had waited too long for an answer
happened-uphold = { $who } upheld the flag
happened-dismiss = { $who } dismissed the flag
happened-reopen = { $who } reopened the flag
happened-asked = { $who } asked for a second opinion
happened-escalated = { $who } escalated the flag
happened-done = Done: { $about }
happened-undone = Taken back: { $about }
happened-told-statement = The author was told the decision and its reasons
happened-told-granted = The author was told that the appeal was granted
happened-told-rejected = The author was told that the appeal was rejected
happened-told-withdrawn = The author was told that the decision was taken back
happened-appealed = The author appealed
happened-judged-granted = { $who } granted the appeal
happened-judged-rejected = { $who } rejected the appeal
happened-judged-overtaken = The appeal lapsed, because the decision had been changed
