"""Does what decisions say of a label stand for every message there was, counted by hand one by one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.tuning.evidence import BINS, DISMISSED, PENDING, UPHELD, Cases, Evidence, Scope, place
from bot.core.tuning.sample import GRID, Sample, as_in_force, sample_of
from classifier.verdict import LABELS
from tests.builders import NOW

FLAG, THREAT = place("flag"), place("threat")
IN_FORCE = {"flag": 0.8, "threat": 0.6}


@dataclass(frozen=True)
class One:
    """A message that reached a human: by its scores, a word, its odds, a member's report."""

    flag: float = 0.9
    threat: float = 0.0
    state: int = UPHELD
    is_threat: bool = False
    anyway: bool = False
    odds: float = 1.0
    reported: bool = False  # by reports alone


def evidence_of(ones: Sequence[One], let_through: int | None = None) -> Evidence:
    """What is known of them, where so many were let through in all; as many as they stand for, if it is not said."""
    scores = np.zeros((len(ones), len(LABELS)), np.float32)
    found = np.zeros((len(ones), len(LABELS)), np.bool_)
    for row, one in enumerate(ones):
        scores[row, FLAG], scores[row, THREAT] = one.flag, one.threat
        found[row, FLAG] = one.state == UPHELD
        found[row, THREAT] = one.is_threat and one.state == UPHELD
    below = np.zeros((1, len(LABELS), BINS), np.int64)
    stands_for = sum(1 / one.odds for one in ones if one.odds < 1) + sum(one.reported for one in ones)
    below[:, :, 0] = round(stands_for) if let_through is None else let_through
    cases = Cases(
        flag=np.arange(len(ones)),
        channel=np.zeros(len(ones), np.int32),
        at=np.zeros(len(ones), np.int64),
        scores=scores,
        state=np.array([one.state for one in ones], np.int8),
        found=found,
        anyway=np.array([one.anyway for one in ones], np.bool_),
        odds=np.array([one.odds for one in ones], np.float64),
        reported=np.array([one.reported for one in ones], np.bool_),
    )
    scope = Scope(("1",), NOW - timedelta(days=7), NOW)
    return Evidence(scope, "m", ("1",), ("a",), np.array([0]), below, np.zeros(24, np.int64), 7.0, cases)


def sampled(ones: Sequence[One], label: str = "flag", let_through: int | None = None) -> Sample:
    """What they say of a label under IN_FORCE."""
    limits = np.tile([IN_FORCE.get(each, np.inf) for each in LABELS], (len(ones), 1))
    return sample_of(evidence_of(ones, let_through), label, limits)


def caught_by(one: One, label: str, threshold: float) -> bool:
    """Whether a message would reach a human by a threshold of a label, all else as it is; in 32 bits, as simulated."""
    value, other = (one.flag, one.threat) if label == "flag" else (one.threat, one.flag)
    by_other = np.float32(other) >= np.float32(IN_FORCE["threat" if label == "flag" else "flag"])
    by_word = one.anyway and one.odds == 1 and not one.reported and not np.float32(value) >= np.float32(IN_FORCE[label])
    return bool(np.float32(value) >= np.float32(threshold) or by_other or by_word)


hundredths = st.integers(0, 100).map(lambda n: n / 100)
flagged = st.builds(
    One, hundredths, hundredths, st.sampled_from([PENDING, UPHELD, DISMISSED]), st.booleans(), st.booleans()
)
drawn = st.builds(
    One, hundredths, hundredths, st.sampled_from([PENDING, UPHELD, DISMISSED]), st.booleans(), st.booleans(),
    st.sampled_from([0.5, 0.125, 0.01]),
)  # fmt: skip
reported = st.builds(
    One, hundredths, hundredths, st.sampled_from([PENDING, UPHELD, DISMISSED]), st.booleans(), st.just(True),
    st.just(1.0), st.just(True),
)  # fmt: skip
anything = st.lists(st.one_of(flagged, drawn, reported), max_size=40)


@given(anything, st.sampled_from(["flag", "threat"]))
@settings(deadline=None, max_examples=150)
def test_each_decided_case_is_caught_by_just_the_thresholds_that_would_bring_it_to_a_human(
    ones: list[One], label: str
) -> None:
    """Held against the rule itself, at every threshold; what was found is what a human found."""
    known = sampled(ones, label)
    read = [one for one in ones if one.state != PENDING]
    for one, step, found, let_by in zip(read, known.step, known.found, known.let_by, strict=True):
        assert [caught_by(one, label, float(at)) for at in GRID] == [step >= place for place in range(len(GRID))]
        assert found == (one.state == UPHELD and (label == "flag" or one.is_threat))
        assert let_by == (one.odds < 1 or one.reported)


@given(anything)
@settings(deadline=None, max_examples=150)
def test_decided_cases_stand_for_all_of_their_kind(ones: list[One]) -> None:
    """Each kind adds up to what is known of it, wherever one of it was read; flags by tenths of their score."""
    known = sampled(ones, let_through=0)  # nothing is missing from so few
    read = [one for one in ones if one.state != PENDING]
    kinds = {_kind(one) for one in read}
    for kind in kinds:
        stands_for = sum(w for one, w in zip(read, known.weight, strict=True) if _kind(one) == kind)
        all_of_it = sum(1.0 if _is_known(one) else 1 / one.odds for one in ones if _kind(one) == kind)
        assert stands_for == pytest.approx(all_of_it)
    assert (known.weight >= 1).all()


