"""Of those that humans have decided, how many did they uphold, and how sure is that? No answer from a handful.

Intervals are Wilson's (1927), which hold their level for small numbers and for shares near 0 or 1, where the textbook
interval runs out of 0..1 (Brown, Cai & DasGupta 2001).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST = 20  # decided cases from which a share is told: below, the interval is so wide that the share misleads
LEVEL = 0.95
Z = 1.959963984540054  # of the normal distribution, beyond which lies (1 - LEVEL) / 2


@dataclass(frozen=True, slots=True)
class Share:
    """How many were upheld of those decided. `value`, `low` and `high` are None where too few are decided."""

    upheld: int
    decided: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def few(self) -> bool:
        """Whether there are too few to say."""
        return self.value is None


def share(upheld: NDArray[np.bool_], weights: NDArray[np.float64] | None = None) -> Share:
    """The share of decided cases that were upheld, with its interval at LEVEL.

    `upheld`: n, whether each decided case was. `weights`: n, how many messages each stands for (1 / odds); then the
    share is Hájek's (1971) and the interval that of the n that would be as sure if all weights were equal (Kish 1965).
    """
    k, n = int(upheld.sum()), len(upheld)
    if n < LEAST:
        return Share(k, n)
    if weights is None or np.ptp(weights) == 0:
        return Share(k, n, k / n, *wilson(k, n))
    value = float(weights[upheld].sum() / weights.sum())
    effective = float(weights.sum() ** 2 / np.square(weights).sum())
    if effective < LEAST:
        return Share(k, n)
    low, high = wilson(round(value * int(effective)), int(effective))
    return Share(k, n, value, min(low, value), max(high, value))


def wilson(upheld: int, decided: int) -> tuple[float, float]:
    """The interval of a share at LEVEL, within 0..1; all of it where nothing is decided.

    As scipy.stats.binomtest gives it, which a test holds it to; loading that takes longer than the answer may.
    """
    if not decided:
        return 0.0, 1.0
    share, z2 = upheld / decided, Z * Z
    middle = share + z2 / (2 * decided)
    reach = Z * math.sqrt(share * (1 - share) / decided + z2 / (4 * decided * decided))
    low, high = ((middle + sign * reach) / (1 + z2 / decided) for sign in (-1, 1))
    return (0.0 if upheld == 0 else low), (1.0 if upheld == decided else high)
