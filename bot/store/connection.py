"""Can this file be used as our database? Opened, migrated and checked, or refused with one clear line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from bot.core.errors import BadInput, StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from bot.store.chain import register
from bot.store.schema import migrations

BUSY_SECONDS = 5.0
T = TypeVar("T")


def open_database(path: Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> Database:
    """A migrated database in WAL mode, private to its owner; StoreError or BadInput with what to do."""
    with translated(path):
        if not create and not path.exists():
            raise BadInput(
                f"{path}: there is no such database; check the path, or run `uppsikt replay FILE --db {path}`"
            )
        if path.is_dir():
            raise BadInput(f"{path} is a folder: name a file for --db")
        if not path.parent.is_dir():
            raise BadInput(f"{path}: its folder does not exist; make it first")
        fresh = not path.exists() or path.stat().st_size == 0
        if not fresh and not os.access(path, os.W_OK):
            raise StoreReadOnly(f"{path} cannot be written; check who owns it")
        if fresh:
            path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
        try:
            return _prepared(connection, path)
        except BaseException:
            connection.close()
            raise


def blank() -> Database:
    """A migrated database in memory, as a new file would be: to hold others against."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    db = Database(connection)
    migrations.apply(db)
    return db


@contextmanager
def existing(path: Path) -> Iterator[Database]:
    """A database that must be there, closed afterwards; its errors as ours."""
    database = open_database(path, create=False)
    try:
        with translated(path):
            yield database
    finally:
        database.close()


def asked(path: Path, work: Callable[[Database], T]) -> T:
    """Any work of this folder's on a database that must be there."""
    with existing(path) as database:
        return work(database)


def _prepared(connection: sqlite3.Connection, path: Path) -> Database:
    connection.row_factory = sqlite3.Row
    register(connection, path)
    db = Database(connection)
    # The tables first: another program that starts at once may make all of them, and note it, between two looks.
    tables = set(db.table_names()) - {migrations.migrations_table}
    applied = {migration.name for migration in migrations.applied(db)}
    pending = {migration.name for migration in migrations.pending(db)}
    newer = applied - {migration.name for migration in migrations._migrations}
    if newer:
        raise StoreTooNew(f"{path} was made by a later version of Uppsikt ({sorted(newer)[-1]}); update Uppsikt")
    if not applied and tables:
        raise StoreError(f"{path} is a database of another program; name another file")
    # Only now is it known to be ours: WAL mode stays in a file, and another program's file is left as it is.
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if pending:
        connection.execute("BEGIN IMMEDIATE")  # of two programs that start at once, one migrates
        try:
            migrations.apply(db)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return db


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """sqlite3's and the system's errors as ours."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _ours(problem, path) from problem
    except PermissionError as problem:
        raise StoreReadOnly(f"{path} cannot be written; check who owns it and its folder") from problem
    except OSError as problem:
        raise StoreError(f"{path}: {problem.strerror}") from problem


def _ours(problem: sqlite3.Error, path: Path | str) -> StoreError:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{path} is locked by another program; stop it, or try again")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreReadOnly(f"{path} cannot be written; check who owns it and its folder")
    if code == sqlite3.SQLITE_FULL:
        return StoreFull(f"{path}: the disk is full; make room")
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return StoreError(f"{path} is not a whole SQLite database; name another file or restore a backup")
    return StoreError(f"{path}: {problem}")
