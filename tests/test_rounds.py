"""What goes on by itself never ends without a word, and forgetting goes on whatever fails."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.core.errors import StoreBusy
from bot.rounds import DAY, HOUR, forget_daily, kept_up


class EnoughError(Exception):
    """Ends what would go on for ever."""


async def test_forgetting_goes_on_after_any_failure_and_says_so_without_a_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outcomes = [StoreBusy("the file is locked"), ValueError("en hemlig text"), 3]
    pauses: list[float] = []

    async def forget() -> int:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if not outcomes:
            raise EnoughError

    with caplog.at_level(logging.INFO, "bot.rounds"), pytest.raises(EnoughError):
        await forget_daily(forget, sleep)
    assert pauses == [HOUR, HOUR, DAY]
    assert "the file is locked" in caplog.text
    assert "ValueError at test_rounds.py" in caplog.text
    assert "text forgotten in 3 flags" in caplog.text
    assert "hemlig" not in caplog.text


async def test_a_task_that_ends_by_a_mistake_is_logged_at_once_and_a_cancelled_one_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails() -> None:
        raise KeyError("en hemlig text")

    async def waits() -> None:
        await asyncio.Event().wait()

    failing, waiting = kept_up(fails(), "backlog"), kept_up(waits(), "cards")
    await asyncio.wait([failing])
    waiting.cancel()
    await asyncio.wait([waiting])
    await asyncio.sleep(0)
    assert "backlog ended: KeyError at test_rounds.py" in caplog.text
    assert "cards" not in caplog.text
    assert "hemlig" not in caplog.text
