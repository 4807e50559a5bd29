"""What does a card say of the measures? A line for each: chosen, done, failed and why, never to be done, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.cases import Case
from bot.core.measures import Act
from bot.core.undertakings import Hindrance, Standing, Undertaking
from bot.discord_gateway.lines import place
from bot.locales import Speak


def latest(undertakings: Sequence[Undertaking]) -> list[Undertaking]:
    """The last measure of each kind: a time-out that took the place of another is told of alone."""
    return list({each.measure.act: each for each in undertakings}.values())


def measure_line(case: Case, undertaking: Undertaking, say: Speak) -> str:
    """How far one measure has come."""
    act, state = undertaking.measure.act, undertaking.state
    when = undertaking.undone_at if state is Standing.UNDONE else undertaking.done_at
    slots = {
        "when": "" if when is None else f"<t:{int(when.timestamp())}:f>",
        "until": f"<t:{int(undertaking.until.timestamp())}:f>",
        "why": "" if undertaking.hindrance is None else why(undertaking.hindrance, case, say),
    }
    if state in (Standing.DUE, Standing.UNDOING) and undertaking.hindrance is not None:
        return say(f"failed-{act}-{state}", **slots)
    if state is Standing.DONE and undertaking.hindrance is Hindrance.IRREVERSIBLE:
        return say("taken-delete-stands", **slots)
    return say(f"taken-{act}-{state}", **slots)


def why(hindrance: Hindrance, case: Case, say: Speak) -> str:
    """What stands in the way, as the end of a sentence."""
    return say(f"hindrance-{hindrance}", where=place(case.flag.message.channel.id))


def hindered(problems: Mapping[Act, Hindrance | None], case: Case, say: Speak) -> str:
    """In one sentence: that nothing was decided, because of these."""
    found = [
        say("measure-hindered", what=say(f"act-{act}"), why=why(hindrance, case, say))
        for act, hindrance in problems.items()
        if hindrance is not None
    ]
    return say("refused-measures", what=", ".join(found))
