"""Which threshold keeps a promise, such as "at least 95 % of threats reach a human, with 95 % confidence"?

Learn then test (A. N. Angelopoulos and others, "Learn then Test: Calibrating Predictive Algorithms to Achieve Risk
Control", 2021) with fixed-sequence testing: thresholds from low to high, each against "recall is below the target",
until the first that the evidence does not refute. The chance that the last one before it breaks the promise is at most
1 - confidence, whatever the scores are like. MAPIE's controllers have no weights, and those of confseq hold for any
stopping time, at a price in power that few positives cannot pay: the p-value is `weighted.p_value`.

What the audit did not find could still be there: a case of the heaviest weight counts as missed. A rare draw far below
the thresholds is therefore what a promise costs most. Half a case (as a mid-p value has it) gave answers in 9 to 17 of
a hundred simulated towns more and kept 98 % there, but is no bound: it would promise 95 % where all of 38 cases are
right, for which 59 are needed. So promises are kept more often than they say.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import BadInput
from bot.core.tuning.sample import GRID, Sample
from bot.core.tuning.tally import Tally, tally
from bot.core.tuning.weighted import p_value

Array = NDArray[np.float64]
TIMES = 1.1 ** np.arange(1, 73)  # how many times as much evidence is thought of: up to nearly a thousand


class Why(StrEnum):
    """Why there is no answer."""

    NO_AUDIT = "no-audit"  # nothing was drawn from what was let through
    NONE_FOUND = "none-found"  # humans never found the label
    TOO_LITTLE = "too-little"  # evidence, for this promise
    TOO_MANY = "too-many"  # flags a day, at any threshold
    NOT_COUNTED = "not-counted"  # most of what was let through, so that nobody knows what a lower threshold brings
    CONFLICT = "conflict"  # each promise can be kept, but not all of them at once


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A threshold that keeps what was asked for, or why there is none; how much more evidence would do, if known."""

    threshold: float | None
    why: Why | None = None
    found: int = 0  # decided cases with the label
    audited: int = 0  # decided audits
    times: float | None = None  # as much evidence as there is would do, of the same kind
    decided: int = 0  # where decided flags are what is lacking, and not audits: how many there are

    @property
    def more(self) -> int | None:
        """About how many more decided flags, where `decided` says how many there are, or else audits would do."""
        return (
            None if self.times is None else max(1, math.ceil((self.times - 1) * max(self.decided or self.audited, 1)))
        )


def for_recall(sample: Sample, target: float, confidence: float = 0.95) -> Suggestion:
    """The highest threshold at which recall is at least `target`, surely; BadInput for shares outside (0, 1)."""
    _shares(target, confidence)
    found = int(sample.found.sum())
    if not found or not sample.audited:
        return Suggestion(None, Why.NONE_FOUND if sample.audited else Why.NO_AUDIT, found, sample.audited)
    sums = tally(sample, sample.found)
    step = _last_before_doubt(_recall_p(sums, sample, target, 1.0), 1 - confidence)
    if step >= 1:
        return Suggestion(float(GRID[step]), None, found, sample.audited)
    return Suggestion(None, Why.TOO_LITTLE, found, sample.audited, _times(sums, sample, target, 1 - confidence))


def for_precision(sample: Sample, target: float, confidence: float = 0.95) -> Suggestion:
    """The lowest threshold at which so many of what it catches are right, surely: tested from high to low.

    It begins where enough cases lie above to pass if all were right, which their number alone decides.
    """
    _shares(target, confidence)
    own = sample.step <= len(GRID) - 1  # what comes whatever the threshold is tells nothing of it
    found, decided = int(sample.found.sum()), int((own & ~sample.let_by).sum())
    known = _Precision.of(sample, own)
    step = known.lowest(target, confidence, 1.0)
    if step is not None:
        return Suggestion(float(GRID[step]), None, found, sample.audited)
    times = (float(each) for each in TIMES if known.lowest(target, confidence, float(each)) is not None)
    why = Why.TOO_LITTLE if found else Why.NONE_FOUND
    return Suggestion(None, why, found, sample.audited, next(times, None) if found else None, decided)


