"""What does a score of the model's mean in one community? Two numbers bend the scale of scores; their order stays.

In log-odds: `slope` says whether the model is too cocksure (below 1) or too timid (above 1), `shift` whether what it
finds is rarer here (below 0) or more common (J. Platt, "Probabilistic outputs for support vector machines", 1999).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

EDGE = 1e-6  # a score of 0 or 1 has no log-odds, and a model that gives one is not that sure


@dataclass(frozen=True, slots=True)
class Scale:
    """Scores to probabilities, in 0..1 and never falling. ValueError for numbers that could not keep that."""

    slope: float  # over 0
    shift: float
    low: float = 0.0  # from which score on decisions speak for it

    def __post_init__(self) -> None:
        """Neither infinite nor NaN, and rising."""
        if not (all(map(math.isfinite, (self.slope, self.shift))) and self.slope > 0 and 0 <= self.low < 1):
            raise ValueError(f"no scale: {self}")

    def at(self, score: float) -> float:
        """The probability that a score from 0 to 1 stands for.

        Below `low` nobody has decided anything: there scores keep their proportions, down to nothing at 0.
        """
        return self._bent(score) if score >= self.low else score / self.low * self._bent(self.low)

    def _bent(self, score: float) -> float:
        inside = min(max(score, EDGE), 1 - EDGE)
        odds = self.slope * math.log(inside / (1 - inside)) + self.shift
        # Each side in the form that cannot overflow.
        return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(max(odds, -700)) / (1 + math.exp(max(odds, -700)))


def told(scales: Mapping[str, Scale], label: str, score: float) -> float:
    """How probable people are told that a label is: by its scale where it has one, else as the model says."""
    return scales[label].at(score) if label in scales else score
