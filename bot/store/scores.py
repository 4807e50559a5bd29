"""How are scores kept? A flag's with the flag; of what was let through how many there were, in its batch's transaction.

Hours are moved to their days once those are over, and days are removed in the end, so that what is kept grows with
channels and days, and not with messages.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from bot.core.flags import Flag
from bot.core.ports import Spread
from bot.core.tuning.bins import BINS
from bot.store.schema_evidence import INSERT, came, packed
from bot.store.transaction import at_once

HOURS_KEPT = timedelta(days=1)  # hour by hour; what is read back of an earlier day is moved to it the next time
DAYS_KEPT = timedelta(days=400)  # day by day: a year ago can be compared with, and a little more


def hour_text(moment: datetime) -> str:
    """An hour as `counts` and `score_bins` write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")


def keep_scores(db: Database, number: int, flag: Flag) -> None:
    """A new flag's; none of what no model has read."""
    post, verdict = flag.message, flag.verdict
    if not verdict.model:
        return
    values = [value for _, value in verdict.items()]
    where = [post.channel.guild, int(post.at.timestamp()), number, post.channel.id, verdict.model]
    db.execute(INSERT, [*where, packed(values), *came([reason.rule for reason in flag.reasons])])


def keep_spread(db: Database, spread: Spread) -> None:
    """Add to what an hour has: of its flag scores, which drift is looked for in; of other labels, to the day's first.

    That is a third of the rows, to write and to sum. Nobody asks for less than a whole day of the others.
    """
    hour, day = hour_text(spread.hour), hour_text(spread.hour.astimezone(UTC).replace(hour=0))
    db.conn.executemany(
        """INSERT INTO score_bins (model, hour, channel_id, label, bin, n) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET n = n + excluded.n""",
        [
            (spread.model, hour if label == "flag" else day, spread.channel, label, number, n)
            for (label, number), n in spread.counts.items()
        ],
    )


def roll_up(db: Database, now: datetime) -> None:
    """Move hours of days that are over to their days, each day at once; remove days that are too old."""
    before = (now.astimezone(UTC) - HOURS_KEPT).date().isoformat()
    days = db.execute("SELECT DISTINCT model, substr(hour, 1, 10) FROM score_bins WHERE hour < ?", [before]).fetchall()
    for model, day in days:
        with at_once(db):
            _roll_up(db, model, day)
    oldest = (now.astimezone(UTC) - DAYS_KEPT).date().isoformat()
    db.execute("DELETE FROM score_days WHERE day < ?", [oldest])


def _roll_up(db: Database, model: str, day: str) -> None:
    hours = [model, day, day + "U"]  # U comes after the T that follows a day
    found: dict[tuple[str, str], list[int]] = {}
    for channel, label, counts in db.execute(
        "SELECT channel_id, label, counts FROM score_days WHERE model = ? AND day = ?", [model, day]
    ).fetchall():
        known = json.loads(counts)
        found[channel, label] = known + [0] * (BINS - len(known))
    for channel, label, number, n in db.execute(
        """SELECT channel_id, label, bin, sum(n) FROM score_bins WHERE model = ? AND hour >= ? AND hour < ?
        GROUP BY channel_id, label, bin""",
        hours,
    ).fetchall():
        found.setdefault((channel, label), [0] * BINS)[number] += n
    db.conn.executemany(
        "INSERT OR REPLACE INTO score_days (model, day, channel_id, label, counts) VALUES (?, ?, ?, ?, ?)",
        [(model, day, channel, label, _written(counts)) for (channel, label), counts in found.items()],
    )
    db.execute("DELETE FROM score_bins WHERE model = ? AND hour >= ? AND hour < ?", hours)


def _written(counts: list[int]) -> str:
    last = max((number for number, n in enumerate(counts) if n), default=-1)
    return json.dumps(counts[: last + 1], separators=(",", ":"))
