"""How do admins hear of a shift, once, even when Discord is away? Looked for hourly, told from what was saved."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from bot.core.ports import Clock, DriftStore, ShiftPlatform
from bot.core.tuning.drift import Ending, Event, Kind, Shift, Watched, rate_ended, rate_shifts
from bot.core.tuning.score_drift import score_shifts, scores_ended
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)


class Drifting:
    """Looks for shifts, and tells of them."""

    def __init__(self, store: DriftStore, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._healing = Healing(log, "shifts not told", sleep)
        self.looked_up_to: datetime | None = None  # an hour's end
        self._told: int | None = None  # told, but not marked as told yet

    def wake(self) -> None:
        """Time has passed."""
        self._healing.wake()

    async def run(self, platform: ShiftPlatform) -> None:
        """Look and tell until cancelled."""
        await self._healing.run(lambda: self._round(platform))

    async def _round(self, platform: ShiftPlatform) -> None:
        until = self._clock.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        if until != self.looked_up_to:
            await self.look(until)
            self.looked_up_to = until
        while True:
            if self._told is not None:  # marked first, so that a busy database makes nobody hear of it twice
                await self._store.shift_told(self._told, self._clock.now())
                self._told = None
            waiting = await self._store.shifts_untold()
            if not waiting:
                return
            await platform.tell_shift(waiting[0])
            self._told = waiting[0].id

    async def look(self, until: datetime) -> None:
        """Notice what shifted up to an hour, and what is over."""
        watched = await self._store.watched(until)
        events = list(await self._store.events(until))
        over, found = await asyncio.to_thread(judged, watched, events)
        for event, ending in over:
            await self._store.ended(event, ending, until)
        await self._store.noticed(found, until)
        for shift in found:
            log.info("noticed a shift: %s, %s", shift.kind, shift.channel or "everywhere")


def judged(watched: Watched, events: list[Event]) -> tuple[list[tuple[int, Ending]], list[Shift]]:
    """What is over or usual by now, and what shifted."""
    over = [
        (event.id, ending)
        for event in events
        if event.ended_at is None
        and (ending := (scores_ended if event.shift.kind is Kind.SCORES else rate_ended)(watched, event))
    ]
    return over, [*rate_shifts(watched, events), *score_shifts(watched, events)]
