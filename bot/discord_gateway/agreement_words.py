"""In which words is it told how much moderators agree? A figure for the decision and for each motive, and its worth."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.agreement import Agreement, trust
from bot.locales import Speak


def agreement_lines(known: Agreement, say: Speak) -> Iterator[str]:
    """Whole lines, as they stand below the other figures."""
    if not known.pairs:
        yield say("agreement-none")
        return
    yield f"\n{say('agreement-heading')}"
    yield _line(say("agreement-decision"), known.decision, known.pairs, say)
    for motive, value in known.motives.items():
        yield _line(say(f"label-{motive}"), value, known.pairs, say)


def _line(what: str, value: float | None, pairs: int, say: Speak) -> str:
    worth = trust(value, pairs)
    if value is None:
        return say("agreement-same", what=what, pairs=pairs, worth=say(f"trust-{worth}"))
    return say("agreement-line", what=what, alpha=round(value, 2) + 0.0, pairs=pairs, worth=say(f"trust-{worth}"))
