"""Does the model suddenly give other scores? The last 24 hours against the days before, in a dozen groups of scores.

A difference is measured by the population stability index, which does not grow with the number of messages (B. Yurdakul
2018, Statistical Properties of Population Stability Index), less what chance adds to it; tested by chi-square, divided
by how much days differ anyway; and has to be larger than that of any day before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from bot.core.tuning.drift import (
    FALSE_ALARMS,
    FEWEST_DAYS,
    LOOKS,
    REST,
    SETTLED,
    STANDS_OUT,
    WINDOWS,
    Ending,
    Event,
    Kind,
    Numbers,
    Shift,
    Watched,
    gathered,
)

EDGES = (0, 1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90)  # in hundredths: most messages lie near 0
FEWEST = 200  # messages in a day
MOVED, CALM = 0.2, 0.1  # the index that is called a shift, and none
EXPECTED = 5.0  # messages in a group at least; smaller ones are put together


def score_shifts(watched: Watched, events: Sequence[Event]) -> list[Shift]:
    """Where scores shifted, and that has not been noticed yet."""
    mine = [event for event in events if event.shift.kind is Kind.SCORES]
    noticed = {event.shift.channel for event in mine if event.ended_at is None}
    if "" in noticed:
        return []
    places = [place for place in (*watched.channels, "") if place != REST and place not in noticed]
    found = [shift for place in places if (shift := _shift(watched, place, mine, len(places)))]
    return gathered(found)


def scores_ended(watched: Watched, event: Event) -> Ending | None:
    """Whether such an event is over, or has become usual."""
    if watched.until - event.shift.since >= SETTLED:
        return Ending.SETTLED
    past, now = _days(watched, event.shift.channel, [event])
    if len(past) < FEWEST_DAYS or now.sum() < FEWEST:
        return None
    return Ending.OVER if _index(now, past.sum(axis=0)) < CALM else None


def _shift(watched: Watched, place: str, events: Sequence[Event], places: int) -> Shift | None:
    past, now = _days(watched, place, events)
    if len(past) < FEWEST_DAYS or now.sum() < FEWEST:
        return None
    past, now = _grouped(past, now)
    whole = past.sum(axis=0)
    moved = _index(now, whole)
    if moved < MOVED or moved <= STANDS_OUT * max(_index(day, whole - day) for day in past):
        return None
    freedom = max(1, len(now) - 1)
    usually = float(np.mean([_distance(day, whole) for day in past])) / freedom
    from scipy import stats  # slow to load, and seldom needed

    p = float(stats.chi2.sf(_distance(now, whole) / max(1.0, usually), freedom))
    if p > FALSE_ALARMS / (len(WINDOWS) + 3) / places / LOOKS[24]:
        return None
    return Shift(Kind.SCORES, place, watched.until - timedelta(hours=24), 24, 0.0, moved, p)


def _days(watched: Watched, place: str, events: Sequence[Event]) -> tuple[Numbers, Numbers]:
    """The days before with enough messages, without those of events, and the last; by group of scores."""
    rows = [number for number, channel in enumerate(watched.channels) if not place or channel == place]
    days = np.add.reduceat(watched.spread[rows].sum(axis=0), EDGES, axis=1)
    kept = np.ones(len(days), dtype=bool)
    for event in events:
        if event.shift.channel not in ("", place):
            continue
        begin = len(days) - 1 - int((watched.until - event.shift.since) / timedelta(days=1))
        end = len(days) if event.ended_at is None else len(days) - int((watched.until - event.ended_at).days)
        kept[slice(0, max(0, begin)) if event.ending is Ending.SETTLED else slice(max(0, begin), max(0, end))] = False
    past = days[:-1][kept[:-1]]
    return past[past.sum(axis=1) >= FEWEST], days[-1]


def _grouped(past: Numbers, now: Numbers) -> tuple[Numbers, Numbers]:
    """Neighbours put together, from the top, until a few messages are expected in each group."""
    usual = past.sum(axis=0) / past.sum() * now.sum()
    starts: list[int] = []
    waits = 0.0
    for number in reversed(range(len(usual))):
        waits += usual[number]
        if waits >= EXPECTED or number == 0:
            starts.append(number)
            waits = 0.0
    starts.reverse()
    return np.add.reduceat(past, starts, axis=1), np.add.reduceat(now, starts)


def _index(now: Numbers, usual: Numbers) -> float:
    """The population stability index, less what chance adds to it."""
    a, b = ((each + 0.5) / (each + 0.5).sum() for each in (now, usual))
    by_chance = (len(now) - 1) * (1 / now.sum() + 1 / max(1.0, usual.sum()))
    return max(0.0, float(((a - b) * np.log(a / b)).sum() - by_chance))


def _distance(now: Numbers, usual: Numbers) -> float:
    """Pearson's chi-square of a day against the usual shares."""
    expected = (usual + 0.5) / (usual + 0.5).sum() * now.sum()
    return float((((now - expected) ** 2) / expected).sum())
