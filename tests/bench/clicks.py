"""How soon is a click acknowledged while the model is kept as busy as it can be? Also with a slow model, a slow disk.

Members post as fast as the model reads: so much waits at any time that each batch is full, and never so much that the
bot would leave it to history. Moderators press Dismiss, Context, Uphold, /queue and /case meanwhile. Timed is from the
click to the moment at which Discord is told that the bot has heard it.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from pathlib import Path

from tests.bench.reading import texts
from tests.bench.seeding import hang
from tests.bench.town import Town, percentile, town
from tests.bench.whole import watch
from tests.loopback import Interaction, Member, Message

SECONDS = 30  # of clicks
WARM = 5  # seconds of messages before the first click
AHEAD = 1_200  # messages posted that are not read yet: more than four full batches, less than what the bot holds
CARDS = 1_000
LATE = 3.0  # Discord gives up then


def busy() -> dict[str, float]:
    """The model reads as fast as it can."""
    return asyncio.run(_clicks(pace=15))


def slow_model() -> dict[str, float]:
    """Besides, each batch takes half a second more."""
    return asyncio.run(_clicks(pace=15, model=0.5))


def slow_disk() -> dict[str, float]:
    """Besides, each call of the store takes 0.2 to 0.5 s more."""
    return asyncio.run(_clicks(pace=8, disk=(0.2, 0.5)))


async def _clicks(pace: float, model: float = 0.0, disk: tuple[float, float] = (0.0, 0.0)) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder)) as place:
            cards = hang(place, CARDS)
            async with place.bot(model=model, disk=disk):
                ahead: list[int] = []
                posting = asyncio.create_task(_post(place, ahead))
                await asyncio.sleep(WARM)
                ahead.clear()
                late: list[float] = []
                watching = asyncio.create_task(watch(late))
                before, started = _read(place), time.perf_counter()
                pressed = await _press(place, cards, pace)
                read = (_read(place) - before) / (time.perf_counter() - started)
                await asyncio.sleep(LATE)
                posting.cancel()
                watching.cancel()
            return _figures(place, pressed) | {
                "messages_per_second": read,
                "least_waiting": min(ahead),
                "own_p99_ms": 1000 * percentile(late, 0.99),
            }


async def _post(place: Town, ahead: list[int]) -> None:
    """Members write as fast as they are read; `ahead` is told how many messages wait."""
    words = itertools.cycle(texts())
    posted = 0
    while True:
        ahead.append(posted - _read(place))
        if ahead[-1] < AHEAD:
            await place.square.post_many(place.members, itertools.islice(words, 50))
            posted += 50
        await asyncio.sleep(0.01)


def _read(place: Town) -> int:
    with place.rows() as rows:
        return int(rows.execute("SELECT coalesce(sum(read), 0) FROM counts").fetchone()[0])


async def _press(place: Town, cards: list[Message], pace: float) -> list[Interaction]:
    """Moderators press in turn, each something else than before, at a steady pace."""
    pressed: list[Interaction] = []
    who, fresh = itertools.cycle(place.moderators), iter(cards)
    started = time.perf_counter()
    for number in range(int(SECONDS * pace)):
        await asyncio.sleep(max(0.0, started + number / pace - time.perf_counter()))
        pressed.append(await _do(place, next(who), number, fresh, cards))
    return pressed


async def _do(
    place: Town, who: Member, number: int, fresh: itertools.chain[Message], cards: list[Message]
) -> Interaction:
    server = place.server
    if number % 5 == 0:
        return await server.click(who, next(fresh), "Avskriv / Dismiss")
    if number % 5 == 1:
        return await server.click(who, cards[-1 - number // 5], "Sammanhang / Context")
    if number % 5 == 2:
        return await server.click(who, cards[-1 - number // 5], "Bifall / Uphold")
    if number % 5 == 3:
        return await server.slash(who, place.desk, "queue")
    return await server.slash(who, place.desk, "case", {"number": 1 + number // 5})


def _figures(place: Town, pressed: list[Interaction]) -> dict[str, float]:
    heard = {
        request.path: request.time for request in place.server.requests.matching("POST /interactions/*/*/callback")
    }
    waits = [
        heard.get(f"/interactions/{each.id}/{each.token}/callback", each.began + 60) - each.began for each in pressed
    ]
    return {
        "clicks": len(pressed),
        "unheard": sum(wait > LATE for wait in waits),
        "p50_ms": 1000 * percentile(waits, 0.5),
        "p99_ms": 1000 * percentile(waits, 0.99),
        "worst_ms": 1000 * max(waits),
    }
