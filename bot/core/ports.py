"""What does the pipeline need of the world? Protocols; adapters fill them, tests fill them with small fakes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.core.agreement import Pair
from bot.core.appeals import Hindrance, Objection
from bot.core.care import Care
from bot.core.cases import Card, Case, Reread, Ruling, Told
from bot.core.desk import Desk
from bot.core.flags import Decision, Flag
from bot.core.history import Entry
from bot.core.leases import Lease
from bot.core.messages import Channel, Edited, Withdrawn
from bot.core.opinions import Escalation, Opinion, Turn
from bot.core.statements import Notice, Outcome, Statement
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


class StatementStore(Protocol):
    """What is remembered of statements of reasons, and of what authors were told."""

    async def due(self, after: int, limit: int) -> Sequence[Notice]:
        """What is to be told, by ids from `after` on."""
        ...

    async def trying(self, notice: Notice, at: datetime) -> None:
        """Note that a notice is about to be sent: after a crash it may have been."""
        ...

    async def told(self, notice: Notice, at: datetime) -> None: ...

    async def waits(self, notice: Notice) -> None:
        """Note that it cannot be sent, and waits for its author."""
        ...

    async def waiting(self, author: str, limit: int) -> Sequence[Notice]: ...

    async def received(self, notices: Sequence[Notice], at: datetime) -> None: ...

    async def statements_of(self, author: str, limit: int) -> Sequence[Statement]:
        """An author's own, newest first."""
        ...


class AppealStore(Protocol):
    """What is remembered of appeals, and of a member's cases."""

    async def statement(self, flag: int) -> Statement | None:
        """The latest statement of a flag."""
        ...

    async def appealed(self, appeal: int) -> Statement | None:
        """The statement that an appeal is about."""
        ...

    async def appeal(
        self, flag: int, who: str, words: str, language: str, at: datetime, days: int
    ) -> Statement | Hindrance:
        """Save an appeal: the statement with it, or what keeps it from being made."""
        ...

    async def judge(self, appeal: int, who: str, outcome: Outcome, answer: str, at: datetime) -> Statement | Objection:
        """Decide an appeal, and the flag with it where it is granted: in one transaction, or not at all."""
        ...

    async def may_judge(self, appeal: int, who: str) -> Statement | Objection: ...

    async def open_appeals(self, guilds: Sequence[str], limit: int) -> tuple[int, Sequence[Statement]]:
        """How many wait, and the oldest of them."""
        ...

    async def appeals_behind(self, after: int, limit: int) -> Sequence[Statement]:
        """Appeals whose card is missing or shows less than what was saved, by ids from `after` on."""
        ...

    async def appeal_shown(self, appeal: int, version: int, card: tuple[str, str] | None) -> None:
        """Note what a card shows, and where it hangs: nowhere, where its message is gone."""
        ...

    async def history(self, author: str, guilds: Sequence[str], limit: int) -> Sequence[Entry]: ...


class Messenger(Protocol):
    """How an author is reached."""

    async def tell(self, notice: Notice) -> bool:
        """Tell it once; False where this person can never be told so. PlatformError where it may heal."""
        ...


class AppealBoard(Protocol):
    """Where appeals hang."""

    async def show_appeal(self, statement: Statement) -> tuple[str, str] | None:
        """Hang up an appeal's card, or bring it up to date: its channel and message, which are empty where none is
        configured; None where the card is gone. PlatformError where it may heal."""
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
