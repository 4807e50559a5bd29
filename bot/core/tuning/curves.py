"""What is known at every threshold at once? The figures behind plots, which are those that tables say, too.

What was flagged was all sent to a human; of what was let through only the audit sample was. So a share of what would
have been flagged is known down to the threshold in force, and below it only as far as audited cases speak for the rest,
each for `1 / odds` messages (Horvitz & Thompson 1952).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from bot.core.policy import Thresholds
from bot.core.tuning.evidence import BINS, UPHELD, Cases, Evidence, place, truth
from bot.core.tuning.shares import LEAST

THRESHOLDS: NDArray[np.float64] = np.arange(BINS) / BINS  # on the edges of the bins: 0.00, 0.01 … 0.99
LEAKED = 0.05  # as large a share of what reaches a threshold may have been let through, for the rest to speak for it
Z = float(ndtri(0.975))
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A figure by threshold, m points from low to high, only where something is known; never NaN."""

    at: Numbers  # m: thresholds
    value: Numbers  # m
    low: Numbers  # m: the ends of the 95 % interval
    high: Numbers  # m
    cases: NDArray[np.int64]  # m: decided cases behind the figure
    few: NDArray[np.bool_]  # m: whether they are too few for a figure, so that the interval alone is told

    def nearest(self, threshold: float) -> int | None:
        """The place of a threshold of two decimals; None where nothing is known of it."""
        close = np.flatnonzero(np.abs(self.at - threshold) < 0.5 / BINS)
        return int(close[0]) if len(close) else None


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """Messages a day that a human would get, by THRESHOLDS, and which of these were let through and only counted."""

    per_day: Numbers  # BINS
    counted: NDArray[np.bool_]  # BINS: True where some of them were let through, and are known as counts only

    def at(self, threshold: float) -> float:
        """The figure at a threshold of two decimals, 0 to 1; at 1 that of the last bin, which holds 1 too."""
        return float(self.per_day[min(BINS - 1, round(threshold * BINS))])


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """What scores promised and what humans found, b bins with about as many cases in each."""

    promised: Numbers  # b: the mean score
    found: Numbers  # b: the share that was upheld
    low: Numbers  # b: the ends of its 95 % interval
    high: Numbers  # b
    cases: NDArray[np.int64]  # b


