"""What other thresholds would have done is what a recount of every message says, and little evidence says so."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.core.tuning.evidence import BINS, DISMISSED, PENDING, UPHELD, Cases, Evidence, Scope, bin_of, place
from bot.core.tuning.figures import figures
from bot.core.tuning.shares import LEAST, share, wilson
from bot.core.tuning.simulation import simulate
from classifier.verdict import LABELS
from tests.builders import NOW

NOW_LIMITS = {"flag": 0.8, "threat": 0.6}
scores = st.integers(0, 10_000).map(lambda n: n / 10_000)
message = st.tuples(st.integers(0, 1), scores, scores, st.sampled_from([PENDING, UPHELD, DISMISSED]), st.booleans())
limit = st.integers(0, 99).map(lambda n: n / 100)


def known(messages: list[tuple[int, float, float, int, bool]], days: float = 7.0, audited: float = 0.0) -> Evidence:
    """What is known of messages (channel, flag, threat, decision, whether a word wants it read) under NOW_LIMITS."""
    flagged = [m for m in messages if m[1] >= NOW_LIMITS["flag"] or m[2] >= NOW_LIMITS["threat"] or m[4]]
    below = np.zeros((2, len(LABELS), BINS), np.int64)
    for channel, flag, threat, _, _ in (m for m in messages if m not in flagged):
        below[channel, :, 0] += 1
        for label, value in (("flag", flag), ("threat", threat)):
            below[channel, place(label), 0] -= 1
            below[channel, place(label), bin_of(value)] += 1
    n = len(flagged)
    table = np.zeros((n, len(LABELS)), np.float32)
    table[:, 0], table[:, 1] = [m[1] for m in flagged], [m[2] for m in flagged]
    state = np.array([m[3] for m in flagged], np.int8)
    found = np.zeros((n, len(LABELS)), np.bool_)
    found[:, 0] = state == UPHELD
    cases = Cases(
        np.arange(1, n + 1), np.array([m[0] for m in flagged], np.int32), np.zeros(n, np.int64), table, state, found,
        np.array([m[4] for m in flagged], np.bool_), np.full(n, 1.0 - audited),
    )  # fmt: skip
    scope = Scope(("1",), NOW, NOW + timedelta(days=7))
    read = np.array([sum(m[0] == channel for m in messages) for channel in (0, 1)], np.int64)
    return Evidence(scope, "m", ("1", "2"), ("a", "b"), read, below, np.zeros(24, np.int64), days, cases)


@given(st.lists(message, max_size=40), limit, limit, limit)
@settings(max_examples=200)
def test_it_says_what_a_recount_of_every_message_says(
    messages: list[tuple[int, float, float, int, bool]], flag: float, threat: float, other: float
) -> None:
    """Exactly for one label, and between its bounds for two; the same for cases gained, lost and decided."""
    candidate = [{"flag": flag, "threat": threat}, {"flag": other}]
    evidence = known(messages)
    it = simulate(evidence, [NOW_LIMITS, NOW_LIMITS], candidate)

    def by(limits: list[dict[str, float]], m: tuple[int, float, float, int, bool]) -> bool:
        here = limits[m[0]]
        return m[1] >= here.get("flag", math.inf) or m[2] >= here.get("threat", math.inf)

    def reaches(m: tuple[int, float, float, int, bool], limits: list[dict[str, float]]) -> bool:
        return by(limits, m) or m[4]

    true = sum(reaches(m, candidate) for m in messages) / 7
    assert it.then.flags.least - 1e-9 <= true <= it.then.flags.most + 1e-9
    assert it.now.flags.least == it.now.flags.most
    assert math.isclose(it.now.flags.least, sum(reaches(m, [NOW_LIMITS] * 2) for m in messages) / 7)
    single = simulate(evidence, [NOW_LIMITS] * 2, [{**NOW_LIMITS, "flag": flag}] * 2)
    recount = sum(reaches(m, [{**NOW_LIMITS, "flag": flag}] * 2) for m in messages) / 7
    assert math.isclose(single.then.flags.least, recount)
    assert math.isclose(single.then.flags.most, recount)
    lost = [m for m in messages if reaches(m, [NOW_LIMITS] * 2) and not reaches(m, candidate)]
    assert it.lost.upheld == sum(m[3] == UPHELD for m in lost)
    assert it.lost.dismissed == sum(m[3] == DISMISSED for m in lost)
    assert it.lost.pending == sum(m[3] == PENDING for m in lost)
    assert len(it.lost.flags) == it.lost.upheld + it.lost.dismissed


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_wilsons_as_scipy_has_it(drawn: tuple[int, int]) -> None:
    """Written out, since loading scipy.stats takes longer than an answer may."""
    upheld, decided = drawn
    expected = binomtest(upheld, decided).proportion_ci(0.95, "wilson")
    assert np.allclose(wilson(upheld, decided), (expected.low, expected.high), atol=1e-9)


def test_a_handful_of_decisions_is_no_answer() -> None:
    """Fewer than LEAST decided cases: no share and no interval, but how many there are."""
    few = share(np.ones(LEAST - 1, np.bool_))
    assert (few.upheld, few.decided, few.value, few.low, few.few) == (LEAST - 1, LEAST - 1, None, None, True)
    enough = share(np.ones(LEAST, np.bool_))
    assert enough.value == 1.0
    assert enough.low is not None
    assert enough.low < 0.9
    assert enough.high == 1.0


def test_nothing_read_divides_by_nothing() -> None:
    """No message, no day, no decision: no flags a day, no share, and every figure is a number or nothing."""
    it = simulate(known([], days=0.0), [NOW_LIMITS] * 2, [{"flag": 0.0}] * 2)
    assert (it.then.flags.least, it.then.flags.most, it.then.precision.value) == (0.0, 0.0, None)
    assert "nan" not in str(figures(it)).lower()
    assert "inf" not in str(figures(it)).lower()


def test_an_hour_is_not_multiplied_into_a_day() -> None:
    """Five flags in an hour are five a day so far, not a hundred and twenty."""
    five = [(0, 0.9, 0.0, PENDING, False)] * 5
    assert simulate(known(five, days=1 / 24), [NOW_LIMITS] * 2, [NOW_LIMITS] * 2).now.flags.most == 5


def test_what_was_let_through_is_known_to_be_right_only_where_it_was_drawn() -> None:
    """Precision is of what had been flagged; that of what is gained is of the audited, each by its odds."""
    n = 30
    table = np.zeros((n, len(LABELS)), np.float32)
    table[:, 0] = 0.75
    state = np.array([UPHELD, DISMISSED] * (n // 2), np.int8)
    odds = np.where(state == UPHELD, 0.1, 0.05)
    none = np.zeros(n, np.bool_)
    cases = Cases(np.arange(n), np.zeros(n, np.int32), np.zeros(n, np.int64), table, state,
                  np.zeros((n, len(LABELS)), np.bool_), none, odds)  # fmt: skip
    bare = known([(0, 0.75, 0.0, PENDING, False)] * 100)
    evidence = Evidence(bare.scope, "m", bare.channels, bare.names, bare.read, bare.below, bare.by_hour, 7.0, cases)
    it = simulate(evidence, [NOW_LIMITS] * 2, [{"flag": 0.7}] * 2)
    assert it.then.precision.few
    assert it.gained_precision.value is not None
    assert math.isclose(it.gained_precision.value, 1 / 3)
    assert math.isclose(it.then.unread.most, 100 / 7)
    assert (it.gained.upheld, it.gained.dismissed) == (15, 15)


def test_a_report_brings_its_case_whatever_the_thresholds_and_counts_once() -> None:
    """Reported and let through: it reaches a human now, and where a threshold flags it, it is not counted twice."""
    table = np.zeros((1, len(LABELS)), np.float32)
    table[0, 0] = 0.75
    one = np.ones(1, np.bool_)
    cases = Cases(np.array([9]), np.zeros(1, np.int32), np.zeros(1, np.int64), table, np.array([UPHELD], np.int8),
                  np.zeros((1, len(LABELS)), np.bool_), one, np.ones(1), one)  # fmt: skip
    bare = known([(0, 0.75, 0.0, PENDING, False)])
    evidence = Evidence(bare.scope, "m", bare.channels, bare.names, bare.read, bare.below, bare.by_hour, 7.0, cases)
    assert cases.missed.tolist() == [True]
    it = simulate(evidence, [NOW_LIMITS] * 2, [{"flag": 0.7}] * 2)
    assert it.now.flags.most == it.then.flags.most == 1 / 7
    assert it.gained.flags == (9,)
