"""At each threshold, how much of what humans found does it catch, and how much does it miss?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.sample import GRID, Sample

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Sums over cases for each of the thresholds of GRID: of their weights, and of the squares of these."""

    caught: Array
    missed: Array
    caught_squares: Array
    missed_squares: Array


def tally(sample: Sample, which: NDArray[np.bool_]) -> Tally:
    """Of the cases that are meant (n booleans): caught or missed at each threshold."""
    step, weight = np.minimum(sample.step[which], len(GRID)), sample.weight[which]
    return Tally(*_caught_and_missed(step, weight, 1), *_caught_and_missed(step, weight, 2))


def _caught_and_missed(step: NDArray[np.int64], weight: Array, power: int) -> tuple[Array, Array]:
    """Each summed from its own end: what is left of a subtraction might not be nothing where there is nothing."""
    each = np.bincount(step, weight**power, minlength=len(GRID) + 1).astype(np.float64)
    missed: Array = np.concatenate([[0.0], np.cumsum(each)[: len(GRID) - 1]])
    caught: Array = np.cumsum(each[::-1], dtype=np.float64)[::-1][: len(GRID)]
    return caught, missed