def wilson(hits: Numbers, of: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % interval of shares (Wilson 1927); `of` may be an effective number of cases, and is over 0."""
    share = hits / of
    centre = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    reach = Z / (1 + Z**2 / of) * np.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    return np.clip(centre - reach, 0, share), np.clip(centre + reach, share, 1)


def precision(evidence: Evidence, label: str) -> Curve:
    """The share that humans upheld of what has at least a score; ValueError for labels that they are not asked about.

    Weighted by `1 / odds`; the interval is Wilson's for Kish's effective number of cases (1965), which is their number
    where none was audited.
    """
    scores, found, weight = _decided(evidence, label)
    audited = scores[weight > 1]
    sums = [_at_least(scores, part) for part in (np.ones_like(weight), weight, weight**2, weight * found)]
    cases, of, squares, hits = sums
    spoken_for = (complete_from(evidence, label) <= THRESHOLDS) | (_count(audited) > 0)
    known = (cases > 0) & spoken_for
    cases, of, squares, hits = (each[known] for each in sums)
    effective = of**2 / squares
    low, high = wilson(hits / of * effective, effective)
    return Curve(THRESHOLDS[known], hits / of, low, high, np.rint(cases).astype(np.int64), effective < LEAST)


def flags(evidence: Evidence, label: str, in_force: Sequence[Thresholds]) -> Flags:
    """What a human would get a day with each threshold for a label, all others as they are `in_force`, by channel.

    What a report, another rule or another label wants read comes whatever the threshold is. The same figures as
    those of `simulation.simulate`, of which they are the least where several labels let messages through.
    """
    cases, number = evidence.cases, place(label)
    others = _reached(cases, label, in_force)
    stays = cases.flagged & (cases.anyway | others)
    moves = cases.flagged & ~stays
    reported = cases.reported & ~others  # where the threshold flags them they are counted among what was let through
    spared = int(reported.sum()) - _count(cases.scores[reported, number])
    through = _through(evidence, label)
    counted = evidence.days if evidence.days_counted is None else evidence.days_counted
    known = int(stays.sum()) + _count(cases.scores[moves, number]) + spared
    return Flags(known / max(evidence.days, 1.0) + through / max(counted, 1.0), through > 0)


def reliability(evidence: Evidence, label: str, each: int = 20, most: int = 8) -> Reliability:
    """Promised and found, in at most `most` bins of like width, joined where they hold fewer than `each` cases."""
    scores, found, weight = _decided(evidence, label)
    if not (weight > 1).any():  # nothing speaks for what was let through
        inside = scores >= np.float32(complete_from(evidence, label))
        scores, found, weight = scores[inside], found[inside], weight[inside]
    parts = _joined(scores, each, most)
    of = np.array([weight[part].sum() for part in parts])
    hits = np.array([(weight * found)[part].sum() for part in parts])
    promised = np.array([(weight * scores)[part].sum() for part in parts]) / of
    effective = of**2 / np.array([(weight[part] ** 2).sum() for part in parts])
    low, high = wilson(hits / of * effective, effective)
    return Reliability(promised, hits / of, low, high, np.array([len(part) for part in parts], np.int64))


def by_hour(evidence: Evidence) -> Numbers:
    """Messages a day that reach a human in each of the 24 hours of a Swedish day."""
    return evidence.by_hour / max(evidence.days, 1.0)


def _joined(scores: NDArray[np.float32], each: int, most: int) -> list[NDArray[np.intp]]:
    """Places of scores in bins from the lowest to 1, from low to high; what is left over joins the last."""
    if not len(scores):
        return []
    order = np.argsort(scores, kind="stable")
    edges = np.linspace(float(scores.min()), 1, most + 1)[1:-1]
    parts: list[NDArray[np.intp]] = []
    for part in np.split(order, np.searchsorted(scores[order], edges)):
        if parts and (len(parts[-1]) < each or len(part) == 0):
            parts[-1] = np.concatenate([parts[-1], part])
        else:
            parts.append(part)
    while len(parts) > 1 and len(parts[-1]) < each:
        parts[-2:] = [np.concatenate(parts[-2:])]
    return parts


def complete_from(evidence: Evidence, label: str) -> float:
    """The lowest threshold from which on nearly all that reaches it was sent to a human; 1 where there is none."""
    cases = evidence.cases
    sent = _count(cases.scores[cases.flagged, place(label)])
    through = _through(evidence, label)
    leaky = np.flatnonzero(through > LEAKED * (through + sent))
    return float((leaky[-1] + 1) / BINS) if len(leaky) else 0.0


def _decided(evidence: Evidence, label: str) -> tuple[NDArray[np.float32], NDArray[np.bool_], Numbers]:
    """Scores, what was found, and how many messages each speaks for, of the cases that a human has decided.

    What came by reports alone speaks for nothing but itself: nobody drew it.
    """
    if not truth(label):
        raise ValueError(f"{label}: humans are not asked about it")
    cases, number = evidence.cases, place(label)
    decided = cases.decided & ~cases.reported
    found = (cases.state == UPHELD) if label == "flag" else cases.found[:, number]
    return cases.scores[decided, number], found[decided], 1 / cases.odds[decided]


def _reached(cases: Cases, label: str, in_force: Sequence[Thresholds]) -> NDArray[np.bool_]:
    """Which cases another label's threshold flags, in their channels."""
    reached = np.zeros(len(cases.flag), np.bool_)
    for other in {each for limits in in_force for each in limits} - {label}:
        limits = np.array([each.get(other, np.inf) for each in in_force], np.float32)
        reached |= cases.scores[:, place(other)] >= limits[cases.channel]
    return reached


def _count(scores: NDArray[np.float32]) -> Numbers:
    """How many have at least each of THRESHOLDS."""
    return _at_least(scores, np.ones(len(scores)))


def _through(evidence: Evidence, label: str) -> Numbers:
    """Messages let through with at least each of THRESHOLDS."""
    bins = evidence.below[:, place(label), :].sum(axis=0, dtype=np.float64)
    return cast("Numbers", np.cumsum(bins[::-1])[::-1])


def _at_least(scores: NDArray[np.float32], worth: Numbers) -> Numbers:
    """The worth of all with at least each of THRESHOLDS, as float32, so that 0.7 as it was stored reaches 0.7."""
    order = np.argsort(scores, kind="stable")
    sums = np.concatenate([np.cumsum(worth[order][::-1])[::-1], [0.0]])
    return cast("Numbers", sums[np.searchsorted(scores[order], THRESHOLDS.astype(np.float32), side="left")])
