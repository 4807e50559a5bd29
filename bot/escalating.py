"""How do the leads hear of every case that is handed to them, even when Discord is away? From what was saved."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.core.cases import Card
from bot.core.ports import Clock, LeadsPlatform, OpinionStore
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)


class LeadsNews:
    """Tells the leads of cases that they were not told of yet."""

    def __init__(self, store: OpinionStore, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._healing = Healing(log, "leads not told", sleep)
        self._told: tuple[int, Sequence[Card]] | None = None  # told, but not marked as told yet

    def wake(self) -> None:
        """Something was escalated."""
        self._healing.wake()

    async def run(self, platform: LeadsPlatform) -> None:
        """Tell until cancelled."""
        await self._healing.run(lambda: self._tell_all(platform))

    async def _tell_all(self, platform: LeadsPlatform) -> None:
        while True:
            if self._told is not None:  # marked first, so that a busy database makes nobody hear of a case twice
                await self._store.leads_told(*self._told, self._clock.now())
                self._told = None
            cases = await self._store.escalations_untold(1)
            if not cases:
                return
            self._told = cases[0].id, await platform.tell_leads(cases[0])
