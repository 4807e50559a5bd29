"""Who may come in at the panel? Links that are used up by being used, and sessions; over the same file as all else."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from bot.core.panel import IDLE, LINK_LIFE, Session, Visitor, works
from bot.core.roles import Rank
from bot.store.keeping import stamp, storable
from bot.store.thread import SqliteStore
from bot.store.transaction import at_once


class SqlitePanel:
    """The port PanelStore."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def invite(self, digest: str, visitor: Visitor, at: datetime) -> None:
        await self._store.do(lambda db: invite(db, digest, visitor, at))

    async def redeem(self, link: str, session: str, at: datetime) -> Session | None:
        return await self._store.do(lambda db: redeem(db, link, session, at))

    async def session(self, digest: str) -> Session | None:
        return await self._store.do(lambda db: _session(db, digest))

    async def used(self, digest: str, at: datetime) -> None:
        query = "UPDATE panel_sessions SET seen_at = ? WHERE digest = ?"
        await self._store.do(lambda db: db.execute(query, [stamp(at), digest]))

    async def end(self, digest: str) -> None:
        await self._store.do(lambda db: db.execute("DELETE FROM panel_sessions WHERE digest = ?", [digest]))

    async def end_all(self, who: str) -> int:
        return await self._store.do(lambda db: _end_all(db, who))

    async def sweep(self, before: datetime) -> None:
        await self._store.do(lambda db: _sweep(db, before))


def invite(db: Database, digest: str, visitor: Visitor, at: datetime) -> None:
    """Remember a link by its digest; an earlier one of the same person works no more."""
    with at_once(db):
        db.execute("DELETE FROM panel_links WHERE who = ?", [visitor.who])
        db.execute(
            "INSERT INTO panel_links (digest, who, name, rank, guilds, language, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [digest, *_written(visitor), stamp(at)],
        )


def redeem(db: Database, link: str, session: str, at: datetime) -> Session | None:
    """Use a link up and begin a session. Of two who come with the same link, one comes in."""
    with at_once(db):
        row = db.execute("SELECT * FROM panel_links WHERE digest = ?", [link]).fetchone()
        db.execute("DELETE FROM panel_links WHERE digest = ?", [link])
        if row is None or not works(datetime.fromisoformat(row["made_at"]), at):
            return None
        visitor = _visitor(row)
        db.execute(
            """INSERT INTO panel_sessions (digest, who, name, rank, guilds, language, began_at, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            [session, *_written(visitor), stamp(at), stamp(at)],
        )
        return Session(session, visitor, at, at)


def _session(db: Database, digest: str) -> Session | None:
    row = db.execute("SELECT * FROM panel_sessions WHERE digest = ?", [digest]).fetchone()
    if row is None:
        return None
    began, seen = (datetime.fromisoformat(row[key]) for key in ("began_at", "seen_at"))
    return Session(digest, _visitor(row), began, seen)


def _end_all(db: Database, who: str) -> int:
    with at_once(db):
        db.execute("DELETE FROM panel_links WHERE who = ?", [who])
        return int(db.execute("DELETE FROM panel_sessions WHERE who = ?", [who]).rowcount)


def _sweep(db: Database, before: datetime) -> None:
    with at_once(db):
        db.execute("DELETE FROM panel_links WHERE made_at < ?", [stamp(before)])
        db.execute("DELETE FROM panel_sessions WHERE began_at < ?", [stamp(before)])


def forget_panel(db: Database, now: datetime) -> int:
    """Forget who came in, and who was invited, once neither opens the door any more; within the caller's transaction.

    How many those were. A session that was not used for so long is over, however long sessions may be.
    """
    links = db.execute("DELETE FROM panel_links WHERE made_at < ?", [stamp(now - LINK_LIFE)]).rowcount
    sessions = db.execute("DELETE FROM panel_sessions WHERE seen_at < ?", [stamp(now - IDLE)]).rowcount
    return int(links + sessions)


def _written(visitor: Visitor) -> list[object]:
    guilds = json.dumps(list(visitor.guilds))
    return [storable(visitor.who), storable(visitor.name), int(visitor.rank), guilds, visitor.language]


def _visitor(row: dict[str, str]) -> Visitor:
    rank = Rank(int(row["rank"]))
    return Visitor(row["who"], row["name"], rank, tuple(json.loads(row["guilds"])), row["language"])
