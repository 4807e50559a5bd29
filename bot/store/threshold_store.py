"""The port ThresholdStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.changes import Change, Proposal
from bot.store import threshold_changes
from bot.store.thread import SqliteStore


class SqliteThresholds:
    """Changes of thresholds, and what became of them."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def propose(self, proposal: Proposal, policy: Policy) -> Change:
        return await self._store.do(lambda db: threshold_changes.propose(db, proposal, policy))

    async def apply(self, number: int, by: str, at: datetime, model: str) -> Change:
        return await self._store.do(lambda db: threshold_changes.apply(db, number, by, at, model))

    async def withdraw(self, number: int, by: str, at: datetime) -> Change:
        return await self._store.do(lambda db: threshold_changes.withdraw(db, number, by, at))

    async def change(self, proposal: Proposal, policy: Policy) -> Change:
        return await self._store.do(lambda db: threshold_changes.change(db, proposal, policy))

    async def undo(
        self,
        number: int,
        by: str,
        at: datetime,
        why: str,
        *,
        model: str = "",
        figures: Mapping[str, object] | None = None,
    ) -> Change:
        return await self._store.do(
            lambda db: threshold_changes.undo(db, number, by, at, why, model=model, figures=figures)
        )

    async def changes(self) -> Sequence[Change]:
        return await self._store.do(threshold_changes.changes)

    async def last_applied(self) -> int:
        return await self._store.do(threshold_changes.last_applied)

    async def channels(self) -> Mapping[str, Channel]:
        return await self._store.do(threshold_changes.channels)
