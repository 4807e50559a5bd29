"""Whose time runs now, and how much is left? Read from the front of an index, whatever else waits behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.clock import Rules, Running
from bot.store import clock
from bot.store.clock import NEVER, OPEN
from bot.store.desk_listing import guilds as guilds_of
from bot.store.keeping import stamp

MOST = 1_000  # counted of what is late
_OF = f"FROM flags INDEXED BY flags_running WHERE guild_id = ? AND {OPEN}"
LATE = f"""SELECT count(*) FROM (
    SELECT 1 {_OF} AND (late_at IS NULL) = 0
    UNION ALL SELECT 1 {_OF} AND (late_at IS NULL) = 1 AND deadline_at <= ? LIMIT ?)"""  # noqa: S608  # fixed texts
NEAREST = f"SELECT id {_OF} AND (late_at IS NULL) = ? AND deadline_at < '{NEVER}' ORDER BY deadline_at LIMIT ?"
NEXT = f"""SELECT deadline_at {_OF} AND (late_at IS NULL) = 1 AND deadline_at < '{NEVER}'
    ORDER BY deadline_at LIMIT 1"""
# Decided, and not carried out yet.
UNDONE = """SELECT DISTINCT flags.id FROM measures CROSS JOIN flags ON flags.id = measures.flag_id
    WHERE measures.state IN ('due', 'undoing') AND measures.state = 'due' AND flags.guild_id = ?
    ORDER BY flags.id LIMIT ?"""


def running(db: Database, guilds: Sequence[str], rules: Rules, now: datetime, limit: int) -> Running:
    """Of these servers; of every one where none is given."""
    known = guilds or guilds_of(db)
    flags = {flag for guild in known for flag in _nearest(db, guild, limit)}
    cases = [case for case in clock.of_flags(db, flags, rules) if case.end is None and case.deadline is not None]
    cases.sort(key=lambda case: (case.deadline, case.flag))
    return Running(late(db, known, now), cases[:limit])


def late(db: Database, guilds: Sequence[str], now: datetime | None = None) -> int:
    """How many open cases are past their time limit; of very many, MOST and one of each server.

    Of what was noticed by the bot; with `now` also of what was not yet, as where none runs.
    """
    until = "" if now is None else stamp(now)
    return sum(db.execute(LATE, [guild, guild, until, MOST + 1]).fetchone()[0] for guild in guilds)


def next_deadline(db: Database, guilds: Sequence[str]) -> datetime | None:
    """When the next open case's time is up."""
    rows = [row for guild in guilds for row in db.execute(NEXT, [guild]).fetchall()]
    return min((datetime.fromisoformat(row["deadline_at"]) for row in rows), default=None)


def _nearest(db: Database, guild: str, limit: int) -> Iterator[int]:
    for query, slots in ((NEAREST, [guild, 0, limit]), (NEAREST, [guild, 1, limit]), (UNDONE, [guild, limit])):
        yield from (row["id"] for row in db.execute(query, slots).fetchall())
