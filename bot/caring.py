"""How does the bot look after a moderator? It counts what was read, keeps a pause, and suggests one now and then.

All of it is between the bot and that person: nobody else is told, and no log says a word of it. Where it cannot be
noted, reviewing goes on without it.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from bot.config import ZONE
from bot.core.care import Care, Exposure, day_of, is_severe, tomorrow_morning
from bot.core.cases import Case
from bot.core.errors import StoreError
from bot.core.leases import Leases
from bot.core.ports import CareStore, Clock
from bot.upkeep import CardUpkeep

log = logging.getLogger(__name__)


class Caring:
    """Looks after one moderator at a time."""

    def __init__(self, store: CareStore, clock: Clock, leases: Leases, upkeep: CardUpkeep) -> None:
        self._store = store
        self._clock = clock
        self._leases = leases
        self._upkeep = upkeep

    async def met(self, who: str, case: Case) -> None:
        """Somebody has read a case, if there was anything left to read; what cannot be counted is not."""
        if case.forgotten:
            return
        try:
            await self._store.met(who, case.id, is_severe(case.flag, veiled=case.is_veiled), self._today())
        except StoreError as problem:
            log.warning("not counted that a case was read: %s", problem)

    async def of(self, who: str) -> Care:
        """How somebody is."""
        return await self._store.care(who, self._today())

    async def paused(self, who: str) -> datetime | None:
        """Until when somebody pauses; None where not at all."""
        return (await self.of(who)).pause(self._clock.now())

    async def pause(self, who: str, hours: float) -> None:
        """Begin a pause of so many hours, or make it that long from now."""
        await self._pause(who, self._clock.now() + timedelta(hours=hours))

    async def pause_till_morning(self, who: str) -> None:
        """Begin a pause until seven o'clock tomorrow."""
        await self._pause(who, tomorrow_morning(self._clock.now(), ZONE))

    async def end_pause(self, who: str) -> None:
        """Somebody is back."""
        await self._store.pause(who, None)

    async def limit(self, who: str, cases: int) -> None:
        """After how many cases a day somebody wishes to hear of a break; 0: never."""
        await self._store.limit(who, cases)

    async def suggestion(self, who: str) -> Exposure | None:
        """What was read today, where that is past the limit that somebody has set."""
        try:
            care = await self.of(who)
        except StoreError as problem:
            log.warning("no break suggested: %s", problem)
            return None
        return care.today if care.is_past_limit else None

    async def suggestion_after_deciding(self, who: str) -> Exposure | None:
        """The same after a decision, at most once an hour."""
        now = self._clock.now()
        try:
            care = await self.of(who)
            if not care.may_be_nudged(now):
                return None
            await self._store.nudged(who, now)
        except StoreError as problem:  # the decision stands
            log.warning("no break suggested: %s", problem)
            return None
        return care.today

    async def _pause(self, who: str, until: datetime) -> None:
        await self._store.pause(who, until)
        for flag in self._leases.let_go(who):
            self._upkeep.changed(flag)  # its card says no longer that somebody looks at it

    def _today(self) -> date:
        return day_of(self._clock.now(), ZONE)
