"""What was reported of a case, as moderators see it? Counted and quoted, without a look at who reported."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from bot.core.flags import Decision
from bot.core.reports import SHOWN, Category, Heard, Hurt, Voice
from bot.store.keeping import stamp

LINKS = 5  # other messages that are named on a card
MARKABLE = 25  # as many as a select of Discord's holds


def heard(db: Database, flag: int, decision: Decision | None) -> Heard:
    """All of it; `decision` is the last one."""
    decided = "9" if decision is None else stamp(decision.at)
    row = db.execute(
        "SELECT count(*) AS count, coalesce(sum(made_at > ?), 0) AS late FROM reports WHERE flag_id = ?",
        [decided, flag],
    ).fetchone()
    if not row["count"]:
        return Heard()
    about = db.execute("SELECT message_id, flood, unanswered_at, state FROM flags WHERE id = ?", [flag]).fetchone()
    latest = db.execute(
        "SELECT * FROM reports WHERE flag_id = ? ORDER BY abusive_at IS NOT NULL, id DESC LIMIT ?", [flag, SHOWN]
    ).fetchall()
    voices = [
        Voice(
            each["id"],
            Category(each["category"]),
            Hurt(each["hurt"]),
            tuple(json.loads(each["against"])),
            each["words"],
            datetime.fromisoformat(each["made_at"]),
            each["abusive_at"] is not None,
        )
        for each in latest
    ]
    others = db.execute(
        """SELECT DISTINCT channel_id, message_id FROM reports
        WHERE flag_id = ? AND message_id NOT IN ('', ?) ORDER BY id DESC LIMIT ?""",
        [flag, about["message_id"], LINKS],
    ).fetchall()
    elsewhere = [(each["channel_id"], each["message_id"]) for each in others]
    fair = db.execute(
        "SELECT id FROM reports WHERE flag_id = ? AND abusive_at IS NULL ORDER BY id DESC LIMIT ?", [flag, MARKABLE]
    ).fetchall()
    waits = about["unanswered_at"] is not None and about["state"] == "pending"
    numbers = [each["id"] for each in fair]
    return Heard(row["count"], row["late"], voices, bool(about["flood"]), elsewhere, waits, numbers)
