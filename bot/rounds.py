"""What goes on for as long as the bot does, with nobody waiting for it? It may fail, but never end without a word."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.core.errors import UppsiktError
from bot.healing import Sleep, place

log = logging.getLogger(__name__)

DAY = 24 * 3600
HOUR = 3600


def kept_up(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    """A task that is to go on until it is cancelled; if it ends by itself, the log says so."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_ended)
    return task


async def forget_daily(forget: Callable[[], Awaitable[int]], sleep: Sleep = asyncio.sleep) -> None:
    """Forget every day what is to be forgotten; where that fails, for whatever reason, again within the hour."""
    while True:
        pause = DAY
        try:
            log.info("text forgotten in %d flags", await forget())
        except UppsiktError as problem:
            pause = HOUR
            log.warning("not all forgotten, again in an hour: %s", problem)
        except Exception as problem:  # a mistake of ours must not end forgetting; its message may quote a text
            pause = HOUR
            log.error("not all forgotten, again in an hour: %s %s", type(problem).__name__, place(problem))
        await sleep(pause)


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (problem := task.exception()) is not None:
        log.error("%s ended: %s %s", task.get_name(), type(problem).__name__, place(problem))
