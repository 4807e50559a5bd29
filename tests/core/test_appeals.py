"""Who may appeal what, and who may decide it? The rules alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.appeals import Hindrance, Objection, hindrance, objection
from bot.core.cases import Case
from bot.core.flags import State
from bot.core.measures import Act, Measure
from bot.core.statements import Appeal, Outcome, Statement, against_author
from tests.builders import NOW, decision, flag, post

TIMEOUT = Measure(Act.TIMEOUT, timedelta(hours=1))
APPEAL = Appeal(1, NOW, "nej", "sv")


def statement(appeal: Appeal | None = None, state: State = State.UPHELD, **slots: object) -> Statement:
    """A statement on a message of u1, decided by Maja just now."""
    case = Case(1, flag(post(1, "text", author="u1")), state)
    return replace(Statement(1, case, decision(measures=(TIMEOUT,)), appeal=appeal), **slots)  # type: ignore[arg-type]


def test_an_author_may_appeal_within_the_time_and_not_after_it() -> None:
    assert hindrance(statement(), "u1", NOW + timedelta(days=180), 180) is None
    assert hindrance(statement(), "u1", NOW + timedelta(days=180, seconds=1), 180) is Hindrance.LATE


@pytest.mark.parametrize(
    ("about", "who", "problem"),
    [
        (None, "u1", Hindrance.UNKNOWN),
        (statement(), "u2", Hindrance.UNKNOWN),
        (statement(APPEAL), "u2", Hindrance.UNKNOWN),
        (statement(APPEAL), "u1", Hindrance.TWICE),
        (statement(ended_at=NOW), "u1", Hindrance.ENDED),
        (statement(state=State.PENDING), "u1", Hindrance.REOPENED),
    ],
)
def test_what_cannot_be_appealed_has_a_reason(about: Statement | None, who: str, problem: Hindrance) -> None:
    assert hindrance(about, who, NOW, 180) is problem


@pytest.mark.parametrize(
    ("about", "who", "problem"),
    [
        (None, "Mo", Objection.UNKNOWN),
        (statement(), "Mo", Objection.UNKNOWN),
        (statement(replace(APPEAL, outcome=Outcome.REJECTED)), "Mo", Objection.OVER),
        (statement(APPEAL), "u1", Objection.OWN),
        (statement(APPEAL), "Maja", Objection.INVOLVED),
        (statement(APPEAL, State.PENDING), "Mo", Objection.REOPENED),
        (statement(APPEAL), "Mo", None),
    ],
)
def test_nobody_judges_a_case_of_their_own_or_one_they_decided(
    about: Statement | None, who: str, problem: Objection | None
) -> None:
    assert objection(about, who, {"Maja"}) is problem


def test_a_handover_is_no_measure_against_the_author() -> None:
    assert against_author([Measure(Act.HANDOVER)]) == ()
    assert against_author([Measure(Act.WARN), Measure(Act.HANDOVER), TIMEOUT]) == (Measure(Act.WARN), TIMEOUT)
