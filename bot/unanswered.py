"""What becomes of a report that nobody answers, or of a case past its time limit? It climbs in the queue, and the leads
are told of it, once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.core.cases import Card
from bot.core.ports import Clock, LeadsPlatform, UnansweredStore
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)


class Unanswered:
    """Looks for cases that have waited too long: `within` for what was reported; the store knows the time limits."""

    def __init__(
        self,
        store: UnansweredStore,
        clock: Clock,
        within: timedelta,
        on_climbed: Callable[[], None] = lambda: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`on_climbed` is called when cards should say it."""
        self._store = store
        self._clock = clock
        self._within = within
        self._on_climbed = on_climbed
        self._healing = Healing(log, "leads not told", sleep)
        self._told: tuple[int, Sequence[Card]] | None = None  # told, but not marked as told yet

    def wake(self) -> None:
        """Time has passed."""
        self._healing.wake()

    async def run(self, platform: LeadsPlatform) -> None:
        """Look until cancelled."""
        await self._healing.run(lambda: self._look(platform))

    async def _look(self, platform: LeadsPlatform) -> None:
        now = self._clock.now()
        if await self._store.climb(now - self._within, now):
            self._on_climbed()
        while True:
            if self._told is not None:  # marked first, so that a busy database makes nobody hear of a case twice
                await self._store.told_unanswered(*self._told, self._clock.now())
                self._told = None
            case = await self._store.unanswered()
            if case is None:
                return
            tell = platform.tell_leads if case.heard.unanswered else platform.tell_late
            self._told = case.id, await tell(case)
