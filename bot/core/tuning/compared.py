"""How do a candidate and what is in force do side by side, and is the difference more than chance?

Both read the same messages, so that only those count that one flags and the other does not: McNemar's test, exact
(Q. McNemar 1947, Psychometrika 12). It takes messages for independent, and hate comes in bursts; so the intervals go
by days: figures a day with a t interval for a ratio over stretches of 24 hours, which is as wide as the days differ,
and never narrower than independent messages would make it. A difference is called one where both say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.shadow import Beside

CONFIDENCE = 0.95
FEWEST_DAYS = 3  # below it nothing is said of how sure it is
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure a day, with its 95 % interval; None where it is too early to say."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The two side by side, over `days` days."""

    read: int
    skipped: int
    live: int
    candidate: int
    common: int
    days: float  # from the first hour with a message to the end of the last
    live_a_day: Rate
    candidate_a_day: Rate
    difference_a_day: Rate  # candidate less live
    p: float | None  # how likely chance alone makes such a difference; None: neither flags what the other does not
    seconds: float

    @property
    def only_live(self) -> int:
        return self.live - self.common

    @property
    def only_candidate(self) -> int:
        return self.candidate - self.common

    @property
    def differs(self) -> bool | None:
        """Whether they differ by more than chance; None where it is too early to say."""
        low, high = self.difference_a_day.low, self.difference_a_day.high
        if low is None or high is None:
            return None
        return self.p is not None and self.p < 1 - CONFIDENCE and not low <= 0 <= high


def compared(rows: Sequence[Beside]) -> Compared | None:
    """What these counts say together; None where nothing was compared."""
    read = [row for row in rows if row.read or row.live or row.candidate]
    if not read:
        return None
    first, last = min(row.hour for row in read), max(row.hour for row in read) + timedelta(hours=1)
    days = (last - first) / DAY
    blocks = int(np.ceil(days))
    counts = np.zeros((blocks, 3))  # live, candidate, common
    for row in read:
        counts[(row.hour - first) // DAY] += (row.live, row.candidate, row.common)
    length = np.minimum(1.0, days - np.arange(blocks))
    live, candidate, common = counts.T
    total = counts.sum(axis=0).astype(int)
    return Compared(
        read=sum(row.read for row in rows),
        skipped=sum(row.skipped for row in rows),
        live=int(total[0]),
        candidate=int(total[1]),
        common=int(total[2]),
        days=days,
        live_a_day=_rate(live, length, live.sum(), least=0.0),
        candidate_a_day=_rate(candidate, length, candidate.sum(), least=0.0),
        difference_a_day=_rate(candidate - live, length, (live + candidate - 2 * common).sum()),
        p=_mcnemar(int(total[0] - total[2]), int(total[1] - total[2])),
        seconds=sum(row.seconds for row in rows),
    )


def _rate(counts: NDArray[np.float64], length: NDArray[np.float64], events: float, least: float | None = None) -> Rate:
    """A ratio of sums over stretches of time, with a t interval; `events` sets the least variance (Poisson's)."""
    whole = float(length.sum())
    value = float(counts.sum()) / whole
    blocks = len(counts)
    if whole < FEWEST_DAYS:
        return Rate(value)
    residuals = counts - value * length
    between = blocks / (blocks - 1) * float(residuals @ residuals)
    error = sqrt(max(between, events + 1)) / whole
    from scipy import stats  # slow to load, and seldom needed

    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, blocks - 1)) * error
    low = value - reach
    return Rate(value, low if least is None else max(least, low), value + reach)


def _mcnemar(only_live: int, only_candidate: int) -> float | None:
    apart = only_live + only_candidate
    from scipy import stats  # slow to load, and seldom needed

    return float(stats.binomtest(only_candidate, apart).pvalue) if apart else None
