"""What is to be known in a restored database of the time that it has lost? Which numbers are taken, what nobody saw."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.store.keeping import stamp

GAP = "a backup was restored"


def go_on_after(db: Database, number: int) -> None:
    """The next case has a higher number than this."""
    db.execute("UPDATE numbers SET flags = max(flags, ?)", [number])


def note_gap(db: Database, now: datetime) -> None:
    """A bot that runs through a restore does not read back what was posted since the backup; say so, by channel."""
    db.execute(
        """INSERT INTO unseen (channel_id, since, until, read_back, why)
        SELECT id, coalesce((SELECT max(at) FROM record WHERE seq < (SELECT seq FROM record_tip)), ?), ?, 0, ?
        FROM channels""",
        [stamp(now), stamp(now), GAP],
    )
