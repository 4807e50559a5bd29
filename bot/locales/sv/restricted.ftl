# Ärenden vars behandling är begränsad (artikel 18 i dataskyddsförordningen). Svenska är källspråket.
restricted = Begränsad: texten visas inte, på begäran av den som den handlar om
outcome-restricted = Behandlingen av flagga { $flag } är begränsad på begäran av den som den handlar om, så den kan inte avgöras nu
context-restricted = Behandlingen av flagga { $flag } är begränsad, så dess sammanhang visas inte.
statement-restricted = Texten visas inte, för behandlingen av den är begränsad.
web-restricted = Begränsad: texten visas inte, på begäran av den som den handlar om.
objection-restricted = Ingenting ändrades: behandlingen av ärendet är begränsad på begäran av den som det handlar om, så överklagandet får vänta.
