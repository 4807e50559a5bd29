"""The ports StatementStore and AppealStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.appeals import Hindrance, Objection
from bot.core.history import Entry
from bot.core.statements import Notice, Outcome, Statement
from bot.store import appeals, history, statements, told
from bot.store.thread import SqliteStore


class SqliteStatements:
    """What authors are told, and what they say to it."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def due(self, after: int, limit: int, now: datetime) -> Sequence[Notice]:
        return await self._store.do(lambda db: told.due(db, after, limit, now))

    async def trying(self, notice: Notice, at: datetime) -> None:
        await self._store.do(lambda db: statements.trying(db, notice, at))

    async def told(self, notice: Notice, at: datetime) -> None:
        await self._store.do(lambda db: statements.told(db, notice, at))

    async def waits(self, notice: Notice) -> None:
        await self._store.do(lambda db: statements.waits(db, notice))

    async def waiting(self, author: str, limit: int) -> Sequence[Notice]:
        return await self._store.do(lambda db: told.waiting(db, author, limit))

    async def received(self, notices: Sequence[Notice], at: datetime) -> None:
        await self._store.do(lambda db: statements.received(db, notices, at))

    async def statements_of(self, author: str, limit: int) -> Sequence[Statement]:
        return await self._store.do(lambda db: told.statements_of(db, author, limit))

    async def statement(self, flag: int) -> Statement | None:
        return await self._store.do(lambda db: told.statement(db, flag))

    async def appealed(self, appeal: int) -> Statement | None:
        return await self._store.do(lambda db: told.appealed(db, appeal))

    async def appeal(
        self, flag: int, who: str, words: str, language: str, at: datetime, days: int
    ) -> Statement | Hindrance:
        return await self._store.do(lambda db: appeals.appeal(db, flag, who, words, language, at, days))

    async def may_judge(self, appeal: int, who: str) -> Statement | Objection:
        return await self._store.do(lambda db: appeals.may_judge(db, appeal, who))

    async def judge(self, appeal: int, who: str, outcome: Outcome, answer: str, at: datetime) -> Statement | Objection:
        return await self._store.do(lambda db: appeals.judge(db, appeal, who, outcome, answer, at))

    async def open_appeals(self, guilds: Sequence[str], limit: int) -> tuple[int, Sequence[Statement]]:
        return await self._store.do(lambda db: appeals.open_appeals(db, guilds, limit))

    async def first_appeal_for(self, guilds: Sequence[str], who: str) -> Statement | None:
        return await self._store.do(lambda db: appeals.first_for(db, guilds, who))

    async def appeals_behind(self, after: int, limit: int) -> Sequence[Statement]:
        return await self._store.do(lambda db: appeals.behind(db, after, limit))

    async def appeal_hangs(self, appeal: int, card: tuple[str, str]) -> None:
        await self._store.do(lambda db: appeals.hangs(db, appeal, card))

    async def appeal_shown(self, appeal: int, version: int, card: tuple[str, str] | None) -> None:
        await self._store.do(lambda db: appeals.shown(db, appeal, version, card))

    async def history(self, author: str, guilds: Sequence[str], limit: int) -> Sequence[Entry]:
        return await self._store.do(lambda db: history.history(db, author, guilds, limit))
