"""How much of what humans would find does a threshold bring to them, and how sure is that?

Caught against missed, where the missed are estimated from the audit sample by inverse odds (Horvitz & Thompson 1952).
The interval is of a posterior: what is found among messages of one weight is Poisson, with a gamma prior whose mass is
1/2 (Jeffreys) for flags and for the lightest audits, and 1/2, 1/3 … of that for heavier ones, since those lie further
from a threshold and hold less; drawn by a fixed seed, so that the same evidence gives the same figures. Fay &
Feuer's gamma interval, with a whole and with half a case more, and Jeffreys' full prior in each stratum strayed further
from 95 % in simulated towns; a prior that shrinks faster was narrower and did as well there, but leans more on little
being missed far below. `python -m tests.bench guarantees` measures it. Where no miss was found recall may be 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.sample import GRID, Sample
from bot.core.tuning.tally import tally

DRAWS = 4_000
ENOUGH = 10  # decided cases with the label, below which no estimate is named


@dataclass(frozen=True, slots=True, eq=False)
class Recall:
    """For each threshold of GRID: 101 figures from 0 to 1; `value` is None where too little is known."""

    value: NDArray[np.float64] | None
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    found: int  # decided cases with the label, that it rests on
    missed: int  # of those, let through by the model: audited or reported
    audited: int

    def at(self, threshold: float) -> tuple[float | None, float, float]:
        """Recall with its interval at a threshold, rounded up to a hundredth as what it surely catches."""
        step = min(len(GRID) - 1, int(np.ceil(threshold * (len(GRID) - 1) - 1e-9)))
        value = None if self.value is None else float(self.value[step])
        return value, float(self.low[step]), float(self.high[step])


def recall(sample: Sample, confidence: float = 0.95, only: float | None = None) -> Recall:
    """Recall at every threshold; the interval at `only` one of two decimals where one is named, which is quicker.

    Without an audit nothing is known of what was missed: from 0 to 1, and no value.
    """
    found = sample.step[sample.found]
    missed = int((sample.found & sample.let_by).sum())
    if not len(found) or not sample.audited:
        nothing, everything = np.zeros(len(GRID)), np.ones(len(GRID))
        high = everything if not len(found) else _at_most(sample)
        return Recall(None, nothing, high, len(found), missed, sample.audited)
    sums = tally(sample, sample.found)
    value = sums.caught / (sums.caught + sums.missed) if len(found) >= ENOUGH else None
    low, high = _interval(
        sample, confidence, slice(None) if only is None else slice(round(only * 100), round(only * 100) + 1)
    )
    high = np.where(sums.missed > 0, np.minimum(high, _at_most(sample)), 1.0)
    low = np.where(sums.caught > 0, np.minimum(low, high), 0.0)
    return Recall(value, low, high, len(found), missed, sample.audited)


def _at_most(sample: Sample) -> NDArray[np.float64]:
    """What the misses that are known by name leave room for, had the audits missed nothing else: each counts once."""
    each = Sample(sample.step, sample.found, np.ones(len(sample.step)), sample.let_by, 0, 0)
    caught, missed = tally(sample, sample.found).caught, tally(each, sample.found).missed
    return np.where(missed > 0, caught / np.maximum(caught + missed, 1.0), 1.0)


def _interval(sample: Sample, confidence: float, steps: slice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Quantiles of the posterior, from sums of gammas of one weight each."""
    random = np.random.default_rng(0)
    caught = np.zeros((len(GRID[steps]), DRAWS))
    missed = np.zeros((len(GRID[steps]), DRAWS))
    rank = 0  # among what was let through; flags weigh more than one where some of them are unread
    weights = np.unique(np.round(sample.weight, 6))
    for weight in weights:
        first = bool(weight == weights[0])
        of_it = np.isclose(sample.weight, weight, rtol=1e-5)
        sums = tally(Sample(sample.step, sample.found, np.ones(len(of_it)), sample.let_by, 0, 0), sample.found & of_it)
        through = bool(sample.let_by[of_it].any())
        rank += through and not first
        lowest = sample.step[of_it].min()
        mass = 0.5 / max(rank, 1) if first or through else 0.0
        prior = np.where(np.arange(len(GRID)) > lowest, mass, 0.0)  # where it may be missed at all
        missed += weight * random.standard_gamma((sums.missed + prior)[steps, None], missed.shape)
        caught += weight * random.standard_gamma((sums.caught + (0.5 if first else 0.0))[steps, None], caught.shape)
    share = caught / np.maximum(caught + missed, 1e-12)
    low, high = np.zeros(len(GRID)), np.ones(len(GRID))
    low[steps], high[steps] = np.quantile(share, [(1 - confidence) / 2, (1 + confidence) / 2], axis=1)
    return low, high
