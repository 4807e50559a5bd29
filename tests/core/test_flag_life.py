"""A flag's life is a table, and only people take its steps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import Refused
from bot.core.flags import TRANSITIONS, Decision, State, Step, decide
from bot.core.measures import Act, Measure
from classifier.verdict import MOTIVES
from tests.builders import NOW, decision

DECIDED = (State.UPHELD, State.DISMISSED)
nobodies = st.text(alphabet=" \t\n\u00a0\u200b\u2060.-")
names = st.text(min_size=1).filter(lambda name: any(map(str.isalnum, name)))
decisions = st.builds(
    Decision,
    flag=st.integers(1, 99),
    step=st.sampled_from(Step),
    by=names | nobodies,
    at=st.just(NOW),
    motives=st.lists(st.sampled_from([*MOTIVES, "bad mood"]), max_size=3).map(tuple),
    note=st.text(max_size=20),
)


def tried(state: State, wish: Decision) -> State:
    """The state after a decision, the same one where it was refused."""
    try:
        return decide(state, wish)
    except Refused:
        return state


@given(st.sampled_from(State), st.sampled_from(Step), nobodies)
def test_no_step_is_taken_without_a_person(state: State, step: Step, nobody: str) -> None:
    with pytest.raises(Refused, match="only a person decides"):
        decide(state, decision(step=step, by=nobody))


@settings(deadline=None)  # a busy machine once took 250 ms for one of them
@given(st.lists(decisions, max_size=12))
def test_once_decided_a_flag_stays_as_decided_until_a_person_reopens_it(wishes: list[Decision]) -> None:
    state = State.PENDING
    for wish in wishes:
        after = tried(state, wish)
        if after is not state:
            assert any(map(str.isalnum, wish.by))
            assert (wish.step is Step.REOPEN) == (state in DECIDED)
        state = after


@given(st.sampled_from(State), decisions)
def test_taking_the_same_decision_again_changes_nothing(state: State, wish: Decision) -> None:
    once = tried(state, wish)
    assert tried(once, wish) is once


@given(st.sampled_from(State), st.sampled_from(Step), names)
def test_whatever_is_not_in_the_table_is_refused_with_the_flag_and_both_states(
    state: State, step: Step, name: str
) -> None:
    outcome = {Step.UPHOLD: State.UPHELD, Step.DISMISS: State.DISMISSED, Step.REOPEN: State.PENDING}[step]
    wish = decision(7, step, name)
    if (state, step) in TRANSITIONS:
        assert decide(state, wish) is TRANSITIONS[state, step] is outcome
    elif state is outcome:
        assert decide(state, wish) is state
    else:
        with pytest.raises(Refused, match=f"flag 7 is already {state}: it cannot be changed to {outcome}"):
            decide(state, wish)


def test_a_pending_flag_is_decided_and_a_decided_one_is_reopened_and_nothing_else() -> None:
    assert {(state, step) for state, step in TRANSITIONS} == {
        (State.PENDING, Step.UPHOLD),
        (State.PENDING, Step.DISMISS),
        *((state, Step.REOPEN) for state in DECIDED),
    }


def test_a_motive_is_one_of_the_labelling_guides() -> None:
    with pytest.raises(Refused, match="unknown motive bad mood; choose among threat, antisemitism, "):
        decide(State.PENDING, decision(motives=("misogyny", "bad mood")))
    assert decide(State.PENDING, decision(motives=MOTIVES)) is State.UPHELD


def test_a_dismissed_flag_has_no_motive() -> None:
    with pytest.raises(Refused, match="leave --motive out"):
        decide(State.PENDING, decision(step=Step.DISMISS, motives=("misogyny",)))


@pytest.mark.parametrize("step", [Step.DISMISS, Step.REOPEN])
def test_a_measure_needs_an_upheld_flag(step: Step) -> None:
    with pytest.raises(Refused, match="a measure needs an upheld flag"):
        decide(State.PENDING, decision(step=step, measures=(Measure(Act.DELETE),)))


@pytest.mark.parametrize("length", [None, timedelta(seconds=59), timedelta(days=28, seconds=1)])
def test_a_time_out_lasts_from_a_minute_to_28_days(length: timedelta | None) -> None:
    with pytest.raises(Refused, match="from one minute to 28 days"):
        decide(State.PENDING, decision(measures=(Measure(Act.TIMEOUT, length),)))
    for fine in (timedelta(minutes=1), timedelta(days=28)):
        assert decide(State.PENDING, decision(measures=(Measure(Act.TIMEOUT, fine),))) is State.UPHELD


def test_a_measure_stands_once_and_only_a_time_out_has_a_length() -> None:
    with pytest.raises(Refused, match="each measure once"):
        decide(State.PENDING, decision(measures=(Measure(Act.WARN), Measure(Act.WARN))))
    with pytest.raises(Refused, match="only a time-out has a length"):
        decide(State.PENDING, decision(measures=(Measure(Act.DELETE, timedelta(hours=1)),)))
