"""The port ShadowStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.tuning.shadow import Beside, Candidate, Ending, Shadow
from bot.store import shadow_counts, shadows
from bot.store.thread import SqliteStore


class SqliteShadows:
    """Candidates, and what was counted of them."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def start(self, candidate: Candidate) -> Shadow:
        return await self._store.do(lambda db: shadows.start(db, candidate))

    async def running(self) -> Shadow | None:
        return await self._store.do(shadows.running)

    async def latest(self) -> Shadow | None:
        return await self._store.do(shadows.latest)

    async def compared_with(self, shadow: int, against: str) -> None:
        await self._store.do(lambda db: shadows.compared_with(db, shadow, against))

    async def end(self, shadow: int, ending: Ending, at: datetime, problem: str = "") -> bool:
        return await self._store.do(lambda db: shadows.end(db, shadow, ending, at, problem))

    async def counts(self, shadow: int) -> Sequence[Beside]:
        return await self._store.do(lambda db: shadow_counts.of(db, shadow))
