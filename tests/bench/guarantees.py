"""Do the promises of thresholds hold? In simulated towns, whose recall is known because it was put in.

A town has messages that humans would find, their scores beta distributed, a threshold in force at 0.5, and an audit of
what lies below it in three strata: within 0.1 of it, within 0.3, and further off, drawn at 20, 5 and 1 times a base.
Towns differ in how many they have, in how well the model tells them, and in how many of 20,000 messages are audited. In
a third of them the model is blind to up to a tenth of what is to be found, which lies as far below as it can, and in a
third up to a third of what was flagged or drawn is still unread.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from bot.core.tuning.guarantee import for_recall
from bot.core.tuning.recall import recall
from bot.core.tuning.sample import GRID, Sample

TOWNS = 1_000
NOW = 0.5
FURTHEST = np.array([0.1, 0.3, 1.0])  # below the threshold in force
MORE = np.array([20.0, 5.0, 1.0])
SHARE = np.array([0.02, 0.08, 0.9])  # of what was let through
LET_THROUGH = 20_000
BLIND = 0.05  # below which the scores lie of what a model is blind to
FEW = 2  # audited misses to be expected, below which an interval can say little and covers more than it says


@dataclass(frozen=True)
class Simulated:
    """A town: what is known of it, and its true recall at each threshold of GRID."""

    sample: Sample
    recall: np.ndarray  # type: ignore[type-arg]  # 101 shares
    expected: float  # audited misses


def simulated(random: np.random.Generator, *, audits: tuple[float, float] = (50, 2_000)) -> Simulated:
    """A town with 60 to 3,000 messages to be found, of which the model sees a half to nearly all."""
    whole = np.exp(random.uniform(np.log(60), np.log(3_000)))
    a, b = random.uniform(1.0, 6.0), random.uniform(0.5, 2.0)
    base = np.exp(random.uniform(*np.log(audits))) / (LET_THROUGH * (MORE * SHARE).sum())
    odds = np.minimum(1.0, base * MORE)
    blind = random.uniform(0, 0.1) * (random.random() < 1 / 3)
    unread = random.uniform(0, 1 / 3) * (random.random() < 1 / 3)
    scores = random.beta(a, b, random.poisson(whole))
    scores = np.where(random.random(len(scores)) < blind, BLIND * random.random(len(scores)), scores)
    stratum = np.searchsorted(FURTHEST, NOW - scores)
    let_by = scores < NOW
    kind = np.where(let_by, np.minimum(stratum, 2), 3)
    drawn = ~let_by | (random.random(len(scores)) < odds[np.minimum(stratum, 2)])
    harmless = random.poisson(LET_THROUGH * SHARE * odds)  # audits that find nothing
    false_alarms = random.poisson((~let_by).sum() * 0.5)
    kinds = np.concatenate([kind[drawn], np.repeat(np.arange(4), [*harmless, false_alarms])])
    steps = np.concatenate(
        [np.floor(scores[drawn] * 100 + 1e-9), np.repeat([45, 30, 0, 60], [*harmless, false_alarms])]
    ).astype(np.int64)
    read = random.random(len(kinds)) >= unread
    stands_for = np.bincount(kinds, minlength=4) / np.maximum(np.bincount(kinds, read, 4), 1)
    weight = (stands_for / np.append(odds, 1.0))[kinds]
    found = np.arange(len(kinds)) < drawn.sum()
    audited = kinds < 3
    known = Sample(steps[read], found[read], weight[read], audited[read], int((audited & read).sum()), LET_THROUGH)
    below = (1 - blind) * beta.cdf(GRID, a, b) + blind * np.minimum(GRID / BLIND, 1)
    edges = np.interp(NOW - np.concatenate([[0.0], FURTHEST]), GRID, below)
    expected = float((1 - unread) * whole * (-np.diff(edges) * odds).sum())
    return Simulated(known, 1 - below, expected)


def guarantees(towns: int = TOWNS) -> dict[str, float]:
    """Shares of towns: where the promise holds, where there is an answer, where the interval holds the truth."""
    random = np.random.default_rng(2026)
    places = [simulated(random) for _ in range(towns)]
    found: dict[str, float] = {"towns": towns}
    for target in (0.8, 0.9, 0.95):
        found |= _kept(random, target, towns)
    now = round(NOW * 100)
    held, few = [], []
    for place in places:
        _, low, high = recall(place.sample, only=NOW).at(NOW)
        held.append(low <= place.recall[now] <= high)
        few.append(place.expected < FEW)
    inside, little = np.array(held), np.array(few)
    return found | {
        "interval": float(inside.mean()),
        "interval_few": float(inside[little].mean()),
        "interval_enough": float(inside[~little].mean()),
    }


def _kept(random: np.random.Generator, target: float, towns: int) -> dict[str, float]:
    """In towns that audit much, or else hardly any would get an answer, and silence breaks no promise."""
    told = []
    for _ in range(towns):
        place = simulated(random, audits=(1_000, 20_000))
        threshold = for_recall(place.sample, target).threshold
        if threshold is not None:
            told.append(bool(place.recall[round(threshold * 100)] >= target))
    name = f"{target:.0%}".rstrip("%")
    return {f"kept_{name}": 1 - told.count(False) / towns, f"kept_of_told_{name}": float(np.mean(told)),
            f"told_{name}": len(told) / towns}  # fmt: skip
