"""The port RecalibrationStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.tuning.recalibrations import Recalibration
from bot.store import recalibrations
from bot.store.thread import SqliteStore


class SqliteRecalibrations:
    """Scales, and what took them back."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def recalibrate(self, draft: Recalibration) -> Recalibration:
        return await self._store.do(lambda db: recalibrations.recalibrate(db, draft))

    async def take_back(self, number: int, by: str, at: datetime, why: str) -> Recalibration:
        return await self._store.do(lambda db: recalibrations.take_back(db, number, by, at, why))

    async def recalibrations(self) -> Sequence[Recalibration]:
        return await self._store.do(recalibrations.recalibrations)
