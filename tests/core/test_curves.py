"""Do plots say what tables say, at every threshold, and nothing where nothing is known?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest

from bot.core.tuning import curves
from bot.core.tuning.evidence import PENDING, UPHELD, place
from bot.core.tuning.shares import LEAST
from bot.core.tuning.simulation import simulate
from tests.made_up_town import only, town

NOW = {"flag": 0.7, "threat": 0.5}


@pytest.mark.parametrize("threshold", [0.3, 0.55, 0.7, 0.71, 0.9])
@pytest.mark.parametrize("audit", [0.0, 0.02])
def test_flags_a_day_are_those_that_the_simulation_tells(threshold: float, audit: float) -> None:
    """A picture and a table of the same evidence never disagree."""
    evidence = town(audit=audit)
    told = simulate(evidence, [NOW], [{**NOW, "flag": threshold}]).then.flags.least
    assert curves.flags(evidence, "flag", [NOW]).at(threshold) == pytest.approx(told)


def test_what_was_reported_is_counted_once_whatever_the_threshold_is() -> None:
    """A report brings a message, and a lowered threshold brings the same message, not one more."""
    evidence = town()
    cases = evidence.cases
    low = cases.scores[:, place("flag")] < 0.75
    moved = np.bincount((cases.scores[low, place("flag")].astype(float) * 100).astype(int), minlength=100)
    below = evidence.below.copy()
    below[0, place("flag")] += moved
    evidence = replace(evidence, below=below, cases=replace(cases, reported=low, anyway=low))
    for threshold in (0.3, 0.72, 0.9):
        told = simulate(evidence, [{"flag": 0.75}], [{"flag": threshold}]).then.flags.least
        assert curves.flags(evidence, "flag", [{"flag": 0.75}]).at(threshold) == pytest.approx(told)


def test_precision_is_the_share_upheld_with_wilsons_interval() -> None:
    """Where all that reaches a threshold was sent to a human, the figure is a plain count."""
    evidence = town()
    curve = curves.precision(evidence, "flag")
    at = curve.nearest(0.8)
    assert at is not None
    decided = evidence.cases.decided & (evidence.cases.scores[:, place("flag")] >= np.float32(0.8))
    upheld = int((evidence.cases.state[decided] == UPHELD).sum())
    interval = binomtest(upheld, int(decided.sum())).proportion_ci(method="wilson")
    assert curve.value[at] == pytest.approx(upheld / decided.sum())
    assert (curve.low[at], curve.high[at]) == pytest.approx((interval.low, interval.high))


def test_below_what_is_in_force_nothing_is_said_without_an_audit_sample() -> None:
    """Nobody has read what was let through, so that nobody can say how much of it was right."""
    assert curves.precision(town(), "flag").at.min() == 0.7
    assert curves.precision(town(audit=0.02), "flag").at.min() == 0.0


def test_the_audit_sample_tells_the_precision_of_lower_thresholds_within_its_band() -> None:
    """A score of s is upheld s^1.3 of the time in this town: with each case's odds, the truth lies in the band."""
    evidence = town(200_000, audit=0.05)
    curve = curves.precision(evidence, "flag")
    scores = np.random.default_rng(1).beta(0.25, 3, 400_000)
    for threshold in (0.2, 0.3, 0.4):
        at = curve.nearest(threshold)
        truth = (scores[scores >= threshold] ** 1.3).mean()
        assert at is not None
        assert curve.low[at] < truth < curve.high[at]


def test_a_score_of_exactly_the_threshold_reaches_it() -> None:
    """Scores are held in half the precision of thresholds: 0.7 must be 0.7 in both."""
    evidence = only(town(), 40)
    cases = replace(evidence.cases, scores=np.full_like(evidence.cases.scores, 0.7))
    curve = curves.precision(replace(evidence, cases=cases), "flag")
    assert curve.at.max() == 0.7


def test_a_handful_of_cases_is_told_to_be_one() -> None:
    """Five cases give an interval, and are marked as too few for a figure."""
    curve = curves.precision(only(town(), 5), "flag")
    assert curve.few.all()
    assert (curve.high - curve.low).min() > 0.4
    assert curves.precision(town(), "flag").few.tolist() == (curves.precision(town(), "flag").cases < LEAST).tolist()


@pytest.mark.parametrize("count", [0, 1, 19, 20, 41, 500])
def test_bins_of_reliability_hold_every_case_once_and_enough_of_them(count: int) -> None:
    """No bin is drawn from less than twenty cases, unless there are fewer in all."""
    evidence = town(200_000)
    decided = replace(evidence.cases, state=np.full_like(evidence.cases.state, UPHELD))
    evidence = only(replace(evidence, cases=decided), count)
    bins = curves.reliability(evidence, "flag")
    assert bins.cases.sum() == count
    assert (bins.cases >= min(count, 20)).all()
    assert (np.diff(bins.promised) > 0).all()
    assert ((bins.low <= bins.found) & (bins.found <= bins.high)).all()


@pytest.mark.parametrize("state", [PENDING, UPHELD])
def test_nothing_is_nan_with_no_decisions_or_with_all_the_same(state: int) -> None:
    """Warnings are errors here, so that a division by nothing would show, too."""
    evidence = town()
    evidence = replace(evidence, cases=replace(evidence.cases, state=np.full_like(evidence.cases.state, state)))
    curve, bins = curves.precision(evidence, "flag"), curves.reliability(evidence, "flag")
    for column in (curve.value, curve.low, curve.high, bins.found, bins.low, bins.high):
        assert np.isfinite(column).all()
    assert bool(len(curve.at)) == bool(len(bins.cases)) == (state == UPHELD)


def test_humans_are_never_said_to_have_judged_a_target() -> None:
    """Nobody is asked whom a message is against, and no absence of an answer is taken for a no."""
    for figure in (curves.precision, curves.reliability):
        with pytest.raises(ValueError, match="not asked"):
            figure(town(), "women")
