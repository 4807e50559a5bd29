"""Who may touch the connection? One thread owns it and is handed plain functions, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from bot.core.agreement import Pair
from bot.core.care import Care
from bot.core.cases import Card, Case, Reread, Ruling, Told
from bot.core.desk import Desk
from bot.core.flags import Decision
from bot.core.messages import Channel
from bot.core.opinions import Escalation, Opinion, Turn
from bot.core.ports import Kept, Unseen
from bot.core.statistics import Handling
from bot.core.telling_times import Past, Untold
from bot.core.undertakings import Report, Undertaking
from bot.store import cards, care, keeping, measures, opining, opinions, review, statistics, telling, undoing
from bot.store.connection import open_database, translated
from bot.store.queries import StoreReader

T = TypeVar("T")


class SqliteStore:
    """The ports Store, CaseStore and MeasureStore over one SQLite file."""

    def __init__(self, path: Path, db: Database) -> None:
        self._path = path
        self._db = db
        self._reader = StoreReader(db)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    @classmethod
    def open(cls, path: Path) -> SqliteStore:
        """Open and migrate the file; StoreError or BadInput where that cannot be."""
        return cls(path, open_database(path))

    async def keep(self, kept: Kept) -> int:
        return await self._do(lambda: keeping.keep(self._db, kept))

    async def marks(self) -> Mapping[str, int]:
        return await self._do(self._reader.marks)

    async def begin_channels(self, channels: Sequence[Channel], mark: Mapping[str, int]) -> None:
        await self._do(lambda: keeping.begin(self._db, list(channels), dict(mark)))

    async def note_unseen(self, unseen: Sequence[Unseen]) -> None:
        await self._do(lambda: keeping.unseen(self._db, list(unseen)))

    async def unannounced(self, limit: int) -> Sequence[Case]:
        return await self._do(lambda: review.unannounced(self._db, limit))

    async def untold(self, desk: Desk, threats: bool, limit: int) -> Sequence[Untold]:
        return await self._do(lambda: telling.untold(self._db, desk, threats, limit))

    async def past(self) -> Past:
        return await self._do(lambda: telling.past(self._db))

    async def pinging(self, flag: int, at: datetime) -> None:
        await self._do(lambda: telling.pinging(self._db, flag, at))

    async def announced(self, told: Told, at: datetime) -> None:
        await self._do(lambda: cards.announced(self._db, told, at))

    async def case(self, flag: int) -> Case | None:
        return await self._do(lambda: review.case(self._db, flag))

    async def next_case(self, guilds: Sequence[str], others: Sequence[int], turn: Turn | None = None) -> Case | None:
        return await self._do(lambda: review.next_case(self._db, guilds, others, turn))

    async def seen(self, flag: int, at: datetime) -> None:
        await self._do(lambda: review.seen(self._db, flag, at))

    async def rule(
        self, decision: Decision, *, leads: bool = False, again_until: datetime | None = None
    ) -> Ruling | None:
        return await self._do(lambda: review.rule(self._db, decision, leads=leads, again_until=again_until))

    async def undo(self, taken_back: Decision) -> Ruling | None:
        return await self._do(lambda: undoing.undo(self._db, taken_back))

    async def ask_another(self, opinion: Opinion) -> Ruling | None:
        return await self._do(lambda: opining.ask(self._db, opinion))

    async def escalate(self, escalation: Escalation) -> Ruling | None:
        return await self._do(lambda: opining.escalate(self._db, escalation))

    async def reread(self, answer: Decision) -> Reread | None:
        return await self._do(lambda: opining.reread(self._db, answer))

    async def pairs(self, guilds: Sequence[str]) -> Sequence[Pair]:
        return await self._do(lambda: opinions.pairs(self._db, guilds))

    async def escalations_untold(self, limit: int) -> Sequence[Case]:
        return await self._do(lambda: opining.untold(self._db, limit))

    async def leads_told(self, flag: int, shown: Sequence[Card], at: datetime) -> None:
        await self._do(lambda: opining.told(self._db, flag, shown, at))

    async def handling(self, guilds: Sequence[str], since: datetime) -> Handling:
        return await self._do(lambda: statistics.handling(self._db, guilds, since))

    async def cards_of(self, flag: int) -> Sequence[Card]:
        return await self._do(lambda: cards.of_flag(self._db, flag))

    async def cards_behind(self, after: int, limit: int) -> Sequence[Card]:
        return await self._do(lambda: cards.behind(self._db, after, limit))

    async def shown(self, card: Card) -> None:
        await self._do(lambda: cards.shown(self._db, card))

    async def card_gone(self, card: Card) -> None:
        await self._do(lambda: cards.gone(self._db, card))

    async def measures_ready(self, now: datetime, under_way: Collection[int], limit: int) -> Sequence[Undertaking]:
        return await self._do(lambda: measures.ready(self._db, now, under_way, limit))

    async def reported(self, undertaking: Undertaking, report: Report, at: datetime, again_at: datetime) -> None:
        await self._do(lambda: measures.reported(self._db, undertaking, report, at, again_at))

    async def met(self, who: str, flag: int, severe: bool, day: date) -> None:
        await self._do(lambda: care.met(self._db, who, flag, severe, day))

    async def care(self, who: str, day: date) -> Care:
        return await self._do(lambda: care.care(self._db, who, day))

    async def pause(self, who: str, until: datetime | None) -> None:
        await self._do(lambda: care.pause(self._db, who, until))

    async def limit(self, who: str, cases: int) -> None:
        await self._do(lambda: care.limit(self._db, who, cases))

    async def nudged(self, who: str, at: datetime) -> None:
        await self._do(lambda: care.nudged(self._db, who, at))

    async def ask(self, question: Callable[[StoreReader], T]) -> T:
        """Any question, on the thread that owns the connection."""
        return await self._do(lambda: question(self._reader))

    async def do(self, work: Callable[[Database], T]) -> T:
        """Any work of this folder's, on the thread that owns the connection."""
        return await self._do(lambda: work(self._db))

    async def close(self) -> None:
        """Finish what was begun and close the file."""
        await self._do(self._db.close)
        self._thread.shutdown()

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._translated, work)

    def _translated(self, work: Callable[[], T]) -> T:
        with translated(self._path):
            return work()
