"""Which sudden shifts were noticed in the last weeks? Those of one's own servers, with the names of their channels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.tuning.drift import Event
from bot.store.keeping import stamp
from bot.store.shifts import event_of

# What shifted everywhere is told to those who see everywhere.
SHIFTS = """SELECT shifts.*, coalesce(channels.name, '') AS name
    FROM shifts INDEXED BY shifts_noticed LEFT JOIN channels ON channels.id = shifts.channel_id
    WHERE noticed_at >= ?2 AND (?1 = '[]' OR channels.guild_id IN (SELECT value FROM json_each(?1))
        OR (shifts.channel_id = '' AND NOT EXISTS (SELECT 1 FROM channels AS other
            WHERE other.guild_id NOT IN (SELECT '' UNION ALL SELECT value FROM json_each(?1)))))
    ORDER BY noticed_at DESC, shifts.id DESC LIMIT ?3"""


def noticed_since(db: Database, guilds: Sequence[str], since: datetime, limit: int) -> list[tuple[Event, str]]:
    """The latest first, of these servers (none: of all), each with its channel's name; empty where it has none."""
    rows = db.execute(SHIFTS, [json.dumps(list(guilds)), stamp(since), limit]).fetchall()
    return [(event_of(row), row["name"]) for row in rows]
