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
    caught_squares: Array
    missed: Array
    missed_squares: Array


def tally(sample: Sample, which: NDArray[np.bool_]) -> Tally:
    """Of the cases that are meant (n booleans): caught or missed at each threshold."""
    missed, squares = (_below(sample.step[which], sample.weight[which] ** power) for power in (1, 2))
    whole, whole_squares = ((sample.weight[which] ** power).sum() for power in (1, 2))
    # What is left of a subtraction may be a hair below nothing.
    return Tally(np.maximum(whole - missed, 0.0), np.maximum(whole_squares - squares, 0.0), missed, squares)


def _below(step: NDArray[np.int64], weight: Array) -> Array:
    """What lies below each threshold: a threshold catches at `score >= threshold`."""
    each = np.bincount(np.minimum(step, len(GRID)), weight, minlength=len(GRID) + 1)
    return np.concatenate([[0.0], np.cumsum(each)[: len(GRID) - 1]])
