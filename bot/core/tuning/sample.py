"""For how many messages does a decided case stand, and up to which threshold does it reach a human?

Flags are decided one after the other, the surest first: those still pending are taken to be like the decided ones of
about their score. An audited message stands for `1 / odds` messages, and for more where some of those drawn with its
odds are still unread: their order in the queue is chance. Where the audits stand for far fewer messages than were let
through, the audit did not run all the time, or whole kinds of it are unread: then each stands for more, in proportion.

A label's threshold does not decide alone. What another label, a word or a language would bring to a human anyway
reaches one whatever this threshold is. What members report does not: they caught what the model had let through, or
would have. All that was let through and reported is known, drawn or not, so that nobody need stand for it; the audits
stand for what was let through and not reported. A flag that this threshold caught and that a member reported too
counts by its score, since which of the rules other than thresholds wanted it read is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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


def sample_of(evidence: Evidence, label: str, limits: NDArray[np.float64]) -> Sample:
    """What decisions say of a label, with all other labels' thresholds as in force.

    `limits`: n × LABELS thresholds in force, infinite where a label has none, in the channel of each case.
    """
    cases, column = evidence.cases, place(label)
    known = cases.reported | (
        cases.audited & cases.anyway
    )  # let through and reported: what is audited has no other rule
    drawn = cases.audited & ~known
    reached = cases.scores >= limits.astype(np.float32)  # in the precision in which scores are held
    other = np.arange(len(LABELS)) != column
    anyway = (cases.anyway & cases.flagged & ~reached[:, column]) | reached[:, other].any(axis=1)
    read, let_through = cases.decided, int(evidence.below[:, column].sum())
    weight = _weights(cases, known, cases.scores[:, column])
    weight, gaps = _gaps_filled(weight, drawn & read, let_through - int(known.sum()))
    found = cases.found[:, column] & (cases.state == UPHELD)
    return Sample(
        np.where(anyway, BINS + 1, _steps(cases.scores[:, column]))[read],
        found[read],
        weight[read],
        (~cases.flagged)[read],
        int((cases.audited & read).sum()),
        let_through,
        gaps,
    )


def as_in_force(evidence: Evidence, label: str, limits: NDArray[np.float64]) -> Sample:
    """The same as it is now, whichever label's threshold brings a case to a human: all thresholds catch it, or none.

    So it can be asked of labels without a threshold too, and where thresholds differ from channel to channel.
    """
    sample, cases = sample_of(evidence, label, limits), evidence.cases
    by_any: NDArray[np.bool_] = np.any(cases.scores >= limits.astype(np.float32), axis=1)
    return replace(sample, step=np.where(by_any[cases.decided] | (sample.step > BINS), BINS + 1, 0))


def _steps(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The place in GRID of the highest threshold that each score reaches; 0.7 as it was stored reaches 0.7."""
    return np.searchsorted(GRID.astype(np.float32), scores, side="right").astype(np.int64).clip(1, BINS + 1) - 1


def _weights(cases: Cases, known: NDArray[np.bool_], scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of each case, whether read or not: 1 / odds, and its part of the unread of the same kind."""
    odds = np.where(known, 1.0, np.maximum(cases.odds, 1e-9))
    tenth = np.where(
        cases.flagged, _with_read(np.floor(scores * 10).astype(np.int64), cases.flagged & cases.decided), 0
    )
    kinds = np.stack([cases.flagged, known, tenth, odds], axis=1)
    _, group = np.unique(kinds, axis=0, return_inverse=True)
    group = group.reshape(-1)
    all_of, read_of = np.bincount(group), np.bincount(group, cases.decided)
    weights: NDArray[np.float64] = (all_of / np.maximum(read_of, 1))[group] / odds if len(group) else odds
    return weights


def _with_read(tenth: NDArray[np.int64], read: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Tenths of scores; the nearest in which something was read for those in which nothing was."""
    tenths, some = np.arange(11), np.unique(tenth[read])
    nearest = some[np.abs(tenths[:, None] - some).argmin(axis=1)] if len(some) else tenths
    chosen: NDArray[np.int64] = nearest[tenth.clip(0, 10)]
    return chosen


def _gaps_filled(
    weight: NDArray[np.float64], drawn: NDArray[np.bool_], let_through: int
) -> tuple[NDArray[np.float64], bool]:
    stands_for, error = weight[drawn].sum(), np.sqrt((weight[drawn] ** 2).sum())
    gaps = bool(stands_for > 0 and let_through - stands_for > CHANCE * error)
    return (np.where(drawn, weight * let_through / stands_for, weight) if gaps else weight), gaps
