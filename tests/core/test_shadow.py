"""What is counted of a candidate beside what is in force, how long it may read, and what the counts say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import inf, nan

import numpy as np
import pytest

from bot.core.errors import BadInput
from bot.core.policy import Policy
from bot.core.tuning.compared import compared
from bot.core.tuning.pace import BEHIND, LONGEST, Pace
from bot.core.tuning.shadow import Beside, Candidate, checked, in_force, policy_beside, tallied
from tests.builders import MARKET, NOW, SQUARE, THREAD, edit, post

CANDIDATE = Candidate({"": {"flag": 0.7}}, "", "", "Maja", "se vad 0,7 ger", NOW, NOW + timedelta(days=7))


def row(hour: int, live: int, candidate: int, common: int, read: int = 100, channel: str = "100") -> Beside:
    return Beside(1, channel, NOW + timedelta(hours=hour), read, live, candidate, common)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"": {"flag": 1.2}}, "between 0 and 1"),
        ({"": {"flag": nan}}, "between 0 and 1"),
        ({"": {"threat": -inf}}, "between 0 and 1"),
        ({"": {"hat": 0.5}}, "unknown label 'hat'"),
        ({}, "nothing to compare"),
        ({"100": {}}, "nothing to compare"),
    ],
)
def test_what_can_be_no_candidate_is_refused_with_a_sentence(limits: dict[str, dict[str, float]], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        checked(replace(CANDIDATE, thresholds=limits))


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_candidate_runs_for_some_days_and_not_for_ever(days: int) -> None:
    with pytest.raises(BadInput, match="at most 90 days"):
        checked(replace(CANDIDATE, until=NOW + timedelta(days=days)))


def test_a_candidates_thresholds_have_two_decimals() -> None:
    assert checked(replace(CANDIDATE, thresholds={"": {"flag": 0.70499}})).thresholds == {"": {"flag": 0.7}}


def test_a_candidate_for_everywhere_leaves_what_a_channel_has_of_its_own() -> None:
    """As it would be if the change were made."""
    live = Policy({"flag": 0.5, "threat": 0.4}, by_channel={"#torget": {"flag": 0.9}})
    candidate = policy_beside(live, {"": {"flag": 0.7}})
    assert candidate.limits(SQUARE) == {"flag": 0.9, "threat": 0.4}
    assert candidate.limits(MARKET) == {"flag": 0.7, "threat": 0.4}


@pytest.mark.parametrize("place", ["100", "torget", "#torget"])
def test_a_candidate_for_a_channel_goes_before_what_is_in_force_there_however_it_is_called(place: str) -> None:
    live = Policy({"flag": 0.5}, by_channel={"#torget": {"flag": 0.9}, "100": {"flag": 0.8}})
    candidate = policy_beside(live, {place: {"flag": 0.6}})
    assert candidate.limits(SQUARE) == {"flag": 0.6}
    assert candidate.limits(THREAD) == {"flag": 0.6}
    assert candidate.limits(MARKET) == {"flag": 0.5}


def test_a_candidate_keeps_everything_else_of_the_policy() -> None:
    live = Policy({"flag": 0.5}, include=frozenset({"torget"}), exempt_roles=frozenset({"mod"}), flag_unread=True)
    candidate = policy_beside(live, {"": {"flag": 0.7}})
    assert (candidate.include, candidate.exempt_roles, candidate.flag_unread) == ({"torget"}, {"mod"}, True)


def test_what_is_in_force_is_told_apart_by_model_thresholds_and_channels() -> None:
    policies = [Policy({"flag": 0.5}), Policy({"flag": 0.6}), Policy({"flag": 0.5}, by_channel={"a": {"flag": 0.6}})]
    assert len({in_force(model, policy) for policy in policies for model in ("a@1", "b@2")}) == 6
    assert in_force("a@1", Policy({"flag": 0.5})) == in_force("a@1", Policy({"flag": 0.5}))


def test_a_batch_is_counted_by_channel_and_hour_with_what_both_flag() -> None:
    posts = [post(1), post(2), post(3, channel=MARKET), post(4), edit(5, "x")]
    rows = tallied(7, posts, {0, 1, 4}, {1, 2, 3}, 5, 1.0)
    counted = {each.channel: (each.read, each.live, each.candidate, each.common, each.skipped) for each in rows}
    assert counted == {"100": (3, 3, 2, 1, 0), "200": (1, 0, 1, 0, 0)}
    assert sum(each.seconds for each in rows) == pytest.approx(1.0)
    assert {each.shadow for each in rows} == {7}


def test_what_the_candidate_did_not_read_is_counted_for_neither() -> None:
    """Otherwise the live one would seem to flag more."""
    (only,) = tallied(1, [post(1), post(2), post(3)], {0, 2}, {0}, 1, 0.5)
    assert (only.read, only.live, only.candidate, only.common, only.skipped) == (1, 1, 1, 1, 2)
    (none,) = tallied(1, [post(1)], {0}, set(), 0, 0.0)
    assert (none.read, none.live, none.skipped) == (0, 0, 1)


def test_a_candidate_stands_back_while_live_work_waits() -> None:
    pace = Pace()
    assert pace.room(8, BEHIND + 1, 0.0) == 0
    assert pace.room(2, BEHIND, 0.0) == 2


def test_a_slow_candidate_reads_no_longer_than_half_a_second_and_at_most_half_of_the_time() -> None:
    """However slow it is, at least half of the classifier's time is the live one's."""
    pace, now, spent, longest = Pace(), 0.0, 0.0, 0.0
    slow = 0.1  # seconds for a text
    while now < 600:
        if room := pace.room(256, 64, now):
            pace.has_read(room, now, now + room * slow)
            spent, longest, now = spent + room * slow, max(longest, room * slow), now + room * slow
        now += 0.01
    assert longest <= LONGEST + 1e-9
    assert 0.4 < spent / now <= 0.5


def test_a_candidate_so_slow_that_one_text_takes_minutes_still_rests_as_long() -> None:
    pace = Pace()
    pace.has_read(1, 0.0, 90.0)
    assert pace.room(10, 1, 179.0) == 0
    assert pace.room(10, 1, 181.0) == 1


def test_nothing_is_said_of_nothing() -> None:
    assert compared([]) is None
    assert compared([replace(row(0, 0, 0, 0, read=0), skipped=5)]) is None


def test_two_that_flag_the_same_are_not_told_apart() -> None:
    found = compared([row(hour, 2, 2, 2) for hour in range(96)])
    assert found is not None
    assert (found.p, found.differs, found.only_live, found.only_candidate) == (None, False, 0, 0)
    assert found.difference_a_day.low is not None
    assert found.difference_a_day.low <= 0 <= (found.difference_a_day.high or 0)


def test_before_three_days_have_passed_nothing_is_said_of_how_sure_it_is() -> None:
    found = compared([row(hour, 1, 5, 1) for hour in range(24)])
    assert found is not None
    assert found.live_a_day.value == pytest.approx(24)
    assert found.candidate_a_day.value == pytest.approx(120)
    assert (found.difference_a_day.low, found.differs) == (None, None)


def test_a_steady_difference_is_more_than_chance() -> None:
    found = compared([row(hour, 1, 2, 1) for hour in range(24 * 7)])
    assert found is not None
    assert found.differs is True
    assert found.difference_a_day.value == pytest.approx(24)
    assert found.difference_a_day.low is not None
    assert 0 < found.difference_a_day.low < 24 < (found.difference_a_day.high or 0)


def test_one_burst_in_a_week_is_not_called_a_difference() -> None:
    """Forty messages of one evening are one event: McNemar's test alone would be quite sure."""
    rows = [row(hour, 1, 1, 1) for hour in range(24 * 7)]
    rows[60] = row(60, 1, 41, 1)
    found = compared(rows)
    assert found is not None
    assert found.p is not None
    assert found.p < 1e-9
    assert found.differs is False


def test_the_interval_of_the_difference_holds_what_it_promises_in_bursty_weeks() -> None:
    """Of a thousand towns in which both flag equally often, about 95 % of intervals hold nought."""
    rng, held = np.random.default_rng(6), 0
    for _ in range(1000):
        rows = []
        for day in range(7):
            hours = rng.poisson(rng.gamma(2.0, 0.1, 2)[:, None], (2, 24))
            rows += [row(24 * day + hour, 3 + int(a), 3 + int(b), 3) for hour, (a, b) in enumerate(hours.T)]
        found = compared(rows)
        assert found is not None
        low, high = found.difference_a_day.low, found.difference_a_day.high
        assert low is not None
        assert high is not None
        held += low <= 0 <= high
    assert 930 <= held <= 985
