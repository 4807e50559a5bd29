"""What do this community's decisions say of the model's scores? Learning without training: no text is read or kept.

Only what people are told changes: the words of sureness and the bars on cards, and what a threshold means in percent.
Thresholds go on comparing with the model's own score, and evidence stays in it: a scale never changes the order of
scores, so whatever a threshold in percent could say, one in scores says too; and no count, no simulation and no promise
that rests on scores turns false on the day when somebody recalibrates. A scale is of one server, one label and one
model: what another model gives is not comparable, and is told as that model says.

Platt scaling and not isotonic regression, which needs about a thousand cases not to overfit (A. Niculescu-Mizil and
R. Caruana, "Predicting good probabilities with supervised learning", 2005). At least ENOUGH decisions of both kinds:
then a share is known to about √(1/50 + 1/50) = 0.2 in log-odds, which is at most 5 points of probability, a quarter of
the step between two words of sureness. A weak prior towards the model's own scores keeps it finite whatever comes. And
it is offered only where it is surely nearer to decisions that it has not seen.

Which cases: above `curves.complete_from` everything reached a human. Below it what came for another reason (a report, a
watched word) says nothing of its score, and only audited cases count, from SPOKEN of them on. Among themselves these
weigh as 1 / odds; all together as many as they are. In full a hundred of them would drown a thousand flags for the sake
of scores that no card shows, and what a score means does not depend on how many messages have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bot.core.tuning.evidence import Evidence, place, truth
from bot.core.tuning.scale import EDGE, Scale
from bot.core.tuning.shares import LEAST as SPOKEN

ENOUGH = 50  # decisions of either kind
FOLDS = 10
SURE = 1.645  # standard errors by which it must be better on cases it has not seen: by chance in one of 20
SLOPE_SPREAD, SHIFT_SPREAD = 0.5, 2.0  # standard deviations of the prior around 1 and 0: weak beside ENOUGH cases
SLOPES = (0.05, 20.0)
EACH, BINS = 25, 10  # cases in a bin of the calibration error at least, and bins at most

Numbers = NDArray[np.float64]


class Why(StrEnum):
    """Why there is no scale."""

    FEW = "few"  # decisions of either kind
    NO_BETTER = "no-better"  # than the model's own scores, on cases that it has not seen


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Decided cases whose scores tell something, n of them."""

    score: Numbers  # n
    found: NDArray[np.bool_]  # n: whether a human found the label
    weight: Numbers  # n: in the mean 1
    low: float  # the lowest score that they speak for
    audited: int

    def of(self, which: NDArray[np.bool_]) -> Known:
        """Some of them."""
        return Known(self.score[which], self.found[which], self.weight[which], self.low, self.audited)


@dataclass(frozen=True, slots=True)
class Errors:
    """How far told probabilities are from what humans found, 0 is best."""

    calibration: float  # in the mean over bins of like many cases (ECE, adaptive)
    brier: float  # mean square
    log_loss: float  # nats


@dataclass(frozen=True, slots=True)
class Fit:
    """A scale, or why there is none; `before` and `after` where there are enough decisions to tell."""

    scale: Scale | None
    why: Why | None
    upheld: int  # decided cases in which the label was found
    dismissed: int  # and in which it was not
    audited: int  # of both
    before: Errors | None = None
    after: Errors | None = None  # on cases that it was not fitted to

    @property
    def missing(self) -> tuple[int, int]:
        """How many more of either kind would do."""
        return max(0, ENOUGH - self.upheld), max(0, ENOUGH - self.dismissed)


def recalibrate(evidence: Evidence, label: str) -> Fit:
    """The scale of a label by what was decided; ValueError for labels that humans are not asked about."""
    return fitted(known(evidence, label))


