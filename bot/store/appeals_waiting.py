"""Which appeals wait? By their numbers, the oldest first, no further than a page needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from bot.core.appeals import Objection, Waiting
from bot.store import told
from bot.store.appeals import may_judge

EVERYWHERE = """SELECT id FROM appeals INDEXED BY appeals_waiting
    WHERE outcome IS NULL AND id > ? ORDER BY id LIMIT ?"""
HERE = """SELECT id FROM appeals INDEXED BY appeals_open
    WHERE outcome IS NULL AND guild_id = ? AND id > ? ORDER BY id LIMIT ?"""


def numbers(db: Database, guilds: Sequence[str], after: int, limit: int) -> list[int]:
    """The numbers of open appeals of these servers (none: of all) behind a number."""
    if not guilds:
        return [row["id"] for row in db.execute(EVERYWHERE, [after, limit]).fetchall()]
    # Each server from its own end of the index, so that none has to be looked through for another.
    found = (db.execute(HERE, [guild, after, limit]).fetchall() for guild in guilds)
    return sorted(row["id"] for rows in found for row in rows)[:limit]


def waiting(db: Database, guilds: Sequence[str], who: str, after: int, limit: int) -> list[Waiting]:
    """The same with what each is about, and whether this person may decide it."""
    found = []
    for number in numbers(db, guilds, after, limit):
        judged = may_judge(db, number, who)
        statement = told.appealed(db, number) if isinstance(judged, Objection) else judged
        assert statement is not None, "statements are never deleted"
        found.append(Waiting(statement, judged if isinstance(judged, Objection) else None))
    return found
