"""What does a moderator see of a saved flag, and where is it shown? Frozen values that store and platform speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.flags import Decision, Flag, State
from bot.core.history import Earlier
from bot.core.undertakings import Undertaking


@dataclass(frozen=True, slots=True)
class Case:
    """A saved flag with what became of it. `version` grows with whatever changes how it should be shown."""

    id: int
    flag: Flag
    state: State = State.PENDING
    decision: Decision | None = None
    forgotten: bool = False  # the text's time was up; `flag.message.text` is empty then
    withdrawn_at: datetime | None = None
    edited_at: datetime | None = None  # the message reads otherwise since
    version: int = 0
    undertakings: Sequence[Undertaking] = ()  # measures that were ever chosen, in that order
    earlier: Sequence[Earlier] = ()  # of the same author, upheld lately
    untold: bool = False  # the author could not be reached; what there is to tell waits

    @property
    def is_open(self) -> bool:
        """Whether a human can still decide it."""
        return self.state is State.PENDING and not self.forgotten


class CardKind(StrEnum):
    """What a card is for."""

    REVIEW = "review"  # to decide the flag on
    HANDOVER = "handover"  # for the safety coordinator, who decides nothing


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


@dataclass(frozen=True, slots=True)
class Ruling:
    """What deciding did: the case as it is now, and whether this decision made it so."""

    case: Case
    changed: bool
