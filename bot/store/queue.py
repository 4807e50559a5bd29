"""Which case does somebody get to read next? The first of several queues, each read from the front of its own index.

The ordinary flags are one queue. What waits for another's opinion, for a joint decision or for the leads has a queue of
its own, because not everybody may decide it: in one queue, everybody would read past what is for others. Decided flags
that somebody should read again, blind, are the last: they stand among the flags that are no threat. Nobody is given a
message of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bot.core.opinions import Turn, Waits
from bot.core.urgency import THREAT, place
from bot.store.keeping import stamp

# By the index flags_queue, so that it costs the same however many flags are open. One server at a time: over several
# at once SQLite would have to sort.
NEXT = """SELECT id, urgency FROM flags
    WHERE guild_id = ? AND state = 'pending' AND text IS NOT NULL AND waits = 0 AND author_id <> ?
    AND restricted_at IS NULL AND id NOT IN (SELECT value FROM json_each(?))
    ORDER BY urgency DESC, id LIMIT 1"""
# By the same index. What one has said something of since it was opened last is not for oneself, or not first.
WAITING = """SELECT id, urgency FROM flags
    WHERE guild_id = ? AND waits = ? AND state = 'pending' AND text IS NOT NULL AND author_id <> ?
    AND restricted_at IS NULL
    AND id NOT IN (SELECT value FROM json_each(?))
    AND (? OR NOT EXISTS (
        SELECT 1 FROM opinions LEFT JOIN decisions ON decisions.id = opinions.read
        WHERE opinions.flag_id = flags.id AND ? IN (opinions.by, decisions.by)
        AND opinions.after = (SELECT coalesce(max(id), 0) FROM decisions WHERE flag_id = flags.id)
    ))
    ORDER BY urgency DESC, id LIMIT 1"""
# By readings_open.
REREAD = """SELECT flag_id AS id, urgency FROM readings
    WHERE guild_id = ?1 AND ended_at IS NULL AND by <> ?2 AND until > ?3
    AND NOT EXISTS (SELECT 1 FROM flags WHERE id = flag_id AND (author_id = ?2 OR restricted_at IS NOT NULL))
    AND flag_id NOT IN (SELECT value FROM json_each(?4))
    ORDER BY urgency DESC, flag_id LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Found:
    """The front of a queue."""

    flag: int
    place: tuple[int, int, int, int]
    is_reread: bool = False


def first(db: Database, guilds: Sequence[str], others: Sequence[int], turn: Turn | None = None) -> Found | None:
    """What is next for somebody, and is none of `others`; without a turn, of what waits for anyone."""
    held = json.dumps(list(others))
    found = [each for guild in guilds for each in _fronts(db, guild, held, turn)]
    if not found and turn is not None and turn.leads:  # their own disputes too, where there is nothing else to do
        found = [each for guild in guilds for each in _waiting(db, guild, held, turn, Waits.JOINT, own=True)]
    return min(found, key=lambda each: each.place, default=None)


def _fronts(db: Database, guild: str, held: str, turn: Turn | None) -> Iterator[Found]:
    for row in db.execute(NEXT, [guild, "" if turn is None else turn.who, held]).fetchall():
        yield Found(row["id"], place(row["urgency"], Waits.ANYONE, row["id"]))
    if turn is None:
        return
    yield from _waiting(db, guild, held, turn, Waits.ANOTHER)
    yield from _waiting(db, guild, held, turn, Waits.JOINT)
    if turn.leads:
        yield from _waiting(db, guild, held, turn, Waits.LEADS, own=True)
    for row in db.execute(REREAD, [guild, turn.who, stamp(turn.at), held]).fetchall():
        yield Found(row["id"], place(min(row["urgency"], THREAT - 1), Waits.ANYONE, row["id"]), True)


def _waiting(db: Database, guild: str, held: str, turn: Turn, waits: Waits, *, own: bool = False) -> Iterator[Found]:
    for row in db.execute(WAITING, [guild, int(waits), turn.who, held, own, turn.who]).fetchall():
        yield Found(row["id"], place(row["urgency"], waits, row["id"]))