@dataclass(frozen=True, slots=True, eq=False)
class _Precision:
    """What is right and wrong among what each threshold catches."""

    right: Tally
    wrong: Tally
    cases: Array  # how many
    heaviest: Array  # of them

    @classmethod
    def of(cls, sample: Sample, own: NDArray[np.bool_]) -> _Precision:
        above = [own & (sample.step >= step) for step in range(len(GRID))]
        cases = np.array([int(which.sum()) for which in above], np.float64)
        heaviest = np.array([sample.weight[which].max(initial=1.0) for which in above])
        return cls(tally(sample, sample.found & own), tally(sample, ~sample.found & own), cases, heaviest)

    def lowest(self, target: float, confidence: float, times: float) -> int | None:
        """The place of the lowest threshold that passes with so many times the evidence; None: none does."""
        begun = np.flatnonzero(self.cases * times >= np.log(1 - confidence) / np.log(target))
        if not len(begun):
            return None
        squares = (self.right.caught_squares * times, self.wrong.caught_squares * times)
        p = p_value(self.right.caught * times, self.wrong.caught * times, squares, self.heaviest, target)
        passed = _last_before_doubt(p[: begun[-1] + 1][::-1], 1 - confidence)
        return int(begun[-1] - passed) if passed >= 0 else None


def for_flags(flags_a_day: Callable[[float], float], most: float) -> Suggestion:
    """The lowest threshold that gives at most so many flags a day; `flags_a_day` never grows with the threshold.

    It is asked for few thresholds only: each may be a whole simulation.
    """
    if not most >= 0:
        raise BadInput(f"{most} flags a day cannot be kept to; give a number from 0 up")
    step = bisect_left(GRID, 1, key=lambda threshold: int(flags_a_day(float(threshold)) <= most))
    return Suggestion(float(GRID[step])) if step < len(GRID) else Suggestion(None, Why.TOO_MANY)


def together(recall: Suggestion | None, *least: Suggestion) -> Suggestion:
    """One threshold for several wishes: recall wants it low, precision and flags a day want it high.

    Each promise holds with its own confidence, not all of them together.
    """
    for each in (recall, *least):
        if each is not None and each.threshold is None:
            return each
    floor = max((each.threshold or 0.0 for each in least), default=0.0)
    if recall is None:
        return Suggestion(floor, None, max(each.found for each in least), max(each.audited for each in least))
    assert recall.threshold is not None, "wishes without an answer were given back above"
    return recall if recall.threshold >= floor else Suggestion(None, Why.CONFLICT, recall.found, recall.audited)


def _recall_p(sums: Tally, sample: Sample, target: float, times: float) -> Array:
    heaviest = np.where(GRID > 0, sample.heaviest, 0.0)  # nothing is below 0
    squares = (sums.caught_squares * times, sums.missed_squares * times)
    return p_value(sums.caught * times, sums.missed * times, squares, heaviest, target)


def _last_before_doubt(p: Array, level: float) -> int:
    """The place of the last that was refuted before the first that was not; -1: none."""
    doubted = np.flatnonzero(p > level)
    return int(doubted[0]) - 1 if len(doubted) else len(p) - 1


def _times(sums: Tally, sample: Sample, target: float, level: float) -> float | None:
    """How many times the evidence would do, if it went on as it is, for half the misses that the promise allows."""
    missed = sums.missed / (sums.caught + sums.missed)
    hopeful = np.flatnonzero(missed <= (1 - target) / 2)
    if not len(hopeful):
        return None
    step = int(hopeful[-1])
    for times in TIMES:
        if _last_before_doubt(_recall_p(sums, sample, target, float(times))[: step + 1], level) == step:
            return float(times)
    return None


def _shares(*shares: float) -> None:
    for share in shares:
        if not 0 < share < 1:
            raise BadInput(f"{share} cannot be promised; give a share between 0 and 1, such as 0.95")
