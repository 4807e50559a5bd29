"""Which rows and which part of the record go into a package? All of one moment, up to a head that is signed then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from bot.core.chain import GENESIS, Entry
from bot.core.deeds import Deed
from bot.core.dossier import DECISION_KINDS, MESSAGE_KINDS, CaseRows, Dossier, Row
from bot.core.errors import Refused, StoreError
from bot.core.heads import SignedHead
from bot.store.attachments import files_of
from bot.store.chain import note
from bot.store.covered import COVERED, Covered
from bot.store.heads import latest, sign_head
from bot.store.transaction import at_once

_COVERED = {covered.kind: covered for covered in COVERED}
_OF_FLAG = {  # which rows of a table belong to a case; of the others those whose flag_id it is
    "flag": "id = ?",
    "course": "id = ?",
    "notice": "statement_id IN (SELECT id FROM statements WHERE flag_id = ?)",
}
_ONCE_IT_IS_SO = frozenset({"course", "ruling"})  # rows that have no entry before something became of them


def gather(db: Database, cases: Sequence[int], sign: Callable[[bytes], bytes], public: bytes, at: datetime) -> Dossier:
    """The cases with the revisions of the same messages; Refused where one is not there or forgotten.

    The chain is read from the database while the dossier is: use it before the database is closed.
    """
    with at_once(db):
        there(db, cases)
        found = tuple(_case(db, number, number in cases) for number in _with_revisions(db, cases))
        sign_head(db, sign, public, at)
        signed = latest(db, public)
        assert signed is not None, "a case has an entry, so there is one to sign"
    first = min(row.seq for case in found for row in case.rows)
    return Dossier(found, _digest_before(db, first), chain(db, first, signed), signed)


def there(db: Database, cases: Sequence[int]) -> None:
    """Refused where one of these cases is not there, or forgotten: then there is nothing to hand over."""
    rows = db.execute(
        "SELECT id, text IS NULL AS forgotten FROM flags WHERE id IN (SELECT value FROM json_each(?))", [_listed(cases)]
    ).fetchall()
    known = {row["id"]: row["forgotten"] for row in rows}
    if missing := [case for case in cases if case not in known]:
        raise Refused(f"there is no case {_numbers(missing)}; `uppsikt flags` lists them")
    if forgotten := [case for case in cases if known[case]]:
        raise Refused(f"case {_numbers(forgotten)} is forgotten: nothing of what was written is left; leave it out")


def hand_over(db: Database, cases: Sequence[int], deed: Deed, place: Callable[[], None]) -> None:
    """Put on record that a package is handed over while `place` puts it there; Refused where a case was forgotten since
    it was made, and then there is neither."""
    with at_once(db):
        there(db, cases)
        note(db, deed)
        place()


def chain(db: Database, first: int, signed: SignedHead) -> Iterator[Entry]:
    """The entries from one to a head: seals and digests, nothing of what was sealed."""
    for row in db.execute(
        "SELECT seq, kind, subject, at, facts, words, digest FROM record WHERE seq BETWEEN ? AND ? ORDER BY seq",
        [first, signed.head.seq],
    ):
        yield Entry(*row)


def _with_revisions(db: Database, cases: Sequence[int]) -> list[int]:
    """The cases and what was flagged of the same messages in other revisions, unless it is forgotten."""
    rows = db.execute(
        """SELECT DISTINCT other.id FROM flags CROSS JOIN flags AS other
        ON other.message_id = flags.message_id AND other.kind = flags.kind
        WHERE flags.id IN (SELECT value FROM json_each(?)) AND other.text IS NOT NULL ORDER BY other.id""",
        [_listed(cases)],
    ).fetchall()
    return [row["id"] for row in rows]


def _case(db: Database, number: int, asked: bool) -> CaseRows:
    state = db.execute("SELECT state FROM flags WHERE id = ?", [number]).fetchone()["state"]
    rows = (row for kind in (*MESSAGE_KINDS, *DECISION_KINDS) for row in _rows(db, _COVERED[kind], number))
    files = tuple(files_of(db, number))
    reports = db.execute("SELECT made_at FROM reports WHERE flag_id = ? ORDER BY id", [number]).fetchall()
    return CaseRows(number, asked, state, tuple(rows), tuple(row["made_at"] for row in reports), files)


def _rows(db: Database, covered: Covered, case: int) -> Iterator[Row]:
    columns = ", ".join([covered.id, *covered.words, *covered.facts])
    where = _OF_FLAG.get(covered.kind, "flag_id = ?")
    rows = f"SELECT {columns} FROM {covered.table} WHERE {where} ORDER BY {covered.id}"  # noqa: S608  # fixed texts
    for found in db.execute(rows, [case]).fetchall():
        number = found[covered.id]
        words = {name: found[name] for name in covered.words}
        row = Row(covered.kind, number, words, {name: found[name] for name in covered.facts}, 0, None, None)
        proof = _newest(db, covered.kind, number)
        if proof is not None:
            yield replace(row, seq=proof[0], words_key=proof[1], facts_key=proof[2])
        elif covered.kind not in _ONCE_IT_IS_SO:
            raise StoreError(f"case {case}: the record lacks an entry ({covered.kind}); run `uppsikt record verify`")


def _newest(db: Database, kind: str, subject: int) -> tuple[int, bytes | None, bytes | None] | None:
    """The newest entry of a row: its number and its keys."""
    found = db.execute(
        "SELECT seq, words_key, facts_key FROM record WHERE subject = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
        [subject, kind],
    ).fetchone()
    return None if found is None else (found["seq"], found["words_key"], found["facts_key"])


def _digest_before(db: Database, first: int) -> bytes:
    found = db.execute("SELECT digest FROM record WHERE seq = ?", [first - 1]).fetchone()
    return GENESIS if found is None else bytes(found["digest"])


def _listed(cases: Sequence[int]) -> str:
    return json.dumps([case for case in cases if case < 2**63])


def _numbers(cases: Sequence[int]) -> str:
    return ", ".join(map(str, cases))
