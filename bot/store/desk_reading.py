"""What does the panel read? On a connection and a thread of its own, so that no page ever keeps a message waiting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.cases import Case
from bot.core.desk_listing import Eyes, Listed, Wanted
from bot.core.statements import Appeal
from bot.core.timeline import Happening
from bot.store import desk_listing, desk_timeline, review, told
from bot.store.thread import SqliteStore

CHANNELS = 200  # to choose among


class SqliteDesk:
    """The port DeskReading; `store` is one that nothing else writes by."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def case(self, flag: int) -> Case | None:
        return await self._store.do(lambda db: review.case(db, flag))

    async def listed(self, wanted: Wanted, eyes: Eyes, now: datetime) -> Listed:
        return await self._store.do(lambda db: desk_listing.listed(db, wanted, eyes, now))

    async def is_reread(self, case: Case, who: str, now: datetime) -> bool:
        return await self._store.do(lambda db: desk_listing.is_reread(db, case.id, who, case.author, now))

    async def timeline(self, flag: int) -> Sequence[Happening]:
        return await self._store.do(lambda db: desk_timeline.timeline(db, flag))

    async def appeals(self, flag: int) -> Sequence[Appeal]:
        return await self._store.do(lambda db: told.appeals_of(db, flag))

    async def channels(self, guilds: Sequence[str]) -> Sequence[tuple[str, str]]:
        return await self._store.do(lambda db: desk_listing.channels(db, guilds, CHANNELS))
