"""Does a case's time run from what the regime says, and stop where it should, whatever the clocks do?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import CATEGORIES, Moments, Regime, Rules, Stage, Timed, kinds, timed
from bot.core.flags import Reason
from bot.core.supervision import Period, by_category, outages, times, together
from tests.builders import NOW

HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1)).map(lambda at: at.replace(tzinfo=NOW.tzinfo))
LIMITS = {"threat": 4 * HOUR, "reported": 24 * HOUR, "other": 48 * HOUR}


def case(regime: Regime = Regime.SUPERVISION, category: str = "threat", **moments: datetime | bool) -> Timed:
    found = Moments(NOW, NOW, **moments)  # type: ignore[arg-type]  # by name
    return timed(1, found, (category,), Rules(regime, LIMITS))


@given(
    moments=st.builds(
        Moments,
        MOMENTS,
        MOMENTS,
        **{
            name: st.none() | MOMENTS
            for name in ("reported", "seen", "decided", "acted", "author", "leads", "reopened")
        },
        is_due=st.booleans(),
    ),
    regime=st.sampled_from(Regime),
    category=st.sampled_from(CATEGORIES),
)
def test_nothing_takes_less_than_no_time_and_a_stopped_clock_is_never_late(
    moments: Moments, regime: Regime, category: str
) -> None:
    """Clocks are set back now and then: whatever order the moments come in."""
    found = timed(1, moments, (category,), Rules(regime, LIMITS))
    assert all(took is None or took >= timedelta() for took in map(found.took, Stage))
    assert found.end is None or (found.left(NOW) is None and not found.is_late(NOW))
    assert found.end is None or found.end >= (moments.decided or NOW)
    assert found.begin is None or found.deadline is None or found.deadline > found.begin


def test_under_supervision_time_runs_from_the_flag_and_under_knowledge_from_the_first_look() -> None:
    """BBS-lagen 4 §, and 4 a § with 5 §."""
    seen = NOW + 3 * HOUR
    assert case(seen=seen).deadline == NOW + 4 * HOUR
    assert case(Regime.KNOWLEDGE, seen=seen).deadline == seen + 4 * HOUR


def test_what_nobody_has_seen_has_no_clock_under_knowledge_reported_or_not() -> None:
    """A member's report is not yet the municipality's knowledge."""
    found = case(Regime.KNOWLEDGE, reported=NOW)
    assert (found.begin, found.deadline, found.left(NOW)) == (None, None, None)
    assert not found.is_late(NOW + 999 * HOUR)


def test_a_clock_runs_until_what_was_decided_is_carried_out() -> None:
    """A message that still hangs there is not dealt with."""
    decided = NOW + HOUR
    assert case(decided=decided).within is True
    assert case(decided=decided, is_due=True).is_late(NOW + 5 * HOUR)
    assert case(decided=decided, acted=NOW + 6 * HOUR).within is False


def test_a_case_that_is_opened_anew_has_its_time_anew() -> None:
    """Else it would be late the moment that an appeal is granted."""
    assert case(reopened=NOW + 99 * HOUR).deadline == NOW + 103 * HOUR


def test_the_moment_of_the_deadline_is_in_time_and_the_next_is_late() -> None:
    """At most so many hours."""
    assert not case().is_late(NOW + 4 * HOUR)
    assert case().is_late(NOW + 4 * HOUR + timedelta.resolution)
    assert case(decided=NOW + 4 * HOUR).within is True


@pytest.mark.parametrize(
    ("holds", "category"),
    [(("threat", "reported", "other"), "threat"), (("reported", "other"), "reported"), (("misogyny",), "misogyny"),
     (("reported", "misogyny"), "reported")],
)  # fmt: skip
def test_where_several_limits_hold_the_shortest_does(holds: tuple[str, ...], category: str) -> None:
    """What has no limit gives way to what has one."""
    assert Rules(limits=LIMITS).category(holds) == category


def test_a_threat_is_one_by_its_threshold_or_by_what_is_reported() -> None:
    """And what has no motive is `other`."""
    threat = Reason("threshold", "threat", 0.9, 0.5)
    assert kinds([threat], {}, ()) == ("threat", "other")
    assert kinds([], {}, ["threat"]) == ("threat", "reported", "other")
    assert kinds([Reason("threshold", "misogyny", 0.9, 0.5)], {}, ()) == ("misogyny",)


def test_nine_in_ten_took_at_most_the_ninetieth_percentile() -> None:
    """The nearest rank: a time that one of them took."""
    found = times([HOUR * n for n in range(1, 11)] + [None])
    assert (found.n, found.median, found.ninety) == (10, 5.5 * HOUR, 9 * HOUR)
    assert times([]).median is None


@given(st.lists(st.tuples(st.sampled_from("abc"), MOMENTS, MOMENTS), max_size=8))
def test_times_that_overlap_are_counted_once_and_never_beyond_the_month(
    gaps: list[tuple[str, datetime, datetime]],
) -> None:
    """By a count of every minute in which any channel was not watched."""
    whole = [(c, a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0), 1) for c, a, b in gaps]
    period = Period(NOW - timedelta(days=3), NOW)
    found = outages(whole, period)
    minutes = {
        minute
        for _, since, until, _ in whole
        for minute in range(int(max(since, period.since).timestamp()) // 60, int(min(until, NOW).timestamp()) // 60)
    }
    assert found.total == timedelta(minutes=len(minutes))
    assert found.longest <= found.total


def test_a_month_tells_what_was_decided_in_it_and_what_was_open_at_its_end() -> None:
    """In time, too late, open, and open past its time limit; the whole is the sum of the parts."""
    period = Period(NOW, NOW + 100 * HOUR)
    cases = [
        case(seen=NOW + HOUR, decided=NOW + 2 * HOUR),
        case(decided=NOW + 9 * HOUR),
        replace(case(category="other"), moments=Moments(NOW, NOW + 90 * HOUR)),
        case(category="other"),
    ]
    rules = Rules(limits=LIMITS)
    threat, other = by_category(cases, period, rules)
    assert (threat.name, threat.decided, threat.within, threat.late, threat.open) == ("threat", 2, 1, 1, 0)
    assert threat.times[Stage.DECIDED].ninety == 9 * HOUR
    assert (other.open, other.overdue, other.limit) == (2, 1, 48 * HOUR)
    whole = together(cases, period, rules)
    assert (whole.decided, whole.open, whole.limit) == (2, 2, None)
