"""What does a page of the panel cost when there are many flags? With 1,000 and with 1,000,000 of them, a tenth open,
thirty moderators asking at once while messages stream in.

Two panels in one process, asked in turn, so that whatever else the machine does meets both. A page that others add is
one more line of PAGES.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import aiohttp

from bot.app import SystemClock
from bot.config import Settings
from bot.core.flags import Flag, Reason
from bot.core.leases import Leases
from bot.core.messages import Channel, Posted
from bot.core.panel import Visitor
from bot.core.ports import Kept
from bot.core.roles import Rank
from bot.reviewing import Reviewing
from bot.signing_in import SigningIn
from bot.store import SqliteStore
from bot.store.connection import open_database
from bot.store.desk_reading import SqliteDesk
from bot.store.keeping import keep
from bot.store.panel import SqlitePanel
from bot.upkeep import CardUpkeep
from bot.web import Desk, WebDesk
from classifier.verdict import MOTIVES, TARGETS, Span, Verdict
from tests.bench.town import percentile

FEW, MANY = 1_000, 1_000_000
MODERATORS, ROUNDS = 30, 6  # rounds of every page by everybody
OPEN = 10  # one of so many waits for a decision
STREAM_SECONDS = 0.02  # between flags that come in meanwhile
PLACE = Channel("100", "torget", "1")
PAGES = {  # `{flag}` is another one each time
    "queue": "/queue",
    "queue_filtered": "/queue?motive=misogyny",
    "queue_open_case": "/queue?case={flag}",
    "queue_decided": "/queue?pile=decided",
    "case": "/case/{flag}",
}


def panel() -> dict[str, float]:
    """The 95th percentile of each page, in milliseconds, for both sizes."""
    return asyncio.run(_panel())


def seed(path: Path, flags: int) -> None:
    """So many flags of many authors and every urgency, decided but for a tenth, straight into the file."""
    db = open_database(path)
    keep(db, Kept(datetime.now(UTC), [_flag(0)], channels={PLACE.id: PLACE}))
    db.execute("PRAGMA synchronous = OFF")
    columns = [row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall()]
    new = {
        "id": "n",
        "message_id": "CAST(message_id AS INTEGER) + n",
        "author_id": "'u' || (n % 100000)",
        "urgency": "(n % 2) * 3000 + (n % 3) * 100",
        "state": f"iif(n % {OPEN} = 0, 'pending', iif(n % 2, 'upheld', 'dismissed'))",
        "motives": "json_set(motives, '$.misogyny', iif(n % 70 = 0, 0.9, 0.01))",
        "flagged_at": "strftime('%Y-%m-%dT%H:%M:%S.000+00:00', 'now', '-' || (n % 129600) || ' minutes')",
        "announced_at": "flagged_at",
    }
    values = ", ".join(new.get(column, column) for column in columns)
    with db.atomic():
        db.execute(
            f"""WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
            INSERT INTO flags ({", ".join(columns)})
            SELECT {values} FROM numbers, (SELECT * FROM flags WHERE id = 1)""",
            [flags],
        )
        db.execute(
            """INSERT INTO decisions (flag_id, step, by, motives, decided_at)
            SELECT id, iif(state = 'upheld', 'uphold', 'dismiss'), 'Maja', '[]', flagged_at
            FROM flags WHERE state <> 'pending'"""
        )
    db.close()


async def _panel() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            served = {}
            for size in (FEW, MANY):
                path = Path(folder) / f"{size}.db"
                seed(path, size)
                served[size] = await _served(path, stack)
            times: dict[tuple[str, int], list[float]] = {}
            for name, place in PAGES.items():
                for number in range(-1, ROUNDS):  # the first is not counted
                    for size in (FEW, MANY) if number % 2 else (MANY, FEW):
                        found = await _round(served[size], place, size)
                        if number >= 0:
                            times.setdefault((name, size), []).extend(found)
    return {f"{name}_{size}_ms": percentile(each, 0.95) for (name, size), each in times.items()}


async def _round(hands: list[aiohttp.ClientSession], place: str, size: int) -> list[float]:
    """Everybody asks at once."""
    return list(await asyncio.gather(*(_ask(each, place, n, size) for n, each in enumerate(hands))))


async def _ask(hand: aiohttp.ClientSession, place: str, number: int, size: int) -> float:
    flag = (number + 1) * OPEN * 3 % size or OPEN
    started = time.perf_counter()
    async with hand.get(place.format(flag=flag)) as response:
        assert response.status == 200, response.status
        await response.read()
    return 1000 * (time.perf_counter() - started)


async def _served(path: Path, stack: AsyncExitStack) -> list[aiohttp.ClientSession]:
    """A panel over a file, into which flags go on streaming; thirty moderators who are signed in at it."""
    writing, reading = SqliteStore.open(path), SqliteStore.open(path)
    stack.push_async_callback(writing.close)
    stack.push_async_callback(reading.close)
    clock, leases = SystemClock(), Leases()
    signing_in = SigningIn(SqlitePanel(writing), clock, timedelta(hours=8))
    reviewing = Reviewing(writing, clock, leases, CardUpkeep(writing, clock, leases))
    desk = WebDesk(Desk(Settings(), clock, signing_in, reviewing, SqliteDesk(reading)))
    port = await desk.start("127.0.0.1", 0)
    stack.push_async_callback(desk.close)
    streaming = asyncio.create_task(_stream(writing, count(10_000_000)))
    stack.callback(streaming.cancel)
    hands = []
    for number in range(MODERATORS):
        link = await signing_in.invite(Visitor(f"m{number}", f"m{number}", Rank.MODERATOR, ("1",)))
        secret = await signing_in.enter(link)
        jar = aiohttp.CookieJar(unsafe=True)
        session = aiohttp.ClientSession(f"http://127.0.0.1:{port}", cookies={"uppsikt": str(secret)}, cookie_jar=jar)
        hands.append(await stack.enter_async_context(session))
    return hands


async def _stream(store: SqliteStore, numbers: Iterator[int]) -> None:
    while True:
        flag = _flag(next(numbers))
        await store.do(lambda db, flag=flag: keep(db, Kept(datetime.now(UTC), [flag])))  # type: ignore[misc]
        await asyncio.sleep(STREAM_SECONDS)


def _flag(number: int) -> Flag:
    at = datetime.now(UTC) - timedelta(minutes=5)
    text = f"ett påhittat meddelande som någon borde se på {number}"
    likely = dict.fromkeys(MOTIVES, 0.02) | {MOTIVES[number % len(MOTIVES)]: 0.8}
    spans = (Span(12, 22, 0.7), Span(4, 11, 0.2))
    verdict = Verdict(0.93, 0.1, likely, dict.fromkeys(TARGETS, 0.02), "bench@0", "sv", spans=spans)
    post = Posted(str(10**17 + number), PLACE, f"u{number}", at, text)
    return Flag(post, verdict, (Reason("threshold", "flag", 0.93, 0.5),), {"flag": 0.5}, at)
