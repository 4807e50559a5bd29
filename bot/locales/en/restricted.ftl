# Cases whose processing is restricted (article 18 of the GDPR).
restricted = Restricted: the text is not shown, at the request of the person it is about
outcome-restricted = The processing of flag { $flag } is restricted at the request of the person it is about, so it cannot be decided now
context-restricted = The processing of flag { $flag } is restricted, so its context is not shown.
statement-restricted = The text is not shown, because its processing is restricted.
web-restricted = Restricted: the text is not shown, at the request of the person it is about.
objection-restricted = Nothing changed: the processing of the case is restricted at the request of the person it is about, so the appeal has to wait.
