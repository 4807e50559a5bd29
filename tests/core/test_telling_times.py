"""Threats never wait, nobody's phone rings more than was asked for, and everything is told once in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.quiet_hours import QuietHours
from bot.core.telling_times import HOUR, ONE_BY_ONE, Past, Rhythm, Untold, telling
from tests.builders import NOW

ZONE = ZoneInfo("Europe/Stockholm")
NIGHT = QuietHours(time(22), time(7), ZONE)
HALF_AN_HOUR = timedelta(minutes=30)


def local(day: str, clock: str, *, fold: int = 0) -> datetime:
    """A moment by a Swedish clock."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE, fold=fold)


def waiting(count: int, *, first: int = 1, threat: bool = False, place: str = "1") -> list[Untold]:
    return [Untold(number, threat, place) for number in range(first, first + count)]


# Quiet hours.


@pytest.mark.parametrize(
    ("clock", "end"),
    [
        ("21:59", None),
        ("22:00", "2026-02-03T07:00"),
        ("23:59", "2026-02-03T07:00"),
        ("00:00", "2026-02-02T07:00"),
        ("06:59", "2026-02-02T07:00"),
        ("07:00", None),
        ("12:00", None),
    ],
)
def test_a_night_lasts_over_midnight(clock: str, end: str | None) -> None:
    over = NIGHT.until(local("2026-02-02", clock))
    assert over == (None if end is None else datetime.fromisoformat(end).replace(tzinfo=ZONE))


def test_hours_within_a_day_end_on_that_day() -> None:
    lunch = QuietHours(time(12), time(13), ZONE)
    assert lunch.until(local("2026-02-02", "12:30")) == local("2026-02-02", "13:00")
    assert lunch.until(local("2026-02-02", "13:00")) is None
    assert lunch.until(local("2026-02-02", "11:59")) is None


@pytest.mark.parametrize(
    ("day", "before", "hours"), [("2026-03-29", "2026-03-28", 8), ("2026-10-25", "2026-10-24", 10)]
)
def test_the_night_in_which_clocks_are_set_is_an_hour_shorter_or_longer(day: str, before: str, hours: int) -> None:
    begin = local(before, "22:00")
    end = NIGHT.until(begin)
    assert end == local(day, "07:00")
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)
    assert NIGHT.until(local(day, "06:59")) == end
    assert NIGHT.until(local(day, "07:00")) is None


@pytest.mark.parametrize("end", [time(2, 30), time(2), time(3)])
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_night_that_ends_while_clocks_are_set_ends_once(day: str, end: time) -> None:
    quiet = QuietHours(time(22), end, ZONE)
    midnight = local(day, "00:00").astimezone(UTC)
    seen = [quiet.until(midnight + timedelta(minutes=minute)) is not None for minute in range(0, 6 * 60, 5)]
    assert seen[0]
    assert not seen[-1]
    assert seen == sorted(seen, reverse=True)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.times(), st.times())
def test_quiet_hours_end_later_than_now_and_within_a_day_and_an_hour(now: datetime, begin: time, end: time) -> None:
    at = now.replace(tzinfo=UTC)
    over = QuietHours(begin.replace(fold=0), end.replace(fold=0), ZONE).until(at)
    assert over is None or at < over <= at + timedelta(hours=25)


# What is told now.


def test_without_any_wish_all_is_told_at_once_and_many_in_one_message() -> None:
    for count in (1, ONE_BY_ONE, ONE_BY_ONE + 1):
        plan = telling(NOW, Rhythm(), Past(), waiting(count))
        [notice] = plan.notices
        assert notice.as_cards is (count <= ONE_BY_ONE)
        assert not notice.ping
        assert plan.again is None


def test_each_channel_is_told_of_its_own() -> None:
    plan = telling(NOW, Rhythm(), Past(), [*waiting(2), *waiting(7, first=3, place="2")])
    assert [(notice.place, len(notice.flags), notice.as_cards) for notice in plan.notices] == [
        ("1", 2, True),
        ("2", 7, False),
    ]


def test_after_a_calm_time_one_is_told_at_once_and_what_follows_waits_and_comes_together() -> None:
    rhythm = Rhythm(every=HALF_AN_HOUR)
    [first] = telling(NOW, rhythm, Past(), waiting(1)).notices
    assert first.as_cards
    past = Past({"1": NOW})
    soon = telling(NOW + timedelta(minutes=10), rhythm, past, waiting(3, first=2))
    assert not soon.notices
    assert soon.again == NOW + HALF_AN_HOUR
    [digest] = telling(NOW + HALF_AN_HOUR, rhythm, past, waiting(3, first=2)).notices
    assert not digest.as_cards
    assert len(digest.flags) == 3


def test_one_channels_wait_is_no_other_channels() -> None:
    plan = telling(NOW, Rhythm(every=HALF_AN_HOUR), Past({"1": NOW}), [*waiting(1), *waiting(1, first=2, place="2")])
    assert [notice.place for notice in plan.notices] == ["2"]
    assert plan.again == NOW + HALF_AN_HOUR


def test_in_quiet_hours_the_rest_waits_until_they_end() -> None:
    night = local("2026-02-02", "23:00")
    plan = telling(night, Rhythm(quiet=NIGHT), Past(), waiting(3))
    assert not plan.notices
    assert plan.again == local("2026-02-03", "07:00")
    assert telling(plan.again, Rhythm(quiet=NIGHT), Past(), waiting(3)).notices


