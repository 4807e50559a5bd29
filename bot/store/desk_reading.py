"""What does the panel read? On a connection and a thread of its own, so that no page ever keeps a message waiting."""

from __future__ import annotations

from bot.core.cases import Case
from bot.store import review
from bot.store.thread import SqliteStore


class SqliteDesk:
    """The port DeskReading; `store` is one that nothing else writes by."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def case(self, flag: int) -> Case | None:
        return await self._store.do(lambda db: review.case(db, flag))
