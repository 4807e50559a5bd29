"""What has happened to a case? Gathered from the tables that hold it, each by its index on the flag."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from bot.core.timeline import Happening, What, in_order

FLAG = "SELECT flagged_at, seen_at, edited_at, withdrawn_at, unanswered_at FROM flags WHERE id = ?"
OF_FLAG = {  # one row an event: when, who, what it was about
    What.REPORTED: """SELECT made_at AS at, '' AS by, id AS about FROM reports WHERE flag_id = ?
        ORDER BY id DESC LIMIT 50""",
    What.ESCALATED: "SELECT escalated_at AS at, by, '' AS about, note FROM escalations WHERE flag_id = ?",
    What.DONE: """SELECT done_at AS at, '' AS by, act AS about FROM measures
        WHERE flag_id = ? AND done_at IS NOT NULL""",
    What.UNDONE: """SELECT undone_at AS at, '' AS by, act AS about FROM measures
        WHERE flag_id = ? AND undone_at IS NOT NULL""",
    What.TOLD: """SELECT told_at AS at, '' AS by, news AS about FROM statements
        CROSS JOIN notices ON notices.statement_id = statements.id
        WHERE statements.flag_id = ? AND told_at IS NOT NULL""",
    What.APPEALED: "SELECT made_at AS at, '' AS by, '' AS about FROM appeals WHERE flag_id = ?",
    What.JUDGED: """SELECT decided_at AS at, by, outcome AS about FROM appeals
        WHERE flag_id = ? AND outcome IS NOT NULL""",
    What.OPINION: "SELECT given_at AS at, by, lean AS about, note, motives FROM opinions WHERE flag_id = ?",
}


def timeline(db: Database, flag: int) -> list[Happening]:
    """All of it, the oldest first; none where there is no such flag."""
    return in_order([*_of_flag(db, flag), *_decisions(db, flag), *_others(db, flag)])


def _of_flag(db: Database, flag: int) -> Iterator[Happening]:
    row = db.execute(FLAG, [flag]).fetchone()
    kinds = (What.FLAGGED, What.SEEN, What.EDITED, What.WITHDRAWN, What.UNANSWERED)
    for kind, at in zip(kinds, row or (), strict=False):
        if at is not None:
            yield Happening(datetime.fromisoformat(at), kind)


def _decisions(db: Database, flag: int) -> Iterator[Happening]:
    for row in db.execute("SELECT * FROM decisions WHERE flag_id = ? ORDER BY id", [flag]).fetchall():
        at, motives = datetime.fromisoformat(row["decided_at"]), tuple(json.loads(row["motives"]))
        yield Happening(at, What(row["step"]), row["by"], motives=motives, note=row["note"])


def _others(db: Database, flag: int) -> Iterator[Happening]:
    for what, query in OF_FLAG.items():
        for row in db.execute(query, [flag]).fetchall():
            found = dict(row)
            motives = tuple(json.loads(found.get("motives", "[]")))
            at = datetime.fromisoformat(found["at"])
            yield Happening(at, what, found["by"], str(found["about"]), motives, found.get("note", ""))
