"""How does a message become a saved flag without anybody waiting? Intake -> batch -> classify -> assess -> keep.

The pipeline takes whatever waits as one batch: under load batches grow, and when idle a message waits for
nothing. Events keep their order, so an edit or a withdrawal never overtakes its post. A channel's mark moves in
the same transaction as its flags; what is not saved is read again from history, so a crash loses nothing.

Classifying and saving run on threads of their own: the event loop, and with it the gateway's heartbeat, never
waits for the model or the disk.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import StoreBusy, StoreFull
from bot.core.flags import Flag
from bot.core.messages import Event, Posted, Withdrawn
from bot.core.policy import Policy
from bot.core.ports import Classifier, Clock, Comparing, Kept, Progress, Store
from bot.core.tuning.audit import Sampling
from bot.reading import Read, changes_of, is_news, judged, tallies_of
from classifier.verdict import Verdict

log = logging.getLogger(__name__)

BATCH = 256  # messages in one batch: a quarter of a second's work, so that a stop is never far
CAPACITY = 2_000  # posts that wait in memory; beyond it they wait in Discord's history or the file
RETRY_SECONDS = (0.2, 1, 5, 15)  # between tries to save in a live bot; the last is repeated


@dataclass(slots=True)
class Totals:
    """What one run of the pipeline did."""

    read: int = 0
    flagged: int = 0
    new_flags: int = 0
    exempt: int = 0
    withdrawn: int = 0


class Pipeline:
    """One run of the pipeline. Build it, `start` it, offer or submit events, `finish` or `abandon` it."""

    def __init__(
        self,
        classifier: Classifier,
        store: Store,
        policy: Callable[[], Policy],
        clock: Clock,
        *,
        on_saved: Callable[[], None] = lambda: None,
        patient: bool = False,
        sampling: Sampling | None = None,
        beside: Comparing | None = None,
    ) -> None:
        """`policy` is asked before every batch; `on_saved` is called after new flags, edits or withdrawals were saved.

        `beside` compares a candidate with what is in force, where one is tried.
        `patient`: a database that is busy or full is tried again for ever instead of ending the run.
        `sampling`: how messages that nobody flagged are drawn for a human to read; None: not at all.
        """
        self.totals = Totals()
        self._classifier = classifier
        self._store = store
        self._policy = policy
        self._clock = clock
        self._on_saved = on_saved
        self._patient = patient
        self._sampling = sampling
        self._beside = beside
        self._waiting: deque[tuple[Event, Progress | None]] = deque()
        self._something = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._closing = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="classifier")
        self._task: asyncio.Task[None] | None = None

    @property
    def backlog(self) -> int:
        """How many events wait in memory."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin to work off what waits."""
        self._task = asyncio.create_task(self._work(), name="pipeline")

    def offer(self, event: Event) -> bool:
        """Take a live event; False where a post finds no room (its channel must be read back later)."""
        if isinstance(event, Posted) and event.advances and len(self._waiting) >= CAPACITY:
            return False
        self._put(event, None)
        return True

    def take(self, event: Event) -> None:
        """Take an event that is in memory already, beyond capacity too."""
        self._put(event, None)

    async def submit(self, event: Event, progress: Progress | None = None) -> None:
        """Take an event of a file or of history, waiting for room."""
        await self.submit_all((event,), progress)

    async def submit_all(self, events: Sequence[Event], progress: Progress | None) -> None:
        """Take the events of one line of a file, waiting for room; they are saved together or not at all."""
        while len(self._waiting) >= CAPACITY:
            self._room.clear()
            await self._until(self._room.wait())
        for event in events:
            self._put(event, progress)

    async def finish(self, progress: Progress | None = None) -> None:
        """Work off everything that waits, save `progress` with it, and stop. Raises what the work raised."""
        self._closing = True
        self._something.set()
        try:
            if self._task is not None:
                await self._task
            if progress is not None:
                await self._store.keep(Kept(at=self._clock.now(), progress=progress))
        finally:
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def drain(self, seconds: float) -> int:
        """Finish, but give up after `seconds`; how many events were left for the next start to read back."""
        try:
            async with asyncio.timeout(seconds):
                await self.finish()
        except TimeoutError:
            if self._task is not None:
                self._task.cancel()
        return self.backlog

    def failed(self) -> BaseException | None:
        """What ended the work early, if anything did."""
        if self._task is None or not self._task.done() or self._task.cancelled():
            return None
        return self._task.exception()

    async def ended(self) -> None:
        """Wait until the work ends, by itself or by an error."""
        if self._task is not None:
            await asyncio.wait([self._task])

    def _put(self, event: Event, progress: Progress | None) -> None:
        self._waiting.append((event, progress))
        self._something.set()

    async def _until(self, wait: Coroutine[None, None, bool]) -> None:
        """Wait for room, but not for ever when the work has ended."""
        waiting = asyncio.create_task(wait)
        assert self._task is not None, "start the pipeline first"
        await asyncio.wait([waiting, self._task], return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            waiting.cancel()
            self._task.result()
            raise RuntimeError("the pipeline has stopped")

    async def _work(self) -> None:
        while True:
            if not self._waiting:
                if self._closing:
                    return
                self._something.clear()
                await self._something.wait()
                continue
            count = self._next_batch()
            batch = [self._waiting[i] for i in range(count)]
            await self._handle([event for event, _ in batch], batch[-1][1])
            for _ in range(count):
                self._waiting.popleft()
            self._room.set()

    def _next_batch(self) -> int:
        """How many of the waiting events are the next batch: never a part of a line, whose progress covers it all."""
        count = min(BATCH, len(self._waiting))
        while count < len(self._waiting) and (line := self._waiting[count][1]) and line is self._waiting[count - 1][1]:
            count += 1
        return count

    async def _handle(self, events: Sequence[Event], progress: Progress | None) -> None:
        policy, now = self._policy(), self._clock.now()
        events = [event for event in events if policy.reads(event.channel)]
        posts = [event for event in events if isinstance(event, Posted) and not policy.exempts(event)]
        read = await self._classify(posts, policy, now)
        changes = [change for e in events for change in (changes_of(e, read) if isinstance(e, Posted) else (e,))]
        kept = Kept(
            at=now,
            changes=changes,
            tallies=tallies_of(posts, read),
            spreads=read.scored,
            marks=_marks(events),
            channels={event.channel.id: event.channel for event in events},
            progress=progress,
            beside=read.beside,
        )
        new = await self._keep(kept)
        self._count(events, posts, read.flags, new)
        if new or any(is_news(change) for change in kept.changes):
            self._on_saved()

    async def _classify(self, posts: Sequence[Posted], policy: Policy, now: datetime) -> Read:
        if not posts:
            return Read()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._read, posts, policy, now)

    def _read(self, posts: Sequence[Posted], policy: Policy, now: datetime) -> Read:
        """On the classifier's thread: the live verdicts, and only then a candidate's."""
        verdicts: list[Verdict] = self._classifier.read([post.text for post in posts])
        read = judged(self._classifier, posts, verdicts, policy, now, self._sampling)
        if self._beside is None:
            return read
        flagged = {place for place, post in enumerate(posts) if id(post) in read.flags}
        beside = self._beside.compare(posts, verdicts, flagged, policy, self.backlog, now)
        return replace(read, beside=beside)

    async def _keep(self, kept: Kept) -> int:
        tries = 0
        while True:
            try:
                return await self._store.keep(kept)
            except (StoreBusy, StoreFull) as problem:
                if not self._patient:
                    raise
                seconds = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
                log.warning("not saved yet, trying again in %s s: %s", seconds, problem)
                tries += 1
                await asyncio.sleep(seconds)

    def _count(self, events: Sequence[Event], posts: Sequence[Posted], flags: Mapping[int, Flag], new: int) -> None:
        self.totals.read += sum(post.advances for post in posts)
        self.totals.exempt += sum(isinstance(event, Posted) for event in events) - len(posts)
        self.totals.flagged += len(flags)
        self.totals.new_flags += new
        self.totals.withdrawn += sum(isinstance(event, Withdrawn) for event in events)


def _marks(events: Sequence[Event]) -> dict[str, int]:
    marks: dict[str, int] = {}
    for event in events:
        if isinstance(event, Posted) and event.advances:
            marks[event.channel.id] = max(int(event.id), marks.get(event.channel.id, 0))
    return marks
