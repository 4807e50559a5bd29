"""What was read and upheld, by channel and time of the week? From sums that are kept as it happens; no text is read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlite_utils import Database

from bot.core.safety_map import Count, Row
from bot.store.keeping import stamp

_OURS = "(?2 = '[]' OR channels.guild_id IN (SELECT value FROM json_each(?2)))"
BLOCKS = f"""SELECT channel_id, block, week, sum(map_blocks.read) AS read, sum(upheld) AS upheld
    FROM map_blocks CROSS JOIN channels ON channels.id = channel_id
    WHERE week >= ?1 AND week < ?3 AND {_OURS}
    GROUP BY channel_id, {{by}}"""  # noqa: S608  # a fixed text
HOURS = """SELECT slot, sum(read) AS read, sum(upheld) AS upheld FROM map_hours
    WHERE channel_id = ? AND week >= ? AND week < ? GROUP BY slot"""
# From the channel and its threads to their upheld messages in each stretch of time.
BEHIND = """SELECT flags.id, flags.posted_at FROM channels
    CROSS JOIN flags INDEXED BY flags_upheld_where ON flags.channel_id = channels.id
    WHERE (channels.id = ?1 OR channels.parent_id = ?1) AND flags.state = 'upheld' AND flags.kind = 'message'
    AND flags.about = 'words' AND flags.posted_at >= ?2 AND flags.posted_at < ?3
    ORDER BY flags.posted_at DESC LIMIT ?4"""


def rows(db: Database, guilds: Sequence[str], weeks: Sequence[date]) -> list[Row]:
    """The channels of these servers (none: of all) in which anything was written in these weeks."""
    slots = [str(weeks[0]), json.dumps(list(guilds)), _end(weeks)]
    blocks, by_week = (_by_channel(db, by, slots) for by in ("block", "week"))
    names = _names(db, by_week)
    return [
        Row(
            channel,
            names[channel],
            {int(block): count for block, count in blocks[channel].items()},
            {date.fromisoformat(week): count for week, count in by_week[channel].items()},
        )
        for channel in by_week
    ]


def hours(db: Database, channel: str, weeks: Sequence[date]) -> dict[int, Count]:
    """One channel's counts by hour of the week."""
    found = db.execute(HOURS, [channel, str(weeks[0]), _end(weeks)]).fetchall()
    return {row["slot"]: Count(row["read"], row["upheld"]) for row in found}


def behind(
    db: Database, channel: str, stretches: Sequence[tuple[datetime, datetime]], limit: int
) -> list[tuple[int, datetime]]:
    """The numbers of a channel's upheld cases that were written in these stretches of time, the latest first."""
    found = [
        (row["id"], datetime.fromisoformat(row["posted_at"]))
        for begin, end in stretches
        for row in db.execute(BEHIND, [channel, stamp(begin), stamp(end), limit]).fetchall()
    ]
    return sorted(found, key=lambda case: (case[1], case[0]), reverse=True)[:limit]


def _by_channel(db: Database, by: str, slots: Sequence[str]) -> dict[str, dict[str, Count]]:
    found: dict[str, dict[str, Count]] = {}
    for row in db.execute(BLOCKS.format(by=by), slots).fetchall():
        found.setdefault(row["channel_id"], {})[row[by]] = Count(row["read"], row["upheld"])
    return found


def _names(db: Database, channels: Mapping[str, object]) -> dict[str, str]:
    query = "SELECT id, name FROM channels WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"]: row["name"] for row in db.execute(query, [json.dumps(list(channels))]).fetchall()}


def _end(weeks: Sequence[date]) -> str:
    return str(date.fromordinal(weeks[-1].toordinal() + 7))
