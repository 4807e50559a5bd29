"""A file is our database, becomes it, or is refused with one line and left as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from bot.core.errors import BadInput, StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreTooNew, StoreTorn
from bot.store import SqliteStore, StoreReader, open_database
from bot.store.connection import translated
from bot.store.keeping import keep
from bot.store.schema import migrations
from tests.builders import FLAGGED, SQUARE, flag, kept, post, unprivileged


def refused(path: Path, kind: type[Exception], *, create: bool = True) -> str:
    """Open a file that must be refused; the one line it is refused with."""
    with pytest.raises(kind) as caught:
        open_database(path, create=create, busy_seconds=0.05)
    assert type(caught.value) is kind
    text = str(caught.value)
    assert len(text.splitlines()) == 1
    assert str(path) in text
    return text


def schema(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return sorted(row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))


def test_a_new_file_is_private_and_has_every_table(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    db = open_database(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {"channels", "flags", "decisions", "counts", "unseen", "files"} <= set(db.table_names())
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert db.execute("PRAGMA secure_delete").fetchone()[0] == 1
    db.close()


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    db = open_database(tmp_path / "new.db")
    tables = set(db.table_names()) - {"_sqlite_migrations"}
    strict = {row["name"] for row in db.execute("PRAGMA table_list").fetchall() if row["strict"]}
    assert tables
    assert tables <= strict


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "again.db"
    with closing(open_database(path)) as db:
        keep(db, kept(flag()))
        before = list(db.conn.iterdump())
    with closing(open_database(path)) as db:
        assert list(db.conn.iterdump()) == before


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_database_whose_making_was_broken_off_is_made_whole(tmp_path: Path, seconds: int) -> None:
    path, fresh = tmp_path / "half.db", tmp_path / "fresh.db"
    open_database(fresh).close()
    path.touch()
    if seconds:
        with closing(sqlite3.connect(path)) as db:
            Migrations("uppsikt").apply(Database(db))  # the table of migrations, and none of them
    open_database(path).close()
    assert schema(path) == schema(fresh)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Migrations("uppsikt")

    @old()
    def m001_flags_and_marks(db: Database) -> None:
        for migration in migrations._migrations[:1]:
            migration.fn(db)

    @old()
    def m002_broken(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")
        db.execute("INSERT INTO nowhere VALUES (1)")

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        with pytest.raises(sqlite3.OperationalError):
            old.apply(Database(connection))
    assert "half" not in " ".join(schema(path))
    with closing(open_database(path)) as db:
        assert keep(db, kept(flag())) == 1


def test_two_programs_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "both.db"
    with ThreadPoolExecutor(4) as programs:
        opened = list(programs.map(lambda _: open_database(path), range(4)))
    for number, db in enumerate(opened):
        keep(db, kept(flag(post(number + 1))))
    assert len(StoreReader(opened[0]).flags()) == 4
    for db in opened:
        db.close()


def test_a_database_of_a_newer_schema_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with closing(open_database(path)) as db:
        db["_sqlite_migrations"].insert({"migration_set": "uppsikt", "name": "m999_dreams", "applied_at": "2030"})
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    assert "made by a later version of Uppsikt (m999_dreams); update Uppsikt" in refused(path, StoreTooNew)
    assert path.read_bytes() == before


@pytest.mark.parametrize("migrated", [False, True])
def test_another_programs_database_is_refused_and_left_byte_for_byte(tmp_path: Path, migrated: bool) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
        if migrated:
            others = Migrations("datasette")
            others(name="m001")(lambda db: db["dogs"].create({"name": str}))
            connection.row_factory = sqlite3.Row
            others.apply(Database(connection))
    before = path.read_bytes()
    assert "a database of another program" in refused(path, StoreError)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["other.db"]


@pytest.mark.parametrize("content", [b"hej, det h\xe4r \xe4r text\n" * 100, b"\0" * 4096, b"PK\x03\x04zip"])
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert "not a whole SQLite database" in refused(path, StoreTorn)
    assert path.read_bytes() == content


def test_a_torn_database_is_one_line_where_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "torn.db"
    with closing(open_database(path)) as db:
        for batch in range(20):
            keep(db, kept(*(flag(post(batch * 50 + n, "x" * 300)) for n in range(50))))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 8192 * 4096])
    with pytest.raises(StoreError, match="not a whole SQLite database") as caught, translated(path):
        with closing(open_database(path)) as db:
            StoreReader(db).flags()
    assert len(str(caught.value).splitlines()) == 1


def test_a_database_that_must_be_there_is_not_made(tmp_path: Path) -> None:
    assert "there is no such database" in refused(tmp_path / "none.db", BadInput, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path, BadInput)


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    assert "its folder does not exist" in refused(tmp_path / "no" / "such.db", BadInput)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder_for_a_database(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "its folder does not exist" in refused(tmp_path / "file" / "a.db", BadInput)


def test_a_locked_database_is_refused_while_it_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    with closing(open_database(path)) as db:
        keep(db, kept(flag()))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in refused(path, StoreBusy)
        other.execute("ROLLBACK")
    with closing(open_database(path, busy_seconds=0.05)) as db:
        assert len(StoreReader(db).flags()) == 1


async def test_saving_into_a_locked_database_saves_nothing_and_works_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    store = SqliteStore(path, open_database(path, busy_seconds=0.05))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="locked by another program"):
            await store.keep(kept(flag(), marks={SQUARE.id: 5}, channels={SQUARE.id: SQUARE}))
        assert await store.marks() == {}
        other.execute("ROLLBACK")
    assert await store.keep(kept(flag())) == 1
    await store.close()


def test_a_file_that_may_not_be_written_is_refused() -> None:
    with unprivileged() as folder:
        path = folder / "mine.db"
        open_database(path).close()
        path.chmod(0o400)
        assert "cannot be written; check who owns it" in refused(path, StoreReadOnly)


def test_a_folder_that_may_not_be_written_is_refused() -> None:
    with unprivileged() as folder:
        path = folder / "mine.db"
        open_database(path).close()
        folder.chmod(0o500)
        try:
            assert "cannot be written" in refused(path, StoreReadOnly)
            assert "cannot be written" in refused(folder / "other.db", StoreReadOnly)
            assert os.listdir(folder) == ["mine.db"]
        finally:
            folder.chmod(0o700)


def test_a_folder_that_may_not_be_entered_is_refused() -> None:
    with unprivileged() as folder:
        closed = folder / "closed"
        closed.mkdir()
        closed.chmod(0)
        try:
            assert "cannot be written; check who owns it and its folder" in refused(closed / "a.db", StoreReadOnly)
        finally:
            closed.chmod(0o700)


async def test_a_full_disk_saves_nothing_of_a_batch_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "full.db")
    await store.keep(kept(flag(post(1, FLAGGED))))
    pages = await store.do(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store.do(lambda db: db.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall())
    batch = kept(*(flag(post(n, "x" * 4000)) for n in range(2, 30)), marks={SQUARE.id: 9}, channels={SQUARE.id: SQUARE})
    with pytest.raises(StoreFull, match="the disk is full; make room"):
        await store.keep(batch)
    assert [row.text for row in await store.ask(StoreReader.flags)] == [FLAGGED]
    assert await store.marks() == {}
    await store.do(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchall())
    assert await store.keep(batch) == 28
    await store.close()


def test_decisions_of_an_earlier_schema_are_still_there_and_still_cannot_be_changed(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        old = Database(connection)
        migrations.apply(old, stop_before="m004_reopening")
        old.execute(
            """INSERT INTO flags (message_id, guild_id, channel_id, channel, author_id, score, threat, motives, targets,
            spans, reasons, thresholds, language, model, posted_at, flagged_at) VALUES ('1', '1', '1', 'torget', 'u1',
            0.9, 0, '{}', '{}', '[]', '[]', '{}', 'sv', 'm', '2026-01-26T08:00:00', '2026-01-26T08:00:00')"""
        )
        old.execute("INSERT INTO decisions VALUES (7, 1, 'uphold', 'Maja', '[]', 'så är det', '2026-01-26T08:00:00')")
    with closing(open_database(tmp_path / "old.db")) as db:
        [row] = db.execute("SELECT id, step, by, note, measures FROM decisions").fetchall()
        assert tuple(row) == (7, "uphold", "Maja", "så är det", "[]")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute("DELETE FROM decisions")
