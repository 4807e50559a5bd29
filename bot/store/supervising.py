"""What was counted in a month, and which cases were handled in it? Read once for a statement; no text is fetched.

A month is read from end to end, whatever index there is: a statement is made once a month, by a program of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.core.agreement import agreement
from bot.core.clock import Rules
from bot.core.supervision import Counts, Outages, Period, Supervision, by_category, outages, together
from bot.store import clock, weeks
from bot.store.keeping import stamp

PART = timedelta(hours=1) - timedelta.resolution  # counts are by the hour: one that has begun counts
PAIRS = 100_000  # of readings in a month, at most
# Samples of the audit are no cases.
_CASE = "NOT EXISTS (SELECT 1 FROM audits WHERE flag_id = {flag})"
_DECIDED = f"""FROM decisions WHERE decided_at >= :since AND decided_at < :until
    AND {_CASE.format(flag="decisions.flag_id")}"""
# What was decided in the month, and what was not decided when it ended.
HANDLED = f"""SELECT flag_id AS id {_DECIDED}
    UNION SELECT id FROM flags WHERE state = 'pending' AND text IS NOT NULL AND flagged_at < :until
        AND {_CASE.format(flag="flags.id")}
    UNION SELECT flag_id FROM decisions CROSS JOIN flags ON flags.id = decisions.flag_id
        WHERE decided_at >= :until AND flagged_at < :until AND {_CASE.format(flag="decisions.flag_id")}"""  # noqa: S608
# Each number by itself: how many in the month.
NUMBERS = {
    "read": "SELECT sum(read) FROM counts WHERE hour >= :hour AND hour < :hours",
    "unread": "SELECT sum(unread) FROM counts WHERE hour >= :hour AND hour < :hours",
    "flagged": f"""SELECT count(*) FROM flags WHERE flagged_at >= :since AND flagged_at < :until
        AND {_CASE.format(flag="flags.id")}""",  # noqa: S608  # fixed texts, as all here
    "seen": f"""SELECT count(*) FROM flags WHERE seen_at >= :since AND seen_at < :until
        AND {_CASE.format(flag="flags.id")}""",  # noqa: S608
    "reports": "SELECT count(*) FROM reports WHERE made_at >= :since AND made_at < :until",
    "reported": "SELECT count(DISTINCT flag_id) FROM reports WHERE made_at >= :since AND made_at < :until",
    "upheld": f"SELECT count(*) {_DECIDED} AND step = 'uphold'",
    "dismissed": f"SELECT count(*) {_DECIDED} AND step = 'dismiss'",
    "reopened": f"SELECT count(*) {_DECIDED} AND step = 'reopen'",
    "told": "SELECT count(*) FROM notices WHERE told_at >= :since AND told_at < :until",
    # A person who decides in Discord and in the terminal goes by two names, and counts as two.
    "people": """SELECT count(*) FROM (
        SELECT by FROM decisions WHERE decided_at >= :since AND decided_at < :until
        UNION SELECT by FROM opinions WHERE given_at >= :since AND given_at < :until
        UNION SELECT by FROM escalations WHERE escalated_at >= :since AND escalated_at < :until
        UNION SELECT by FROM appeals WHERE by <> '' AND decided_at >= :since AND decided_at < :until)""",
    "samples": """SELECT count(DISTINCT flag_id) FROM decisions WHERE decided_at >= :since AND decided_at < :until
        AND step <> 'reopen' AND EXISTS (SELECT 1 FROM audits WHERE flag_id = decisions.flag_id)""",
    "appeals": "SELECT count(*) FROM appeals WHERE made_at >= :since AND made_at < :until",
    "proposed": "SELECT count(*) FROM threshold_changes WHERE proposed_at >= :since AND proposed_at < :until",
    "applied": "SELECT count(*) FROM threshold_steps WHERE step = 'apply' AND at >= :since AND at < :until",
    "recalibrations": "SELECT count(*) FROM recalibrations WHERE at >= :since AND at < :until",
}
TABLES = {
    "acted": "SELECT act, count(*) FROM measures WHERE done_at >= :since AND done_at < :until GROUP BY act",
    "rulings": """SELECT outcome, count(*) FROM appeals WHERE decided_at >= :since AND decided_at < :until
        GROUP BY outcome ORDER BY outcome""",
    "motives": f"""SELECT value, count(*) FROM (SELECT motives {_DECIDED} AND step = 'uphold'), json_each(motives)
        GROUP BY value ORDER BY count(*) DESC, value""",  # noqa: S608  # fixed texts, as all above
    "deeds": "SELECT kind, count(*) FROM deeds WHERE at >= :since AND at < :until GROUP BY kind ORDER BY kind",
}
GAPS = 'SELECT channel_id, since, "until", read_back FROM unseen WHERE since < :until AND "until" > :since'


def supervision(db: Database, period: Period, rules: Rules) -> Supervision:
    """How the month went, by the rules that hold now."""
    slots = {
        "since": stamp(period.since),
        "until": stamp(period.until),
        "hour": f"{period.since.astimezone(UTC):%Y-%m-%dT%H:00Z}",
        "hours": f"{period.until.astimezone(UTC) + PART:%Y-%m-%dT%H:00Z}",
    }
    flags = [row["id"] for row in db.execute(HANDLED, slots).fetchall()]
    cases = list(clock.of_flags(db, flags, rules, period.until))
    pairs = weeks.pairs(db, (), period.since, PAIRS, period.until)
    return Supervision(
        period,
        rules,
        _counts(db, slots),
        _outages(db, slots, period),
        agreement(pairs),
        by_category(cases, period, rules),
        together(cases, period, rules),
    )


def _counts(db: Database, slots: dict[str, str]) -> Counts:
    found: dict[str, Any] = {name: db.execute(query, slots).fetchone()[0] or 0 for name, query in NUMBERS.items()}
    found |= {name: dict(map(tuple, db.execute(query, slots).fetchall())) for name, query in TABLES.items()}
    return Counts(**found)


def _outages(db: Database, slots: dict[str, str], period: Period) -> Outages:
    return outages(
        [
            (row["channel_id"], datetime.fromisoformat(row["since"]), datetime.fromisoformat(row["until"]), row[3])
            for row in db.execute(GAPS, slots).fetchall()
        ],
        period,
    )
