"""What do the panel's pages of figures cost when a million flags are there? Each page with a thousand, and with them.

Seeded by SQL: eight whole weeks of the same channels, upheld and dismissed by turns, with measures; triggers keep the
sums as they would in use.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from aiohttp import ClientSession

from bot.core.ports import Tally
from bot.core.roles import Rank
from bot.store.connection import open_database
from bot.store.keeping import keep
from tests.builders import NOW, flag, kept
from tests.web.panel_harness import served
from tests.web.panel_weeks import CHANNELS, make

FEW, MANY = 1_000, 1_000_000
ROUNDS = 40
PAGES = {"map": "/map", "channel": "/map?channel=100", "cases": "/map/cases?channel=100&weekday=1&hour=16&hours=4",
         "week": "/week", "settings": "/settings", "record": "/record", "person": "/record?by=11",
         "reopened": "/record?kind=reopening"}  # fmt: skip


def panel_figures() -> dict[str, float]:
    """The 95th percentile of each page in milliseconds, with few and with many flags."""
    return asyncio.run(_measured())


async def _measured() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        files = {size: Path(folder) / f"{size}.db" for size in (FEW, MANY)}
        for size, path in files.items():
            heap(path, size)
        async with served(files[FEW]) as few, served(files[MANY]) as many:
            clients = {FEW: await few.sign_in(Rank.ADMIN), MANY: await many.sign_in(Rank.ADMIN)}
            found: dict[str, float] = {}
            for name, path in PAGES.items():
                times: dict[int, list[float]] = {FEW: [], MANY: []}
                for number in range(-5, ROUNDS):  # the first are not counted
                    for size, client in clients.items():
                        milliseconds = await _asked(client, path)
                        times[size] += [milliseconds] if number >= 0 else []
                found |= {f"{name}_{size}_ms": statistics.quantiles(each, n=20)[-1] for size, each in times.items()}
            return found


def heap(path: Path, count: int) -> None:
    """So many decided flags of the channels of a made-up town, over eight weeks."""
    make(path, weeks=9)
    db = open_database(path)
    keep(db, kept(flag(), tallies=[Tally(each.id, NOW - timedelta(weeks=1), 1, 0) for each in CHANNELS]))
    first = int(db.execute("SELECT max(id) FROM flags").fetchone()[0])
    columns = [row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall()]
    ago = "strftime('%Y-%m-%dT%H:%M:%f+00:00', '2026-01-26 07:00', '-' || ((n * 37) % 80640) || ' minutes')"
    channels = " ".join(f"WHEN {number} THEN '{each.id}'" for number, each in enumerate(CHANNELS[:5]))
    new = {
        "id": f"{first} + n", "message_id": "CAST(message_id AS INTEGER) + n", "posted_at": ago, "flagged_at": ago,
        "channel_id": f"CASE n % 5 {channels} END", "announced_at": ago, "state": "'pending'",
    }  # fmt: skip
    values = ", ".join(new.get(column, column) for column in columns)
    db.execute("BEGIN")
    db.execute(
        f"""WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
        INSERT INTO flags ({", ".join(columns)}) SELECT {values}
        FROM numbers, (SELECT * FROM flags WHERE id = {first})""",  # fixed texts
        [count],
    )
    db.execute(
        """INSERT INTO decisions (flag_id, step, by, motives, decided_at)
        SELECT id, iif(id % 3, 'uphold', 'dismiss'), CAST(11 + id % 4 AS TEXT),
        iif(id % 3, '["misogyny"]', '[]'), strftime('%Y-%m-%dT%H:%M:%f+00:00', flagged_at, '+20 minutes')
        FROM flags WHERE id > ?""",
        [first],
    )
    db.execute(
        "UPDATE flags SET state = iif(id % 3, 'upheld', 'dismissed'), seen_at = flagged_at WHERE id > ?", [first]
    )
    db.execute("COMMIT")
    db.close()


async def _asked(client: ClientSession, path: str) -> float:
    started = time.perf_counter()
    async with client.get(path) as response:
        assert response.status == 200, path
        await response.read()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    for name, figure in panel_figures().items():
        print(f"{name:24} {figure:8.1f}")  # a bench
