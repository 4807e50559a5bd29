"""What would somebody do who can write the file, and wants nobody to notice? One change, drawn by dice.

The record's own triggers are taken away first and put back, as whoever knows SQLite would.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.core.deeds import Deed, DeedKind
from bot.core.measures import Act, Measure
from bot.core.ports import Unseen
from bot.core.tuning.changes import Proposal, Where
from bot.keys.signing import Signer
from bot.store import chain, unmasking
from bot.store.connection import open_database
from bot.store.covered import COVERED
from bot.store.heads import sign_head
from bot.store.keeping import unseen
from bot.store.review import rule
from bot.store.threshold_changes import change
from tests.builders import NOW, SQUARE, decision, policy
from tests.web.panel_cases import Case, make

Way = Callable[[sqlite3.Connection, random.Random], str]


def town(path: Path) -> None:
    """A database with nearly everything on record that there can be."""
    make(path)
    signer = Signer.of(path)
    with closing(open_database(path)) as db:
        measures = (Measure(Act.WARN), Measure(Act.TIMEOUT, timedelta(hours=1)))
        motives, note = ("xenophobia",), "Mot reglerna."
        rule(db, decision(Case.HATE, by="12", motives=motives, note=note, measures=measures), leads=True)
        change(db, Proposal(Where(), {"flag": 0.6}, "Karin", NOW, "för många missas", 0, "m@1", ()), policy())
        unmasking.reporters(db, Case.REPORTED, "Karin", "anmälan", NOW)
        unseen(db, [Unseen(SQUARE.id, NOW, NOW + timedelta(hours=1), 3, "stopped")])
        sign_head(db, signer.sign, signer.public, NOW)
        chain.note(db, Deed(DeedKind.HOLD, "Karin", "begäran", NOW, {"cases": [1]}))
        sign_head(db, signer.sign, signer.public, NOW + timedelta(hours=1))


def tamper(path: Path, dice: random.Random) -> str:
    """Change something, drawn by dice; what was done."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for guard in guards:
            db.execute(f"DROP TRIGGER {guard['name']}")
        done = dice.choice(WAYS)(db, dice)
        for guard in guards:
            db.execute(guard["sql"])
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return done


def _cell(db: sqlite3.Connection, dice: random.Random) -> str:
    """Another value in one cell of something that is on record."""
    covered = dice.choice(COVERED)
    row = _row(db, covered.table, dice)
    if row is None:
        return _entry(db, dice)
    column = dice.choice([name for name in row.keys() if _counts(covered.table, name)])  # noqa: SIM118
    types = dict(db.execute("SELECT name, type FROM pragma_table_xinfo(?)", [covered.table]).fetchall())
    other = {"INTEGER": 7, "REAL": 0.5}.get(types[column], "x") if row[column] is None else _other(row[column], dice)
    db.execute(f"UPDATE OR IGNORE {covered.table} SET {column} = ? WHERE {covered.id} = ?", [other, row[covered.id]])
    if not db.execute("SELECT changes()").fetchone()[0]:  # two rows would be alike
        return _entry(db, dice)
    return f"{covered.table}.{column} of {row[covered.id]}: {row[column]!r} to {other!r}"


def _counts(table: str, column: str) -> bool:
    """Whether it is on record; a flag's state follows from its decisions. What is left is bookkeeping."""
    held = {name for it in COVERED if it.table == table for name in (*it.facts, *it.words)}
    return column in held or (table, column) == ("flags", "state")


def _other(value: object, dice: random.Random) -> object:
    if isinstance(value, int):
        return value + dice.choice([-1, 1])
    if isinstance(value, float):
        return value / 2 + 0.001
    if isinstance(value, bytes) and value:
        place = dice.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << dice.randrange(8))]) + value[place + 1 :]
    if isinstance(value, str) and value:
        place = dice.randrange(len(value))
        return value[:place] + dice.choice(["", "~", value[place] * 2]) + value[place + 1 :]
    return "x"


def _entry(db: sqlite3.Connection, dice: random.Random) -> str:
    """Another value in a cell of the record itself, of its end or of a head."""
    table, key = dice.choice([*[("record", "seq")] * 4, ("record_tip", "id"), ("record_heads", "id")])
    row = _row(db, table, dice)
    assert row is not None
    column = dice.choice([name for name in row.keys() if name not in (key, "place")])  # noqa: SIM118
    value = row[column]
    if column in ("facts_key", "words_key"):
        other = bytes(16) if value is None else None
    else:
        other = bytes(32) if column == "words" and value is None else _other(value, dice)
    db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [other, row[key]])
    return f"{table}.{column} of {row[key]}"


