"""What does asking cost when much waits? `/queue`, `/case` and `/stats` with 100 and with 100,000 open flags.

Two towns side by side, asked in turn, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.seeding import heap
from tests.bench.town import Town, town

FEW, MANY = 100, 100_000
ROUNDS = 100
ASKED: dict[str, dict[str, Any]] = {"queue": {}, "case": {"number": 77}, "stats": {}}


def queue() -> dict[str, float]:
    """Medians from the command to the answer, in milliseconds."""
    return asyncio.run(_queue())


async def _queue() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder) / "few") as small, town(Path(folder) / "many") as large:
            heap(small, FEW)
            heap(large, MANY)
            async with small.bot(), large.bot():
                times: dict[tuple[str, int], list[float]] = {}
                for name in ASKED:  # one after the other: a long answer would make the machine favour the other town
                    for number in range(-5, ROUNDS):  # the first are not counted
                        both = [(small, FEW), (large, MANY)]
                        for place, size in both if number % 2 else reversed(both):
                            seconds = await _ask(place, name, number)
                            if number >= 0:
                                times.setdefault((name, size), []).append(1000 * seconds)
    return {f"{name}_{size}_ms": statistics.median(each) for (name, size), each in times.items()}


async def _ask(place: Town, name: str, number: int) -> float:
    who = place.moderators[number % len(place.moderators)]
    started = time.perf_counter()
    await (await place.server.slash(who, place.desk, name, dict(ASKED[name]))).shown()
    return time.perf_counter() - started
