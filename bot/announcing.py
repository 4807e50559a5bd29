"""How do moderators hear of every saved flag, even when Discord is away? From what was saved, again and again."""

from __future__ import annotations

import asyncio
import logging

from bot.core.cases import Told
from bot.core.ports import ChatPlatform, Clock, Store
from bot.healing import RETRY_SECONDS, Healing, Sleep

__all__ = ["AT_ONCE", "RETRY_SECONDS", "Announcements"]

log = logging.getLogger(__name__)

AT_ONCE = 50  # flags told of in one go; the platform makes a digest of many


class Announcements:
    """Tells a platform of flags that it was not told of yet."""

    def __init__(self, store: Store, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._healing = Healing(log, "not announced", sleep)
        self._told: Told | None = None  # what the platform was told of, but that is not marked as told yet

    def wake(self) -> None:
        """New flags were saved."""
        self._healing.wake()

    async def run(self, platform: ChatPlatform) -> None:
        """Tell until cancelled."""
        await self._healing.run(lambda: self._tell_all(platform))

    async def _tell_all(self, platform: ChatPlatform) -> None:
        while True:
            if self._told is not None:  # marked first, so that a busy database makes nobody hear of a flag twice
                await self._store.announced(self._told, self._clock.now())
                self._told = None
            cases = await self._store.unannounced(AT_ONCE)
            if not cases:
                return
            self._told = await platform.announce(cases)