def test_what_would_be_due_in_the_night_is_told_in_the_morning() -> None:
    evening = local("2026-02-02", "21:45")
    plan = telling(evening, Rhythm(every=HALF_AN_HOUR, quiet=NIGHT), Past({"1": evening}), waiting(1))
    assert plan.again == local("2026-02-03", "07:00")


def test_threats_come_first_each_with_its_card_and_its_mention_up_to_the_ceiling() -> None:
    rhythm = Rhythm(every=HALF_AN_HOUR, quiet=NIGHT, pings=2)
    night = local("2026-02-02", "23:00")
    plan = telling(night, rhythm, Past({"1": night}), [*waiting(1), *waiting(3, first=2, threat=True)])
    assert [(notice.as_cards, notice.ping) for notice in plan.notices] == [(True, True), (True, True), (True, False)]
    assert [each.flag for notice in plan.notices for each in notice.flags] == [2, 3, 4]


def test_a_flood_of_threats_is_one_message_with_one_mention() -> None:
    [notice] = telling(NOW, Rhythm(pings=4), Past(), waiting(50, threat=True)).notices
    assert not notice.as_cards
    assert notice.ping


def test_a_mention_that_was_noted_and_not_sent_is_not_used_up() -> None:
    noted = Past(pings={1: NOW, 9: NOW})
    [notice] = telling(NOW, Rhythm(pings=2), noted, waiting(1, threat=True)).notices
    assert notice.ping
    [notice] = telling(NOW, Rhythm(pings=2), noted, waiting(1, first=2, threat=True)).notices
    assert not notice.ping


def test_a_threat_that_belongs_nowhere_mentions_nobody() -> None:
    [notice] = telling(NOW, Rhythm(pings=2), Past(), waiting(1, threat=True, place="")).notices
    assert not notice.ping


def test_a_clock_that_was_far_ahead_once_keeps_nothing_waiting() -> None:
    ahead = Past({"1": NOW + timedelta(days=400)}, {9: NOW + timedelta(days=400)})
    plan = telling(NOW, Rhythm(every=HALF_AN_HOUR, pings=1), ahead, [*waiting(1), *waiting(1, first=2, threat=True)])
    assert len(plan.notices) == 2
    assert plan.notices[0].ping


# Whatever comes, and whatever fails.


@dataclass
class World:
    """Moderators who are told as planned, with messages and answers that get lost on the way."""

    rhythm: Rhythm
    now: datetime
    untold: list[Untold] = field(default_factory=list)
    past: Past = field(default_factory=Past)
    told: list[tuple[datetime, Untold]] = field(default_factory=list)
    rest: list[tuple[datetime, str]] = field(default_factory=list)
    rung: list[datetime] = field(default_factory=list)
    number: int = 0

    def comes(self, threat: bool, place: str) -> None:
        self.number += 1
        self.untold.append(Untold(self.number, threat, place))

    def looks(self, fails: Sequence[bool] = ()) -> datetime | None:
        plan = telling(self.now, self.rhythm, self.past, list(self.untold))
        for number, notice in enumerate(plan.notices):
            if notice.ping:
                self.past = Past(self.past.told, {**self.past.pings, notice.flags[0].flag: self.now})
            if number < len(fails) and fails[number]:
                continue
            self.told += [(self.now, each) for each in notice.flags]
            self.rung += [self.now] * notice.ping
            self.untold = [each for each in self.untold if each not in notice.flags]
            if not notice.threat:
                self.rest.append((self.now, notice.place))
                self.past = Past({**self.past.told, notice.place: self.now}, self.past.pings)
        return plan.again


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 240),  # minutes that pass
        st.lists(st.tuples(st.booleans(), st.sampled_from("12")), max_size=8),
        st.lists(st.booleans(), max_size=4),  # which of the notices fail
    ),
    max_size=12,
)
BEGINNINGS = st.sampled_from([local("2026-03-28", "20:00"), local("2026-10-24", "20:00"), local("2026-02-02", "12:00")])


@settings(deadline=None)
@given(BEGINNINGS, EVENTS, st.sampled_from([0, 30, 90]), st.booleans(), st.integers(0, 3))
def test_whatever_comes_everything_is_told_once_threats_at_once_and_nobody_is_called_too_often(
    beginning: datetime,
    events: list[tuple[int, list[tuple[bool, str]], list[bool]]],
    minutes: int,
    sleeps: bool,
    pings: int,
) -> None:
    every = timedelta(minutes=minutes)
    rhythm = Rhythm(every, NIGHT if sleeps else None, pings)
    world = World(rhythm, beginning.astimezone(UTC))
    for passed, come, fails in events:
        world.now += timedelta(minutes=passed)
        for threat, place in come:
            world.comes(threat, place)
        again = world.looks(fails)
        assert again is None or again > world.now
        if not any(fails):
            assert not any(each.threat for each in world.untold)
    for _ in range(10):
        again = world.looks()
        if again is None:
            break
        world.now = again
    assert not world.untold
    assert sorted(each.flag for _, each in world.told) == list(range(1, world.number + 1))
    assert all(sum(at - HOUR < other <= at for other in world.rung) <= pings for at in world.rung)
    for place in "12":
        times = [at for at, where in world.rest if where == place]
        assert all(later - earlier >= every for earlier, later in pairwise(times))
        assert not sleeps or not any(NIGHT.until(at) for at in times)
