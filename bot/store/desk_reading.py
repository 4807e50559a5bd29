"""What does the panel read? On a connection and a thread of its own, so that no page ever keeps a message waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.core.agreement import Pair
from bot.core.appeals import Objection, Waiting
from bot.core.cases import Case
from bot.core.clock import Rules, Running, Timed
from bot.core.desk_listing import Eyes, Listed, Wanted
from bot.core.record import Asked, Page
from bot.core.safety_map import Count, Row
from bot.core.statements import Appeal, Statement
from bot.core.timeline import Happening
from bot.core.tuning.drift import Event
from bot.core.weeks import Week
from bot.store import (
    appeals,
    appeals_waiting,
    clock,
    clock_running,
    desk_listing,
    desk_timeline,
    record,
    review,
    safety_map,
    told,
    week_shifts,
    weeks,
)
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

    async def clock(self, flag: int, rules: Rules) -> Timed | None:
        return await self._store.do(lambda db: clock.of_flag(db, flag, rules))

    async def running(self, guilds: Sequence[str], rules: Rules, now: datetime, limit: int) -> Running:
        return await self._store.do(lambda db: clock_running.running(db, guilds, rules, now, limit))

    async def appeals(self, flag: int) -> Sequence[Appeal]:
        return await self._store.do(lambda db: told.appeals_of(db, flag))

    async def may_judge(self, appeal: int, who: str) -> Statement | Objection:
        return await self._store.do(lambda db: appeals.may_judge(db, appeal, who))

    async def appeals_waiting(self, guilds: Sequence[str], who: str, after: int, limit: int) -> Sequence[Waiting]:
        return await self._store.do(lambda db: appeals_waiting.waiting(db, guilds, who, after, limit))

    async def appeals_count(self, guilds: Sequence[str], most: int) -> int:
        return await self._store.do(lambda db: len(appeals_waiting.numbers(db, guilds, 0, most)))

    async def channels(self, guilds: Sequence[str]) -> Sequence[tuple[str, str]]:
        return await self._store.do(lambda db: desk_listing.channels(db, guilds, CHANNELS))

    async def map_rows(self, guilds: Sequence[str], weeks: Sequence[date]) -> Sequence[Row]:
        return await self._store.do(lambda db: safety_map.rows(db, guilds, weeks))

    async def map_hours(self, channel: str, weeks: Sequence[date]) -> Mapping[int, Count]:
        return await self._store.do(lambda db: safety_map.hours(db, channel, weeks))

    async def behind(
        self, channel: str, stretches: Sequence[tuple[datetime, datetime]], limit: int
    ) -> Sequence[tuple[int, datetime]]:
        return await self._store.do(lambda db: safety_map.behind(db, channel, stretches, limit))

    async def weeks(self, guilds: Sequence[str], mondays: Sequence[date]) -> Sequence[Week]:
        return await self._store.do(lambda db: weeks.weeks(db, guilds, mondays))

    async def shifts(self, guilds: Sequence[str], since: datetime, limit: int) -> Sequence[tuple[Event, str]]:
        return await self._store.do(lambda db: week_shifts.noticed_since(db, guilds, since, limit))

    async def latest_pairs(self, guilds: Sequence[str], since: datetime, limit: int) -> Sequence[Pair]:
        return await self._store.do(lambda db: weeks.pairs(db, guilds, since, limit))

    async def record(self, asked: Asked, guilds: Sequence[str], who: str, now: datetime) -> Page:
        return await self._store.do(lambda db: record.record(db, asked, guilds, who, now))
