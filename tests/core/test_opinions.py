"""Who may decide an open case is one table: nobody alone where two are wanted, nobody stuck where few are there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import Case, blinded
from bot.core.flags import State, Step
from bot.core.opinions import (
    Course,
    Escalation,
    Kind,
    Lean,
    Opinion,
    Waits,
    agrees,
    course,
    may_ask,
    shows_opinions,
)
from bot.core.urgency import THREAT, place
from tests.builders import NOW, decision, flag

STEPS = st.sampled_from([Step.UPHOLD, Step.DISMISS])
people = st.sampled_from(["1", "2", "3"])


def opinion(by: str = "1", lean: Lean = Lean.UPHOLD, kind: Kind = Kind.ASKED) -> Opinion:
    return Opinion(1, kind, by, lean, NOW)


said = st.lists(st.builds(opinion, people, st.sampled_from(Lean)), max_size=2, unique_by=lambda each: each.by)
KEPT = {Course.DECISION, Course.OPINION}


@given(said, STEPS, people, st.booleans())
def test_what_waits_for_anyone_is_decided_by_anyone(opinions: list[Opinion], step: Step, who: str, leads: bool) -> None:
    assert course(Waits.ANYONE, opinions, step, who, leads) is Course.DECISION


@given(st.sampled_from(Waits), said, STEPS, people, st.booleans())
def test_nobody_decides_about_a_message_of_their_own_whatever_their_rank(
    waits: Waits, opinions: list[Opinion], step: Step, who: str, leads: bool
) -> None:
    assert course(waits, opinions, step, who, leads, author=who) is Course.OWN


@given(st.sampled_from(Lean), STEPS, people, st.booleans())
def test_whoever_asked_does_not_decide_and_whoever_else_does_where_they_agree(
    lean: Lean, step: Step, who: str, leads: bool
) -> None:
    found = course(Waits.ANOTHER, [opinion("1", lean)], step, who, leads)
    if who == "1":
        assert found is Course.ASKER
    else:
        assert found is (Course.DECISION if lean in (Lean.UNSURE, step.value) else Course.OPINION)


@given(said, STEPS, people, st.booleans())
def test_a_joint_decision_is_a_third_persons_or_a_leads(
    opinions: list[Opinion], step: Step, who: str, leads: bool
) -> None:
    found = course(Waits.JOINT, opinions, step, who, leads)
    new = who not in {each.by for each in opinions}
    assert found is (Course.DECISION if leads or new else Course.GIVEN)


@given(said, STEPS, people, st.booleans())
def test_what_was_escalated_is_a_leads_and_nobody_elses(
    opinions: list[Opinion], step: Step, who: str, leads: bool
) -> None:
    assert course(Waits.LEADS, opinions, step, who, leads) is (Course.DECISION if leads else Course.LEADS)


@given(st.sampled_from(Waits), said, STEPS, people)
def test_nothing_is_stuck_for_a_lead_who_is_alone(waits: Waits, opinions: list[Opinion], step: Step, who: str) -> None:
    now = course(waits, opinions, step, who, leads=True)
    assert now in KEPT or course(Waits.LEADS, opinions, step, who, leads=True) is Course.DECISION


@given(st.sampled_from(Waits), said, STEPS, people)
def test_being_a_lead_never_takes_anything_away(waits: Waits, opinions: list[Opinion], step: Step, who: str) -> None:
    if course(waits, opinions, step, who, leads=False) is Course.DECISION:
        assert course(waits, opinions, step, who, leads=True) is Course.DECISION


@given(st.sampled_from(Waits))
def test_how_somebody_leans_is_hidden_exactly_while_somebody_else_is_to_read_blind(waits: Waits) -> None:
    assert shows_opinions(waits, is_open=True) is (waits in (Waits.JOINT, Waits.LEADS))
    assert shows_opinions(waits, is_open=False)
    assert may_ask(waits) is (waits is Waits.ANYONE)


@pytest.mark.parametrize(("lean", "steps"), [(Lean.UPHOLD, [Step.UPHOLD]), (Lean.DISMISS, [Step.DISMISS]),
                                             (Lean.UNSURE, [Step.UPHOLD, Step.DISMISS])])  # fmt: skip
def test_who_is_unsure_agrees_with_everything(lean: Lean, steps: list[Step]) -> None:
    assert [step for step in (Step.UPHOLD, Step.DISMISS) if agrees(lean, step)] == steps


urgencies = st.sampled_from([0, 100, 205, THREAT, THREAT + 100])


@given(urgencies, urgencies, st.sampled_from(Waits), st.sampled_from(Waits))
def test_a_threat_is_before_all_else_and_among_its_like_the_more_pressing_is_first(
    one: int, other: int, waits: Waits, others: Waits
) -> None:
    first = place(one, waits, 1) < place(other, others, 2)
    if (one >= THREAT) != (other >= THREAT):
        assert first is (one >= THREAT)
    elif waits is not others:
        assert first is (waits > others)
    else:
        assert first is (one >= other)


@given(st.sampled_from([Step.UPHOLD, Step.DISMISS]), st.integers(-5, 5))
def test_a_case_to_be_read_again_shows_nothing_of_its_first_reading(step: Step, minutes: int) -> None:
    moment = NOW + timedelta(minutes=minutes)
    decided = Case(
        1,
        flag(),
        State.UPHELD if step is Step.UPHOLD else State.DISMISSED,
        decision(1, step, "1", note="så är det"),
        withdrawn_at=moment,
        edited_at=moment,
        opinions=(opinion(),),
        escalation=Escalation(1, "2", NOW),
    )
    shown = blinded(decided)
    assert shown.is_open
    assert (shown.decision, shown.opinions, shown.escalation, shown.waits) == (None, (), None, Waits.ANYONE)
    assert (shown.withdrawn_at is None) == (shown.edited_at is None) == (minutes >= 0)
