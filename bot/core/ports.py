"""What does the pipeline need of the world? Protocols; adapters fill them, tests fill them with small fakes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.core.agreement import Pair
from bot.core.care import Care
from bot.core.cases import Card, Case, Reread, Ruling, Told
from bot.core.desk import Desk
from bot.core.flags import Decision, Flag
from bot.core.leases import Lease
from bot.core.messages import Channel, Edited, Withdrawn
from bot.core.opinions import Escalation, Opinion, Turn
from bot.core.statistics import Handling
from bot.core.telling_times import Past, Untold
from bot.core.undertakings import Report, Undertaking
from classifier.verdict import Verdict


class Clock(Protocol):
    """The time of day; always with a zone."""

    def now(self) -> datetime: ...


class Classifier(Protocol):
    """Reads texts, in order, on whatever thread it is called from. Never raises for any text."""

    @property
    def model_id(self) -> str: ...

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]: ...

    def explain(self, texts: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
        """The same verdicts with their spans."""
        ...


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of a channel were read in one hour (UTC), how many were flagged, how many were in a
    language that the model cannot read."""

    channel: str
    hour: datetime
    read: int
    flagged: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file was read: its lines and bytes so far, and the SHA-256 of those bytes.

    `file` is a name drawn at random when the file was first met: nothing of where it lies is kept.
    """

    file: str
    lines: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One batch as it is saved: in one transaction, or not at all.

    `marks` are the highest message ids read, by channel id.
    """

    at: datetime
    changes: Sequence[Flag | Edited | Withdrawn] = ()  # in the order in which they happened
    tallies: Sequence[Tally] = ()
    marks: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Unseen:
    """A time in which a channel was not watched: what was deleted or edited then, nobody saw."""

    channel: str
    since: datetime
    until: datetime
    read_back: int
    why: str


class Store(Protocol):
    """What is remembered. Every call runs on the store's own thread; saving is all or nothing."""

    async def keep(self, kept: Kept) -> int:
        """Save a batch; how many flags were new."""
        ...

    async def marks(self) -> Mapping[str, int]: ...

    async def begin_channels(self, channels: Sequence[Channel], mark: Mapping[str, int]) -> None:
        """Remember channels and set the mark of those that have none yet."""
        ...

    async def note_unseen(self, unseen: Sequence[Unseen]) -> None: ...

    async def untold(self, desk: Desk, threats: bool, limit: int) -> Sequence[Untold]:
        """The oldest threats, or the oldest others, that moderators were not told of."""
        ...

    async def past(self) -> Past:
        """When moderators were told before."""
        ...

    async def pinging(self, flag: int, at: datetime) -> None:
        """Note that somebody is about to be mentioned for a flag."""
        ...

    async def case(self, flag: int) -> Case | None: ...

    async def announced(self, told: Told, at: datetime) -> None:
        """Note that the moderators were told, and by which cards."""
        ...


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


class ChatPlatform(Protocol):
    """Where people talk. Telling may fail; what was saved is told again."""

    async def announce(self, cases: Sequence[Case], *, ping: bool = False) -> Told:
        """Tell the moderators of some of these, from the first on, by their cards; `ping` mentions whoever is on call
        on the first."""
        ...

    async def digest(self, flags: Sequence[Untold], *, ping: bool = False) -> Told:
        """Tell of all of these, which belong in one channel, in one message."""
        ...


class LeadsPlatform(Protocol):
    """Where the leads of the moderators talk."""

    async def tell_leads(self, case: Case) -> Sequence[Card]:
        """Show them a case that was handed to them: on a card, or none where they have no channel. May fail."""
        ...


class CardBoard(Protocol):
    """Where cards hang."""

    async def show(self, card: Card, case: Case, lease: Lease | None) -> bool:
        """Bring a card up to date; False where its message or channel is gone. PlatformError where it may heal."""
        ...


class MeasureStore(Protocol):
    """What carrying out measures asks of the store."""

    async def case(self, flag: int) -> Case | None: ...

    async def measures_ready(self, now: datetime, under_way: Collection[int], limit: int) -> Sequence[Undertaking]:
        """What is to be carried out or undone by now, and is not under way."""
        ...

    async def reported(self, undertaking: Undertaking, report: Report, at: datetime, again_at: datetime) -> None:
        """Note what came of trying, and where it did not work, when to try again."""
        ...


class Enforcement(Protocol):
    """Where measures are carried out. PlatformError while there is nothing to carry them out with."""

    async def carry_out(self, undertaking: Undertaking, case: Case) -> Report: ...

    async def undo(self, undertaking: Undertaking, case: Case) -> Report: ...
