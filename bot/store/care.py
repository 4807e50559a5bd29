"""What has a moderator read, and chosen for herself or himself? Counts by day; which cases, only for that day.

A case counts once a day for each moderator, so today's cases have to be known; with the day they are forgotten, and
what is left says how many, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from bot.core.care import KEPT, WEEK, Care, Exposure
from bot.store.keeping import stamp


def met(db: Database, who: str, flag: int, severe: bool, day: date) -> None:
    """Count a case that somebody has read; again on the same day, it counts no more."""
    with db.atomic():
        db.execute("DELETE FROM exposed WHERE day < ?", [day.isoformat()])
        is_new = db.execute(
            "INSERT INTO exposed (who, flag_id, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [who, flag, day.isoformat()],
        ).rowcount
        if is_new:
            db.execute(
                """INSERT INTO exposure (who, day, cases, severe) VALUES (?, ?, 1, ?)
                ON CONFLICT (who, day) DO UPDATE SET cases = cases + 1, severe = severe + excluded.severe""",
                [who, day.isoformat(), int(severe)],
            )


def care(db: Database, who: str, day: date) -> Care:
    """What is known of one person, on a day."""
    first = day - timedelta(days=WEEK - 1)
    row = db.execute("SELECT * FROM care WHERE who = ?", [who]).fetchone()
    return Care(
        _between(db, who, day, day),
        _between(db, who, first, day),
        0 if row is None else row["day_limit"],
        _moment(row, "paused_until"),
        _moment(row, "nudged_at"),
    )


def pause(db: Database, who: str, until: datetime | None) -> None:
    """Note a person's pause, or its end."""
    _set(db, who, "paused_until", None if until is None else stamp(until))


def limit(db: Database, who: str, cases: int) -> None:
    """Note after how many cases a day somebody wishes to be reminded of a break; 0: never."""
    _set(db, who, "day_limit", cases)


def nudged(db: Database, who: str, at: datetime) -> None:
    """Note that a break was suggested."""
    _set(db, who, "nudged_at", stamp(at))


def forget_care(db: Database, now: datetime, day: date) -> int:
    """Forget counts of more than a week ago, which cases were read before today, and pauses that are over.

    How many of those counts there were; within the caller's transaction.
    """
    with db.atomic():
        count = db.execute("DELETE FROM exposed WHERE day < ?", [day.isoformat()]).rowcount
        count += db.execute("DELETE FROM exposure WHERE day <= ?", [(day - timedelta(days=KEPT)).isoformat()]).rowcount
        db.execute("UPDATE care SET paused_until = NULL WHERE paused_until <= ?", [stamp(now)])
        db.execute("UPDATE care SET nudged_at = NULL WHERE nudged_at < ?", [stamp(now - timedelta(days=1))])
        db.execute("DELETE FROM care WHERE paused_until IS NULL AND nudged_at IS NULL AND day_limit = 0")
    return int(count)


def _set(db: Database, who: str, column: str, value: object) -> None:
    db.execute(
        f"INSERT INTO care (who, {column}) VALUES (?, ?) "  # noqa: S608  # `column` is one of the three above
        f"ON CONFLICT (who) DO UPDATE SET {column} = excluded.{column}",
        [who, value],
    )


def _between(db: Database, who: str, first: date, last: date) -> Exposure:
    row = db.execute(
        "SELECT coalesce(sum(cases), 0) AS cases, coalesce(sum(severe), 0) AS severe FROM exposure "
        "WHERE who = ? AND day BETWEEN ? AND ?",
        [who, first.isoformat(), last.isoformat()],
    ).fetchone()
    return Exposure(row["cases"], row["severe"])


def _moment(row: Mapping[str, str] | None, column: str) -> datetime | None:
    return None if row is None or row[column] is None else datetime.fromisoformat(row[column])
