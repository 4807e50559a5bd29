"""For how long does the stream stall while a database is backed up? Beside the same load without a backup, in one run.

`python -m tests.bench backing-up`: 1 GB, or as many megabytes as UPPSIKT_BENCH_MB says. The stream is an event loop
that keeps a batch every few milliseconds through the bot's own store, and listens for its own ticks; the backup is made
as the bot makes it, in a process of its own. Machines hiccup by themselves, so the load without a backup is taken
before and after, and what is judged is what a backup adds to the longest stall of that.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from bot.app import SystemClock
from bot.backup_rounds import Backups
from bot.config import load
from bot.store import SqliteStore, open_database
from tests.builders import flag, kept, post

MEGABYTES = int(os.environ.get("UPPSIKT_BENCH_MB", "1000"))
EVERY = 0.02  # seconds between batches
TICK = 0.005
ALONE = 20.0  # seconds of load without a backup, before and after
ROWS = 5_000


def backing_up() -> dict[str, float]:
    """Milliseconds: the longest and the 99.9th percentile of a commit and of the loop's ticks, with and without."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("UPPSIKT_BENCH_DIR")) as folder:
        path = Path(folder) / "uppsikt.db"
        _fill(path, MEGABYTES)
        (Path(folder) / "config.toml").write_text('[backup]\nfolder = "copies"\n')
        return {"megabytes": path.stat().st_size / 1e6} | asyncio.run(_measured(Path(folder)))


def _fill(path: Path, megabytes: int) -> None:
    with closing(open_database(path)) as db:
        db.execute("CREATE TABLE ballast (x BLOB)")
        while path.stat().st_size < megabytes * 1e6:
            db.execute(
                """INSERT INTO ballast WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                SELECT randomblob(2000) FROM n""",
                [ROWS],
            )
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _measured(folder: Path) -> dict[str, float]:
    settings = load(folder / "config.toml", {})
    store = SqliteStore.open(settings.database)
    backups = Backups(settings, SystemClock())
    try:
        before = await _loaded(store, lambda: asyncio.sleep(ALONE))
        began = time.perf_counter()
        beside = await _loaded(store, lambda: backups._asked("--reason", "measured"))
        took = time.perf_counter() - began
        after = await _loaded(store, lambda: asyncio.sleep(ALONE))
    finally:
        await store.close()
    found = {"seconds": took}
    for name, ms in (("before", before), ("beside", beside), ("after", after)):
        for what, values in ms.items():
            found[f"{what}_{name}"] = max(values)
            found[f"{what}_{name}_999"] = sorted(values)[int(len(values) * 0.999)]
    return found


_given = 0


async def _loaded(store: SqliteStore, work: Callable[[], Awaitable[object]]) -> dict[str, list[float]]:
    """Milliseconds that commits took, and that ticks came late, while something was done."""
    commits: list[float] = []
    late: list[float] = []
    tasks = [asyncio.create_task(_stream(store, commits)), asyncio.create_task(_tick(late))]
    await work()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {"commit": commits, "loop": late}


async def _stream(store: SqliteStore, commits: list[float]) -> None:
    global _given
    while True:
        _given += 3
        batch = kept(*(flag(post(_given + n, "ett ord " * 30)) for n in range(3)))
        began = time.perf_counter()
        await store.keep(batch)
        commits.append((time.perf_counter() - began) * 1e3)
        await asyncio.sleep(EVERY)


async def _tick(late: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(TICK)
        late.append((time.perf_counter() - began - TICK) * 1e3)
