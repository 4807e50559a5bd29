"""Which flags were moderators not told of yet, and when were they told last? Without any text.

A flag that somebody has decided meanwhile, from the queue or in the terminal, wants nobody's attention any more; one
that is reopened does. When moderators were told outlives a restart: otherwise each start would begin with a message and
a mention too many.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from bot.core.desk import Desk
from bot.core.flags import Reason
from bot.core.telling_times import HOUR, Past, Untold
from bot.store.keeping import stamp

# By the index flags_untold: threats, and what somebody trusted has reported (core/urgency.py), are found at once behind
# any number of others that wait for the morning.
UNTOLD = """SELECT id, channel_id, flagged_at, motives, reasons FROM flags
    WHERE announced_at IS NULL AND state = 'pending' AND text IS NOT NULL AND (urgency >= 2000) = ?
    AND restricted_at IS NULL
    ORDER BY id LIMIT ?"""


def untold(db: Database, desk: Desk, threats: bool, limit: int) -> list[Untold]:
    """The oldest threats, or the oldest others, that moderators were not told of."""
    rows = db.execute(UNTOLD, [threats, limit]).fetchall()
    return [
        Untold(
            row["id"],
            threats,
            desk.place_of([Reason(**reason) for reason in json.loads(row["reasons"])], json.loads(row["motives"])),
            row["channel_id"],
            datetime.fromisoformat(row["flagged_at"]),
        )
        for row in rows
    ]


def past(db: Database) -> Past:
    """When the rest was last told in each channel, and the mentions of the last hours."""
    told = db.execute("SELECT channel_id, told_at FROM tellings").fetchall()
    pings = db.execute("SELECT flag_id, pinged_at FROM pings").fetchall()
    return Past(
        {row["channel_id"]: datetime.fromisoformat(row["told_at"]) for row in told},
        {row["flag_id"]: datetime.fromisoformat(row["pinged_at"]) for row in pings},
    )


def told(db: Database, channel: str, at: datetime) -> None:
    """Note that the rest was told in a channel."""
    db.execute("INSERT OR REPLACE INTO tellings (channel_id, told_at) VALUES (?, ?)", [channel, stamp(at)])


def pinging(db: Database, flag: int, at: datetime) -> None:
    """Note that somebody is about to be mentioned for a flag; mentions of long ago are forgotten."""
    with db.atomic():
        db.execute("DELETE FROM pings WHERE pinged_at < ?", [stamp(at - 2 * HOUR)])
        db.execute("INSERT OR REPLACE INTO pings (flag_id, pinged_at) VALUES (?, ?)", [flag, stamp(at)])
