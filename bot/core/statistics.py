"""How quickly are flags handled? Counts and medians over everybody together: never of a single moderator.

A median says within what time half of them were handled; one forgotten flag does not move it, as it would a mean.
Clocks are set back now and then: what was decided before it was flagged was decided at once, not in negative time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.flags import State

WEEK = timedelta(days=7)
PERIOD = timedelta(days=30)  # that the medians are of


@dataclass(frozen=True, slots=True)
class Decided:
    """How a flag was decided, and when."""

    state: State
    flagged_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Handling:
    """What was saved of the handling of flags: how many are open, and what was seen and decided in the period."""

    open: int = 0
    oldest: datetime | None = None  # when the oldest open one was flagged
    seen: Sequence[tuple[datetime, datetime]] = ()  # flagged, and first seen
    decided: Sequence[Decided] = ()
    acted: Sequence[tuple[datetime, datetime]] = ()  # flagged, and the last measure carried out
    appeals: int = 0  # that are open
    missed: int = 0  # upheld in the period because of reports alone: the model had let them through
    late: int = 0  # open, and past their time limit
    deadline: datetime | None = None  # when the next one's time is up


@dataclass(frozen=True, slots=True)
class Statistics:
    """The same in figures; a time is None where there was nothing to measure."""

    open: int
    oldest: timedelta | None
    today: Mapping[State, int]
    week: Mapping[State, int]
    to_seen: timedelta | None
    to_decided: timedelta | None
    to_acted: timedelta | None = None
    appeals: int = 0
    missed: int = 0
    late: int = 0
    left: timedelta | None = None  # until the next one's time is up


def statistics(handling: Handling, now: datetime, midnight: datetime) -> Statistics:
    """The figures at a moment, on a day that began at `midnight`."""
    return Statistics(
        handling.open,
        None if handling.oldest is None else elapsed(handling.oldest, now),
        _by_outcome(handling.decided, midnight),
        _by_outcome(handling.decided, now - WEEK),
        median(elapsed(flagged, seen) for flagged, seen in handling.seen),
        median(elapsed(each.flagged_at, each.at) for each in handling.decided),
        median(elapsed(flagged, acted) for flagged, acted in handling.acted),
        handling.appeals,
        handling.missed,
        handling.late,
        None if handling.deadline is None else elapsed(now, handling.deadline),
    )


def elapsed(begin: datetime, end: datetime) -> timedelta:
    """The time between two moments, never less than none."""
    return max(end - begin, timedelta())


def median(times: Iterable[timedelta]) -> timedelta | None:
    """The time in the middle, or halfway between the two in the middle; None of none."""
    ordered = sorted(times)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _by_outcome(decided: Sequence[Decided], since: datetime) -> Mapping[State, int]:
    states = [each.state for each in decided if each.at >= since]
    return {state: states.count(state) for state in set(states)}
