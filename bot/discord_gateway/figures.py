"""In which words are the figures of `/stats` told? Whole sentences, and times as one says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.core.flags import State
from bot.core.statistics import Statistics
from bot.locales import Speak


def figures(known: Statistics, say: Speak) -> str:
    """What is open, what was decided, and how quickly."""
    lines = [
        say("stats-open", open=known.open, age=_span(known.oldest or timedelta(), say)),
        say("stats-today", **_counts(known.today)),
        say("stats-week", **_counts(known.week)),
        say("stats-unseen") if known.to_seen is None else say("stats-seen", time=_span(known.to_seen, say)),
        say("stats-undecided") if known.to_decided is None else say("stats-decided", time=_span(known.to_decided, say)),
        say("stats-unacted") if known.to_acted is None else say("stats-acted", time=_span(known.to_acted, say)),
    ]
    if known.late or known.left is not None:
        left = say("clock-next", time=_span(known.left, say)) if known.left is not None else ""
        lines.insert(1, f"{say('clock-late', late=known.late)} {left}".strip())
    if known.appeals:
        lines.insert(1, say("stats-appeals", count=known.appeals))
    if known.missed:
        lines.append(say("stats-missed", count=known.missed))
    return "\n".join(lines)


def _counts(decided: Mapping[State, int]) -> dict[str, int]:
    return {"upheld": decided.get(State.UPHELD, 0), "dismissed": decided.get(State.DISMISSED, 0)}


def _span(time: timedelta, say: Speak) -> str:
    """Minutes within the hour, hours and minutes within two days, days and hours beyond."""
    minutes = int(time.total_seconds()) // 60
    hours = minutes // 60
    if minutes == 0:
        return say("span-moment")
    if hours == 0:
        return say("span-minutes", minutes=minutes)
    if hours < 48:
        return say("span-hours", hours=hours, minutes=minutes % 60)
    return say("span-days", days=hours // 24, hours=hours % 24)
