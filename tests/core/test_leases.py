"""Who is looking at a flag is known for a while, and then no more."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.leases import LENGTH, Leases
from tests.builders import NOW

A_MOMENT = timedelta(microseconds=1)


def test_a_lease_lapses_by_itself_after_five_minutes() -> None:
    leases = Leases()
    assert leases.take(1, "mo", NOW).until == NOW + timedelta(minutes=5)
    assert leases.of(1, NOW + LENGTH - A_MOMENT) is not None
    assert leases.of(1, NOW + LENGTH) is None
    assert leases.take(1, "my", NOW + LENGTH).holder == "my"


def test_a_lease_stays_with_whoever_has_it() -> None:
    leases = Leases()
    first = leases.take(1, "mo", NOW)
    assert leases.take(1, "my", NOW + A_MOMENT) is first
    assert leases.of_others("my", NOW) == [1]
    assert leases.of_others("mo", NOW) == []


def test_ones_own_lease_begins_anew_when_taken_again() -> None:
    leases = Leases()
    leases.take(1, "mo", NOW)
    leases.take(1, "mo", NOW + timedelta(minutes=4))
    assert leases.of(1, NOW + timedelta(minutes=8)) is not None


def test_a_lease_that_was_ended_is_anybodys() -> None:
    leases = Leases()
    leases.take(1, "mo", NOW)
    leases.end(1, "my")
    assert leases.of(1, NOW) is not None
    leases.end(1)
    leases.end(2)
    assert leases.take(1, "my", NOW).holder == "my"


def test_lapsed_leases_are_told_of_once() -> None:
    leases = Leases()
    leases.take(1, "mo", NOW)
    leases.take(2, "mo", NOW + A_MOMENT)
    assert leases.lapse(NOW) == []
    assert leases.lapse(NOW + LENGTH) == [1]
    assert leases.lapse(NOW + LENGTH) == []


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ab"), st.integers(0, 400))))
def test_nobody_is_given_what_another_holds(takes: list[tuple[int, str, int]]) -> None:
    leases, now = Leases(), NOW
    holders: dict[int, tuple[str, datetime]] = {}
    for flag, who, seconds in takes:
        now += timedelta(seconds=seconds)
        holder, until = holders.get(flag, (who, now))
        expected = holder if until > now else who
        assert leases.take(flag, who, now).holder == expected
        if expected == who:
            holders[flag] = (who, now + LENGTH)
