"""When is each case's time up? Worked out by the rules in force, once for each case and again when something moves it.

That a case's time is up is noticed at a cost that does not grow with how many wait: by an index on the moment. What is
decided and not carried out yet is found among the measures that are due.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.clock import Moments, Rules, Timed, kinds, timed
from bot.core.deeds import MACHINE, Deed, DeedKind
from bot.core.flags import Reason
from bot.store import chain
from bot.store.audits import is_blind
from bot.store.keeping import stamp
from bot.store.report_weights import recount
from bot.store.transaction import at_once

NEVER = "9"  # later than any moment
STANDING = ("uphold", "dismiss")
AT_ONCE = 200  # cases in one transaction: the store's thread is wanted by others
OPEN = "state = 'pending' AND text IS NOT NULL"
_PASSING = "flags INDEXED BY flags_passing"
UNDATED = f"SELECT id FROM {_PASSING} WHERE deadline_at IS NULL AND {OPEN} AND late_at IS NULL LIMIT ?"  # noqa: S608  # fixed
PASSED = f"SELECT id FROM {_PASSING} WHERE deadline_at <= ? AND {OPEN} AND late_at IS NULL LIMIT ?"  # noqa: S608  # as above
# By measures_open. What is void or done is not among them.
_DUE = """FROM measures CROSS JOIN flags ON flags.id = measures.flag_id
    WHERE measures.state IN ('due', 'undoing') AND measures.state = 'due' AND flags.late_at IS NULL"""
UNDATED_DUE = f"SELECT DISTINCT flags.id {_DUE} AND flags.deadline_at IS NULL LIMIT ?"
PASSED_DUE = f"SELECT DISTINCT flags.id {_DUE} AND flags.deadline_at <= ? LIMIT ?"
# As it was at a moment, `:until`; under kännedom, only what was known by then.
MOMENTS = """SELECT flags.id, flags.posted_at AS posted, flagged_at AS flagged, seen_at AS seen, reasons, motives,
    (SELECT step FROM decisions WHERE flag_id = flags.id AND decided_at < :until ORDER BY id DESC LIMIT 1) AS step,
    (SELECT max(decided_at) FROM decisions
        WHERE flag_id = flags.id AND step <> 'reopen' AND decided_at < :until) AS decided,
    (SELECT max(decided_at) FROM decisions
        WHERE flag_id = flags.id AND step = 'reopen' AND decided_at < :until) AS reopened,
    (SELECT max(done_at) FROM measures WHERE flag_id = flags.id AND done_at < :until) AS acted,
    (SELECT min(made_at) FROM reports WHERE flag_id = flags.id) AS reported,
    (SELECT min(told_at) FROM statements CROSS JOIN notices ON notices.statement_id = statements.id
        WHERE statements.flag_id = flags.id) AS author,
    (SELECT min(told_at) FROM reports CROSS JOIN answers ON answers.report_id = reports.id
        WHERE reports.flag_id = flags.id) AS reporter,
    coalesce(leads_told_at, (SELECT told_at FROM escalations WHERE flag_id = flags.id)) AS leads,
    EXISTS (SELECT 1 FROM measures WHERE flag_id = flags.id AND asked_at < :until
        AND (state = 'due' OR done_at >= :until)) AS is_due,
    (SELECT json_group_array(DISTINCT category) FROM reports WHERE flag_id = flags.id AND abusive_at IS NULL) AS heard
    FROM flags WHERE id IN (SELECT value FROM json_each(:flags))"""
RULES = "SELECT facts FROM deeds WHERE kind = ? ORDER BY id DESC LIMIT 1"  # by deeds_by_kind


def begin(db: Database, rules: Rules, at: datetime) -> None:
    """From now on these rules hold; that others did is on record. Every open case's time is worked out anew."""
    facts = {**rules.facts(), "veiled": is_blind(db)}
    with at_once(db):
        before = db.execute(RULES, [str(DeedKind.CLOCK)]).fetchone()
        if before is None or json.loads(before["facts"]) != facts:
            chain.note(db, Deed(DeedKind.CLOCK, MACHINE, "configuration", at, facts))
            db.execute(f"UPDATE flags SET deadline_at = NULL WHERE deadline_at IS NOT NULL AND {OPEN}")  # noqa: S608
            for row in db.execute(f"SELECT id FROM flags WHERE late_at IS NOT NULL AND {OPEN}").fetchall():  # noqa: S608
                _mark(db, row["id"], None)


def climb(db: Database, rules: Rules, at: datetime) -> int:
    """Let cases whose time is up climb in the queue; how many. What is left of very many is for the next time."""
    work_out(db, rules)
    with at_once(db):
        found = {row["id"] for query in (PASSED, PASSED_DUE) for row in db.execute(query, [stamp(at), AT_ONCE])}
        for flag in found:
            _mark(db, flag, at)
    return len(found)


def _mark(db: Database, flag: int, late: datetime | None) -> None:
    db.execute("UPDATE flags SET late_at = ? WHERE id = ?", [None if late is None else stamp(late), flag])
    recount(db, flag)


def work_out(db: Database, rules: Rules, limit: int = AT_ONCE) -> int:
    """Write down when cases' time is up that have none yet; of how many."""
    with at_once(db):
        found = {row["id"] for query in (UNDATED, UNDATED_DUE) for row in db.execute(query, [limit])}
        for case in of_flags(db, found, rules):
            deadline = NEVER if case.deadline is None else stamp(case.deadline)
            db.execute("UPDATE flags SET deadline_at = ? WHERE id = ?", [deadline, case.flag])
    return len(found)


def of_flag(db: Database, flag: int, rules: Rules) -> Timed | None:
    """One case by these rules; None where there is no such flag."""
    return next(of_flags(db, [flag], rules), None)


def of_flags(db: Database, flags: Collection[int], rules: Rules, until: datetime | None = None) -> Iterator[Timed]:
    """These cases by these rules, in no order; as they are, or as they were just before a moment."""
    slots = {"flags": json.dumps(list(flags)), "until": NEVER if until is None else stamp(until)}
    blind = until is None and is_blind(db)
    for row in db.execute(MOMENTS, slots).fetchall():
        veiled = blind and row["step"] not in STANDING
        reasons = [Reason(**reason) for reason in json.loads(row["reasons"])]
        holds = kinds(reasons, json.loads(row["motives"]), json.loads(row["heard"]), veiled=veiled)
        yield timed(row["id"], _moments(row, slots["until"]), holds, rules.veiled() if veiled else rules)


def _moments(row: Mapping[str, Any], until: str) -> Moments:
    at = {name: datetime.fromisoformat(row[name]) for name in _NAMES if row[name] is not None and row[name] < until}
    stands = row["step"] in STANDING
    if not stands:  # what was decided before it was opened anew stands no more
        at.pop("decided", None)
    return Moments(**at, is_due=bool(row["is_due"]) and stands)


_NAMES = ("posted", "flagged", "reported", "seen", "decided", "acted", "author", "reporter", "leads", "reopened")
