"""What if the database is lost, and only a backup and the ledger beside it are left? Then the ledger is followed.

What a deed calls words is emptied; where it says that all is gone of a row, so is whatever leads to a person. The
ledger does not tell how much of a row went: at worst a case forgets whose it was though only its channel's name had to.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from bot.core.deeds import Deed, DeedKind, Gone
from bot.core.ledger import Later
from bot.store import chain
from bot.store.covered import COVERED
from bot.store.ledger import mark

_THESE = "IN (SELECT value FROM json_each(?))"
# What leads to a person in a row of which everything is gone: a message's id, as long as the message is there.
_PERSONAL: Mapping[str, str] = {
    "flags": "author_id = '', message_id = 'erased-' || id, revision = 0, reply_to = '', channel = ''",
    "statements": "author_id = ''",
    "reports": "target_id = '', message_id = ''",
}
_EMPTY = {"spans": "'[]'", "reason": "'—'"}  # the least that a column may hold which must hold something
_BY_WHOM = ("care", "exposure", "exposed", "panel_links", "panel_sessions")
_HOLDS = {str(DeedKind.HOLD), str(DeedKind.RELEASE)}
_RESTRICTIONS = {str(DeedKind.RESTRICTION): True, str(DeedKind.LIFTING): False}


def again(db: Database, later: Sequence[Later], database: Path) -> Gone:
    """Forget in a copy what deeds later than it made go; what went, for its caller's deed. Guards are to be lifted."""
    gone = _found(db, later)
    chain.gone(db, gone)
    for kind, numbers in (*gone.words.items(), *gone.rows.items()):
        _empty(db, kind, numbers)
    for kind, numbers in gone.rows.items():
        _unname(db, kind, numbers)
    for each in later:
        _forget_reporters(db, _keyed(db, "report", each.line.reports, "digest", each.until))
    _forget_persons(db, database, {code for each in later for code in each.line.persons})
    return gone


def hold(db: Database, later: Sequence[Later], after: Deed) -> None:
    """Hold, release and restrict what later deeds did, by their numbers: who did it is lost with the database."""
    restrictable = "restricted_at" in db["flags"].columns_dict
    for each in later:
        kind, cases = each.line.kind, _keyed(db, "flag", each.line.cases, "digest", each.until)
        if cases and kind in _HOLDS:
            chain.note(db, Deed(DeedKind(kind), after.by, after.reason, after.at, {"cases": cases}))
        elif cases and kind in _RESTRICTIONS and restrictable:
            since = each.line.at if _RESTRICTIONS[kind] else None
            db.execute(f"UPDATE flags SET restricted_at = ? WHERE id {_THESE}", [since, json.dumps(cases)])  # noqa: S608


def sign_all_out(db: Database) -> None:
    """Nobody is to come in by a link or a session that may have been ended since."""
    for table in ("panel_links", "panel_sessions"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608  # fixed


def _found(db: Database, later: Sequence[Later]) -> Gone:
    """Of what went later, what is in this copy with its keys."""
    words: dict[str, set[int]] = {}
    rows: dict[str, set[int]] = {}
    for each in later:
        for found, said, key in ((words, each.line.gone.words, "words_key"), (rows, each.line.gone.rows, "facts_key")):
            for kind, numbers in said.items():
                found.setdefault(kind, set()).update(_keyed(db, kind, numbers, key, each.until))
    return Gone(*({kind: sorted(numbers) for kind, numbers in each.items() if numbers} for each in (words, rows)))


def _keyed(db: Database, kind: str, numbers: Sequence[int], key: str, until: int | None) -> list[int]:
    found = db.execute(
        f"""SELECT subject, min(seq) AS first, max({key} IS NOT NULL) AS keyed FROM record
        WHERE kind = ? AND subject {_THESE} GROUP BY subject""",  # noqa: S608  # fixed
        [kind, json.dumps(list(numbers))],
    ).fetchall()
    return [row["subject"] for row in found if row["keyed"] and (until is None or row["first"] <= until)]


def _empty(db: Database, kind: str, numbers: Sequence[int]) -> None:
    covered = next(each for each in COVERED if each.kind == kind)
    must_be = {row["name"] for row in db.execute(f"PRAGMA table_info({covered.table})").fetchall() if row["notnull"]}
    empty = {name: _EMPTY.get(name, "''") if name in must_be else "NULL" for name in covered.words}
    if empty:
        _change(db, covered.table, ", ".join(f"{name} = {value}" for name, value in empty.items()), numbers)


def _unname(db: Database, kind: str, numbers: Sequence[int]) -> None:
    table = next(each.table for each in COVERED if each.kind == kind)
    if table in _PERSONAL:
        _change(db, table, _PERSONAL[table], numbers)


def _change(db: Database, table: str, changes: str, numbers: Sequence[int]) -> None:
    db.execute(f"UPDATE {table} SET {changes} WHERE id {_THESE}", [json.dumps(list(numbers))])  # noqa: S608  # fixed


def _forget_reporters(db: Database, reports: Sequence[int]) -> None:
    for table in ("answers", "reporters"):
        db.execute(f"DELETE FROM {table} WHERE report_id {_THESE}", [json.dumps(list(reports))])  # noqa: S608  # fixed


def _forget_persons(db: Database, database: Path, codes: Collection[str]) -> None:
    """What names somebody who was erased, and no entry of the record seals."""
    if not codes:
        return
    who = "SELECT who FROM reporters UNION " + " UNION ".join(f"SELECT who FROM {table}" for table in _BY_WHOM)  # noqa: S608
    erased = json.dumps([row[0] for row in db.execute(who).fetchall() if mark(database, row[0]) in codes])
    made = db.execute(f"SELECT report_id FROM reporters WHERE who {_THESE}", [erased]).fetchall()  # noqa: S608  # fixed
    _forget_reporters(db, [row[0] for row in made])
    for table in _BY_WHOM:
        db.execute(f"DELETE FROM {table} WHERE who {_THESE}", [erased])  # noqa: S608  # fixed
