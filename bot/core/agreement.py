"""How much do two readers agree, beyond what chance alone would make? Krippendorff's alpha for nominal data.

Computed as in K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: from the coincidence
matrix o, in which each case adds every ordered pair of its readings, weighted by one less than how many they are;

    alpha = 1 - (n - 1) * sum of o[c, k] over c != k / sum of n[c] * n[k] over c != k

1 is full agreement, 0 what chance makes; below it readers disagree systematically. Where all readings are the same
there is nothing to tell chance from agreement by, and no figure. From .800 on conclusions can be drawn, from .667 on
tentative ones (Krippendorff, Content Analysis, 2004, p. 241). The library of that name is under the GPL.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.flags import FINDINGS
from bot.core.opinions import Lean

ENOUGH = 20  # pairs, below which a figure says little
RELIABLE, TENTATIVE = 0.8, 0.667


class Trust(StrEnum):
    """What can be concluded from a figure."""

    TOO_FEW = "few"
    NOTHING = "nothing"  # all readings are the same
    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's reading of a case: upheld or dismissed, and for which motives."""

    lean: Lean
    motives: frozenset[str] = frozenset()


Pair = tuple[Reading, Reading]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha for the decision, and for each motive that anybody has seen; None where it has no value."""

    pairs: int
    decision: float | None
    motives: Mapping[str, float | None]


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Of cases that two people have read, both with an answer: who is unsure has read, but not answered."""
    read = [pair for pair in pairs if all(reading.lean is not Lean.UNSURE for reading in pair)]
    seen = {motive for pair in read for reading in pair for motive in reading.motives}
    return Agreement(
        len(read),
        alpha([[reading.lean for reading in pair] for pair in read]),
        {m: alpha([[m in reading.motives for reading in pair] for pair in read]) for m in FINDINGS if m in seen},
    )


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Alpha over cases, each with its readings in any number; None where it has no value."""
    coincidences: dict[tuple[Hashable, Hashable], float] = {}
    totals: dict[Hashable, float] = {}
    for unit in units:
        for i, j in ((i, j) for i in range(len(unit)) for j in range(len(unit)) if i != j):
            pair, weight = (unit[i], unit[j]), 1 / (len(unit) - 1)
            coincidences[pair] = coincidences.get(pair, 0.0) + weight
            totals[unit[i]] = totals.get(unit[i], 0.0) + weight
    n = sum(totals.values())
    chance = n * n - sum(each * each for each in totals.values())
    if not chance:
        return None
    differing = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (n - 1) * differing / chance


def trust(value: float | None, pairs: int) -> Trust:
    """What can be concluded from a figure over so many cases."""
    if pairs < ENOUGH:
        return Trust.TOO_FEW
    if value is None:
        return Trust.NOTHING
    return Trust.RELIABLE if value >= RELIABLE else Trust.TENTATIVE if value >= TENTATIVE else Trust.NONE
