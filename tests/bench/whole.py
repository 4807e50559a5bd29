"""How much does the way from a message to its row cost beside bare reading, and how late does the event loop wake?"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.reading import MESSAGES, MODEL, WEEK, peak_mb, texts, timed

ROUNDS = 10  # over the same messages


def end_to_end() -> dict[str, float]:
    """Message in to row committed, through the whole pipeline; the event loop is watched meanwhile."""
    return asyncio.run(_end_to_end())


async def _end_to_end() -> dict[str, float]:
    from bot.app import SystemClock
    from bot.config import Settings
    from bot.core.lines import parse_event
    from bot.pipeline import Pipeline
    from bot.store import SqliteStore
    from classifier.model import Model

    model = Model.load(MODEL)
    some = texts()
    model.read(some[:100])
    bare = statistics.median(len(some) / timed(lambda: model.read(some)) for _ in range(3))
    events = [event for line in WEEK.read_bytes().splitlines() for event in parse_event(line)][:MESSAGES]
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.open(Path(folder) / "bench.db")
        policy = Settings().policy(model.manifest.thresholds)
        pipeline = Pipeline(model, store, lambda: policy, SystemClock())
        delays: list[float] = []
        watching = asyncio.create_task(watch(delays))
        pipeline.start()
        started = time.perf_counter()
        for _ in range(ROUNDS):
            for event in events:
                await pipeline.submit(event)
        await pipeline.finish()
        seconds = time.perf_counter() - started
        watching.cancel()
        await store.close()
    delays.sort()
    return {
        "bare_per_second": bare,
        "per_second": ROUNDS * len(events) / seconds,
        "loop_p99_ms": 1000 * delays[int(len(delays) * 0.99)],
        "loop_worst_ms": 1000 * delays[-1],
        "peak_mb": peak_mb(),
    }


async def watch(delays: list[float]) -> None:
    """How late the event loop wakes whoever asked for 5 ms."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(0.005)
        delays.append(time.perf_counter() - asked - 0.005)
