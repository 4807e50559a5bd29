"""Who may appeal what, and who may decide it? Pure answers; the store asks them inside its transaction.

An author may appeal each statement once, within its time, while the decision stands. Whoever took part in the case may
not judge it again, and nobody judges a case of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.flags import State
from bot.core.statements import Statement

LONGEST_WORDS = 1_000
LONGEST_ANSWER = 500


class Hindrance(StrEnum):
    """Why an author cannot appeal."""

    UNKNOWN = "unknown"  # or somebody else's, which is nobody's business
    TWICE = "twice"
    ENDED = "ended"
    REOPENED = "reopened"
    LATE = "late"


class Objection(StrEnum):
    """Why somebody cannot decide an appeal."""

    UNKNOWN = "unknown"
    OVER = "over"  # somebody was faster
    OWN = "own"
    INVOLVED = "involved"
    REOPENED = "reopened"
    RESTRICTED = "restricted"  # as its author has asked: nobody reads it


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open appeal as somebody sees it among others, with what keeps that person from deciding it, if anything does.

    `statement` is never without its appeal.
    """

    statement: Statement
    objection: Objection | None


def hindrance(statement: Statement | None, who: str, now: datetime, days: int) -> Hindrance | None:
    """What keeps somebody from appealing, if anything does."""
    if statement is None or statement.author != who:
        return Hindrance.UNKNOWN
    if statement.appeal is not None:
        return Hindrance.TWICE
    if statement.ended_at is not None:
        return Hindrance.ENDED
    if statement.case.state is not State.UPHELD:
        return Hindrance.REOPENED
    return Hindrance.LATE if now > statement.appealable_until(days) else None


def objection(statement: Statement | None, who: str, deciders: Collection[str]) -> Objection | None:
    """What keeps somebody from deciding an appeal, if anything does."""
    if statement is None or statement.appeal is None:
        return Objection.UNKNOWN
    if statement.appeal.outcome is not None:
        return Objection.OVER
    if statement.author == who:
        return Objection.OWN
    if who in deciders:
        return Objection.INVOLVED
    if statement.case.restricted:
        return Objection.RESTRICTED
    return None if statement.case.state is State.UPHELD else Objection.REOPENED
