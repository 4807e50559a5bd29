"""Whatever is let through may be drawn, with odds known before the draw: so what is drawn speaks for the rest."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import AUDIT
from bot.core.messages import Kind
from bot.core.tuning.audit import STRATA, Sampling, halved, in_frame, odds, stratum_of
from bot.core.urgency import is_threat, urgency
from tests.builders import NOW, edit, post, verdict

LIMITS = {"flag": 0.6, "threat": 0.5}
probability = st.floats(0, 1)


@given(probability, probability, st.dictionaries(st.sampled_from(["flag", "threat", "misogyny"]), probability))
def test_nothing_that_is_let_through_has_no_chance(score: float, threat: float, limits: dict[str, float]) -> None:
    assert 0 < odds(verdict(score, threat), limits, 1e-9) <= odds(verdict(score, threat), limits, 1.0) == 1


@given(st.floats(0, 0.599), st.floats(0, 0.599), st.floats(1e-6, 0.9))
def test_what_was_nearer_to_a_threshold_is_never_less_likely_drawn(one: float, other: float, share: float) -> None:
    far, near = sorted((one, other))
    assert odds(verdict(far), LIMITS, share) <= odds(verdict(near), LIMITS, share)


@pytest.mark.parametrize(
    ("score", "threat", "name"),
    [(0.55, 0, "near"), (0.3, 0, "close"), (0.01, 0.4, "near"), (0.1, 0, "apart"), (0, 0, "far")],
)
def test_the_nearest_threshold_in_log_odds_says_which_stratum_it_is(score: float, threat: float, name: str) -> None:
    assert stratum_of(verdict(score, threat), LIMITS) == name


def test_where_no_threshold_is_set_everything_was_far_from_one() -> None:
    assert stratum_of(verdict(0.99), {}) == "far"


def test_small_shares_are_multiplied_as_the_strata_say() -> None:
    found = [odds(verdict(score), LIMITS, 0.0001) / 0.0001 for score in (0.55, 0.3, 0.1, 0.001)]
    assert found == pytest.approx([times for _, _, times in STRATA], rel=1e-3)


@given(st.floats(1e-6, 1), st.integers(1, 1000), st.integers(0, 5000))
def test_odds_fall_with_what_was_drawn_of_the_day_and_never_to_nought(chance: float, per_day: int, drawn: int) -> None:
    assert chance == halved(chance, 0, per_day)
    assert 0 < halved(chance, drawn + 1, per_day) <= halved(chance, drawn, per_day)


def test_at_half_of_the_days_number_odds_are_half_and_at_all_of_it_small() -> None:
    assert [1 / halved(1.0, drawn, 16) for drawn in (7, 8, 12, 14, 15, 16, 17)] == [1, 2, 4, 8, 16, 32, 64]


def drawn(chances: Sequence[float], dice: random.Random, per_day: int) -> list[tuple[int, float]]:
    """Which of a day's messages are drawn, with their odds."""
    found: list[tuple[int, float]] = []
    for number, chance in enumerate(chances):
        now = halved(chance, len(found), per_day)
        if dice.random() < now:
            found.append((number, now))
    return found


class Town:
    """A day's 600 messages that were let through, some of them hateful, most of those late in the day."""

    def __init__(self) -> None:
        dice = random.Random(7)
        scores = [dice.betavariate(0.3, 3) * 0.6 for _ in range(600)]
        self.hateful = [dice.random() < score * (1.5 if number > 300 else 0.5) for number, score in enumerate(scores)]
        self.chances = [odds(verdict(score), LIMITS, 0.1) for score in scores]
        self.truth = sum(self.hateful)

    def estimate(self, day: Sequence[tuple[int, float]]) -> float:
        """Each hateful message of a day's sample stands for as many as its odds say."""
        return sum(self.hateful[number] / chance for number, chance in day)


@pytest.mark.parametrize("per_day", [10, 1000])
def test_weighted_by_its_odds_the_sample_finds_as_much_as_there_is_even_when_the_days_number_is_reached(
    per_day: int,
) -> None:
    """In the mean of 3,000 days, within four standard errors, which are less than 5 % of the truth."""
    town, dice = Town(), random.Random(8)
    estimates = [town.estimate(drawn(town.chances, dice, per_day)) for _ in range(3000)]
    error = stdev(estimates) / math.sqrt(len(estimates))
    assert error < 0.05 * town.truth
    assert abs(fmean(estimates) - town.truth) < 4 * error


def test_had_the_odds_been_left_as_they_were_and_the_rest_dropped_much_would_be_missed() -> None:
    """What the promise above is worth: a test of it can fail."""
    town, dice = Town(), random.Random(9)
    dropped = [drawn(town.chances, dice, 10**9)[:10] for _ in range(1500)]
    assert fmean(town.estimate(day) for day in dropped) < 0.7 * town.truth


def test_with_a_days_number_it_is_passed_by_few() -> None:
    dice = random.Random(1)
    assert all(10 <= len(drawn([0.5] * 2000, dice, 10)) <= 20 for _ in range(100))


def test_only_messages_as_they_were_posted_are_in_the_frame() -> None:
    assert in_frame(post(1))
    assert not in_frame(edit(1, "nytt"))
    assert not in_frame(post(1, kind=Kind.TITLE, advances=False))


def test_only_what_may_be_drawn_is_kept_with_its_words() -> None:
    """Everything else reaches the store as a number and a place."""
    sampling = Sampling(0.1, 20, lambda message: (0.05 if message == post(1).id else 0.5, 0.0))
    may_be, other = (sampling.let_through(post(number), verdict(0.01), LIMITS, NOW) for number in (1, 2))
    assert may_be.flag is not None
    assert other.flag is None
    assert may_be.odds == other.odds


def test_a_sample_stands_in_the_queue_as_any_flag_may_and_never_as_a_threat() -> None:
    numbers = random.Random(2)
    sampling = Sampling(1.0, 20, lambda _: (0.0, numbers.random()))
    flags = [sampling.let_through(post(1), verdict(0.01), LIMITS, NOW).flag for _ in range(200)]
    found = [urgency(flag) for flag in flags if flag is not None]
    assert {0, 100, 200} == set(found)
    assert not any(is_threat(flag.reasons) for flag in flags if flag is not None)
    assert all(reason.rule == AUDIT for flag in flags if flag is not None for reason in flag.reasons)
