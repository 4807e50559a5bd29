"""How do moderators hear of every saved flag, even when Discord is away? From what was saved, again and again."""

from __future__ import annotations

import asyncio
import logging

from bot.core.errors import PlatformError, StoreError
from bot.core.ports import ChatPlatform, Clock, Store

log = logging.getLogger(__name__)

AT_ONCE = 50  # notices told of in one go; the platform makes a digest of many
RETRY_SECONDS = (5, 30, 120, 600)  # between tries; the last is repeated


class Announcements:
    """Tells a platform of flags that it was not told of yet."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._news = asyncio.Event()
        self._news.set()  # what an earlier run left untold

    def wake(self) -> None:
        """New flags were saved."""
        self._news.set()

    async def run(self, platform: ChatPlatform) -> None:
        """Tell until cancelled."""
        tries = 0
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                while notices := await self._store.unannounced(AT_ONCE):
                    await platform.announce(notices)
                    await self._store.announced([notice.id for notice in notices], self._clock.now())
                tries = 0
            except (PlatformError, StoreError) as problem:
                seconds = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
                log.warning("%s; again in %d s", problem, seconds)
                tries += 1
                self._news.set()
                await asyncio.sleep(seconds)
