"""The figures are of everybody together, and hold with nothing to measure and with clocks that were set back."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median as expected

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import State
from bot.core.statistics import Decided, Handling, elapsed, median, statistics
from tests.builders import NOW

MIDNIGHT = NOW - timedelta(hours=9)
NOTHING = timedelta()


def ago(**duration: float) -> datetime:
    return NOW - timedelta(**duration)


def minutes(*values: float) -> list[timedelta]:
    return [timedelta(minutes=value) for value in values]


def test_of_nothing_there_is_no_median() -> None:
    assert median([]) is None


@pytest.mark.parametrize(
    ("times", "middle"), [((5,), 5), ((9, 1), 5), ((9, 1, 2), 2), ((1, 2, 4, 100), 3), ((7, 7, 7, 7), 7)]
)
def test_the_median_is_the_one_in_the_middle_or_halfway_between_two(times: tuple[float, ...], middle: float) -> None:
    assert median(minutes(*times)) == timedelta(minutes=middle)


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_the_median_is_that_of_the_textbook(seconds: list[int]) -> None:
    assert median(timedelta(seconds=each) for each in seconds) == timedelta(seconds=expected(seconds))


@given(st.datetimes(), st.datetimes())
def test_no_time_is_ever_negative(begin: datetime, end: datetime) -> None:
    assert elapsed(begin, end) >= NOTHING
    assert elapsed(begin, end) in (end - begin, NOTHING)


def test_where_nothing_was_handled_there_are_no_times() -> None:
    known = statistics(Handling(), NOW, MIDNIGHT)
    assert (known.open, known.oldest, known.to_seen, known.to_decided) == (0, None, None, None)
    assert not known.today
    assert not known.week


def test_one_case_is_its_own_median() -> None:
    flagged = ago(hours=2)
    decided = Decided(State.UPHELD, flagged, ago(hours=1))
    known = statistics(Handling(1, ago(hours=3), [(flagged, ago(minutes=90))], [decided]), NOW, MIDNIGHT)
    assert known.oldest == timedelta(hours=3)
    assert known.to_seen == timedelta(minutes=30)
    assert known.to_decided == timedelta(hours=1)


def test_decisions_are_counted_by_day_week_and_outcome() -> None:
    times = [
        (State.UPHELD, NOW),
        (State.UPHELD, MIDNIGHT),
        (State.DISMISSED, MIDNIGHT - timedelta(microseconds=1)),
        (State.DISMISSED, ago(days=7)),
        (State.DISMISSED, ago(days=7, microseconds=1)),
    ]
    decided = [Decided(state, ago(days=20), at) for state, at in times]
    known = statistics(Handling(decided=decided), NOW, MIDNIGHT)
    assert known.today == {State.UPHELD: 2}
    assert known.week == {State.UPHELD: 2, State.DISMISSED: 2}


def test_a_clock_that_was_set_back_gives_no_negative_times() -> None:
    later = NOW + timedelta(hours=1)
    known = statistics(Handling(1, later, [(NOW, ago(hours=1))], [Decided(State.UPHELD, NOW, MIDNIGHT)]), NOW, MIDNIGHT)
    assert (known.oldest, known.to_seen, known.to_decided) == (NOTHING, NOTHING, NOTHING)
