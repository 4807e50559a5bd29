"""Does a report weigh by what became of the same person's earlier ones, and is an abusive one forgiven with time?"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.reliability import reliability

WEEKS = timedelta(days=14)
counts = st.integers(0, 1_000)
ages = st.lists(st.timedeltas(timedelta(), timedelta(days=60)), max_size=5)


def test_a_newcomer_is_as_likely_right_as_wrong() -> None:
    assert reliability(0, 0, [], WEEKS) == 0.5


def test_the_mean_of_the_posterior_is_the_one_of_the_textbook() -> None:
    assert reliability(3, 1, [], WEEKS) == (2 + 3) / (2 + 2 + 4)


@given(counts, counts, ages)
def test_it_is_a_share_that_grows_with_what_was_upheld_and_shrinks_with_what_was_dismissed(
    upheld: int, dismissed: int, abusive: list[timedelta]
) -> None:
    weight = reliability(upheld, dismissed, abusive, WEEKS)
    assert 0 < weight < 1
    assert reliability(upheld + 1, dismissed, abusive, WEEKS) > weight
    assert reliability(upheld, dismissed + 1, abusive, WEEKS) < weight


def test_an_abusive_report_costs_half_as_much_after_each_half_life() -> None:
    fresh, older, old = (reliability(0, 0, [weeks * WEEKS], WEEKS) for weeks in (0, 1, 10))
    assert fresh == 2 / (4 + 6)
    assert older == 2 / (4 + 3)
    assert 0.49 < old < 0.5


def test_a_clock_that_was_set_back_costs_no_more_than_a_fresh_one() -> None:
    assert reliability(0, 0, [-WEEKS], WEEKS) == reliability(0, 0, [timedelta()], WEEKS)
