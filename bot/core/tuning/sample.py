"""For how many messages does a decided case stand, and up to which threshold does it reach a human?

Flags are decided one after the other: those still pending are taken to be like the decided ones among those that were
caught in the same way (missing at random), so that each decided flag stands for a few more. An audited message stands
for `1 / odds` messages, and for more where some of the drawn are still unread. Where the audits stand for far fewer
messages than were let through, the audit did not run all the time: then each stands for more, in proportion.

A label's threshold does not decide alone. What another label or another rule would bring to a human anyway reaches one
whatever this threshold is. What came by reports alone does not: members caught what the model had let through. All of
it is known, so that each stands for itself; the audits stand for what was missed and not reported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.evidence import BINS, UPHELD, Cases, Evidence, place
from classifier.verdict import LABELS

GRID = np.arange(BINS + 1) / BINS  # the thresholds that people can set
CHANCE = 3.0  # standard errors beyond which a shortfall is a gap in the audit and not chance


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Decided cases of a label, n of them, and how many are known at all."""

    step: NDArray[np.int64]  # n: the place in GRID of the highest threshold that catches it; BINS + 1: all of them do
    found: NDArray[np.bool_]  # n: whether a human found the label
    weight: NDArray[np.float64]  # n: for how many messages it stands, at least 1
    let_by: NDArray[np.bool_]  # n: whether the model had let it through: audited or reported
    audited: int  # how many of them were let through, and drawn
    let_through: int  # how many messages were let through in all, as counted
    gaps: bool = False  # whether the audit seems not to have run all the time

    @property
    def heaviest(self) -> float:
        """For how many messages a single missed one could stand; as many as were let through where none is audited."""
        return float(max(self.weight.max(initial=1.0), 1.0 if self.audited else self.let_through))


def sample_of(evidence: Evidence, label: str, others: NDArray[np.float64]) -> Sample:
    """What decisions say of a label, with all other labels' thresholds as in force.

    `others`: n × LABELS thresholds, infinite where a label has none; the label's own are not looked at.
    """
    cases, column = evidence.cases, place(label)
    other = np.arange(len(LABELS)) != column
    anyway = (cases.anyway & ~cases.reported) | (cases.scores[:, other].astype(float) >= others[:, other]).any(axis=1)
    steps = np.floor(cases.scores[:, column].astype(float) * BINS + 1e-6).astype(np.int64).clip(0, BINS)
    read, weight = cases.decided, _weights(cases)
    let_through = int(evidence.below[:, column].sum())
    weight = np.where(cases.reported, 1.0, weight)
    weight, gaps = _gaps_filled(weight, cases.audited & read & ~cases.reported, let_through)
    found = cases.found[:, column] & (cases.state == UPHELD)
    audited = int((cases.audited & read).sum())
    return Sample(
        np.where(anyway, BINS + 1, steps)[read],
        found[read],
        weight[read],
        (~cases.flagged)[read],
        audited,
        let_through,
        gaps,
    )


def _weights(cases: Cases) -> NDArray[np.float64]:
    """Of each case, whether read or not: 1 / odds, shared among those that were read of the same odds."""
    if not len(cases.odds):
        return np.ones(0)
    drawn = np.where(cases.reported, 2.0, np.maximum(cases.odds, 1e-9))  # what was reported is a group of its own
    odds, group = np.unique(drawn, return_inverse=True)
    all_of, read_of = np.bincount(group), np.bincount(group, cases.decided)
    weights: NDArray[np.float64] = (all_of / np.maximum(read_of, 1) / odds)[group]
    return weights


def _gaps_filled(
    weight: NDArray[np.float64], audited: NDArray[np.bool_], let_through: int
) -> tuple[NDArray[np.float64], bool]:
    stands_for, error = weight[audited].sum(), np.sqrt((weight[audited] ** 2).sum())
    gaps = bool(stands_for > 0 and let_through - stands_for > CHANCE * error)
    return (np.where(audited, weight * let_through / stands_for, weight) if gaps else weight), gaps
