"""What does a moderator see of a saved flag, and where is it shown? Frozen values that store and platform speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.flags import Decision, Flag, State
from bot.core.history import Earlier
from bot.core.opinions import Course, Escalation, Opinion, Waits
from bot.core.reports import Heard
from bot.core.tuning.scale import Scale
from bot.core.undertakings import Undertaking

UNDO = timedelta(seconds=10)  # in which whoever has decided at the panel may take it back

ERASED_ID = "erased-"  # begins what stands for a message's id, once nothing leads to the message any more


@dataclass(frozen=True, slots=True)
class Case:
    """A saved flag with what became of it. `version` grows with whatever changes how it should be shown."""

    id: int
    flag: Flag
    state: State = State.PENDING
    decision: Decision | None = None
    forgotten: bool = False  # the text's time was up, or it is restricted; `flag.message.text` is empty then
    withdrawn_at: datetime | None = None
    edited_at: datetime | None = None  # the message reads otherwise since
    version: int = 0
    undertakings: Sequence[Undertaking] = ()  # measures that were ever chosen, in that order
    masked: bool = False  # some words of the text are, for whoever looks at it
    waits: Waits = Waits.ANYONE
    opinions: tuple[Opinion, ...] = ()  # since it was opened last
    escalation: Escalation | None = None
    is_reread: bool = False  # decided, and shown to a second reader as if it were open
    earlier: Sequence[Earlier] = ()  # of the same author, upheld lately
    untold: bool = False  # the author could not be reached; what there is to tell waits
    heard: Heard = field(default_factory=Heard)  # what members have reported of it
    audited: bool = False  # the model had let it through: drawn for the audit sample
    blind: bool = False  # while it is open nobody is to see how surely it was flagged, or whether it was at all
    scales: Mapping[str, Scale] = field(default_factory=dict)  # what its scores mean on its server, by label
    restricted: bool = False  # as whom it is about has asked (GDPR art. 18): kept, and shown to nobody
    held: bool = False  # nothing of it may be forgotten or erased
    late_at: datetime | None = None  # when it was noticed that its time is up (core/clock.py)

    @property
    def author(self) -> str:
        """Who wrote what was flagged."""
        return self.flag.message.author

    @property
    def without(self) -> str:
        """Which word stands where its text does not: `forgotten` or `restricted`."""
        return "restricted" if self.restricted else "forgotten"

    @property
    def is_erased(self) -> bool:
        """Whether nothing is left that says whose it is."""
        return self.flag.message.id.startswith(ERASED_ID)

    @property
    def is_veiled(self) -> bool:
        """Whether it is shown so that a sample looks like a flag."""
        return self.blind and self.is_open

    @property
    def is_open(self) -> bool:
        """Whether a human can still decide it."""
        return self.state is State.PENDING and not self.forgotten


class CardKind(StrEnum):
    """What a card is for."""

    REVIEW = "review"  # to decide the flag on
    HANDOVER = "handover"  # for the safety coordinator, who decides nothing


def can_reopen(case: Case, who: str) -> bool:
    """Whether somebody may have a case decided anew: a decided one, about a message of somebody else, not forgotten."""
    return case.state is not State.PENDING and not case.forgotten and who != case.author


def can_undo(case: Case, who: str, now: datetime) -> bool:
    """Whether somebody may take back what was decided a moment ago: one's own last decision, and nobody else's."""
    last = case.decision
    if last is None or case.state is State.PENDING or case.forgotten:
        return False
    return last.by == who.strip() and timedelta() <= now - last.at <= UNDO


def blinded(case: Case) -> Case:
    """A decided case as its second reader gets it: open, and without a trace of what the first one saw in it."""
    assert case.decision is not None, "only what is decided is read again"
    gone, edited, decided = case.withdrawn_at, case.edited_at, case.decision.at
    return replace(
        case,
        state=State.PENDING,
        decision=None,
        withdrawn_at=gone if gone is not None and gone < decided else None,  # the decision may have removed it
        edited_at=edited if edited is not None and edited < decided else None,
        waits=Waits.ANYONE,
        opinions=(),
        escalation=None,
        undertakings=(),
        earlier=tuple(each for each in case.earlier if each.flag != case.id),
        untold=False,
        heard=replace(case.heard, late=0),
        late_at=None,
        is_reread=True,
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A message in the moderators' or the coordinator's channel that shows a case as it was at some version."""

    flag: int
    channel: str
    message: str
    version: int
    id: int = 0  # in the store; 0 before it is saved
    kind: CardKind = CardKind.REVIEW


@dataclass(frozen=True, slots=True)
class Told:
    """What the moderators were told of, and the cards that tell it; a digest has no cards."""

    flags: Sequence[int]
    cards: Sequence[Card] = ()
    place: str = ""  # the channel in which the next is to wait its time; empty after a threat, which waits for nothing


@dataclass(frozen=True, slots=True)
class Ruling:
    """What deciding did: the case as it is now, and whether this decision made it so."""

    case: Case
    changed: bool
    course: Course = Course.DECISION


@dataclass(frozen=True, slots=True)
class Reread:
    """What a blind second reading did: the case as it is now, and whether both agree; None where none was wanted."""

    case: Case
    agreed: bool | None
