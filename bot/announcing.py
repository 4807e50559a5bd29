"""How do moderators hear of every saved flag, even when Discord is away? From what was saved, again and again."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.core.errors import PlatformError, StoreError
from bot.core.ports import ChatPlatform, Clock, Store

log = logging.getLogger(__name__)

AT_ONCE = 50  # notices told of in one go; the platform makes a digest of many
RETRY_SECONDS = (1, 5, 30, 120, 600)  # between tries; the last is repeated

Sleep = Callable[[float], Awaitable[object]]


class Announcements:
    """Tells a platform of flags that it was not told of yet."""

    def __init__(self, store: Store, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._sleep = sleep
        self._told: Sequence[int] = ()  # flags that the platform was told of, but that are not marked as told yet
        self._news = asyncio.Event()
        self._news.set()  # what an earlier run left untold

    def wake(self) -> None:
        """New flags were saved."""
        self._news.set()

    async def run(self, platform: ChatPlatform) -> None:
        """Tell until cancelled. Nothing else ends it: moderators who hear nothing believe that all is well."""
        tries = 0
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._tell_all(platform)
                tries = 0
            except Exception as problem:
                seconds = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
                if isinstance(problem, (PlatformError, StoreError)):
                    log.warning("%s; again in %d s", problem, seconds)
                else:  # a mistake of ours: where it is, but not its message, which may quote a text
                    log.error("not announced: %s %s; again in %d s", type(problem).__name__, _where(problem), seconds)
                tries += 1
                self._news.set()
                await self._sleep(seconds)

    async def _tell_all(self, platform: ChatPlatform) -> None:
        while True:
            if self._told:  # marked first, so that a busy database makes nobody hear of a flag twice
                await self._store.announced(self._told, self._clock.now())
                self._told = ()
            notices = await self._store.unannounced(AT_ONCE)
            if not notices:
                return
            await platform.announce(notices)
            self._told = [notice.id for notice in notices]


def _where(problem: Exception) -> str:
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    return f"at {Path(frame.filename).name}:{frame.lineno}"