def _remove(db: sqlite3.Connection, dice: random.Random) -> str:
    """A row less, of the record or of what it records."""
    table = dice.choice(["record", "record", "record_heads", *(it.table for it in COVERED)])
    row = _row(db, table, dice)
    if row is None:
        return _entry(db, dice)
    db.execute(f"DELETE FROM {table} WHERE rowid = ?", [row["place"]])
    return f"{table} {row['place']} removed"


def _cut(db: sqlite3.Connection, dice: random.Random) -> str:
    """The end cut off, with whatever it was about, and the end's row brought into line as far as that can be."""
    last = db.execute("SELECT max(seq) FROM record").fetchone()[0]
    at = dice.randrange(max(1, last - 8), last)
    for kind, subject in db.execute("SELECT kind, subject FROM record WHERE seq > ?", [at]).fetchall():
        it = next(each for each in COVERED if each.kind == kind)
        if not it.changes:
            db.execute(f"DELETE FROM {it.table} WHERE {it.id} = ?", [subject])
    db.execute("DELETE FROM record WHERE seq > ?", [at])
    db.execute("UPDATE record_tip SET seq = ?, digest = (SELECT digest FROM record WHERE seq = ?)", [at, at])
    return f"cut off after {at}"


def _swap(db: sqlite3.Connection, dice: random.Random) -> str:
    """Two entries in each other's place."""
    first, second = dice.sample([row[0] for row in db.execute("SELECT seq FROM record")], 2)
    for before, after in ((first, -1), (second, first), (-1, second)):
        db.execute("UPDATE record SET seq = ? WHERE seq = ?", [after, before])
    return f"entries {first} and {second} swapped"


def _add(db: sqlite3.Connection, dice: random.Random) -> str:
    """A row more, like one that is there."""
    it = dice.choice([each for each in COVERED if each.inserts == "true" and each.id == "id"])
    row = _row(db, it.table, dice)
    if row is None:
        return _entry(db, dice)
    names = [name for name in row.keys() if name not in ("place", "rank")]  # noqa: SIM118
    new = {**dict(row), it.id: row[it.id] + 1_000, "message_id": "77", "statement_id": 77, "decision_id": 77}
    marks = ", ".join("?" * len(names))
    db.execute(f"INSERT OR IGNORE INTO {it.table} ({', '.join(names)}) VALUES ({marks})", [new[name] for name in names])
    if not db.execute("SELECT changes()").fetchone()[0]:
        return _entry(db, dice)
    return f"{it.table} {new[it.id]} added"


def _append(db: sqlite3.Connection, dice: random.Random) -> str:
    """An entry more, like one that is there, at the end; the end's row perhaps brought into line."""
    row = _row(db, "record", dice)
    assert row is not None
    new = {name: row[name] for name in row.keys() if name != "place"}  # noqa: SIM118
    new["seq"] = db.execute("SELECT max(seq) FROM record").fetchone()[0] + 1
    db.execute(f"INSERT INTO record ({', '.join(new)}) VALUES ({', '.join('?' * len(new))})", list(new.values()))
    if dice.random() < 0.5:
        db.execute("UPDATE record_tip SET seq = seq + 1, digest = ?", [new["digest"]])
    return "an entry appended"


def _disarm(db: sqlite3.Connection, dice: random.Random) -> str:
    """A guard that no longer guards."""
    db.execute("CREATE TRIGGER record_quiet BEFORE INSERT ON record BEGIN SELECT RAISE(IGNORE); END")
    return "a trigger put in"


def _row(db: sqlite3.Connection, table: str, dice: random.Random) -> sqlite3.Row | None:
    places = [row[0] for row in db.execute(f"SELECT rowid FROM {table}")]
    if not places:
        return None
    drawn = dice.choice(places)
    found: sqlite3.Row = db.execute(f"SELECT rowid AS place, * FROM {table} WHERE rowid = ?", [drawn]).fetchone()
    return found


WAYS: tuple[Way, ...] = (_cell, _cell, _cell, _cell, _entry, _entry, _remove, _cut, _swap, _add, _append, _disarm)
