"""What is kept of a case that may have to be handed out? All of it but who reported: that table is not read here."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from bot.core.disclosure import CaseFile
from bot.core.flags import State
from bot.store import audits
from bot.store.desk_timeline import timeline


def case_file(db: Database, flag: int) -> CaseFile | None:
    """A case as it is now, or None where there is no such one."""
    row = db.execute("SELECT * FROM flags WHERE id = ?", [flag]).fetchone() if flag < 2**63 else None
    if row is None:
        return None
    is_veiled = row["state"] == State.PENDING and audits.is_blind(db)  # a sample is not to be told from a flag
    return CaseFile(
        number=flag,
        about=row["about"],
        channel=row["channel"],
        message=row["message_id"],
        author=row["author_id"],
        reply_to=row["reply_to"],
        text=row["text"],
        restricted=row["restricted_at"] is not None,
        score=None if is_veiled else row["score"],
        threat=row["threat"],
        labels={**json.loads(row["motives"]), **json.loads(row["targets"])},
        model=row["model"],
        state=row["state"],
        posted_at=datetime.fromisoformat(row["posted_at"]),
        happenings=timeline(db, flag),
        reports=_reports(db, flag),
        appeals=_appeals(db, flag),
    )


def _reports(db: Database, flag: int) -> list[tuple[int, str, str | None]]:
    rows = db.execute("SELECT id, category, words FROM reports WHERE flag_id = ? ORDER BY id", [flag]).fetchall()
    return [(row["id"], row["category"], row["words"]) for row in rows]


def _appeals(db: Database, flag: int) -> list[tuple[str | None, str | None]]:
    rows = db.execute("SELECT words, answer FROM appeals WHERE flag_id = ? ORDER BY id", [flag]).fetchall()
    return [(row["words"], row["answer"]) for row in rows]
