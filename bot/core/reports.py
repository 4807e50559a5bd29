"""What does somebody report, and what becomes of it? Frozen values that store and platform speak.

A report is about a message as it reads, about a person, or about something that happened elsewhere in the server. It
meets the case that its message has, or makes one; it never decides anything. Who reported is known to the one who
reports and to the store's table of reporters: no case, no card and no line of a log holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.flags import Flag, State

LONGEST_WORDS = 1_000
SHOWN = 3  # voices on a card, the latest
HOUR = timedelta(hours=1)


class Category(StrEnum):
    """What it is about."""

    HATE = "hate"
    THREAT = "threat"
    HARASSMENT = "harassment"
    SPAM = "spam"
    OTHER = "other"


class Hurt(StrEnum):
    """Whom it hurts."""

    ME = "me"
    SOMEBODY = "somebody"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says. `against` are motives: whom hate is aimed at, as that person sees it."""

    category: Category
    hurt: Hurt
    words: str = ""
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports. A trusted one is read first; that is all."""

    id: str
    language: str = "sv"
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report to be saved; `flag` is the case that it makes where it meets none."""

    reporter: Reporter
    complaint: Complaint
    flag: Flag
    at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How many reports in any hour: from one person, and on one person before further ones meet in one case."""

    per_reporter: int = 10
    per_target: int = 30
    half_life: timedelta = timedelta(days=14)  # of what an abusive report costs its reporter


@dataclass(frozen=True, slots=True)
class Receipt:
    """A saved report: its number, and the state of the case that it met."""

    number: int
    flag: int
    state: State


class Unheard(StrEnum):
    """Why a report was not taken."""

    TOO_MANY = "too-many"
    TWICE = "twice"  # the same person, the same message
    FORGOTTEN = "forgotten"  # the case's text is forgotten, and the case with it


@dataclass(frozen=True, slots=True)
class Voice:
    """What one report says, as moderators see it; `words` is None once they were forgotten."""

    number: int
    category: Category
    hurt: Hurt
    against: tuple[str, ...]
    words: str | None
    at: datetime
    abusive: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was reported of a case: how many reports, how many of them since its decision, the latest voices."""

    count: int = 0
    late: int = 0
    voices: Sequence[Voice] = ()
    flood: bool = False  # more reports on this member in an hour than the limit
    elsewhere: Sequence[tuple[str, str]] = ()  # channel and id of other messages whose reports met here
    unanswered: bool = False  # for too long
    markable: Sequence[int] = ()  # numbers of the latest reports that a moderator may find abusive


class Outcome(StrEnum):
    """What a reporter is told."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
    ABUSIVE = "abusive"


@dataclass(frozen=True, slots=True)
class Answer:
    """Something to tell a reporter; `changed` where another outcome was told before, `tried` where it may have been
    told already, just before a crash."""

    id: int
    report: int
    who: str
    language: str
    outcome: Outcome
    changed: bool = False
    tried: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """A report as its own reporter sees it."""

    number: int
    category: Category
    at: datetime
    outcome: Outcome | None = None  # of the case as it is now; None while it is open
    abusive: bool = False
