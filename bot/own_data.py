"""May a member have what is held of them, now? It is made anew each time, and at most once within a while.

Whoever asks is remembered by the moment of asking, in memory alone, and no longer than the while lasts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.ports import Clock


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A page to read, and how much is in it."""

    page: bytes
    cases: int = 0
    reports: int = 0
    appeals: int = 0
    anything: bool = True


HandOut = Callable[[str, datetime], Awaitable[HandedOut]]


class OwnData:
    """Hands out a member's own data; `hand_out` makes it, and puts on record that it did."""

    def __init__(self, hand_out: HandOut, clock: Clock, every: timedelta) -> None:
        self._hand_out = hand_out
        self._clock = clock
        self._every = every
        self._asked: dict[str, datetime] = {}

    async def mine(self, who: str) -> HandedOut | timedelta:
        """What is held of this member; or how long to wait until it is made again."""
        now = self._clock.now()
        self._asked = {each: at for each, at in self._asked.items() if timedelta() <= now - at < self._every}
        if who in self._asked:
            return self._asked[who] + self._every - now
        self._asked[who] = now
        try:
            return await self._hand_out(who, now)
        except BaseException:
            self.lost(who)
            raise

    def lost(self, who: str) -> None:
        """It did not reach the member, who may ask again."""
        self._asked.pop(who, None)
