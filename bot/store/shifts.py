"""What was counted in the weeks before, and which shifts were noticed? Threads count with their channels."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.core.tuning.drift import DAYS, REST, Ending, Event, Kind, Shift, Watched
from bot.core.tuning.evidence import BINS
from bot.store.keeping import stamp

FEWEST_READ = 500  # messages of a channel in those weeks; below it the channel is counted among the rest
MATTERS = timedelta(days=2 * DAYS)  # for as long as the hours of an event, or what it settled, are looked at

MOMENTS = ("told_at", "ended_at")

# Of a thread it is its channel's.
COUNTS = """SELECT coalesce(nullif(channels.parent_id, ''), counts.channel_id) AS place, counts.hour,
    sum(counts.read) AS read, sum(counts.flagged) AS flagged, sum(counts.unread) AS unread
    FROM counts LEFT JOIN channels ON channels.id = counts.channel_id
    WHERE counts.hour >= ? AND counts.hour < ? GROUP BY place, counts.hour"""
HOURS = """SELECT coalesce(nullif(channels.parent_id, ''), score_bins.channel_id) AS place, score_bins.hour AS at,
    score_bins.bin, sum(score_bins.n) AS n FROM score_bins LEFT JOIN channels ON channels.id = score_bins.channel_id
    WHERE score_bins.label = 'flag' AND score_bins.hour >= ? AND score_bins.hour < ?
    GROUP BY place, score_bins.hour, score_bins.bin"""
DAYS_BEFORE = """SELECT coalesce(nullif(channels.parent_id, ''), score_days.channel_id) AS place, score_days.day AS at,
    score_days.counts FROM score_days LEFT JOIN channels ON channels.id = score_days.channel_id
    WHERE score_days.label = 'flag' AND score_days.day >= ? AND score_days.day < ?"""


def watched(db: Database, until: datetime) -> Watched:
    """Counts of the weeks before `until`, which is a whole hour."""
    since = until - timedelta(days=DAYS + 1)
    rows = db.execute(COUNTS, [_hour(since), _hour(until)]).fetchall()
    total: dict[str, int] = {}
    for row in rows:
        total[row["place"]] = total.get(row["place"], 0) + row["read"]
    channels = (*sorted(place for place, read in total.items() if read >= FEWEST_READ), REST)
    places = {place: number for number, place in enumerate(channels)}
    counts = np.zeros((3, len(channels), 24 * (DAYS + 1)))
    for row in rows:
        hour = (datetime.fromisoformat(row["hour"]) - since) // timedelta(hours=1)
        place = places.get(row["place"], places[REST])
        counts[:, place, hour] += (row["read"], row["flagged"], row["unread"])
    read, flagged, unread = counts
    return Watched(
        until, channels, read, np.minimum(flagged, read), np.minimum(unread, read), _spread(db, until, places)
    )


def _spread(db: Database, until: datetime, places: Mapping[str, int]) -> NDArray[np.float64]:
    """Messages by score: a row for each day (UTC) before the last 24 hours, and one for these."""
    spread = np.zeros((len(places), DAYS + 1, BINS))
    begin = until - timedelta(days=1)
    first = (begin - timedelta(days=DAYS)).date()
    for row in db.execute(HOURS, [first.isoformat(), _hour(until)]).fetchall():
        at = datetime.fromisoformat(row["at"])
        day = DAYS if at >= begin else (at.date() - first).days
        spread[places.get(row["place"], places[REST]), min(day, DAYS if at >= begin else DAYS - 1), row["bin"]] += row[
            "n"
        ]
    for row in db.execute(DAYS_BEFORE, [first.isoformat(), begin.date().isoformat()]).fetchall():
        day = (datetime.fromisoformat(row["at"]).date() - first).days
        counts = json.loads(row["counts"])[:BINS]
        spread[places.get(row["place"], places[REST]), day, : len(counts)] += counts
    return spread


def events(db: Database, now: datetime) -> list[Event]:
    """Open events, and those whose hours are looked at still."""
    query = "SELECT * FROM shifts WHERE ended_at IS NULL OR ended_at >= ? ORDER BY id"
    return [event_of(row) for row in db.execute(query, [stamp(now - MATTERS)]).fetchall()]


def noticed(db: Database, found: Sequence[Shift], at: datetime) -> None:
    """Save them; of one thing in one place one event is open."""
    with db.atomic():
        for shift in found:
            db.execute(
                """INSERT INTO shifts (kind, channel_id, since, hours, before, now, p, noticed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                [
                    *(str(shift.kind), shift.channel, stamp(shift.since), shift.hours),
                    *(shift.before, shift.now, shift.p, stamp(at)),
                ],
            )


def ended(db: Database, event: int, ending: Ending, at: datetime) -> None:
    """Note that an event is over, or usual."""
    with db.atomic():
        db.execute(
            "UPDATE shifts SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL",
            [stamp(at), str(ending), event],
        )


def untold(db: Database) -> list[Event]:
    """What admins were not told of yet, oldest first."""
    return [event_of(row) for row in db.execute("SELECT * FROM shifts WHERE told_at IS NULL ORDER BY id").fetchall()]


def told(db: Database, event: int, at: datetime) -> None:
    """Note that they were told."""
    with db.atomic():
        db.execute("UPDATE shifts SET told_at = ? WHERE id = ?", [stamp(at), event])


def _hour(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")


def event_of(row: Mapping[str, Any] | sqlite3.Row) -> Event:
    """An event of its row."""
    told_at, ended_at = (None if row[each] is None else datetime.fromisoformat(row[each]) for each in MOMENTS)
    shift = Shift(
        Kind(row["kind"]),
        row["channel_id"],
        datetime.fromisoformat(row["since"]),
        row["hours"],
        row["before"],
        row["now"],
        row["p"],
    )
    ending = None if row["ending"] is None else Ending(row["ending"])
    return Event(row["id"], shift, datetime.fromisoformat(row["noticed_at"]), told_at, ended_at, ending)
