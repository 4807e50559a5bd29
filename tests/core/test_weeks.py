"""Figures of a week: medians from steps, shares with their intervals, weeks from Monday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from scipy.stats import binomtest

from bot.core.weeks import Week, gathered, monday_of, mondays, share

MONDAY = date(2026, 1, 19)


@pytest.mark.parametrize(("hits", "of"), [(0, 1), (3, 4), (50, 100), (999, 1000), (7, 7)])
def test_a_share_has_wilsons_interval(hits: int, of: int) -> None:
    """As scipy gives it."""
    found, known = share(hits, of), binomtest(hits, of).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-6)


def test_a_median_is_that_of_the_step_in_the_middle() -> None:
    """Two quick ones and one slow one: what half of them took at most is quick."""
    week = gathered(MONDAY, [("seen", "120", 2), ("seen", "86400", 1)])
    assert week.median("seen") == timedelta(seconds=150)
    assert week.median("decided") is None


def test_what_was_taken_back_counts_no_more() -> None:
    """A step with as many taken back as added is no step."""
    assert gathered(MONDAY, [("acted", "60", 0)]).median("acted") is None


def test_a_week_without_anything_has_no_shares() -> None:
    """Where nothing was read or decided there is no share, rather than nought."""
    week = Week(MONDAY)
    assert (week.per_thousand, week.unread, week.precision) == (None, None, None)


def test_weeks_begin_on_mondays() -> None:
    """A Sunday is in the week that began six days before."""
    assert monday_of(date(2026, 1, 25)) == MONDAY
    assert mondays(MONDAY, 2) == [date(2026, 1, 12), MONDAY]
