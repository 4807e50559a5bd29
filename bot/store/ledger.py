"""Where does it stand what has been forgotten, when the database itself is lost? In a file beside it (core/ledger.py).

Only ever added to, a whole line at a time, on the disk before the transaction that it is about ends.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.core.deeds import Deed, Gone
from bot.core.ledger import DEED, Line, read_line
from bot.keys.secret import make_secret, part
from bot.store.connection_place import place
from bot.store.keeping import stamp


def place_of(database: Path) -> Path:
    """The file that belongs to a database."""
    return database.with_name(database.name + ".forgotten")


def read(database: Path) -> list[Line]:
    """Every line that was written whole, the oldest first."""
    try:
        written = place_of(database).read_text("utf-8", "replace")
    except FileNotFoundError:
        return []
    return [line for each in written.splitlines() if (line := read_line(each)) is not None]


def add(database: Path, line: Line) -> None:
    """Write a line, and have it on the disk when this returns."""
    file = place_of(database)
    is_new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"  # a line that broke off is none, nor part of one
        _write(descriptor, (b"\n" if torn else b"") + line.written().encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        on_disk(file.parent)


def of_deed(db: Database, deed: Deed, persons: tuple[str, ...]) -> None:
    """Write what a deed makes go or holds, where it does either; `persons`: ids of whom nothing is to be left."""
    facts: Mapping[str, Any] = deed.facts
    gone = Gone(facts.get("words") or {}, facts.get("rows") or {})
    cases = tuple(facts.get("cases") or ())
    reports = tuple(facts.get("reporters") or ())
    database = place(db)
    if database is None or not (any(gone.facts().values()) or cases or reports or persons):
        return
    seq, digest = tip(db)
    codes = tuple(mark(database, each) for each in persons)
    add(database, Line(DEED, stamp(deed.at), seq, digest.hex(), str(deed.kind), gone, cases, reports, codes))


def mark(database: Path, person: str) -> str:
    """What stands for an id of Discord's: without the database's secret nobody can tell whose it is."""
    return hmac.digest(part(make_secret(database), "forgotten"), person.encode(), "sha256").hex()


def tip(db: Database) -> tuple[int, bytes]:
    """The record's newest entry: its number, its digest."""
    row = db.execute("SELECT seq, digest FROM record_tip").fetchone()
    return int(row["seq"]), bytes(row["digest"])


def on_disk(folder: Path) -> None:
    """What was renamed or made in a folder stays so, whatever happens."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
