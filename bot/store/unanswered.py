"""Which reported cases have waited too long, and which of them were the leads not told of?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.cases import Card, Case
from bot.store import cards
from bot.store.keeping import stamp
from bot.store.report_weights import recount
from bot.store.review import case
from bot.store.transaction import at_once

# From the reports of that time to their cases: by reports_by_time.
WAITING = """SELECT DISTINCT flags.id FROM reports CROSS JOIN flags ON flags.id = reports.flag_id
    WHERE reports.made_at < ? AND reports.abusive_at IS NULL
    AND flags.state = 'pending' AND flags.text IS NOT NULL AND flags.restricted_at IS NULL
    AND flags.unanswered_at IS NULL"""


def climb(db: Database, before: datetime, at: datetime) -> int:
    """Let open cases that were reported before a moment climb in the queue; how many."""
    with at_once(db):
        found = [row["id"] for row in db.execute(WAITING, [stamp(before)]).fetchall()]
        for flag in found:
            db.execute("UPDATE flags SET unanswered_at = ? WHERE id = ?", [stamp(at), flag])
            recount(db, flag)
        return len(found)


def unanswered(db: Database) -> Case | None:
    """The oldest of them that is open still, and of which the leads were not told."""
    row = db.execute(
        """SELECT id FROM flags WHERE unanswered_at IS NOT NULL AND leads_told_at IS NULL
        AND state = 'pending' AND text IS NOT NULL AND restricted_at IS NULL ORDER BY id LIMIT 1"""
    ).fetchone()
    return None if row is None else case(db, row["id"])


def told(db: Database, flag: int, shown: Sequence[Card], at: datetime) -> None:
    """Note that the leads were told, and by which card."""
    with db.atomic():
        db.execute("UPDATE flags SET leads_told_at = ? WHERE id = ?", [stamp(at), flag])
        for card in shown:
            cards.shown(db, card)
