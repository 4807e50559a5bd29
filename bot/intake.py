"""How is a live stream read without a hole, whatever happens to the connection?

Every channel is either open (its events go straight into the pipeline) or behind: after a start, a lost session
or an overflow there are messages that only Discord's history still has. While a channel is behind, its live
events are held; history after its mark is read page by page; then what was held follows in order, less the posts
that history already gave. So an edit or a withdrawal never overtakes its post, and a message that was posted and
deleted meanwhile is still read if the gateway told of it.

A guild is open from the end of `begin` until its stream is `interrupted`; what comes while it is not is held as
well, because only then is it known whether the stream goes on or history has to be read.

Nothing here waits in a gateway handler: `receive` only sorts events into deques.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.core.errors import StoreBusy, StoreError, StoreFull
from bot.core.messages import Channel, Event, Kind, Posted, moment_of, snowflake_at
from bot.core.ports import Clock, Store, Unseen
from bot.pipeline import RETRY_SECONDS, Pipeline

log = logging.getLogger(__name__)
T = TypeVar("T")

PAGE = 100  # https://discord.com/developers/docs/resources/message#get-channel-messages
HELD = 2_000  # posts held in memory for channels that are behind; history has the rest
REMEMBERED = 500  # posts of a channel that history gave last; the gateway may tell of them later
READERS = 4  # channels that are read back side by side


class HistoryClosedError(Exception):
    """This channel's history cannot be read: no permission, or the channel is gone."""


class HistoryUnavailableError(Exception):
    """Discord did not answer this time."""


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a channel's past, in order; what is not to be read (bots, system lines) is left out of `posts`.

    `read_to` is the newest id on the page, left out or not, and the id asked after where the page was empty.
    """

    posts: Sequence[Posted]
    read_to: int
    last: bool  # history had nothing newer when it was asked


class History(Protocol):
    """Reads a channel's past."""

    async def page(self, channel: Channel, after: int, limit: int) -> Page:
        """The oldest messages after an id. Raises HistoryClosedError or HistoryUnavailableError."""
        ...


@dataclass(slots=True)
class _Behind:
    channel: Channel
    read_to: int
    since: datetime | None  # of the time that nobody watched; None after a mere overflow
    why: str
    held: deque[Event] = field(default_factory=deque)
    again: bool = False  # since the last page was asked for, something came that only history can give
    read_back: dict[tuple[Kind, str, int], None] = field(default_factory=dict)  # in order


@dataclass(slots=True)
class _Early:
    """What came for a guild that is not open: events with whether they are whole, and posts that found no room."""

    events: deque[tuple[Event, bool]] = field(default_factory=deque)
    missed: dict[str, Posted] = field(default_factory=dict)  # the oldest of each channel


