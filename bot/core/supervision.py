"""How was supervision done in a month? Counts and times over everybody together: never of one person.

Times are of the cases that were decided in the month, as they stood when it ended: a case that was opened anew later
stays in its month. The median is of those in the middle; nine in ten took at most the 90th percentile, which is a time
that one of them took (the nearest rank). Samples of the audit are no cases, and are counted by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.core.agreement import Agreement
from bot.core.clock import CATEGORIES, Rules, Stage, Timed
from bot.core.statistics import median


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment up to, but not with, another."""

    since: datetime
    until: datetime

    def has(self, at: datetime | None) -> bool:
        """Whether a moment lies in it."""
        return at is not None and self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, over so many; None where there was nothing to measure."""

    n: int = 0
    median: timedelta | None = None
    ninety: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """What was decided of one category, and what of it waits at the end."""

    name: str
    limit: timedelta | None
    decided: int
    within: int
    late: int  # decided and carried out, but past its time limit
    open: int
    overdue: int  # of the open ones
    times: Mapping[Stage, Times]  # to SEEN, DECIDED and ACTED, from when the clock began


@dataclass(frozen=True, slots=True)
class Outages:
    """When channels were not watched; `total` is the time in which at least one was not."""

    count: int = 0
    channels: int = 0
    total: timedelta = timedelta()
    longest: timedelta = timedelta()
    read_back: int = 0  # messages that could be read afterwards


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in the month."""

    read: int = 0
    unread: int = 0  # in languages that the model cannot read
    flagged: int = 0
    reports: int = 0
    reported: int = 0  # cases
    seen: int = 0
    upheld: int = 0
    dismissed: int = 0
    reopened: int = 0
    acted: Mapping[str, int] = field(default_factory=dict)  # measures carried out, by act
    told: int = 0  # notices to authors
    people: int = 0  # who decided, or said what they saw in a case
    samples: int = 0
    appeals: int = 0
    rulings: Mapping[str, int] = field(default_factory=dict)  # by outcome
    proposed: int = 0  # changes of thresholds
    applied: int = 0
    recalibrations: int = 0
    motives: Mapping[str, int] = field(default_factory=dict)  # of what was upheld, as moderators saw it
    deeds: Mapping[str, int] = field(default_factory=dict)  # by kind


@dataclass(frozen=True, slots=True)
class Supervision:
    """All of it."""

    period: Period
    rules: Rules
    counts: Counts
    outages: Outages
    agreement: Agreement
    categories: Sequence[Category]
    total: Category


def times(lengths: Iterable[timedelta | None]) -> Times:
    """Of those that there are."""
    found = sorted(length for length in lengths if length is not None)
    if not found:
        return Times()
    return Times(len(found), median(found), found[ceil(0.9 * len(found)) - 1])


def by_category(cases: Sequence[Timed], period: Period, rules: Rules) -> list[Category]:
    """Those that there is something to say of, in the order of CATEGORIES."""
    found = [_category(name, [each for each in cases if each.category == name], period, rules) for name in CATEGORIES]
    return [each for each in found if each.decided or each.open]


def together(cases: Sequence[Timed], period: Period, rules: Rules) -> Category:
    """All categories as one; it has no limit of its own."""
    return _category("", cases, period, rules)


def outages(gaps: Sequence[tuple[str, datetime, datetime, int]], period: Period) -> Outages:
    """Of gaps (channel, from, until, messages read back), what lies in the period."""
    within = [(max(since, period.since), min(until, period.until), channel) for channel, since, until, _ in gaps]
    within = sorted(each for each in within if each[0] < each[1])
    total, covered = timedelta(), period.since
    for since, until, _ in within:
        total += max(until - max(since, covered), timedelta())
        covered = max(covered, until)
    longest = max((until - since for since, until, _ in within), default=timedelta())
    read_back = sum(each[3] for each in gaps)
    return Outages(len(within), len({channel for *_, channel in within}), total, longest, read_back)


def _category(name: str, cases: Sequence[Timed], period: Period, rules: Rules) -> Category:
    decided = [each for each in cases if period.has(each.moments.decided)]
    waiting = [each for each in cases if each.end is None]
    took = {stage: times(each.took(stage) for each in decided) for stage in (Stage.SEEN, Stage.DECIDED, Stage.ACTED)}
    return Category(
        name,
        rules.limits.get(name),
        len(decided),
        sum(each.within is True for each in decided),
        sum(each.within is False for each in decided),
        len(waiting),
        sum(each.is_late(period.until) for each in waiting),
        took,
    )
