"""In which words are the figures of `/stats` told? Whole sentences, and times as one says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock_words import span
from bot.core.flags import State
from bot.core.statistics import Statistics
from bot.locales import Speak


def figures(known: Statistics, say: Speak) -> str:
    """What is open, what was decided, and how quickly."""
    lines = [
        say("stats-open", open=known.open, age=span(known.oldest or timedelta(), say)),
        say("stats-today", **_counts(known.today)),
        say("stats-week", **_counts(known.week)),
        say("stats-unseen") if known.to_seen is None else say("stats-seen", time=span(known.to_seen, say)),
        say("stats-undecided") if known.to_decided is None else say("stats-decided", time=span(known.to_decided, say)),
        say("stats-unacted") if known.to_acted is None else say("stats-acted", time=span(known.to_acted, say)),
    ]
    if known.late or known.left is not None:
        left = say("clock-next", time=span(known.left, say)) if known.left is not None else ""
        lines.insert(1, f"{say('clock-late', late=known.late)} {left}".strip())
    if known.appeals:
        lines.insert(1, say("stats-appeals", count=known.appeals))
    if known.missed:
        lines.append(say("stats-missed", count=known.missed))
    return "\n".join(lines)


def _counts(decided: Mapping[State, int]) -> dict[str, int]:
    return {"upheld": decided.get(State.UPHELD, 0), "dismissed": decided.get(State.DISMISSED, 0)}
