"""Do decisions mend what scores say, only where there are enough and it surely helps, and never their order?"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.tuning.evidence import DISMISSED, UPHELD, Evidence, place
from bot.core.tuning.recalibration import ENOUGH, Fit, Known, Why, errors, fitted, known, recalibrate, scale_of
from bot.core.tuning.scale import Scale, told
from tests.made_up_town import town

FLAG = place("flag")


def community(
    slope: float, shift: float, *, cases: int = 800, seed: int = 3, low: float = 0.55
) -> tuple[Known, np.ndarray]:
    """Decided cases of a community where scores mean something else, and what they truly mean."""
    dice = np.random.default_rng(seed)
    scores = dice.beta(2, 2, 5 * cases)
    scores = scores[scores >= low][:cases]
    truly = np.array([Scale(slope, shift).at(float(score)) for score in scores])
    return Known(scores, dice.random(len(scores)) < truly, np.ones(len(scores)), low, 0), truly


def off(fit: Fit, cases: Known, truly: np.ndarray) -> tuple[float, float]:
    """How far from the truth people are told it is, in the mean, with a scale and without."""
    assert fit.scale is not None
    scaled = np.array([fit.scale.at(float(score)) for score in cases.score])
    return float(np.abs(scaled - truly).mean()), float(np.abs(cases.score - truly).mean())


def test_where_scores_are_right_already_nothing_is_offered() -> None:
    """In nineteen of twenty communities at least; in the others the scale is next to none."""
    fits = [fitted(community(1, 0, seed=seed)[0]) for seed in range(40)]
    assert sum(fit.why is Why.NO_BETTER for fit in fits) >= 38
    for seed in range(5):
        scale = scale_of(community(1, 0, seed=seed)[0])
        assert all(abs(scale.at(score) - score) < 0.08 for score in (0.55, 0.7, 0.8, 0.9))


@pytest.mark.parametrize(("slope", "shift"), [(1, -1), (1, 1), (0.5, 0), (1.5, -1)])
def test_what_a_community_means_otherwise_is_undone(slope: float, shift: float) -> None:
    for seed in range(5):
        cases, truly = community(slope, shift, seed=seed)
        fit = fitted(cases)
        after, before = off(fit, cases, truly)
        assert after < 0.05 < before
        assert fit.before is not None
        assert fit.after is not None
        assert fit.after.calibration < fit.before.calibration
        assert fit.after.brier < fit.before.brier


def test_a_scale_leaves_scores_in_their_order() -> None:
    for scale in (Scale(0.05, 3), Scale(2, -3, 0.55), Scale(1, 0), Scale(20, 50)):
        values = [scale.at(score) for score in np.linspace(0, 1, 1001)]
        assert all(one <= other for one, other in pairwise(values))
        assert min(values) >= 0
        assert max(values) <= 1
    middle = [Scale(0.7, -1, 0.3).at(score) for score in np.linspace(0.01, 0.99, 500)]
    assert all(one < other for one, other in pairwise(middle))


def test_below_what_was_decided_scores_keep_their_proportions() -> None:
    scale = Scale(0.5, 1.0, 0.6)
    assert scale.at(0.3) == pytest.approx(scale.at(0.6) / 2)
    assert scale.at(0.0) == 0.0
    assert scale.at(np.nextafter(0.6, 0)) == pytest.approx(scale.at(0.6))


def test_the_scale_of_nothing_at_all_is_the_models_own() -> None:
    nothing = Known(np.zeros(0), np.zeros(0, np.bool_), np.zeros(0), 0.0, 0)
    assert scale_of(nothing) == Scale(1.0, 0.0)


@pytest.mark.parametrize(
    "numbers", [(0, 0), (-1, 0), (math.nan, 0), (1, math.nan), (math.inf, 0), (1, 0, 1.0), (1, 0, -0.1)]
)
def test_what_would_turn_scores_round_is_no_scale(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="no scale"):
        Scale(*numbers)


def test_only_the_label_that_has_a_scale_is_told_by_it() -> None:
    scales = {"flag": Scale(1, -1)}
    assert told(scales, "flag", 0.9) < 0.8
    assert told(scales, "threat", 0.9) == 0.9


def decided(upheld: int, dismissed: int) -> Evidence:
    """A town with so many decisions of either kind."""
    whole = town(400_000, live=0.55)
    state = whole.cases.state
    chosen = np.concatenate([np.flatnonzero(state == UPHELD)[:upheld], np.flatnonzero(state == DISMISSED)[:dismissed]])
    names = ("flag", "channel", "at", "scores", "state", "found", "anyway", "odds", "reported")
    cases = replace(whole.cases, **{name: getattr(whole.cases, name)[chosen] for name in names})
    return replace(whole, cases=cases, below=np.zeros_like(whole.below))


@pytest.mark.parametrize(
    ("upheld", "dismissed", "missing"),
    [
        (0, 0, (ENOUGH, ENOUGH)),
        (ENOUGH - 1, 900, (1, 0)),
        (900, ENOUGH - 2, (0, 2)),
        (900, 0, (0, ENOUGH)),
        (0, 900, (ENOUGH, 0)),
    ],
)
def test_of_few_decisions_or_all_the_same_there_is_no_scale_but_how_many_more_it_takes(
    upheld: int, dismissed: int, missing: tuple[int, int]
) -> None:
    fit = recalibrate(decided(upheld, dismissed), "flag")
    assert (fit.scale, fit.why, fit.missing) == (None, Why.FEW, missing)
    assert (fit.before, fit.after) == (None, None)


def test_labels_that_nobody_is_asked_about_have_no_scale() -> None:
    with pytest.raises(ValueError, match="women"):
        recalibrate(town(), "women")


def test_without_an_audit_only_scores_speak_above_which_everything_was_read() -> None:
    """What came by a report, or by another rule, says nothing of its score."""
    evidence = town(60_000, live=0.7)
    cases = known(evidence, "flag")
    assert cases.low == cases.score.min() == pytest.approx(0.7, abs=0.01)
    assert cases.low >= np.float32(0.7)
    assert (cases.weight == 1).all()
    stray = np.flatnonzero(evidence.cases.decided)[:30]
    evidence.cases.scores[stray, FLAG] = 0.2
    evidence.cases.reported[stray[:15]] = True
    assert known(evidence, "flag").score.min() >= np.float32(0.7)


def test_audited_cases_speak_for_lower_scores_by_their_odds() -> None:
    evidence = town(60_000, live=0.7, audit=0.02)
    drawn = np.flatnonzero(evidence.cases.audited)
    evidence.cases.odds[drawn[::2]] = 0.01
    cases = known(evidence, "flag")
    assert cases.low < 0.1
    assert cases.audited == int((evidence.cases.audited & evidence.cases.decided).sum())
    audited = cases.weight[cases.score < np.float32(0.7)]
    assert audited.mean() == pytest.approx(1)
    assert max(audited) / min(audited) == pytest.approx(2)


def test_a_handful_of_audited_cases_does_not_speak_for_all_that_was_let_through() -> None:
    evidence = town(60_000, live=0.7, audit=0.02)
    drawn = np.flatnonzero(evidence.cases.audited & evidence.cases.decided)
    evidence.cases.state[drawn[19:]] = 0
    assert known(evidence, "flag").low == pytest.approx(0.7, abs=0.01)


def test_a_scale_speaks_for_no_score_below_the_lowest_that_was_decided() -> None:
    """Though nothing else were known to have been let through."""
    evidence = town(60_000, live=0.8)
    evidence.below[:] = 0
    assert known(evidence, "flag").low == pytest.approx(0.8, abs=0.01)


def test_a_town_that_says_its_scores_too_high_is_told_so_with_an_audit_too() -> None:
    evidence = town(400_000, live=0.55, audit=0.002)
    right = np.flatnonzero(evidence.cases.state == UPHELD)[::2]
    evidence.cases.state[right] = DISMISSED
    evidence.cases.found[right] = False
    fit = recalibrate(evidence, "flag")
    assert fit.scale is not None
    assert fit.scale.at(0.9) < 0.6
    assert fit.audited > 20


def test_errors_are_those_that_can_be_reckoned_by_hand() -> None:
    cases = Known(np.array([0.8, 0.8]), np.array([True, False]), np.ones(2), 0.0, 0)
    found = errors(cases.score, cases)
    assert found.calibration == pytest.approx(0.3)
    assert found.brier == pytest.approx((0.04 + 0.64) / 2)
    assert found.log_loss == pytest.approx(-(math.log(0.8) + math.log(0.2)) / 2)


@given(
    st.lists(
        st.tuples(st.floats(0, 1, width=32), st.booleans(), st.sampled_from([1.0, 0.01, 50.0])), min_size=1, max_size=40
    ),
    st.integers(1, 8),
    st.floats(0, 1),
)
@settings(deadline=None, max_examples=60)
def test_whatever_is_decided_what_people_are_told_is_a_probability(
    rows: list[tuple[float, bool, float]], times: int, score: float
) -> None:
    """Scores of 0 and 1, all of one kind, a few that weigh as much as all others."""
    many = rows * (times * 8)
    cases = Known(
        np.array([row[0] for row in many]),
        np.array([row[1] for row in many]),
        np.array([row[2] for row in many]),
        0.3,
        0,
    )
    scale = scale_of(cases)
    assert 0 <= scale.at(score) <= 1
    fit = fitted(cases)
    assert (fit.scale is None) == (fit.why is not None)
    for found in (fit.before, fit.after):
        assert found is None or all(map(math.isfinite, (found.calibration, found.brier, found.log_loss)))
