"""Which of the messages that nobody flagged does a human read all the same, and how likely was that?

Poisson sampling by strata: each message let through is drawn on its own, with odds that depend only on what was known
before the draw, never on who wrote it. Whatever was let through has odds above zero, since what cannot be drawn can
never be estimated (Horvitz & Thompson 1952). Within a `Stratum` the odds are one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stratum:
    """Messages that were let through, all of which had the same odds of being drawn."""

    name: str  # how close to a threshold they were, as in STRATA; with other odds, another stratum of that name
    let_through: int  # N_h: how many there were, as counted, those that were drawn among them
    drawn: int  # n_h: how many were drawn
    read: int  # of those: decided by a human, who may not have come to all of them
    found: Mapping[str, int] = field(default_factory=dict)  # of those read: by label, what a human found; "flag": upheld
    odds: float = 1.0  # of each to be drawn, above 0 and at most 1