def known(evidence: Evidence, label: str) -> Known:
    """The decided cases that tell what a score means; ValueError for labels that humans are not asked about."""
    from bot.core.tuning.curves import complete_from  # with it comes scipy, which is loaded only to fit

    if not truth(label):
        raise ValueError(f"{label}: humans are not asked about it")
    cases, column = evidence.cases, place(label)
    decided = cases.decided & ~cases.reported
    score, complete = cases.scores[:, column].astype(np.float64), complete_from(evidence, label)
    drawn = decided & cases.audited
    spoken = int(drawn.sum()) >= SPOKEN
    which = decided & (score >= np.float32(complete)) | (drawn if spoken else np.zeros_like(drawn))
    weight = np.where(cases.audited, 1 / cases.odds, 1.0)
    if (audited := which & cases.audited).any():
        weight[audited] /= weight[audited].mean()
    low = min(float(score[which].min(initial=1.0)), 1 - EDGE)
    return Known(score[which], cases.found[which, column], weight[which], low, int(audited.sum()))


def fitted(cases: Known) -> Fit:
    """The scale of these cases, where there are enough and it is surely better than none."""
    upheld = int(cases.found.sum())
    about = (upheld, len(cases.found) - upheld, cases.audited)
    if min(about[:2]) < ENOUGH:
        return Fit(None, Why.FEW, *about)
    unseen = _unseen(cases)
    before, after = errors(cases.score, cases), errors(unseen, cases)
    gain = cases.weight * ((cases.score - cases.found) ** 2 - (unseen - cases.found) ** 2)
    doubt = SURE * float(gain.std(ddof=1)) / np.sqrt(len(gain))
    if not gain.mean() > doubt or after.calibration >= before.calibration:
        return Fit(None, Why.NO_BETTER, *about, before, after)
    return Fit(scale_of(cases), None, *about, before, after)


def scale_of(cases: Known) -> Scale:
    """The likeliest scale with the prior, of any cases at all: convex, so that there is one, and it is found."""
    from scipy.optimize import minimize

    odds = _log_odds(cases.score)

    def loss(at: Numbers) -> tuple[float, Numbers]:
        bent = at[0] * odds + at[1]
        off = (at - (1.0, 0.0)) / (SLOPE_SPREAD, SHIFT_SPREAD)
        rest = cases.weight * (_probability(bent) - cases.found)
        value = (cases.weight * (np.logaddexp(0, bent) - cases.found * bent)).sum() + (off**2).sum() / 2
        return float(value), np.array([(rest * odds).sum(), rest.sum()]) + off / (SLOPE_SPREAD, SHIFT_SPREAD)

    best = minimize(loss, (1.0, 0.0), jac=True, method="L-BFGS-B", bounds=(SLOPES, (None, None)))
    return Scale(float(best.x[0]), float(best.x[1]), cases.low)


def errors(told: Numbers, cases: Known) -> Errors:
    """How far off probabilities are, n of them, for n cases; at least one."""
    inside, weight = np.clip(told, EDGE, 1 - EDGE), cases.weight / cases.weight.sum()
    order = np.argsort(told, kind="stable")
    off = (weight * (told - cases.found))[order]
    parts = np.array_split(off, max(1, min(BINS, len(told) // EACH)))
    logs = np.where(cases.found, np.log(inside), np.log1p(-inside))
    squares = (told - cases.found) ** 2
    return Errors(
        float(sum(abs(part.sum()) for part in parts)), float((weight * squares).sum()), -float((weight * logs).sum())
    )


def _unseen(cases: Known) -> Numbers:
    """What each case would be told as by a scale that was fitted without it and the others of its fold."""
    order = np.lexsort((cases.score, cases.found))  # every fold gets its share of both kinds and of all scores
    fold = np.empty(len(order), np.int64)
    fold[order] = np.arange(len(order)) % FOLDS
    told = np.empty(len(order))
    for number in range(FOLDS):
        scale = scale_of(cases.of(fold != number))
        told[fold == number] = [scale.at(float(score)) for score in cases.score[fold == number]]
    return told


def _log_odds(score: Numbers) -> Numbers:
    inside = np.clip(score, EDGE, 1 - EDGE)
    odds: Numbers = np.log(inside / (1 - inside))
    return odds


def _probability(odds: Numbers) -> Numbers:
    from scipy.special import expit

    probability: Numbers = expit(odds)
    return probability