class Intake:
    """The door between a live platform and the pipeline."""

    def __init__(self, pipeline: Pipeline, store: Store, history: History, clock: Clock, max_age: timedelta) -> None:
        self._pipeline = pipeline
        self._store = store
        self._history = history
        self._clock = clock
        self._max_age = max_age
        self._newest: dict[str, int] = {}  # the newest post given to the pipeline, by channel
        self._met: set[str] = set()  # channels that have a mark
        self._behind: dict[str, _Behind] = {}
        self._given: dict[str, Set[tuple[Kind, str, int]]] = {}  # what history gave last, by channel
        self._open: set[str] = set()  # guilds
        self._begun: set[str] = set()  # guilds whose session is under way
        self._closed: dict[str, datetime] = {}  # guilds whose stream is interrupted, and since when
        self._early: dict[str, _Early] = {}
        self._held_posts = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._readers = asyncio.Semaphore(READERS)

    @property
    def backlog(self) -> Mapping[str, int]:
        """What waits: events in memory, channels behind, posts held for them and for servers that are not open."""
        held = self._held_posts + sum(len(early.events) for early in self._early.values())
        return {"waiting": self._pipeline.backlog, "behind": len(self._behind), "held": held}

    def receive(self, event: Event, *, whole: bool = True) -> None:
        """Take a live event; never waits, never raises for its content.

        `whole` is false for a post with words that are not in the event, such as a text file's: its channel then
        falls behind at it, history gives it whole, and until then its mark does not move past it.
        """
        if event.channel.guild not in self._open:
            self._hold_early(event, whole)
            return
        if isinstance(event, Posted) and _key(event) in self._given.get(event.channel.id, ()):
            return  # history was quicker
        self._meet(event)
        behind = self._behind.get(event.channel.id)
        if behind is None and whole and self._pipeline.offer(event):
            self._note(event)
            return
        if behind is None:
            behind = self._fall_behind(event.channel, self._just_before(event), None, "overflow" if whole else "file")
        self._hold(behind, event, whole)

    def interrupted(self, guilds: Iterable[str]) -> None:
        """The stream of these guilds broke off: hold what comes until it is known how it goes on."""
        for guild in guilds:
            self._open.discard(guild)
            self._closed.setdefault(guild, self._clock.now())

    def resumed(self, guilds: Iterable[str]) -> None:
        """The stream goes on where it broke off: what was replayed meanwhile follows in order."""
        for guild in guilds:
            if self._closed.pop(guild, None) and guild in self._begun:
                self._reopen(guild)

    async def begin(self, guild: str, channels: Sequence[Channel], why: str) -> int | None:
        """A new session: read every channel back from its mark. Reading itself goes on behind.

        Returns the id up to which the guild had been read before; None for a guild never read before.
        """
        lost_at = self._closed.pop(guild, None)
        self._open.discard(guild)
        self._begun.discard(guild)
        saved = await self._surely(self._store.marks)
        known = max((self._mark(channel, saved) for channel in channels), default=0)
        # A channel never met before is read from where its guild was last read, else from now on.
        first = known or snowflake_at(self._clock.now())
        await self._begin_channels(channels, {channel.id: first for channel in channels})
        for channel in channels:
            mark = self._mark(channel, saved) or first
            since = (lost_at or moment_of(mark)) if known else None  # a guild never read before has missed nothing
            self._fall_behind(channel, mark, since, why)
        self._begun.add(guild)
        if guild not in self._closed:  # else the line broke again meanwhile, and `resumed` opens it
            self._reopen(guild)
        return known or None

    async def also(self, threads: Sequence[Channel], why: str) -> None:
        """Threads of a guild that has begun, found later because they were archived; unknown ones are read whole."""
        saved = await self._surely(self._store.marks)
        marks = {thread.id: self._mark(thread, saved) or int(thread.id) - 1 for thread in threads}
        await self._begin_channels(threads, marks)
        for thread in threads:
            self._fall_behind(thread, marks[thread.id], moment_of(marks[thread.id]), why)

    async def caught_up(self) -> None:
        """Wait until no channel is behind."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Stop reading back; marks say where to go on."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Marks.

    def _mark(self, channel: Channel, saved: Mapping[str, int]) -> int:
        return max(saved.get(channel.id, 0), self._newest.get(channel.id, 0))

    def _just_before(self, event: Event) -> int:
        return self._newest.get(event.channel.id, int(event.id) - 1)

    def _note(self, event: Event) -> None:
        if _advances(event):
            self._newest[event.channel.id] = max(int(event.id), self._newest.get(event.channel.id, 0))

    def _meet(self, event: Event) -> None:
        """A channel without a mark gets one just before its first post.

        This is written before anything newer is saved, so a crash before the post is saved does not lose it.
        """
        begins = _advances(event) or (isinstance(event, Posted) and event.kind is Kind.TITLE)
        if begins and event.channel.id not in self._met:
            marks = {event.channel.id: int(event.id) - 1}
            self._met.add(event.channel.id)
            self._spawn(self._begin_channels([event.channel], marks), f"meet {event.channel.id}")

    async def _begin_channels(self, channels: Sequence[Channel], marks: Mapping[str, int]) -> None:
        self._met.update(channel.id for channel in channels)
        await self._surely(lambda: self._store.begin_channels(channels, marks))

    # Holding.

    def _hold_early(self, event: Event, whole: bool) -> None:
        early = self._early.setdefault(event.channel.guild, _Early())
        if not _advances(event) or len(early.events) < HELD:
            early.events.append((event, whole))
        else:  # history has it
            assert isinstance(event, Posted)
            early.missed.setdefault(event.channel.id, event)

    def _reopen(self, guild: str) -> None:
        self._open.add(guild)
        early = self._early.pop(guild, _Early())
        first: dict[str, Event] = dict(early.missed)
        first |= {event.channel.id: event for event, _ in reversed(early.events) if _advances(event)}
        for channel in early.missed:  # read from before the first of all, else the mark would pass what is only held
            self._fall_behind(first[channel].channel, self._just_before(first[channel]), None, "overflow")
        for event, whole in early.events:
            self.receive(event, whole=whole)

    def _hold(self, behind: _Behind, event: Event, whole: bool) -> None:
        if _advances(event):
            full = self._held_posts >= HELD
            behind.again = behind.again or full or not whole
            if full:
                return
            self._held_posts += 1
        behind.held.append(event)

    # Reading back.

    def _fall_behind(self, channel: Channel, mark: int, since: datetime | None, why: str) -> _Behind:
        behind = self._behind.get(channel.id)
        if behind is None:
            behind = self._behind[channel.id] = _Behind(channel, mark, since, why)
            self._spawn(self._catch_up(behind), f"catch up {channel.id}")
        behind.again = True  # a page under way may have been written before
        return behind

    async def _catch_up(self, behind: _Behind) -> None:
        async with self._readers:
            oldest = snowflake_at(self._clock.now() - self._max_age)
            if behind.read_to < oldest:
                behind.read_to = oldest
                behind.why += ", older messages not read"
            try:
                while not await self._read_page(behind):
                    pass
            except HistoryClosedError as problem:
                log.warning("channel %s cannot be read back: %s", behind.channel.id, problem)
                behind.why += ", history closed"
            self._open_channel(behind)
        await self._tell(behind)

    async def _read_page(self, behind: _Behind) -> bool:
        """Read on in a channel's history; whether that was all of it."""
        behind.again = False
        page = await self._page(behind)
        for post in page.posts:
            await self._pipeline.submit(post)
            self._note(post)
            behind.read_back[_key(post)] = None
        behind.read_to = max(behind.read_to, page.read_to)
        return page.last and not behind.again

    async def _page(self, behind: _Behind) -> Page:
        delay = 1.0
        while True:
            try:
                return await self._history.page(behind.channel, behind.read_to, PAGE)
            except HistoryUnavailableError as problem:
                log.warning("channel %s: history unavailable, again in %.0f s: %s", behind.channel.id, delay, problem)
                await asyncio.sleep(delay)
                delay = min(60.0, delay * 2)

    def _open_channel(self, behind: _Behind) -> None:
        """What was held follows, and the channel is live again; no await in here, so nothing slips between."""
        del self._behind[behind.channel.id]
        self._given[behind.channel.id] = frozenset(list(behind.read_back)[-REMEMBERED:])
        for event in behind.held:
            self._held_posts -= _advances(event)
            if not (isinstance(event, Posted) and _key(event) in behind.read_back):
                self._pipeline.take(event)
                self._note(event)

    async def _tell(self, behind: _Behind) -> None:
        if behind.since is None:
            return
        unseen = Unseen(behind.channel.id, behind.since, self._clock.now(), len(behind.read_back), behind.why)
        await self._surely(lambda: self._store.note_unseen([unseen]))
        if behind.read_back:
            log.info("channel %s: %d messages read back", behind.channel.id, len(behind.read_back))

    # Tasks.

    async def _surely(self, work: Callable[[], Awaitable[T]]) -> T:
        """Work of the store, tried again while the database is busy or full."""
        tries = 0
        while True:
            try:
                return await work()
            except (StoreBusy, StoreFull) as problem:
                seconds = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
                log.warning("marks not saved yet, trying again in %s s: %s", seconds, problem)
                tries += 1
                await asyncio.sleep(seconds)

    def _spawn(self, work: Awaitable[None], name: str) -> None:
        task = asyncio.ensure_future(work)
        task.set_name(name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            expected = isinstance(problem, StoreError) or self._pipeline.failed() is not None
            log.error("%s: %s", task.get_name(), problem, exc_info=None if expected else problem)


def _advances(event: Event) -> bool:
    return isinstance(event, Posted) and event.advances


def _key(post: Posted) -> tuple[Kind, str, int]:
    """What the store knows a post by: a text that was edited meanwhile is another one, and is read as well."""
    return post.kind, post.id, post.revision
