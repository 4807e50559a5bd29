"""How much does a report weigh, and how urgent is a case with all that was reported of it? Computed where it is saved.

A weight is computed once, when its report comes, so that a case with a thousand reports does not ask a thousand times
for a history. It belongs to the report; of a person nothing is summed up anywhere.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.core.flags import Reason
from bot.core.reliability import reliability
from bot.core.urgency import Reported, urgency_of


def weight_of(db: Database, who: str, at: datetime, half_life: timedelta) -> float:
    """What became of a person's earlier reports, as far as it is known still."""
    rows = db.execute(
        """SELECT flags.state, reports.abusive_at FROM reporters
        CROSS JOIN reports ON reports.id = reporters.report_id CROSS JOIN flags ON flags.id = reports.flag_id
        WHERE reporters.who = ? AND (flags.state <> 'pending' OR reports.abusive_at IS NOT NULL)""",
        [who],
    ).fetchall()
    marked = [at - datetime.fromisoformat(row["abusive_at"]) for row in rows if row["abusive_at"] is not None]
    states = [row["state"] for row in rows if row["abusive_at"] is None]
    return reliability(states.count("upheld"), states.count("dismissed"), marked, half_life)


def recount(db: Database, flag: int) -> None:
    """Bring a case's place in the queue up to date. Reports that were found abusive count no more."""
    row = db.execute("SELECT reasons, unanswered_at, late_at FROM flags WHERE id = ?", [flag]).fetchone()
    found = db.execute(
        """SELECT coalesce(sum(weight), 0) AS weight, coalesce(max(trusted), 0) AS trusted,
        coalesce(max(category = 'threat'), 0) AS threat FROM reports WHERE flag_id = ? AND abusive_at IS NULL""",
        [flag],
    ).fetchone()
    reasons = [Reason(**reason) for reason in json.loads(row["reasons"])]
    reported = Reported(
        float(found["weight"]),
        bool(found["trusted"]),
        bool(found["threat"]),
        row["unanswered_at"] is not None,
        row["late_at"] is not None,
    )
    db.execute("UPDATE flags SET urgency = ? WHERE id = ?", [urgency_of(reasons, reported), flag])
