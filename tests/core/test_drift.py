"""Sudden shifts are noticed, and bursts of an ordinary month are not taken for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bot.core.tuning.drift import DAYS, REST, Ending, Event, Kind, Shift, Watched, gathered, rate_ended, rate_shifts
from bot.core.tuning.score_drift import score_shifts, scores_ended
from tests.builders import NOW

BEGIN = NOW.replace(hour=0, minute=0)
BINS = 100
PAST = 24 * (DAYS + 1)


class Town:
    """Channels by hour for some days: nights, busy days and quiet ones, flags alone and in bursts."""

    def __init__(self, seed: int, days: int, channels: int = 12, burst: float = 3.0) -> None:
        self.dice = np.random.default_rng(seed)
        hours = 24 * (PAST // 24 + days)
        self.channels = tuple(str(100 + number) for number in range(channels))
        self.day = np.where((np.arange(hours) % 24 > 6) & (np.arange(hours) % 24 < 23), 1.0, 0.15)
        levels = self.dice.lognormal(2.5, 0.8, channels)
        levels[0] = 80.0
        moods = np.repeat(self.dice.gamma(10, 0.1, (channels, hours // 24)), 24, axis=1)
        self.read = self.dice.poisson(levels[:, None] * self.day * moods).astype(float)
        self.flagged = np.minimum(self._flags(levels, burst), self.read)
        self.unread = self.dice.binomial(self.read.astype(int), 0.01).astype(float)

    def _flags(self, levels: np.ndarray, burst: float) -> np.ndarray:
        """Three in a hundred: half of them alone, half in bursts of geometric size that take some hours."""
        flags = self.dice.poisson(self.read * 0.015).astype(float)
        begins = self.dice.poisson(levels[:, None] * self.day * 0.015 / burst)
        for row, hour in zip(*np.nonzero(begins), strict=True):
            for _ in range(begins[row, hour]):
                after = hour + self.dice.exponential(2.0, self.dice.geometric(1 / burst)).astype(int)
                np.add.at(flags[row], after[after < flags.shape[1]], 1)
        return flags

    def at(self, hour: int) -> Watched:
        """What is known at an hour since the past's end."""
        end = PAST + hour
        read, flagged, unread = (each[:, end - PAST : end] for each in (self.read, self.flagged, self.unread))
        spread = np.zeros((len(self.channels), DAYS + 1, BINS))
        return Watched(BEGIN + timedelta(hours=end), self.channels, read, flagged, unread, spread)

    def campaign(self, begin: int, hours: int, times: float, row: int = 0) -> None:
        """So many times the usual share is flagged in a channel."""
        there = slice(PAST + begin, PAST + begin + hours)
        self.flagged[row, there] = np.minimum(
            self.dice.poisson(self.read[row, there] * 0.03 * times), self.read[row, there]
        )


def lived(town: Town, hours: int) -> list[Event]:
    """Every hour of a town's life: what was noticed, and how it ended."""
    events: list[Event] = []
    for hour in range(1, hours + 1):
        watched = town.at(hour)
        for place, event in enumerate(events):
            if event.ended_at is None and (ending := rate_ended(watched, event)):
                events[place] = replace(event, ended_at=watched.until, ending=ending)
        events += [Event(len(events), shift, watched.until) for shift in rate_shifts(watched, events)]
    return events


def steady(rng: np.random.Generator, days: int = DAYS, each: int = 4000) -> np.ndarray:
    """Messages by score, a row for each day: most near nought, days that differ a little."""
    shares = np.exp(-np.arange(BINS) / 6.0)
    return np.array([rng.multinomial(each, rng.dirichlet(shares / shares.sum() * 3000)) for _ in range(days)]).astype(
        float
    )


def scored(*rows: np.ndarray) -> Watched:
    """A single channel's scores by day."""
    nothing = np.zeros((1, PAST))
    return Watched(BEGIN, ("100",), nothing, nothing, nothing, np.vstack(rows)[None])


def test_a_month_in_a_town_with_bursts_brings_at_most_one_false_alarm() -> None:
    """Four towns' months, an hour at a time, in which nothing changes."""
    noticed = [len(lived(Town(seed, days=30), 24 * 30)) for seed in range(4)]
    assert sum(noticed) <= 4


def test_a_campaign_in_one_channel_is_noticed_within_a_day_and_there() -> None:
    """Four times the usual share for twelve hours; in nine towns of ten."""
    found = 0
    for seed in range(10):
        town = Town(seed, days=2, burst=2.0)
        town.campaign(begin=8, hours=12, times=4)
        events = lived(town, 34)
        found += any(event.shift.kind is Kind.MORE and event.shift.channel == "100" for event in events)
    assert found >= 9


def test_a_flood_is_noticed_within_the_hour() -> None:
    town = Town(1, days=2)
    town.campaign(begin=11, hours=1, times=20)
    (shift,) = rate_shifts(town.at(12), [])
    assert (shift.kind, shift.channel, shift.hours) == (Kind.MORE, "100", 1)
    assert shift.now > 0.3 > shift.before
    assert 0 <= shift.p < 1e-6


def test_a_campaign_is_told_once_and_over_when_it_is_calm_again() -> None:
    town = Town(3, days=6)
    town.campaign(begin=10, hours=10, times=6)
    events = lived(town, 24 * 6)
    (event,) = [each for each in events if each.shift.channel == "100" and each.shift.kind is Kind.MORE]
    assert event.ending is Ending.OVER
    assert event.ended_at is not None
    assert event.ended_at - event.noticed_at < timedelta(days=2)


