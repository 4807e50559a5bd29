"""What is an author told of a decision, and what did the author say to it? Frozen values for store and platform.

A statement of reasons belongs to one decision that upheld a flag with a measure against the author. News of it are told
one by one: the statement itself, then what became of it. Each is told once, by direct message, or it waits until the
author asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.cases import Case
from bot.core.flags import Decision
from bot.core.measures import Act, Measure

AGAINST_AUTHOR = frozenset({Act.DELETE, Act.WARN, Act.TIMEOUT})  # a handover is told to nobody


class Outcome(StrEnum):
    """How an appeal ended."""

    GRANTED = "granted"
    REJECTED = "rejected"
    OVERTAKEN = (
        "overtaken"  # the decision was taken back or made anew for another reason, so nothing was left to decide
    )


class News(StrEnum):
    """What there is to tell."""

    STATEMENT = "statement"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # taken back, though not by an appeal


@dataclass(frozen=True, slots=True)
class Appeal:
    """What an author said to a statement, and what became of it. `version` grows with what its card should show."""

    id: int
    made_at: datetime
    words: str | None  # None once they were forgotten
    language: str
    outcome: Outcome | None = None
    by: str = ""
    answer: str | None = ""
    decided_at: datetime | None = None
    version: int = 0
    card: tuple[str, str] | None = None  # channel and message that show it


@dataclass(frozen=True, slots=True)
class Statement:
    """The reasons that an author is given; `case` is as it is now, `decision` the one that is told."""

    id: int
    case: Case
    decision: Decision
    ended_at: datetime | None = None  # the decision was taken back, or made anew
    appeal: Appeal | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Those that the author is told of."""
        return against_author(self.decision.measures)

    @property
    def author(self) -> str:
        return self.case.flag.message.author

    def ends_at(self, measure: Measure) -> datetime:
        """When a measure is over; one that was chosen anew while it lasted still ends when it would have."""
        lasting = [each.until for each in self.case.undertakings if each.measure == measure]
        return lasting[-1] if lasting else self.decision.at + (measure.length or timedelta())

    def appealable_until(self, days: int) -> datetime:
        return self.decision.at + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell an author; `tried` where it may have been told already, just before a crash."""

    id: int
    news: News
    statement: Statement
    made_at: datetime
    tried: bool = False


def against_author(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures that concern the author."""
    return tuple(measure for measure in measures if measure.act in AGAINST_AUTHOR)
