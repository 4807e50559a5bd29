"""What is held of one person? Frozen values, as they stand in the database: what may be told of them is said elsewhere.

The message's text is here even while it is restricted: the one it is about may read it (GDPR art. 15, 18.2). Of reports
about the person only the number is here: what somebody reported could say who that was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.flags import Reason, State
from bot.core.messages import File


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision, or what somebody else saw in the case; `step` is one of flags.Step or opinions.Lean."""

    at: datetime
    by: str
    step: str
    motives: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A measure; a time-out has its length in `seconds`."""

    act: str
    state: str
    asked_at: datetime
    seconds: int | None = None
    done_at: datetime | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the person was told, or is to be told; `told_at` is None while it waits."""

    news: str
    made_at: datetime
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Appealed:
    """What the person said to a statement, and what came of it."""

    made_at: datetime
    words: str | None
    outcome: str | None = None
    by: str = ""
    answer: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of reasons: when it was decided, what was told of it, and the appeal."""

    decided_at: datetime
    told: Sequence[Told] = ()
    appeal: Appealed | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A flag on what the person wrote or is called, or of what was reported of the person (`kind` is `person`)."""

    number: int
    kind: str
    channel: str
    message_id: str
    revision: int
    replies: bool
    text: str | None
    state: State
    posted_at: datetime
    flagged_at: datetime
    score: float
    threat: float
    motives: Mapping[str, float]
    targets: Mapping[str, float]
    reasons: Sequence[Reason]
    thresholds: Mapping[str, float]
    language: str
    model: str
    weighed: Sequence[tuple[str, float]] = ()  # words that spoke for the flag, the weightiest first
    is_open: bool = False  # nobody has decided it, and its text is still there
    seen_at: datetime | None = None
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    acted_at: datetime | None = None
    restricted_at: datetime | None = None
    escalated_at: datetime | None = None
    audited: bool = False
    veiled: bool = False  # while it is open nobody is to see how surely it was flagged
    reports: int = 0
    decisions: Sequence[Taken] = ()
    opinions: Sequence[Taken] = ()
    measures: Sequence[Done] = ()
    statements: Sequence[Stated] = ()
    files: Sequence[File] = ()  # that were attached; as their author called them


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report that the person made; `outcome` is the case's state as it is now."""

    number: int
    made_at: datetime
    category: str
    against: Sequence[str]
    hurt: str
    words: str | None
    outcome: State
    trusted: bool = False
    abusive_at: datetime | None = None
    told: Sequence[Told] = ()
    unmasked: Sequence[Taken] = ()  # who has asked who made it


@dataclass(frozen=True, slots=True)
class Service:
    """What is held of the person as a moderator; counts by what was done."""

    done: Mapping[str, int] = field(default_factory=dict)
    days: Sequence[tuple[date, int, int]] = ()  # cases read on a day, and severe ones among them
    paused_until: datetime | None = None
    day_limit: int = 0
    sessions: Sequence[tuple[str, datetime]] = ()  # at the panel: the name and since when

    def __bool__(self) -> bool:
        return bool(self.done or self.days or self.sessions or self.paused_until or self.day_limit)


@dataclass(frozen=True, slots=True)
class Held:
    """Everything of one person."""

    who: str
    cases: Sequence[HeldCase] = ()
    reports: Sequence[HeldReport] = ()
    service: Service = field(default_factory=Service)

    def __bool__(self) -> bool:
        return bool(self.cases or self.reports or self.service)

    @property
    def appeals(self) -> int:
        return sum(stated.appeal is not None for case in self.cases for stated in case.statements)

    def facts(self) -> dict[str, object]:
        """As a deed holds it: case numbers and counts."""
        return {"cases": [case.number for case in self.cases], "reports": len(self.reports), "appeals": self.appeals}
