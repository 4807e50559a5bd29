"""How does something get done that may fail for hours? From what was saved, again and again, ever more patiently.

The work is handed in and does all that there is to do; it ends well, or raises and is begun anew after a while.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.core.errors import PlatformError, StoreError

RETRY_SECONDS = (1, 5, 30, 120, 600)  # between tries; the last is repeated

Sleep = Callable[[float], Awaitable[object]]


class Healing:
    """Does its work whenever it is woken, until it has worked."""

    def __init__(self, log: logging.Logger, failed: str, sleep: Sleep = asyncio.sleep) -> None:
        """`failed` says in the log what was not done: "not announced"."""
        self._log = log
        self._failed = failed
        self._sleep = sleep
        self._news = asyncio.Event()
        self._news.set()  # what an earlier run left undone

    def wake(self) -> None:
        """There is something to do."""
        self._news.set()

    @property
    def is_woken(self) -> bool:
        """Whether there is something to do since the work began: it will be begun anew."""
        return self._news.is_set()

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Work until cancelled. Nothing else ends it: whoever waits for it believes that all is well."""
        tries = 0
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await work()
                tries = 0
            except Exception as problem:
                seconds = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
                if isinstance(problem, (PlatformError, StoreError)):
                    self._log.warning("%s; again in %d s", problem, seconds)
                else:  # a mistake of ours: where it is, but not its message, which may quote a text
                    kind, where = type(problem).__name__, place(problem)
                    self._log.error("%s: %s %s; again in %d s", self._failed, kind, where, seconds)
                tries += 1
                self._news.set()
                await self._sleep(seconds)


def place(problem: BaseException) -> str:
    """Where an exception was raised."""
    frames = traceback.extract_tb(problem.__traceback__)
    return f"at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
