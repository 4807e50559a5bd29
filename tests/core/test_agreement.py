"""Alpha is what Krippendorff's own examples say, and it says nothing where there is nothing to say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.agreement import ENOUGH, Reading, Trust, agreement, alpha, trust
from bot.core.opinions import Lean

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": the worked examples.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))  # section A
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""

readings = st.builds(
    Reading, st.sampled_from([Lean.UPHOLD, Lean.DISMISS]), st.frozensets(st.sampled_from(["misogyny", "other"]))
)
pairs = st.lists(st.tuples(readings, readings), max_size=40)


def test_two_readers_of_two_values_as_in_the_paper() -> None:
    assert alpha(BINARY) == pytest.approx(0.095, abs=0.0005)


def test_four_readers_with_gaps_as_in_the_paper() -> None:
    rows = [line.split() for line in FOUR_OBSERVERS.strip().splitlines()]
    units = [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_two_readers_of_five_values_as_in_the_paper() -> None:
    one, other = "aabbdcccedda", "babbbccceddd"
    assert alpha(list(zip(one, other, strict=True))) == pytest.approx(0.692, abs=0.0005)


def test_full_agreement_is_one_and_full_disagreement_is_below_nought() -> None:
    assert alpha([(True, True), (False, False)]) == 1
    disagreed = alpha([(True, False)] * 10)
    assert disagreed is not None
    assert disagreed < 0


def test_chance_alone_makes_about_nought() -> None:
    dice = random.Random(1)
    found = alpha([(dice.random() < 0.3, dice.random() < 0.3) for _ in range(20_000)])
    assert found == pytest.approx(0, abs=0.03)


@pytest.mark.parametrize("units", [[], [(True, True)] * 5, [(True,)], [()]])
def test_where_all_say_the_same_or_nobody_says_anything_there_is_no_figure(units: list[tuple[bool, ...]]) -> None:
    assert alpha(units) is None


@given(pairs)
def test_the_order_of_cases_and_of_readers_does_not_matter(read: list[tuple[Reading, Reading]]) -> None:
    one, other = agreement(read), agreement([(b, a) for a, b in reversed(read)])
    assert one.pairs == other.pairs == len(read)
    assert one.decision == pytest.approx(other.decision) if one.decision is not None else other.decision is None
    assert one.motives.keys() == other.motives.keys()


@given(pairs)
def test_alpha_is_never_above_one_and_is_one_exactly_where_nobody_differs(
    read: list[tuple[Reading, Reading]],
) -> None:
    found = agreement(read).decision
    if found is not None:
        assert found <= 1
        assert (found == 1) == all(a.lean is b.lean for a, b in read)


def test_motives_are_present_or_absent_in_all_cases_and_those_that_nobody_saw_are_left_out() -> None:
    up, down = Reading(Lean.UPHOLD, frozenset({"misogyny"})), Reading(Lean.DISMISS)
    found = agreement([(up, up), (down, down), (up, Reading(Lean.UPHOLD))])
    assert found.decision == 1
    assert list(found.motives) == ["misogyny"]
    assert found.motives["misogyny"] == alpha([(True, True), (False, False), (True, False)])


def test_who_is_unsure_makes_no_pair() -> None:
    assert agreement([(Reading(Lean.UNSURE), Reading(Lean.UPHOLD))]).pairs == 0


@pytest.mark.parametrize(
    ("value", "count", "worth"),
    [
        (1.0, ENOUGH - 1, Trust.TOO_FEW),
        (None, ENOUGH - 1, Trust.TOO_FEW),
        (None, ENOUGH, Trust.NOTHING),
        (0.8, ENOUGH, Trust.RELIABLE),
        (0.7, ENOUGH, Trust.TENTATIVE),
        (0.66, ENOUGH, Trust.NONE),
        (-0.3, ENOUGH, Trust.NONE),
    ],
)
def test_what_can_be_concluded_takes_enough_cases_and_a_high_figure(
    value: float | None, count: int, worth: Trust
) -> None:
    assert trust(value, count) is worth
