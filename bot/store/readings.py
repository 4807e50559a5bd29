"""Which decided flags is somebody to read again, blind? Drawn with the decision, ended by an answer, or by time.

Where nobody else is there, a reading waits without standing in anybody's way, and lapses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.flags import Decision
from bot.store.keeping import stamp


@dataclass(frozen=True, slots=True)
class Open:
    """A reading that waits: of which decision, and who took that."""

    decision: int
    by: str


def draw(db: Database, decision: Decision, number: int, until: datetime) -> None:
    """Note that a decision is to be read again, in its own transaction; what has waited too long lapses meanwhile."""
    lapse(db, decision.at)
    db.execute(
        """INSERT INTO readings (flag_id, decision_id, guild_id, urgency, by, until)
        SELECT id, ?, guild_id, urgency, ?, ? FROM flags WHERE id = ?""",
        [number, decision.by.strip(), stamp(until), decision.flag],
    )


def of_flag(db: Database, flag: int, now: datetime) -> Open | None:
    """The reading of a flag that waits, if one does."""
    row = db.execute(
        "SELECT decision_id, by FROM readings WHERE flag_id = ? AND ended_at IS NULL AND until > ?", [flag, stamp(now)]
    ).fetchone()
    return None if row is None else Open(row["decision_id"], row["by"])


def end(db: Database, flag: int, at: datetime) -> None:
    """It is answered."""
    db.execute("UPDATE readings SET ended_at = ? WHERE flag_id = ? AND ended_at IS NULL", [stamp(at), flag])


def lapse(db: Database, now: datetime) -> None:
    """What has waited too long waits no more."""
    db.execute("UPDATE readings SET ended_at = until WHERE ended_at IS NULL AND until <= ?", [stamp(now)])
