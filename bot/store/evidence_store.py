"""The port EvidenceStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.messages import Channel
from bot.core.tuning.evidence import Evidence, Scope
from bot.store import evidence
from bot.store.thread import SqliteStore


class SqliteEvidence:
    """What is known of how thresholds would do."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def evidence(self, scope: Scope, model: str) -> Evidence:
        return await self._store.do(lambda db: evidence.evidence(db, scope, model))

    async def places(self, guilds: Sequence[str] | None = None) -> Sequence[Channel]:
        return await self._store.do(lambda db: evidence.places(db, guilds))

    async def latest(self, guilds: Sequence[str] | None = None) -> datetime | None:
        return await self._store.do(lambda db: evidence.latest(db, guilds))
