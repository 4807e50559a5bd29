"""How is a database copied while others write to it, and put in another's place while others read it?

SQLite's online backup copies pages in small steps. By itself it begins anew whenever another connection has written in
between, and beside a busy bot it would never end; here it copies within one read transaction, so that it sees the
database as it was at one moment, and in WAL mode nobody waits for a reader. `VACUUM INTO` would see the same, but is
one long statement that cannot be made to pause: its writes pile up until the disk is handed them all at once, and
commits then wait behind them. So after each step what was written is handed to the disk, and others have their turn.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.core.chain import GENESIS, Entry
from bot.core.errors import Refused, StoreBusy, StoreTorn
from bot.store.connection import existing, open_database, translated
from bot.store.ledger import on_disk, tip

PAGES = 64  # in a step: a quarter of a megabyte
PAUSE = 0.002  # seconds between steps, at least
BUSY_SECONDS = 60.0
_SHARED_BY_ALL = 128  # the byte of the -shm file on which whoever has a database in WAL mode open holds a lock


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a copy's record ends, and the highest number of a case in it."""

    seq: int
    digest: bytes
    flags: int


def copy(source: Path, target: Path, *, pages: int = PAGES, pause: float = PAUSE) -> Copied:
    """A whole copy of a database as it is now, in a new file, checked against it; nothing is left where that fails."""
    try:
        with existing(source) as db, translated(target.parent), closing(_new(target)) as copied:
            db.execute("BEGIN")
            found = ends(db)
            db.conn.backup(copied, pages=pages, progress=_breathe(target, pause))
            counts = _counts(db.conn)
            db.execute("COMMIT")
            # What was committed meanwhile could not leave the log; else the next commit of the bot's would do it all.
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
            _check(source, copied, counts)
        return found
    except BaseException:
        remove(target)
        raise


def look(draft: Path, database: Path) -> Copied:
    """Where the record ends in a copy of a backup that is to be `database`, which is brought up to date.

    StoreTorn where it is not whole, StoreError where it is none of ours, StoreTooNew; Refused where its record does
    not hang together.
    """
    with translated(draft), closing(sqlite3.connect(draft)) as opened:
        opened.row_factory = sqlite3.Row
        _check(draft, opened, None)
        has_record = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'record_tip'").fetchone()
        found = ends(Database(opened)) if has_record else Copied(0, GENESIS, 0)  # of before there was a record
    with closing(open_database(draft, copy_of=database)) as db, translated(draft):
        _hangs_together(draft, db)
    return found


def replace(draft: Path, database: Path) -> None:
    """Put a draft in a database's place: in one transaction, so that whoever has it open sees all of it or nothing.

    Where what is there cannot be opened, the draft is renamed over it; StoreBusy while another program has it open.
    """
    with translated(database):
        if is_readable(database):
            with (
                closing(sqlite3.connect(draft)) as source,
                closing(sqlite3.connect(database, timeout=BUSY_SECONDS, isolation_level=None)) as target,
            ):
                target.execute("PRAGMA synchronous = FULL")
                source.backup(target)
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            remove(draft)
            return
        if is_open(database):
            raise StoreBusy(f"{database} cannot be read, and another program has it open; stop that first")
        for beside in ("-wal", "-shm", "-journal"):
            database.with_name(database.name + beside).unlink(missing_ok=True)
        draft.replace(database)
        on_disk(database.parent)


def as_one_file(draft: Path) -> Copied:
    """Write a copy anew, so that no byte of what was taken out of it is left, with nothing beside it; where it ends."""
    with translated(draft), closing(sqlite3.connect(draft, isolation_level=None)) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("PRAGMA journal_mode = DELETE")
        opened.execute("VACUUM")
        _check(draft, opened, None)
        return ends(Database(opened))


def ends(db: Database, schema: str = "main") -> Copied:
    """Where a database's record ends."""
    row = db.execute(f"SELECT seq, digest FROM {schema}.record_tip").fetchone()  # noqa: S608  # fixed
    flags = db.execute(f"SELECT coalesce(max(id), 0) FROM {schema}.flags").fetchone()[0]  # noqa: S608  # fixed
    return Copied(int(row["seq"]), bytes(row["digest"]), int(flags))


def is_open(database: Path) -> bool:
    """Whether another program has a database in WAL mode open."""
    shared = database.with_name(database.name + "-shm")
    try:
        descriptor = os.open(shared, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _SHARED_BY_ALL)
    except (BlockingIOError, PermissionError):
        return True
    finally:
        os.close(descriptor)
    return False


def remove(file: Path) -> None:
    """Delete a copy and what SQLite keeps beside it."""
    for each in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + each).unlink(missing_ok=True)


def is_readable(database: Path) -> bool:
    """Whether a whole database is there; one that is torn within is not."""
    if not database.exists() or not database.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as opened:
            return bool(opened.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as problem:
        if problem.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return False
        raise


def _new(target: Path) -> sqlite3.Connection:
    """A file that nobody else may read. Its pages are handed to the disk by us, so SQLite need not wait for it."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    return connection


def _breathe(target: Path, pause: float) -> Callable[[int, int, int], None]:
    """What is done between two steps: hand the disk what was written, and leave it to others for as long."""
    began = time.monotonic()

    def breathe(_status: int, _remaining: int, _total: int) -> None:
        nonlocal began
        flush(target)
        time.sleep(max(pause, time.monotonic() - began))
        began = time.monotonic()

    return breathe


def flush(file: Path) -> None:
    """Have a file's content on the disk."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    """The rows of every table."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  # ours


def _check(file: Path, opened: sqlite3.Connection, counts: dict[str, int] | None) -> None:
    found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok" or (counts is not None and _counts(opened) != counts):
        raise StoreTorn(f"{file} is not a whole database: {found}")


def _hangs_together(file: Path, db: Database) -> None:
    """Each entry follows from the one before it, up to the end."""
    before, last = GENESIS, 0
    for row in db.execute("SELECT seq, kind, subject, at, facts, words, digest FROM record ORDER BY seq"):
        entry = Entry(*row)
        if entry.seq != last + 1 or not entry.follows(before):
            raise Refused(f"{file.name}: its record was changed at entry {entry.seq}; nothing was restored")
        before, last = entry.digest, entry.seq
    if (last, before) != tip(db):
        raise Refused(f"{file.name}: the end of its record is missing; nothing was restored")
