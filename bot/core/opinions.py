"""Who may decide an open case now, and what does a decision become, given what others have said of it?

Nobody decides about a message of their own, whatever their rank: nor asks for opinions on it, hands it on or reads it
again. Apart from that, an open case waits for somebody:

    anyone    whoever looks at it decides it
    another   a second opinion was asked for: anybody but the asker decides it, without seeing how the asker leans
    joint     two have read it and disagree: a third person decides it, or a lead; that is final
    leads     it was escalated: a lead decides it; that is final

    waits for   pressed by                   the press becomes
    anyone      anybody                      a decision
    another     the asker                    refused
    another     somebody else, who agrees    a decision (and so it does where the asker was unsure)
    another     somebody else, who does not  an opinion; the case waits for a joint decision
    joint       somebody new, or a lead      a decision
    joint       who has given an opinion     refused
    leads       a lead                       a decision
    leads       somebody else                refused

So that nothing gets stuck where moderators are few: every case that waits can be escalated, and a lead then decides it
alone, also one who has given an opinion, or asked for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.core.flags import Step


class Waits(IntEnum):
    """Whom an open case waits for; the higher, the more it presses among its like."""

    ANYONE = 0
    ANOTHER = 1
    JOINT = 2
    LEADS = 3


class Lean(StrEnum):
    """How somebody sees a case."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    UNSURE = "unsure"


class Kind(StrEnum):
    """How an opinion came about."""

    ASKED = "asked"  # with the question for a second one
    SECOND = "second"  # in answer to that
    DRAWN = "drawn"  # by reading a decided case again, blind


class Course(StrEnum):
    """What a press becomes: a decision, an opinion, or nothing, for one of four reasons."""

    DECISION = "decision"
    OPINION = "opinion"
    ASKER = "asker"  # refused: one's own question waits for somebody else
    GIVEN = "given"  # refused: one's opinion is given already
    LEADS = "leads"  # refused: only a lead may
    OWN = "own"  # refused: it is one's own message


@dataclass(frozen=True, slots=True)
class Opinion:
    """How somebody sees a case, and why."""

    flag: int
    kind: Kind
    by: str
    lean: Lean
    at: datetime
    motives: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """Somebody has handed a case to the leads, and why."""

    flag: int
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asks for something to read, when, and whether that is a lead."""

    who: str
    at: datetime
    leads: bool = False


def course(waits: Waits, opinions: Sequence[Opinion], step: Step, who: str, leads: bool, *, author: str = "") -> Course:
    """What a press on an open case becomes; `author` wrote what it is about."""
    if who == author:
        return Course.OWN
    if waits is Waits.LEADS:
        return Course.DECISION if leads else Course.LEADS
    if waits is Waits.JOINT:
        return Course.GIVEN if who in _authors(opinions) and not leads else Course.DECISION
    if waits is Waits.ANOTHER:
        if who in _authors(opinions):
            return Course.ASKER
        return Course.DECISION if all(agrees(each.lean, step) for each in opinions) else Course.OPINION
    return Course.DECISION


def agrees(lean: Lean, step: Step) -> bool:
    """Whether a decision goes against nothing that somebody leant to."""
    return lean is Lean.UNSURE or lean == step.value


def may_ask(waits: Waits) -> bool:
    """Whether a second opinion can be asked for."""
    return waits is Waits.ANYONE


def shows_opinions(waits: Waits, is_open: bool) -> bool:
    """Whether opinions may be seen: not while somebody still reads blind."""
    return not is_open or waits in (Waits.JOINT, Waits.LEADS)


def _authors(opinions: Iterable[Opinion]) -> set[str]:
    return {opinion.by for opinion in opinions}
