"""How does a copy forget what its database has forgotten since? Each row takes the state that it has there.

The records of both tell: an entry that is in both, and whose key is in the copy alone, seals what has gone. Entries are
compared with their digests, so that a row of another course of events is never taken for one of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.core.deeds import Deed, DeedKind, Gone
from bot.store import chain
from bot.store.covered import COVERED, Covered

_THESE = "IN (SELECT value FROM json_each(?))"
_SHARED = "main.record AS mine JOIN present.record AS its ON its.seq = mine.seq AND its.digest = mine.digest"
_WENT = f"""SELECT mine.kind, mine.subject, max(mine.words_key IS NOT NULL AND its.words_key IS NULL) AS words,
    max(mine.facts_key IS NOT NULL AND its.facts_key IS NULL) AS rows FROM {_SHARED}
    WHERE mine.words_key IS NOT its.words_key OR mine.facts_key IS NOT its.facts_key
    GROUP BY mine.kind, mine.subject ORDER BY mine.kind, mine.subject"""  # noqa: S608  # fixed
# What no entry seals and follows a flag of which everything is gone.
_BESIDE = {"scores": ("posted",), "audits": ("drawn_at", "forgotten_at")}
# What is of the moment, or of a moderator alone: as it is now, whatever the copy says.
_OF_NOW = ("care", "exposure", "exposed", "panel_links", "panel_sessions")
# Which reports' makers and answers are still known.
_OF_REPORTS = ("answers", "reporters")
_HOLDS = (DeedKind.HOLD, DeedKind.RELEASE)


@contextmanager
def beside(db: Database, present: Path) -> Iterator[None]:
    """With the database as it is now at hand, as `present`; to be read alone, so that nobody who writes to it waits."""
    db.execute("ATTACH ? AS present", [f"{present.absolute().as_uri()}?mode=ro"])
    try:
        yield
    finally:
        db.execute("DETACH present")


def is_behind(db: Database) -> bool:
    """Whether the copy holds anything that has gone from `present`."""
    if db.execute(f"SELECT 1 FROM ({_WENT}) LIMIT 1").fetchone():  # noqa: S608  # fixed
        return True
    return any(
        db.execute(f"SELECT 1 FROM main.{table} WHERE {_unknown_now(table)} LIMIT 1").fetchone()  # noqa: S608  # fixed
        for table in _OF_REPORTS
    )


def follow(db: Database) -> Gone:
    """Forget in the copy what has gone from `present`; what went, for its caller's deed. Guards are to be lifted."""
    gone = _went(db)
    chain.gone(db, gone)
    for covered in COVERED:
        _take(db, covered, covered.words, gone.words.get(covered.kind, ()))
        _take(db, covered, (*covered.words, *covered.facts), gone.rows.get(covered.kind, ()))
    _beside(db, gone.rows.get("flag", ()))
    for table in _OF_REPORTS:
        db.execute(f"DELETE FROM main.{table} WHERE {_unknown_now(table)}")  # noqa: S608  # fixed
    db.execute(
        """UPDATE main.channels SET name = (SELECT name FROM present.channels AS its WHERE its.id = channels.id)
        WHERE id IN (SELECT id FROM present.channels)"""
    )
    for table in _OF_NOW:
        db.execute(f"DELETE FROM main.{table}")  # noqa: S608  # fixed
        db.execute(f"INSERT INTO main.{table} SELECT * FROM present.{table}")  # noqa: S608  # fixed
    _restrict(db)
    return gone


def _went(db: Database) -> Gone:
    words: dict[str, list[int]] = {}
    rows: dict[str, list[int]] = {}
    for row in db.execute(_WENT).fetchall():
        for found, went in ((words, row["words"]), (rows, row["rows"])):
            if went:
                found.setdefault(row["kind"], []).append(row["subject"])
    return Gone(words, rows)


def _take(db: Database, covered: Covered, columns: Sequence[str], numbers: Sequence[int]) -> None:
    """Values of rows as they are now; a row that is there no more goes."""
    if not numbers or not columns:
        return
    these, table, number = json.dumps(list(numbers)), covered.table, covered.id
    named = ", ".join(columns)
    db.execute(
        f"DELETE FROM main.{table} WHERE {number} {_THESE} AND {number} NOT IN (SELECT {number} FROM present.{table})",  # noqa: S608
        [these],
    )
    db.execute(
        f"""UPDATE main.{table} SET ({named}) =
        (SELECT {named} FROM present.{table} AS its WHERE its.{number} = main.{table}.{number})
        WHERE {number} {_THESE}""",  # noqa: S608  # fixed
        [these],
    )


def _beside(db: Database, flags: Sequence[int]) -> None:
    for table, columns in _BESIDE.items():
        named = ", ".join(columns)
        db.execute(
            f"""UPDATE main.{table} SET ({named}) =
            (SELECT {named} FROM present.{table} AS its WHERE its.flag_id = main.{table}.flag_id)
            WHERE flag_id {_THESE} AND flag_id IN (SELECT flag_id FROM present.{table})""",  # noqa: S608  # fixed
            [json.dumps(list(flags))],
        )


def _unknown_now(table: str) -> str:
    """Of a report that is there now too."""
    return f"""report_id NOT IN (SELECT report_id FROM present.{table})
        AND report_id IN (SELECT mine.subject FROM {_SHARED} WHERE mine.kind = 'report')"""  # noqa: S608  # fixed


def _restrict(db: Database) -> None:
    """A case that is restricted now stays so, and one that is not does not become so again."""
    if "restricted_at" not in db["flags"].columns_dict:
        return
    db.execute(
        f"""UPDATE main.flags SET restricted_at =
        (SELECT restricted_at FROM present.flags AS its WHERE its.id = main.flags.id)
        WHERE id IN (SELECT mine.subject FROM {_SHARED} WHERE mine.kind = 'flag')"""  # noqa: S608  # fixed
    )


def hold(db: Database, at: datetime) -> None:
    """Holds and releases that came later than the copy, by the same people for the same reasons, of what is in it."""
    later = db.execute(
        """SELECT deeds.kind, deeds.by, deeds.reason, deeds.facts FROM present.deeds AS deeds
        JOIN present.record AS its ON its.kind = 'deed' AND its.subject = deeds.id
        WHERE deeds.kind IN (?, ?) AND NOT EXISTS (
            SELECT 1 FROM main.record AS mine WHERE mine.seq = its.seq AND mine.digest = its.digest
        ) ORDER BY deeds.id""",
        [*map(str, _HOLDS)],
    ).fetchall()
    there = {row[0] for row in db.execute("SELECT id FROM main.flags").fetchall()} if later else set()
    for row in later:
        cases = [case for case in json.loads(row["facts"]).get("cases", []) if case in there]
        if cases:
            chain.note(db, Deed(DeedKind(row["kind"]), row["by"], row["reason"], at, {"cases": cases}))
