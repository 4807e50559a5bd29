"""What does the pipeline need of the world? A clock, a reader of texts, what is remembered, and where people talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.cases import Case, Told
from bot.core.desk import Desk
from bot.core.flags import Flag
from bot.core.messages import Channel, Edited, Withdrawn
from bot.core.telling_times import Past, Untold
from bot.core.tuning.audit import LetThrough
from bot.core.tuning.shadow import Beside
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
class Spread:
    """How the messages that a model let through in a channel and an hour (UTC) were scored: numbers, and nothing else.

    `counts` are by label and bin (core/tuning/evidence.py). Bin 0 is there for `flag` alone: every message has every
    label, so that the others' is what is left.
    """

    channel: str
    hour: datetime
    model: str
    counts: Mapping[tuple[str, int], int]


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
    changes: Sequence[Flag | LetThrough | Edited | Withdrawn] = ()  # in the order in which they happened
    tallies: Sequence[Tally] = ()
    marks: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    progress: Progress | None = None
    spreads: Sequence[Spread] = ()
    beside: Sequence[Beside] = ()  # what a candidate made of it


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


class ChatPlatform(Protocol):
    """Where people talk. Telling may fail; what was saved is told again."""

    async def announce(self, cases: Sequence[Case], *, ping: bool = False) -> Told:
        """Tell the moderators of some of these, from the first on, by their cards; `ping` mentions whoever is on call
        on the first."""
        ...

    async def digest(self, flags: Sequence[Untold], *, ping: bool = False) -> Told:
        """Tell of all of these, which belong in one channel, in one message."""
        ...
