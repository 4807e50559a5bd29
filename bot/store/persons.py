"""What is held of one person? Gathered from every table that has a person's id in it; nothing is changed.

Found by the tables' indexes where there is one by person; what is not asked for often is looked through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.core.flags import Reason, State
from bot.core.held import Appealed, Done, Held, HeldCase, HeldReport, Service, Stated, Taken, Told
from bot.store.attachments import files_of
from bot.store.audits import is_blind

Row = Mapping[str, Any]

# What somebody has done as a moderator, by the table that says so and the column that names who.
DONE = {
    "decisions": ("decisions", "by"),
    "opinions": ("opinions", "by"),
    "escalations": ("escalations", "by"),
    "appeals": ("appeals", "by"),
    "abuse": ("reports", "abusive_by"),
    "unmaskings": ("unmaskings", "by"),
    "thresholds": ("threshold_changes", "by"),
    "threshold-steps": ("threshold_steps", "by"),
    "recalibrations": ("recalibrations", "by"),
    "trials": ("shadows", "by"),
    "deeds": ("deeds", "by"),
}
_NAMES = """SELECT text AS name FROM flags WHERE author_id = ?1 AND kind = 'name'
    AND about = 'words' AND text IS NOT NULL
    UNION SELECT name FROM panel_sessions WHERE who = ?1 UNION SELECT name FROM panel_links WHERE who = ?1"""
_CASES = """SELECT flags.*, EXISTS (SELECT 1 FROM audits WHERE flag_id = flags.id) AS audited,
    (SELECT count(*) FROM reports WHERE flag_id = flags.id) AS reported,
    (SELECT escalated_at FROM escalations WHERE flag_id = flags.id) AS escalated_at
    FROM flags WHERE author_id = ? ORDER BY id"""
_REPORTS = """SELECT reports.*, flags.state FROM reporters CROSS JOIN reports ON reports.id = reporters.report_id
    CROSS JOIN flags ON flags.id = reports.flag_id WHERE reporters.who = ? ORDER BY reports.id"""


def names_of(db: Database, who: str) -> list[str]:
    """What somebody is known to be called: flagged display names, names at the panel."""
    return [row["name"] for row in db.execute(_NAMES, [who]).fetchall() if row["name"].strip()]


def held(db: Database, who: str) -> Held:
    """Everything; of nobody by that id, nothing."""
    blind = is_blind(db)
    cases = [_case(db, row, blind) for row in db.execute(_CASES, [who]).fetchall()]
    reports = [_report(db, row) for row in db.execute(_REPORTS, [who]).fetchall()]
    return Held(who, cases, reports, _service(db, who))


def _case(db: Database, row: Row, blind: bool) -> HeldCase:
    number, is_words = row["id"], row["about"] == "words"
    return HeldCase(
        number,
        row["kind"] if is_words else row["about"],
        row["channel"],
        row["message_id"] if is_words else "",
        row["revision"],
        bool(row["reply_to"]),
        row["text"] if is_words else None,
        State(row["state"]),
        _at(row["posted_at"]),
        _at(row["flagged_at"]),
        row["score"],
        row["threat"],
        json.loads(row["motives"]),
        json.loads(row["targets"]),
        [Reason(**each) for each in json.loads(row["reasons"])],
        json.loads(row["thresholds"]),
        row["language"],
        row["model"],
        weighed=_weighed(row["text"] or "", json.loads(row["spans"])),
        is_open=row["state"] == State.PENDING and row["text"] is not None,
        seen_at=_moment(row["seen_at"]),
        edited_at=_moment(row["edited_at"]),
        withdrawn_at=_moment(row["withdrawn_at"]),
        acted_at=_moment(row["acted_at"]),
        restricted_at=_moment(row["restricted_at"]),
        escalated_at=_moment(row["escalated_at"]),
        audited=bool(row["audited"]),
        veiled=blind and row["state"] == State.PENDING and row["text"] is not None,
        reports=row["reported"],
        decisions=_taken(db, "SELECT *, decided_at AS at FROM decisions WHERE flag_id = ? ORDER BY id", number),
        opinions=_taken(
            db, "SELECT *, given_at AS at, lean AS step FROM opinions WHERE flag_id = ? ORDER BY id", number
        ),
        measures=_measures(db, number),
        statements=_statements(db, number),
        files=files_of(db, number),
    )


def _weighed(text: str, spans: Sequence[tuple[int, int, float]]) -> list[tuple[str, float]]:
    heaviest = sorted(spans, key=lambda span: -span[2])
    return [(text[start:end].strip(), weight) for start, end, weight in heaviest]


def _taken(db: Database, query: str, number: int) -> list[Taken]:
    rows = db.execute(query, [number]).fetchall()
    return [Taken(_at(row["at"]), row["by"], row["step"], json.loads(row["motives"]), row["note"]) for row in rows]


def _measures(db: Database, flag: int) -> list[Done]:
    rows = db.execute("SELECT * FROM measures WHERE flag_id = ? ORDER BY id", [flag]).fetchall()
    return [
        Done(
            row["act"],
            row["state"],
            _at(row["asked_at"]),
            row["seconds"],
            _moment(row["done_at"]),
            _moment(row["undone_at"]),
        )
        for row in rows
    ]


def _statements(db: Database, flag: int) -> list[Stated]:
    query = """SELECT statements.*, decisions.decided_at FROM statements
        CROSS JOIN decisions ON decisions.id = statements.decision_id WHERE statements.flag_id = ?
        ORDER BY statements.id"""
    return [
        Stated(
            _at(row["decided_at"]),
            _told(db, "SELECT *, news AS what FROM notices WHERE statement_id = ? ORDER BY id", row["id"]),
            _appeal(db, row["id"]),
            _moment(row["ended_at"]),
        )
        for row in db.execute(query, [flag]).fetchall()
    ]


def _told(db: Database, query: str, number: int) -> list[Told]:
    rows = db.execute(query, [number]).fetchall()
    return [Told(row["what"], _at(row["made_at"]), _moment(row["told_at"])) for row in rows if row["state"] != "void"]


def _appeal(db: Database, statement: int) -> Appealed | None:
    row = db.execute("SELECT * FROM appeals WHERE statement_id = ?", [statement]).fetchone()
    if row is None:
        return None
    return Appealed(
        _at(row["made_at"]), row["words"], row["outcome"], row["by"], row["answer"], _moment(row["decided_at"])
    )


def _report(db: Database, row: Row) -> HeldReport:
    asked = db.execute("SELECT by, at FROM unmaskings WHERE flag_id = ? ORDER BY id", [row["flag_id"]]).fetchall()
    return HeldReport(
        row["id"],
        _at(row["made_at"]),
        row["category"],
        json.loads(row["against"]),
        row["hurt"],
        row["words"],
        State(row["state"]),
        bool(row["trusted"]),
        _moment(row["abusive_at"]),
        _told(db, "SELECT *, outcome AS what FROM answers WHERE report_id = ? ORDER BY id", row["id"]),
        [Taken(_at(each["at"]), each["by"], "unmasking") for each in asked if each["at"] >= row["made_at"]],
    )


def _service(db: Database, who: str) -> Service:
    done = {
        name: int(db.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", [who]).fetchone()[0])  # noqa: S608
        for name, (table, column) in DONE.items()
    }
    days = db.execute("SELECT day, cases, severe FROM exposure WHERE who = ? ORDER BY day", [who]).fetchall()
    care = db.execute("SELECT * FROM care WHERE who = ?", [who]).fetchone()
    return Service(
        {name: count for name, count in done.items() if count},
        [(date.fromisoformat(row["day"]), row["cases"], row["severe"]) for row in days],
        None if care is None else _moment(care["paused_until"]),
        0 if care is None else care["day_limit"],
        _sessions(db, who),
    )


def _sessions(db: Database, who: str) -> Sequence[tuple[str, datetime]]:
    query = """SELECT name, began_at AS at FROM panel_sessions WHERE who = ?1
        UNION ALL SELECT name, made_at FROM panel_links WHERE who = ?1 ORDER BY at"""
    return [(row["name"], _at(row["at"])) for row in db.execute(query, [who]).fetchall()]


def _at(value: str) -> datetime:
    return datetime.fromisoformat(value)


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
