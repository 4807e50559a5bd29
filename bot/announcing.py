"""How do moderators hear of every saved flag, even when Discord is away? From what was saved, again and again.

What is told when is decided in core/telling_times.py; here it is carried out. A channel that cannot be told keeps no
other from being told, and threats, which wait for nothing, do not wait for the patience that the rest is tried with.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.cases import Case, Told
from bot.core.desk import Desk
from bot.core.errors import PlatformError
from bot.core.ports import ChatPlatform, Clock, Store
from bot.core.telling_times import Notice, Rhythm, Telling, telling
from bot.healing import RETRY_SECONDS, Healing, Sleep

__all__ = ["AT_ONCE", "RETRY_SECONDS", "Announcements"]

log = logging.getLogger(__name__)

AT_ONCE = 1_000  # threats, and others, that are looked at in one go


class Announcements:
    """Tells a platform of flags that it was not told of yet."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        *,
        desk: Desk | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        desk, rhythm = desk or Desk(), rhythm or Rhythm()
        self._tellers = [_Teller(store, clock, sleep, desk, rhythm, threats) for threats in (True, False)]

    def wake(self) -> None:
        """New flags were saved."""
        for teller in self._tellers:
            teller.healing.wake()

    def look_again(self) -> None:
        """Time has passed: for some that waits it may be time now."""
        for teller in self._tellers:
            teller.look_again()

    async def run(self, platform: ChatPlatform) -> None:
        """Tell until cancelled."""
        await asyncio.gather(*(teller.run(platform) for teller in self._tellers))


class _Teller:
    """Tells of threats, or of the rest. Only threats mention anybody, so no two ever count mentions at once."""

    def __init__(self, store: Store, clock: Clock, sleep: Sleep, desk: Desk, rhythm: Rhythm, threats: bool) -> None:
        self._store = store
        self._clock = clock
        self._desk = desk
        self._rhythm = rhythm
        self._threats = threats
        self.healing = Healing(log, "not announced", sleep)
        self._told: Told | None = None  # what the platform was told of, but that is not marked as told yet
        self._again: datetime | None = None  # when to look again for what waits its time

    def look_again(self) -> None:
        if self._again is not None and self._clock.now() >= self._again:
            self.healing.wake()

    async def run(self, platform: ChatPlatform) -> None:
        await self.healing.run(lambda: self._tell_all(platform))

    async def _tell_all(self, platform: ChatPlatform) -> None:
        while True:
            await self._mark()
            plan = await self.plan()
            self._again = plan.again
            if not plan.notices:
                return
            await self._carry_out(platform, plan.notices)

    async def plan(self) -> Telling:
        """What is to be told now, and when to look again."""
        untold = await self._store.untold(self._desk, self._threats, AT_ONCE)
        return telling(self._clock.now(), self._rhythm, await self._store.past(), untold)

    async def _carry_out(self, platform: ChatPlatform, notices: Sequence[Notice]) -> None:
        problems: dict[str, PlatformError] = {}
        for notice in notices:
            if notice.place in problems:
                continue
            try:
                await self._tell(platform, notice)
            except PlatformError as problem:
                problems[notice.place] = problem
        if problems:
            raise next(iter(problems.values()))

    async def _tell(self, platform: ChatPlatform, notice: Notice) -> None:
        if notice.ping:  # noted first: see core/telling_times.py
            await self._store.pinging(notice.flags[0].flag, self._clock.now())
        if notice.as_cards:
            told = await platform.announce(await self._cases(notice), ping=notice.ping)
        else:
            told = await platform.digest(notice.flags, ping=notice.ping)
        self._told = told if notice.threat else replace(told, place=notice.place)
        await self._mark()

    async def _cases(self, notice: Notice) -> list[Case]:
        found = [await self._store.case(each.flag) for each in notice.flags]
        return [case for case in found if case is not None and not case.forgotten]

    async def _mark(self) -> None:
        """Marked before anything else is told, so that a busy database makes nobody hear of a flag twice."""
        if self._told is not None:
            await self._store.announced(self._told, self._clock.now())
            self._told = None
