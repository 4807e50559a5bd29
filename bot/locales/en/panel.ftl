panel-name = panel
panel-description = Open the review desk in your browser, or sign out everywhere
panel-what-name = do
panel-what-description = Leave empty for a link, or choose end to sign out everywhere
panel-end-name = end
panel-link = Open the review desk: { $link }
    The link is yours alone. It works once, within five minutes; share it with nobody.
demo-next-panel = review in the browser: open the link that is printed
panel-near = The link only works on the computer that the bot runs on.
panel-closed = The panel is not running at the moment. Whoever runs the bot finds the reason in its log.
panel-ended = { $count ->
    [0] You were not signed in anywhere. A link that you have not used works no more.
    [one] You are signed out. A link that you have not used works no more.
   *[other] You are signed out in all { $count } places. A link that you have not used works no more.
}
web-broken = The form did not arrive whole. Go back and try again.
web-unsure = Discord does not answer, so we cannot tell whether your role still holds. Try again in a moment.
web-there-already = The review desk is served at { $address } already, and the link leads there.
check-panel = the panel is at { $address } while the bot runs
check-panel-off = the panel is switched off ([web] enabled = false)
check-panel-taken = port { $place } is used by another program, so the bot would start without a panel: choose another in [web] port
check-panel-any = the panel takes a free port when the bot starts; the log says which
check-panel-open = the panel at { $place } can be reached from other computers without https: set host to 127.0.0.1, or a proxy with https before it and its address in [web] address
