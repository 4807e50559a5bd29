"""What would have happened under other thresholds? Flags a day, how many of them rightly, and what it costs in time.

What was flagged is known case by case, and so what a higher threshold would have spared. What was let through is known
by label only, in bins: how many messages two lowered labels would add together lies between the larger number and
the sum, and is told as such. Whether those would have been rightly flagged is known from the audit sample alone.

Reports, words and languages bring their cases whatever the thresholds are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.policy import Thresholds
from bot.core.tuning.evidence import BINS, PENDING, UPHELD, Cases, Evidence, place
from bot.core.tuning.shares import Share, share
from classifier.verdict import LABELS

ASSUMED_MINUTES = 2.0  # for a decision, where too few were measured: to read it, its context, and choose

Limits = Sequence[Thresholds]  # the thresholds in force, for each of `Evidence.channels`


@dataclass(frozen=True, slots=True)
class Rate:
    """How much a day: between `least` and `most`, which are the same where it is known exactly."""

    least: float
    most: float

    def times(self, factor: float) -> Rate:
        """So many times as much."""
        return Rate(self.least * factor, self.most * factor)


@dataclass(frozen=True, slots=True)
class Moved:
    """Cases that only one of two sets of thresholds flags: the decided ones by number, and how they were decided."""

    flags: tuple[int, ...]
    upheld: int
    dismissed: int
    pending: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of thresholds would have done, in the time that the evidence is of."""

    flags: Rate  # a day, whatever wants them read
    minutes: Rate  # of moderators' time, a day
    precision: Share  # of decided cases that these thresholds flag, of those that had been flagged
    unread: Rate  # flags a day among them that were let through: nobody knows if rightly, but for the audited


@dataclass(frozen=True, slots=True)
class Simulation:
    """Thresholds beside those in force."""

    days: float  # that it rests on
    days_counted: float  # of which is known what was let through
    decided: int  # cases that it rests on
    now: Outcome
    then: Outcome
    gained: Moved
    lost: Moved  # would not reach a human any more
    gained_precision: Share  # of the audited among what was let through and would be flagged, each by its odds
    minutes_each: float
    minutes_assumed: bool  # since too few were measured


def simulate(evidence: Evidence, now_in_force: Limits, candidate: Limits) -> Simulation:
    """What `candidate` would have done beside what is in force; both hold thresholds for each of the channels.

    Never divides by nothing: where nothing was read there are no flags a day, and no share.
    """
    cases = evidence.cases
    now, then = _matrix(now_in_force), _matrix(candidate)
    by_now, by_then = _reached(cases, now), _reached(cases, then)
    spared = ~cases.anyway
    new = by_then & ~by_now & (spared | cases.reported)
    minutes = ASSUMED_MINUTES if evidence.minutes_each is None else evidence.minutes_each
    judged = new & cases.audited & cases.decided
    return Simulation(
        evidence.days,
        _counted(evidence),
        int(cases.decided.sum()),
        _outcome(evidence, by_now, _let_through(evidence, now, now), minutes),
        _outcome(evidence, by_then, _let_through(evidence, then, now), minutes),
        _moved(cases, new),
        _moved(cases, by_now & ~by_then & spared),
        share(cases.state[judged] == UPHELD, 1 / cases.odds[judged]),
        minutes,
        evidence.minutes_each is None,
    )


def _matrix(limits: Limits) -> NDArray[np.float64]:
    """Channels × LABELS; infinite where a label has no threshold."""
    rows = [[each.get(label, math.inf) for label in LABELS] for each in limits]
    return np.array(rows, np.float64).reshape(len(limits), len(LABELS))


def _reached(cases: Cases, limits: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which cases a threshold flags, compared in the precision in which scores are held."""
    narrow = limits.astype(np.float32)
    reached = np.zeros(len(cases.flag), np.bool_)
    for label in np.flatnonzero(np.isfinite(limits).any(axis=0)):
        reached |= cases.scores[:, label] >= narrow[cases.channel, label]
    return reached


def _let_through(evidence: Evidence, limits: NDArray[np.float64], now: NDArray[np.float64]) -> tuple[int, int]:
    """How many messages that were let through these limits flag: at least the most of any label, at most all of them.

    A limit within a bin cuts it nobody knows where. What was let through in the bin that the limit in force cuts is
    taken to lie below it: it was let through by it.
    """
    above = np.flip(np.cumsum(np.flip(evidence.below, axis=2), axis=2), axis=2)
    above = np.concatenate([above, np.zeros((*above.shape[:2], 1), above.dtype)], axis=2)
    scaled = np.minimum(limits * BINS, BINS + 1)
    over = np.minimum(np.ceil(scaled - 1e-9), BINS).astype(np.int64)
    cut = np.where(np.isfinite(limits), np.minimum(np.floor(scaled + 1e-9), BINS - 1), BINS).astype(np.int64)
    within = np.where(limits == now, over, cut)
    least = np.take_along_axis(above, over[:, :, None], axis=2)[:, :, 0]
    most = np.take_along_axis(above, within[:, :, None], axis=2)[:, :, 0]
    everything = evidence.below[:, place("flag")].sum(axis=1)
    return int(least.max(axis=1, initial=0).sum()), int(np.minimum(most.sum(axis=1), everything).sum())


def _outcome(evidence: Evidence, reached: NDArray[np.bool_], more: tuple[int, int], minutes: float) -> Outcome:
    cases = evidence.cases
    # A case that came by reports alone is among what was let through: where a threshold flags it, it is counted there.
    known = int((cases.flagged & (reached | cases.anyway)).sum() + (cases.reported & ~reached).sum())
    known_rate = known / _whole(evidence.days)
    unread = Rate(more[0] / _whole(_counted(evidence)), more[1] / _whole(_counted(evidence)))
    flags = Rate(known_rate + unread.least, known_rate + unread.most)
    judged = reached & cases.flagged & cases.decided
    return Outcome(flags, flags.times(minutes), share(cases.state[judged] == UPHELD), unread)


def _counted(evidence: Evidence) -> float:
    return evidence.days if evidence.days_counted is None else evidence.days_counted


def _whole(days: float) -> float:
    """Less than a day counts as one: an hour's flags are not multiplied into a day's."""
    return max(days, 1.0)


def _moved(cases: Cases, which: NDArray[np.bool_]) -> Moved:
    state = cases.state[which]
    upheld, pending = int((state == UPHELD).sum()), int((state == PENDING).sum())
    decided = cases.flag[which & cases.decided]
    return Moved(tuple(decided.tolist()), upheld, len(state) - upheld - pending, pending)
