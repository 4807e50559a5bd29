"""The port DriftStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.tuning.drift import Ending, Event, Shift, Watched
from bot.store import shifts
from bot.store.thread import SqliteStore


class SqliteShifts:
    """What was counted, and what shifted."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def watched(self, until: datetime) -> Watched:
        return await self._store.do(lambda db: shifts.watched(db, until))

    async def events(self, now: datetime) -> Sequence[Event]:
        return await self._store.do(lambda db: shifts.events(db, now))

    async def noticed(self, found: Sequence[Shift], at: datetime) -> None:
        await self._store.do(lambda db: shifts.noticed(db, found, at))

    async def ended(self, event: int, ending: Ending, at: datetime) -> None:
        await self._store.do(lambda db: shifts.ended(db, event, ending, at))

    async def shifts_untold(self) -> Sequence[Event]:
        return await self._store.do(shifts.untold)

    async def shift_told(self, event: int, at: datetime) -> None:
        await self._store.do(lambda db: shifts.told(db, event, at))
