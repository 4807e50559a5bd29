"""Which threshold keeps what an admin wishes for, and how much is missed now? The statistics of a place, asked at once.

Thresholds of all other labels are taken as they are in force; see sample.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.curves import Curve
from bot.core.tuning.evidence import Evidence, place, truth
from bot.core.tuning.guarantee import Suggestion, Why, for_flags, for_precision, for_recall, together
from bot.core.tuning.recall import Recall, recall
from bot.core.tuning.sample import GRID, Sample, as_in_force, sample_of
from bot.core.tuning.simulation import Limits
from classifier.verdict import LABELS

MOST = 0.5  # of what was let through must have been counted before a threshold below those in force is suggested
NOW = 0.5  # at which `caught_now` is to be read; what is in force is the same at all thresholds above 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a threshold must keep: shares in (0, 1), flags a day from 0 up; None: no such wish."""

    catch: float | None = None
    flags: float | None = None
    precision: float | None = None
    confidence: float = 0.95  # of each wish for a share

    @property
    def nothing(self) -> bool:
        """Whether nothing is wished for."""
        return self.catch is None and self.flags is None and self.precision is None


def suggested(
    evidence: Evidence, label: str, wishes: Wishes, limits: Limits, flags_a_day: Callable[[float], float]
) -> Suggestion:
    """The threshold of a label that keeps every wish, or why there is none. There must be a wish.

    `limits` are in force in each channel of the evidence; `flags_a_day` never grows with the threshold.
    """
    least: list[Suggestion] = []
    if wishes.flags is not None:
        found = for_flags(flags_a_day, wishes.flags)
        least.append(Suggestion(None, Why.NOT_COUNTED) if _is_unknown(evidence, label, limits, found) else found)
    if wishes.catch is None and wishes.precision is None:
        return together(None, *least)
    if not truth(label):
        return Suggestion(None, Why.NONE_FOUND)
    sample = _sample(evidence, label, limits)
    if wishes.precision is not None:
        least.append(for_precision(sample, wishes.precision, wishes.confidence))
    catch = None if wishes.catch is None else for_recall(sample, wishes.catch, wishes.confidence)
    return together(catch, *least)


def caught(evidence: Evidence, label: str, limits: Limits) -> Recall | None:
    """How much each threshold of a label catches; None where humans are never asked for the label."""
    return recall(_sample(evidence, label, limits)) if truth(label) else None


def caught_now(evidence: Evidence, limits: Limits) -> dict[str, Recall]:
    """How much of each label that humans are asked about reaches one now, by whichever label's threshold; see NOW."""
    table = _table(evidence, limits)
    return {label: recall(as_in_force(evidence, label, table), only=NOW) for label in LABELS if truth(label)}


def curve_of(found: Recall | None) -> Curve | None:
    """The same as a curve to be drawn; None where too little is known."""
    if found is None or found.value is None:
        return None
    cases = np.full(len(GRID), found.found, np.int64)
    return Curve(GRID, found.value, found.low, found.high, cases, np.zeros(len(GRID), np.bool_))


def _is_unknown(evidence: Evidence, label: str, limits: Limits, found: Suggestion) -> bool:
    """Whether an answer rests on what was let through before that was counted: then nothing seems to be there."""
    through = int(evidence.read.sum()) - int(evidence.cases.flagged.sum())
    counted = int(evidence.below[:, place("flag")].sum())
    lowest = min((each.get(label, 1.0) for each in limits), default=1.0)
    return counted < MOST * through and found.threshold is not None and found.threshold < lowest


def _sample(evidence: Evidence, label: str, limits: Limits) -> Sample:
    return sample_of(evidence, label, _table(evidence, limits))


def _table(evidence: Evidence, limits: Limits) -> NDArray[np.float64]:
    """Cases × LABELS; infinite where a label has no threshold in the channel of a case."""
    rows = [[each.get(other, np.inf) for other in LABELS] for each in limits]
    return np.array(rows, np.float64).reshape(len(limits), len(LABELS))[evidence.cases.channel]
