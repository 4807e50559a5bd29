"""The port ReportStore over the same file, on the same thread as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.reports import Answer, Limits, Mine, Receipt, Report, Unheard
from bot.store import report_answers, reports
from bot.store.thread import SqliteStore


class SqliteReports:
    """What members report, and what they are told."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def file(self, given: Sequence[Report], limits: Limits) -> Sequence[Receipt | Unheard]:
        return await self._store.do(lambda db: reports.file_all(db, given, limits))

    async def answers_due(self, after: int, limit: int, now: datetime) -> Sequence[Answer]:
        return await self._store.do(lambda db: report_answers.due(db, after, limit, now))

    async def answering(self, answer: Answer, at: datetime) -> None:
        await self._store.do(lambda db: report_answers.trying(db, answer, at))

    async def answered(self, answer: Answer, at: datetime) -> None:
        await self._store.do(lambda db: report_answers.told(db, answer, at))

    async def answer_waits(self, answer: Answer) -> None:
        await self._store.do(lambda db: report_answers.waits(db, answer))

    async def mine(self, who: str, limit: int) -> Sequence[Mine]:
        return await self._store.do(lambda db: report_answers.mine(db, who, limit))

    async def shown_mine(self, who: str, at: datetime) -> None:
        await self._store.do(lambda db: report_answers.shown_mine(db, who, at))

    async def mark_abusive(self, flag: int, report: int, by: str, guilds: Sequence[str], at: datetime) -> bool:
        return await self._store.do(lambda db: report_answers.mark_abusive(db, flag, report, by, guilds, at))
