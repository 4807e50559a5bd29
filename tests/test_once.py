"""Long figuring is done once for all who ask for the same meanwhile."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.once import Once


async def test_whoever_asks_meanwhile_waits_for_the_same_answer() -> None:
    """Thirty ask at once; the work is done once, and each has its answer."""
    once, gate, done = Once(4), threading.Event(), []

    def work() -> int:
        gate.wait(10)
        done.append(1)
        return 7

    asked = [asyncio.create_task(once("key", work)) for _ in range(30)]
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(*asked) == [7] * 30
    assert len(done) == 1


async def test_whoever_goes_away_leaves_the_answer_to_the_others() -> None:
    """A closed tab ends nobody else's page."""
    once, gate = Once(4), threading.Event()

    def work() -> int:
        gate.wait(10)
        return 7

    first, second = (asyncio.create_task(once("key", work)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    gate.set()
    assert await second == 7


async def test_what_failed_is_tried_anew() -> None:
    """A refusal is told to whoever asked, and is no answer for the next."""
    once, results = Once(4), iter((ValueError("no"), 7))

    def work() -> int:
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    with pytest.raises(ValueError, match="no"):
        await once("key", work)
    assert await once("key", work) == 7


async def test_the_oldest_answers_make_room() -> None:
    """So that memory does not grow with what was ever asked."""
    once, done = Once(2), []
    for key in ("a", "b", "c", "a"):
        await once(key, lambda key=key: done.append(key))  # type: ignore[misc]  # bound now
    assert done == ["a", "b", "c", "a"]