def test_what_is_flagged_four_times_as_much_for_good_is_told_once_and_usual_after_two_weeks() -> None:
    """A new model, for instance: hours from before it are no longer compared with."""
    town = Town(5, days=40, channels=4, burst=1.0)
    for row in range(4):
        town.campaign(begin=0, hours=24 * 40, times=4, row=row)
    events = lived(town, 24 * 40)
    assert {event.ending for event in events} == {Ending.SETTLED}
    assert len([event for event in events if event.shift.channel == ""]) == 1
    assert len(events) <= 3  # the first hours may show it in a channel or two before it shows in all
    assert all(event.noticed_at - BEGIN < timedelta(hours=PAST + 48) for event in events)


def test_when_next_to_nothing_is_flagged_any_more_that_is_noticed_too() -> None:
    town = Town(2, days=2)
    town.flagged[:, PAST + 1 :] = 0
    found = rate_shifts(town.at(25), [])
    assert {(shift.kind, shift.channel) for shift in found} == {(Kind.FEWER, "")} or found[0].channel == "100"
    assert all(shift.kind is Kind.FEWER and shift.now == 0 for shift in found)


def test_many_messages_that_the_model_cannot_read_are_noticed() -> None:
    town = Town(4, days=2)
    there = slice(PAST, PAST + 24)
    town.unread[0, there] = np.round(town.read[0, there] * 0.3)
    found = [shift for shift in rate_shifts(town.at(24), []) if shift.kind is Kind.UNREAD]
    assert [shift.channel for shift in found] == ["100"]


@pytest.mark.parametrize("days", [0, 5, 13])
def test_before_two_weeks_are_counted_nothing_is_usual_and_nothing_told(days: int) -> None:
    town = Town(1, days=2)
    town.campaign(begin=10, hours=8, times=20)
    begin = PAST + 18 - 24 * (days + 1)
    for counts in (town.read, town.flagged, town.unread):
        counts[:, :begin] = 0
    assert rate_shifts(town.at(18), []) == []


def test_an_empty_town_and_one_without_a_flag_are_quiet() -> None:
    town = Town(1, days=1)
    town.flagged[:] = 0
    assert rate_shifts(town.at(20), []) == []
    town.read[:] = 0
    assert rate_shifts(town.at(20), []) == []


def test_channels_in_which_little_is_written_are_told_of_only_with_all_others() -> None:
    town = Town(1, days=2)
    town.campaign(begin=11, hours=1, times=20)
    watched = replace(town.at(12), channels=(REST, *town.channels[1:]))
    assert {shift.channel for shift in rate_shifts(watched, [])} <= {""}


def test_what_one_channel_explains_is_not_told_of_all_and_what_shifts_everywhere_once() -> None:
    shifts = [Shift(Kind.MORE, place, NOW, 6, 0.1, 0.4, 1e-7) for place in ("a", "b", "c", "")]
    assert [each.channel for each in gathered([shifts[0], shifts[3]])] == ["a"]
    assert [each.channel for each in gathered(shifts)] == [""]
    assert [each.channel for each in gathered(shifts[:3])] == ["a", "b", "c"]


def test_other_scores_are_noticed_and_a_big_town_does_not_cry_wolf() -> None:
    """A new model whose scores lie higher; the same with twenty times the messages and no shift that matters."""
    rng = np.random.default_rng(1)
    shifted = np.zeros(BINS)
    np.add.at(shifted, np.minimum(BINS - 1, (rng.beta(1.2, 4, 4000) * BINS).astype(int)), 1)
    (shift,) = score_shifts(scored(steady(rng), shifted[None]), [])
    assert (shift.kind, shift.channel) == (Kind.SCORES, "100")
    assert shift.now > 0.2
    big = steady(rng, DAYS + 1, each=80_000)
    big[-1, 10:20] *= 1.1
    assert score_shifts(scored(big), []) == []


def test_steady_scores_bring_no_false_alarm_in_hundreds_of_days() -> None:
    rng = np.random.default_rng(2)
    assert [score_shifts(scored(steady(rng, DAYS + 1, each)), []) for each in (210, 800, 4000) for _ in range(60)] == [
        []
    ] * 180


def test_shifted_scores_are_told_once_and_usual_after_two_weeks() -> None:
    rng = np.random.default_rng(3)
    new = np.flip(steady(rng, 30), axis=1)
    past = steady(rng)
    (shift,) = score_shifts(scored(past, new[:1]), [])
    event = Event(1, shift, BEGIN)
    for day in (1, 5, 13):
        watched = replace(scored(past[day:], new[: day + 1]), until=BEGIN + timedelta(days=day))
        assert score_shifts(watched, [event]) == []
        assert scores_ended(watched, event) is (None if day < 13 else Ending.SETTLED)
    settled = replace(event, ended_at=BEGIN + timedelta(days=13), ending=Ending.SETTLED)
    for day in (14, 20):
        watched = replace(scored(past[day:], new[: day + 1]), until=BEGIN + timedelta(days=day))
        assert score_shifts(watched, [settled]) == []


def test_scores_that_are_as_before_again_end_the_event() -> None:
    rng = np.random.default_rng(4)
    past = steady(rng, DAYS + 1)
    event = Event(
        1, Shift(Kind.SCORES, "100", BEGIN - timedelta(days=2), 24, 0.0, 0.5, 1e-9), BEGIN - timedelta(days=1)
    )
    assert scores_ended(scored(past), event) is Ending.OVER
