"""A flag's life is a table, and only people take its steps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import Refused
from bot.core.flags import TRANSITIONS, Decision, State, Step, decide
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
def test_once_decided_a_flag_stays_as_the_first_person_decided(wishes: list[Decision]) -> None:
    state, first = State.PENDING, None
    for wish in wishes:
        state = tried(state, wish)
        if first is None and state is not State.PENDING:
            first = state
            assert (State.PENDING, wish.step) in TRANSITIONS
            assert any(map(str.isalnum, wish.by))
        assert state is (first or State.PENDING)


@given(st.sampled_from(State), decisions)
def test_taking_the_same_decision_again_changes_nothing(state: State, wish: Decision) -> None:
    once = tried(state, wish)
    assert tried(once, wish) is once


@given(st.sampled_from(State), st.sampled_from(Step), names)
def test_whatever_is_not_in_the_table_is_refused_with_the_flag_and_both_states(
    state: State, step: Step, name: str
) -> None:
    outcome = {Step.UPHOLD: State.UPHELD, Step.DISMISS: State.DISMISSED}[step]
    wish = decision(7, step, name)
    if (state, step) in TRANSITIONS:
        assert decide(state, wish) is TRANSITIONS[state, step] is outcome
    elif state is outcome:
        assert decide(state, wish) is state
    else:
        with pytest.raises(Refused, match=f"flag 7 is already {state}: it cannot be changed to {outcome}"):
            decide(state, wish)


def test_every_way_out_of_pending_is_in_the_table_and_no_decided_state_has_one() -> None:
    assert {state for state, _ in TRANSITIONS} == {State.PENDING}
    assert set(TRANSITIONS.values()) == set(DECIDED)
    assert {step for _, step in TRANSITIONS} == set(Step)


def test_a_motive_is_one_of_the_labelling_guides() -> None:
    with pytest.raises(Refused, match="unknown motive bad mood; choose among antisemitism, "):
        decide(State.PENDING, decision(motives=("misogyny", "bad mood")))
    assert decide(State.PENDING, decision(motives=MOTIVES)) is State.UPHELD


def test_a_dismissed_flag_has_no_motive() -> None:
    with pytest.raises(Refused, match="leave --motive out"):
        decide(State.PENDING, decision(step=Step.DISMISS, motives=("misogyny",)))
