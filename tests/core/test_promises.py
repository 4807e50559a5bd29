"""Do promises about thresholds hold where the truth is known, and is nothing promised of hardly any evidence?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import BadInput
from bot.core.tuning.guarantee import Suggestion, Why, for_flags, for_precision, for_recall, together
from bot.core.tuning.recall import recall
from bot.core.tuning.sample import GRID, Sample
from tests.bench.guarantees import guarantees


def sample(steps: list[int], found: list[bool], odds: list[float]) -> Sample:
    """Cases with their scores in hundredths; odds below 1 make an audited one."""
    drawn = np.array(odds, np.float64)
    audited = int((drawn < 1).sum())
    return Sample(
        np.array(steps, np.int64), np.array(found, np.bool_), 1 / drawn, drawn < 1, audited, int((1 / drawn).sum())
    )


cases = st.lists(
    st.tuples(st.integers(0, 101), st.booleans(), st.sampled_from([1.0, 0.5, 0.01, 1e-9])), max_size=30
).map(lambda rows: sample([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]))


def test_promises_and_intervals_hold_in_simulated_towns() -> None:
    """A seeded few of the thousand towns of the benchmark."""
    found = guarantees(150)
    assert min(found["kept_80"], found["kept_90"], found["kept_95"]) >= 0.95
    assert min(found["told_80"], found["told_90"]) > 0.1, "silence keeps every promise"
    assert 0.9 <= found["interval"] <= 0.99


@given(cases)
@settings(deadline=None, max_examples=50)
def test_whatever_the_evidence_figures_are_shares_and_the_interval_holds_the_estimate(known: Sample) -> None:
    known_recall = recall(known)
    assert ((known_recall.low >= 0) & (known_recall.low <= known_recall.high) & (known_recall.high <= 1)).all()
    assert known_recall.value is None or np.isfinite(known_recall.value).all()


@given(cases)
@settings(deadline=None, max_examples=50)
def test_nothing_is_promised_of_thirty_cases_at_a_high_recall(known: Sample) -> None:
    assert for_recall(known, 0.95).threshold is None
    assert for_precision(known, 0.95).threshold in (None, *GRID)


def test_without_an_audit_nothing_is_known_of_what_is_missed() -> None:
    known = sample([90] * 500, [True] * 500, [1.0] * 500)
    assert recall(known).value is None
    assert for_recall(known, 0.5).why is Why.NO_AUDIT


def test_where_the_evidence_does_not_do_it_says_about_how_much_more_would() -> None:
    known = sample([90] * 100 + [10] * 100, [True] * 100 + [False] * 100, [1.0] * 100 + [0.5] * 100)
    assert for_recall(known, 0.9).threshold is not None
    little = sample([90] * 20 + [10] * 20, [True] * 20 + [False] * 20, [1.0] * 20 + [0.5] * 20)
    answer = for_recall(little, 0.9)
    assert answer.why is Why.TOO_LITTLE
    assert answer.times is not None
    assert 2 < answer.times < 5


def test_precision_is_that_of_the_exact_binomial() -> None:
    """Of 59 that are all right 95 % are surely right, of 58 not: 0.95 ** 59 < 0.05 < 0.95 ** 58."""
    assert for_precision(sample([80] * 59, [True] * 59, [1.0] * 59), 0.95).threshold == 0.0
    assert for_precision(sample([80] * 58, [True] * 58, [1.0] * 58), 0.95).threshold is None


def test_where_all_were_dismissed_nothing_is_promised() -> None:
    known = sample([80] * 500 + [10] * 500, [False] * 1000, [1.0] * 500 + [0.1] * 500)
    assert for_recall(known, 0.5).why is Why.NONE_FOUND
    assert for_precision(known, 0.1).threshold is None


def test_so_many_flags_a_day_are_kept_to_by_the_lowest_threshold_that_does() -> None:
    assert for_flags(lambda threshold: 100 * (1 - threshold), 20).threshold == 0.8
    assert for_flags(lambda threshold: 50, 20).why is Why.TOO_MANY


def test_wishes_that_cannot_be_kept_at_once_are_told() -> None:
    assert together(Suggestion(0.3), Suggestion(0.5)).why is Why.CONFLICT
    assert together(Suggestion(0.6), Suggestion(0.5)).threshold == 0.6
    assert together(None, Suggestion(0.5), Suggestion(0.7)).threshold == 0.7


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, 2.0, float("nan")])
def test_a_share_outside_0_and_1_is_refused(share: float) -> None:
    known = sample([], [], [])
    with pytest.raises(BadInput, match="between 0 and 1"):
        for_recall(known, share)
