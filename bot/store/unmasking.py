"""Who has reported a case? Told to nobody who does not say who asks and why, and both stay on record.

What is asked and the record of asking are one transaction: nobody is told without it.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.core.errors import Refused
from bot.store.keeping import stamp, storable
from bot.store.transaction import at_once


def reporters(db: Database, flag: int, by: str, reason: str, at: datetime) -> list[tuple[int, str]]:
    """The number and the reporter of each report whose reporter is still known. Refused without a name and a reason."""
    if not any(map(str.isalnum, by)):
        raise Refused("only a person may know who reported: say who with --by NAME")
    if not any(map(str.isalnum, reason)):
        raise Refused("say why you must know who reported, with --reason TEXT; it stays on record")
    with at_once(db):
        if flag >= 2**63 or db.execute("SELECT 1 FROM flags WHERE id = ?", [flag]).fetchone() is None:
            raise Refused(f"there is no flag {flag}; `uppsikt flags` lists them")
        db.execute(
            "INSERT INTO unmaskings (flag_id, by, reason, at) VALUES (?, ?, ?, ?)",
            [flag, storable(by.strip()), storable(reason.strip()), stamp(at)],
        )
        rows = db.execute(
            """SELECT reports.id, reporters.who FROM reports CROSS JOIN reporters ON reporters.report_id = reports.id
            WHERE reports.flag_id = ? ORDER BY reports.id""",
            [flag],
        ).fetchall()
        return [(row["id"], row["who"]) for row in rows]
