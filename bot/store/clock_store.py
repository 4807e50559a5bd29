"""The port UnansweredStore over the same file: what waits too long, be it for an answer or past its time limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.cases import Card, Case
from bot.core.clock import Rules
from bot.store import clock, unanswered
from bot.store.thread import SqliteStore


class SqliteClock:
    """What nobody has answered, by the rules of [clock] and [reports]."""

    def __init__(self, store: SqliteStore, rules: Rules) -> None:
        self._store = store
        self._rules = rules

    async def begin(self, at: datetime) -> None:
        """From now on these rules hold."""
        await self._store.do(lambda db: clock.begin(db, self._rules, at))

    async def work_out(self) -> None:
        """Write down when each case's time is up, a few at a time."""
        while await self._store.do(lambda db: clock.work_out(db, self._rules)):
            pass

    async def climb(self, before: datetime, at: datetime) -> int:
        await self.work_out()
        late = await self._store.do(lambda db: clock.climb(db, self._rules, at))
        return late + await self._store.do(lambda db: unanswered.climb(db, before, at))

    async def unanswered(self) -> Case | None:
        return await self._store.do(unanswered.unanswered)

    async def told_unanswered(self, flag: int, shown: Sequence[Card], at: datetime) -> None:
        await self._store.do(lambda db: unanswered.told(db, flag, shown, at))
