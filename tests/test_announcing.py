"""Do the moderators hear of every saved flag, whatever fails on the way? Against a real store, with time in hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.announcing import AT_ONCE, RETRY_SECONDS, Announcements
from bot.core.cases import Case, Told
from bot.core.desk import Desk
from bot.core.errors import PlatformError, StoreBusy
from bot.core.telling_times import Past, Untold
from bot.store import SqliteStore
from tests.builders import FLAGGED, NOW, flag, kept, post
from tests.fakes import FakeClock

PATIENCE = 20  # seconds until a test that hangs is called failed


class Moderators:
    """A platform that remembers what it was told, and fails first as often as it is given problems."""

    def __init__(self, *problems: Exception) -> None:
        self.told: list[list[int]] = []
        self.problems = list(problems)

    async def announce(self, cases: Sequence[Case], *, ping: bool = False) -> Told:
        return await self.hear([case.id for case in cases])

    async def digest(self, flags: Sequence[Untold], *, ping: bool = False) -> Told:
        return await self.hear([each.flag for each in flags])

    async def hear(self, flags: Sequence[int]) -> Told:
        if self.problems:
            raise self.problems.pop(0)
        self.told.append(list(flags))
        return Told(self.told[-1])

    @property
    def heard(self) -> list[int]:
        return [number for batch in self.told for number in batch]


class Deaf(Moderators):
    """Takes what it is told, and never answers."""

    async def hear(self, flags: Sequence[int]) -> Told:
        told = await super().hear(flags)
        await asyncio.Event().wait()
        return told


class ForgetfulStore:
    """A real store that is busy when flags are to be marked as told."""

    def __init__(self, store: SqliteStore, times: int) -> None:
        self.store, self.times = store, times

    async def untold(self, desk: Desk, threats: bool, limit: int) -> Sequence[Untold]:
        return await self.store.untold(desk, threats, limit)

    async def past(self) -> Past:
        return await self.store.past()

    async def case(self, number: int) -> Case | None:
        return await self.store.case(number)

    async def announced(self, told: Told, at: datetime) -> None:
        if self.times:
            self.times -= 1
            raise StoreBusy("locked")
        await self.store.announced(told, at)


class Pauses:
    """Time that passes at once, and remembers how long was waited; something may happen meanwhile."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.meanwhile: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.meanwhile()


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore.open(tmp_path / "uppsikt.db")
    yield opened
    await opened.close()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@asynccontextmanager
async def telling(announcements: Announcements, moderators: Moderators) -> AsyncIterator[asyncio.Task[None]]:
    """While this lasts, flags are announced."""
    task = asyncio.create_task(announcements.run(moderators))
    try:
        yield task
        assert not task.done(), "announcing ended by itself"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def save(store: SqliteStore, *numbers: int) -> None:
    """Save flags on messages of these numbers."""
    await store.keep(kept(*(flag(post(number, FLAGGED)) for number in numbers)))


async def all_marked(store: SqliteStore) -> None:
    """Wait until no flag is left that the moderators were not told of."""
    async with asyncio.timeout(PATIENCE):
        while await store.unannounced(1):
            await asyncio.sleep(0)


async def test_every_saved_flag_is_told_once(store: SqliteStore, pauses: Pauses) -> None:
    moderators, announcements = Moderators(), Announcements(store, FakeClock(), pauses)
    async with telling(announcements, moderators):
        for number in (1, 2, 3):
            await save(store, number)
            announcements.wake()
            await all_marked(store)
        announcements.wake()
    assert moderators.heard == [1, 2, 3]
    assert not pauses.seconds


async def test_a_flag_is_marked_with_the_time_at_which_it_was_told(store: SqliteStore) -> None:
    clock = FakeClock(NOW)
    clock.advance(hours=3)
    await save(store, 1)
    async with telling(Announcements(store, clock), Moderators()):
        await all_marked(store)
    [row] = await store.do(lambda db: db.execute("SELECT announced_at FROM flags").fetchall())
    assert datetime.fromisoformat(row["announced_at"]) == clock.now()


