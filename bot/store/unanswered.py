"""Which cases have waited too long, for an answer or past their time limit, and of which were the leads not told?

They are told once of a case, whichever came first.
"""

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

# By flags_unanswered and flags_late. What is decided waits as long as something of it is not carried out.
UNTOLD = """SELECT id FROM flags INDEXED BY flags_unanswered WHERE unanswered_at IS NOT NULL AND leads_told_at IS NULL
        AND state = 'pending' AND text IS NOT NULL AND restricted_at IS NULL
    UNION
    SELECT id FROM flags INDEXED BY flags_late WHERE late_at IS NOT NULL AND leads_told_at IS NULL
        AND (state = 'pending' AND text IS NOT NULL AND restricted_at IS NULL
        OR EXISTS (SELECT 1 FROM measures WHERE flag_id = flags.id AND state = 'due'))
    ORDER BY id LIMIT 1"""


def climb(db: Database, before: datetime, at: datetime) -> int:
    """Let open cases that were reported before a moment climb in the queue; how many."""
    with at_once(db):
        found = [row["id"] for row in db.execute(WAITING, [stamp(before)]).fetchall()]
        for flag in found:
            db.execute("UPDATE flags SET unanswered_at = ? WHERE id = ?", [stamp(at), flag])
            recount(db, flag)
        return len(found)


def unanswered(db: Database) -> Case | None:
    """The oldest that waits still, and of which the leads were not told."""
    row = db.execute(UNTOLD).fetchone()
    return None if row is None else case(db, row["id"])


def told(db: Database, flag: int, shown: Sequence[Card], at: datetime) -> None:
    """Note that the leads were told, and by which card."""
    with db.atomic():
        db.execute("UPDATE flags SET leads_told_at = ? WHERE id = ?", [stamp(at), flag])
        for card in shown:
            cards.shown(db, card)
