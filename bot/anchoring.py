"""How does the record get out of the machine's hands? Its head is signed every day, and posted where others see it."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from bot.core.ports import AnchorPlatform, AnchorStore, Clock
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)

SIGNED_EVERY = timedelta(days=1)


class Anchoring:
    """Signs daily, and posts every so many days."""

    def __init__(self, store: AnchorStore, clock: Clock, every: timedelta, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._every = every
        self._healing = Healing(log, "the record's head was not posted", sleep)
        self._next = clock.now()

    def wake(self) -> None:
        """Time has passed."""
        if self._clock.now() >= self._next:
            self._healing.wake()

    async def run(self, platform: AnchorPlatform) -> None:
        """Sign and post until cancelled."""
        await self._healing.run(lambda: self._round(platform))

    async def _round(self, platform: AnchorPlatform) -> None:
        now = self._clock.now()
        last = await self._store.last_posted()
        anchor = await self._store.signed(now)
        if anchor is not None and (last is None or now - last >= self._every) and await platform.post_anchor(anchor):
            await self._store.posted(anchor, now)
        self._next = now + SIGNED_EVERY