def _is_known(one: One) -> bool:
    return one.reported or (one.odds < 1 and one.anyway)


def _kind(one: One) -> object:
    return "reported" if _is_known(one) else one.odds


@pytest.mark.parametrize("place", range(101))
def test_a_score_on_a_threshold_reaches_it_and_the_next_number_below_does_not(place: int) -> None:
    """As 32 bits hold it: 0.7 is stored as a little less, and still is 0.7."""
    on = np.float32(place / 100)
    under = np.nextafter(on, np.float32(-1))
    known = sampled([One(float(on), odds=0.5), One(max(0.0, float(under)), odds=0.5)], let_through=4)
    assert known.step.tolist() == [place, max(0, place - 1)]


def test_a_threshold_of_another_label_is_reached_in_32_bits_too() -> None:
    known = sampled([One(0.1, float(np.float32(0.6)), odds=0.5), One(0.1, 0.5999, odds=0.5)], let_through=4)
    assert known.step.tolist() == [BINS + 1, 10]


def test_pending_flags_are_like_decided_ones_of_about_their_score() -> None:
    """The surest are decided first: of forty that are barely flagged only the four that were read speak for them."""
    sure, barely = One(0.95), One(0.82)
    waiting = One(0.82, state=PENDING)
    known = sampled([sure] * 10 + [barely] * 4 + [waiting] * 36)
    assert known.weight.tolist() == [1.0] * 10 + [10.0] * 4


def test_pending_flags_of_which_none_was_read_are_like_the_nearest() -> None:
    known = sampled([One(0.95), One(0.85), One(0.31, state=PENDING), One(0.42, state=PENDING)])
    assert known.weight.tolist() == [1.0, 3.0]


def test_what_members_reported_stands_for_itself_drawn_or_not() -> None:
    """Or else it would be counted by itself and once more by the audits that stand for it."""
    audited = One(0.3, state=DISMISSED, odds=0.1)
    by_chance_too = One(0.3, odds=0.1, anyway=True)
    known = sampled([audited] * 9 + [by_chance_too, One(0.3, anyway=True, reported=True)])
    assert known.weight.tolist() == [10.0] * 9 + [1.0, 1.0]
    assert known.step.tolist() == [30] * 11


def test_where_the_audit_ran_half_the_time_each_sample_stands_for_twice_as_many() -> None:
    audits = [One(0.1, state=DISMISSED, odds=0.1)] * 200
    assert not sampled(audits, let_through=2_000).gaps
    assert not sampled(audits, let_through=2_300).gaps, "so few more may be chance"
    half = sampled(audits, let_through=4_000)
    assert half.gaps
    assert half.weight.sum() == pytest.approx(4_000)


def test_without_an_audit_a_single_miss_could_stand_for_all_that_was_let_through() -> None:
    known = sampled([One()], let_through=5_000)
    assert (known.audited, known.heaviest) == (0, 5_000.0)


def test_of_nothing_there_is_a_sample_of_nothing() -> None:
    known = sampled([])
    assert (len(known.step), known.audited, known.heaviest) == (0, 0, 1.0)


def test_over_many_draws_the_misses_that_audits_stand_for_are_those_there_were() -> None:
    """Unbiased (Horvitz & Thompson), with some of it reported and some of the samples unread."""
    random, sums = np.random.default_rng(6), []
    town = [(score, score > 0.5 or number % 9 == 0) for number, score in enumerate(random.random(300) * 0.79)]
    truth = sum(is_hate for _, is_hate in town)
    for _ in range(400):
        ones, dice = [], random.random((len(town), 3))
        for (score, is_hate), (draw, tell, come) in zip(town, dice, strict=True):
            odds, tells = (0.5 if score > 0.4 else 0.2), is_hate and tell < 0.3
            state = (UPHELD if is_hate else DISMISSED) if come < 0.8 else PENDING
            if draw < odds:
                ones.append(One(score, state=state, odds=odds, anyway=tells))
            elif tells:
                ones.append(One(score, state=state, anyway=True, reported=True))
        known = sampled(ones, let_through=len(town))
        sums.append(known.weight[known.found].sum())
    assert np.mean(sums) == pytest.approx(truth, abs=4 * np.std(sums) / np.sqrt(len(sums)))


def test_of_a_motive_is_caught_now_what_any_threshold_brings_to_a_human() -> None:
    """A motive has no threshold of its own: what reaches those of flag or threat is caught, and the rest is missed."""
    limits = np.tile([IN_FORCE.get(each, np.inf) for each in LABELS], (4, 1))
    ones = [One(0.9), One(0.1, 0.7), One(0.7), One(0.2, anyway=True)]
    known = as_in_force(evidence_of(ones), "misogyny", limits)
    assert known.step.tolist() == [BINS + 1, BINS + 1, 0, BINS + 1]