async def test_what_an_earlier_run_left_untold_is_told_at_the_start(tmp_path: Path) -> None:
    earlier = SqliteStore.open(tmp_path / "earlier.db")
    await save(earlier, 1, 2)
    await earlier.close()
    store, moderators = SqliteStore.open(tmp_path / "earlier.db"), Moderators()
    async with telling(Announcements(store, FakeClock()), moderators):
        await all_marked(store)
    await store.close()
    assert moderators.heard == [1, 2]


async def test_a_flood_is_told_in_pieces_in_order(store: SqliteStore) -> None:
    moderators, count = Moderators(), 2 * AT_ONCE + 1
    await save(store, *range(1, count + 1))
    async with telling(Announcements(store, FakeClock()), moderators):
        await all_marked(store)
    assert [len(batch) for batch in moderators.told] == [AT_ONCE, AT_ONCE, 1]
    assert moderators.heard == list(range(1, count + 1))


async def test_what_fails_is_told_later_ever_more_patiently(store: SqliteStore, pauses: Pauses) -> None:
    failures = len(RETRY_SECONDS) + 1
    moderators = Moderators(*(PlatformError("Discord is away") for _ in range(failures)))
    await save(store, 1)
    async with telling(Announcements(store, FakeClock(), pauses), moderators):
        await all_marked(store)
    assert moderators.heard == [1]
    assert pauses.seconds == [*RETRY_SECONDS, RETRY_SECONDS[-1]]


async def test_after_a_success_the_next_failure_is_tried_again_soon(store: SqliteStore, pauses: Pauses) -> None:
    moderators = Moderators(PlatformError("away"), PlatformError("away"))
    announcements = Announcements(store, FakeClock(), pauses)
    await save(store, 1)
    async with telling(announcements, moderators):
        await all_marked(store)
        moderators.problems.append(PlatformError("away again"))
        await save(store, 2)
        announcements.wake()
        await all_marked(store)
    assert moderators.heard == [1, 2]
    assert pauses.seconds == [*RETRY_SECONDS[:2], RETRY_SECONDS[0]]


async def test_flags_that_come_while_telling_fails_are_told_with_the_others(store: SqliteStore, pauses: Pauses) -> None:
    moderators = Moderators(*(PlatformError("away") for _ in range(3)))
    announcements = Announcements(store, FakeClock(), pauses)

    async def one_more() -> None:
        await save(store, 1 + len(pauses.seconds))
        announcements.wake()

    pauses.meanwhile = one_more
    await save(store, 1)
    async with telling(announcements, moderators):
        await all_marked(store)
    assert moderators.told == [[1, 2, 3, 4]]


async def test_a_run_that_is_killed_while_telling_leaves_the_flags_to_the_next(store: SqliteStore) -> None:
    await save(store, 1, 2)
    deaf, moderators = Deaf(), Moderators()
    async with telling(Announcements(store, FakeClock()), deaf):
        async with asyncio.timeout(PATIENCE):
            while not deaf.told:
                await asyncio.sleep(0)
    async with telling(Announcements(store, FakeClock()), moderators):
        await all_marked(store)
    assert moderators.told == deaf.told  # the same ones together, which Discord knows for a repetition


async def test_a_busy_database_makes_nobody_hear_of_a_flag_twice(store: SqliteStore, pauses: Pauses) -> None:
    moderators = Moderators()
    busy = ForgetfulStore(store, times=3)
    await save(store, 1)
    async with telling(Announcements(busy, FakeClock(), pauses), moderators):  # type: ignore[arg-type]
        await all_marked(store)
    assert moderators.heard == [1]
    assert len(pauses.seconds) == 3


async def test_a_mistake_of_our_own_ends_nothing_and_logs_no_words(
    store: SqliteStore, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    moderators = Moderators(ValueError("cannot write: hemliga ord"), KeyError("hemliga ord"))
    await save(store, 1)
    with caplog.at_level(logging.DEBUG):
        async with telling(Announcements(store, FakeClock(), pauses), moderators):
            await all_marked(store)
    assert moderators.heard == [1]
    assert [record.levelname for record in caplog.records if record.name == "bot.announcing"] == ["ERROR", "ERROR"]
    assert "ValueError at test_announcing.py:" in caplog.text
    assert "hemliga" not in caplog.text
