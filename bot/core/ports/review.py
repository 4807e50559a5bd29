"""What does review need of the world? Cases and their cards, what others say of them, and how moderators are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.agreement import Pair
from bot.core.care import Care
from bot.core.cases import Card, Case, Reread, Ruling
from bot.core.flags import Decision
from bot.core.leases import Lease
from bot.core.opinions import Escalation, Opinion, Turn
from bot.core.statistics import Handling


class OpinionStore(Protocol):
    """What a second pair of eyes asks of the store."""

    async def ask_another(self, opinion: Opinion) -> Ruling | None:
        """Ask for a second opinion; None where there is no such flag. Unchanged where the case cannot wait for it."""
        ...

    async def escalate(self, escalation: Escalation) -> Ruling | None:
        """Hand a case to the leads; None where there is no such flag. Unchanged where it is theirs, or decided."""
        ...

    async def reread(self, answer: Decision) -> Reread | None:
        """Answer a blind second reading; None where there is no such flag."""
        ...

    async def pairs(self, guilds: Sequence[str]) -> Sequence[Pair]:
        """Every two readings of one case of these servers."""
        ...

    async def escalations_untold(self, limit: int) -> Sequence[Case]:
        """Cases that were handed to the leads, who were not told of it yet."""
        ...

    async def leads_told(self, flag: int, shown: Sequence[Card], at: datetime) -> None:
        """Note that the leads were told, and by which card."""
        ...


class CaseStore(OpinionStore, Protocol):
    """What review asks of the store."""

    async def case(self, flag: int) -> Case | None: ...

    async def next_case(self, guilds: Sequence[str], others: Sequence[int], turn: Turn | None = None) -> Case | None:
        """The most urgent flag of these servers for somebody, that is not one of `others`."""
        ...

    async def seen(self, flag: int, at: datetime) -> None:
        """Note the first time that a human opened a flag; later times change nothing."""
        ...

    async def rule(
        self, decision: Decision, *, leads: bool = False, again_until: datetime | None = None
    ) -> Ruling | None:
        """Decide a flag; None where there is none of that number. What the rules refuse changes nothing.

        Somebody else is to read it again, blind, until `again_until`.
        """
        ...

    async def undo(self, taken_back: Decision) -> Ruling | None:
        """Take one's own last decision back, within its moment; None where there is no such flag."""
        ...

    async def handling(self, guilds: Sequence[str], since: datetime) -> Handling:
        """How many flags of these servers are open, and what was seen and decided since a moment."""
        ...

    async def cards_of(self, flag: int) -> Sequence[Card]: ...

    async def cards_behind(self, after: int, limit: int) -> Sequence[Card]:
        """Cards that show less than what was saved, by their ids from `after` on."""
        ...

    async def shown(self, card: Card) -> None:
        """Note which version a card shows."""
        ...

    async def card_gone(self, card: Card) -> None:
        """Forget a card whose message is gone."""
        ...


class CareStore(Protocol):
    """What is known of a moderator's own day."""

    async def met(self, who: str, flag: int, severe: bool, day: date) -> None:
        """Count a case that somebody has read, once a day."""
        ...

    async def care(self, who: str, day: date) -> Care: ...

    async def pause(self, who: str, until: datetime | None) -> None: ...

    async def limit(self, who: str, cases: int) -> None: ...

    async def nudged(self, who: str, at: datetime) -> None: ...


class LeadsPlatform(Protocol):
    """Where the leads of the moderators talk."""

    async def tell_leads(self, case: Case) -> Sequence[Card]:
        """Show them a case that was handed to them: on a card, or none where they have no channel. May fail."""
        ...

    async def tell_late(self, case: Case) -> Sequence[Card]:
        """Say in a line, without a word of the message, that a case's time is up. No card. May fail."""
        ...


class CardBoard(Protocol):
    """Where cards hang."""

    async def show(self, card: Card, case: Case, lease: Lease | None) -> bool:
        """Bring a card up to date; False where its message or channel is gone. PlatformError where it may heal."""
        ...
