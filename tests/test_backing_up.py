"""A backup is there whole, with its name and on record, or not at all; and forgets what its database forgets."""

from __future__ import annotations

import fcntl
import os
import random
import resource
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from bot.backing_up import DRAFT, Rules, back_up
from bot.backups_forgetting import Reached, after_forgetting
from bot.core.backups import among, next_name, read_name, too_many
from bot.core.errors import BadInput, StoreBusy, StoreError, StoreFull
from bot.keys.bundle import unlock_into
from bot.keys.secret import place_of
from bot.store import open_database
from tests import backup_child
from tests.backup_steps import deeds, flags, forget, found_in, is_sound, mark, texts
from tests.builders import HOME, NOW

AGE = pyrage.x25519.Identity.generate()
PUBLIC = str(AGE.to_public())


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "uppsikt.db"
    flags(path, 1, 2, 3)
    return path


@pytest.fixture
def rules(db: Path) -> Rules:
    return Rules(db, db.parent / "backups")


def backup(rules: Rules, seconds: int = 0) -> Path:
    return back_up(rules, "Maja", "to be safe", NOW + timedelta(seconds=seconds)).file


def names(rules: Rules) -> list[str]:
    return sorted(file.name for file in rules.folder.iterdir() if file.name != ".lock")


def test_a_backup_is_the_database_as_any_tool_reads_it_and_nobody_else_can(db: Path, rules: Rules) -> None:
    file = backup(rules)
    with closing(sqlite3.connect(file)) as copied:
        assert copied.execute("SELECT count(*) FROM flags").fetchone() == (3,)
        assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert names(rules) == ["uppsikt-20260126T080000Z.db"]
    assert deeds(db) == ["backup"]
    assert is_sound(db)


def test_the_secret_is_in_no_backup_that_is_not_locked(db: Path, rules: Rules) -> None:
    backup(rules)
    assert found_in(rules.folder, [place_of(db).read_text().strip()]) == []


def test_a_locked_backup_holds_the_secret_and_can_be_read_by_the_keys_holder_alone(
    db: Path, rules: Rules, tmp_path: Path
) -> None:
    file = backup(Rules(db, rules.folder, [PUBLIC]))
    assert file.name.endswith(".tar.age")
    assert found_in(rules.folder, [mark(1), place_of(db).read_text().strip()]) == []
    folder = tmp_path / "out"
    folder.mkdir()
    database, key = unlock_into(file, folder, str(AGE))
    assert texts(database)[1] == f"{mark(1)} och mer"
    assert key is not None
    assert key.read_text() == place_of(db).read_text()


def test_no_plain_copy_stays_where_a_backup_was_locked(db: Path, rules: Rules) -> None:
    backup(Rules(db, rules.folder, [PUBLIC]))
    assert {file.name for file in db.parent.iterdir()} <= {
        "uppsikt.db", "uppsikt.db-wal", "uppsikt.db-shm", "uppsikt.db.key", "uppsikt.db.forgotten", "backups"
    }  # fmt: skip


def test_the_newest_are_kept_and_what_is_not_ours_is_left_alone(db: Path, rules: Rules) -> None:
    rules.folder.mkdir()
    others = rules.folder / "uppsikt-20200101T000000Z.db"
    others.write_text("another town's")
    for n in range(5):
        backup(Rules(db, rules.folder, keep=2), n)
    assert names(rules) == [others.name, "uppsikt-20260126T080003Z.db", "uppsikt-20260126T080004Z.db"]


def test_two_in_one_second_have_two_names(rules: Rules) -> None:
    assert {backup(rules).name, backup(rules).name} == {"uppsikt-20260126T080000Z.db", "uppsikt-20260126T080000Z-1.db"}


def test_names_tell_their_time_and_others_are_none_of_ours() -> None:
    ours = ["uppsikt-20260126T080000Z-1.db", "uppsikt-20260126T080000Z.db", "uppsikt-20251231T235959Z.tar.age"]
    found = among([*ours, "uppsikt-20269926T080000Z.db", "uppsikt.db", "x", "uppsikt-20260126T080000Z-01.db"])
    assert [each.name for each in found] == ours[::-1]
    assert too_many(ours, 1) == [ours[2], ours[1]]
    assert next_name(NOW, ".db", {"uppsikt-20260126T080000Z.tar.age"}) == ours[0]
    assert read_name("uppsikt-20260126T080000Z.db-wal") is None


def test_while_one_is_made_another_is_refused(db: Path, rules: Rules) -> None:
    rules.folder.mkdir()
    with (rules.folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy, match="another backup is being made there"):
            backup(rules)


def test_what_an_earlier_run_left_half_made_is_swept_away(db: Path, rules: Rules) -> None:
    rules.folder.mkdir()
    (rules.folder / f"{DRAFT}1").write_text(mark(1))
    (db.parent / f"{DRAFT}1-plain").write_text(mark(1))
    backup(rules)
    assert not list(db.parent.rglob(f"{DRAFT}*"))


@pytest.mark.parametrize("recipient", ["hej", "age1" + "q" * 58, "AGE-SECRET-KEY-1" + "Q" * 58])
def test_what_is_no_key_is_refused_before_anything_is_written(db: Path, rules: Rules, recipient: str) -> None:
    with pytest.raises(BadInput) as caught:
        backup(Rules(db, rules.folder, [recipient]))
    assert "SECRET-KEY" not in str(caught.value)
    assert not rules.folder.exists()


def test_a_folder_that_cannot_be_is_refused(db: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="parent folder does not exist"):
        backup(Rules(db, tmp_path / "no" / "where"))


def test_a_database_that_is_torn_gives_no_backup(db: Path, rules: Rules) -> None:
    with closing(sqlite3.connect(db)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'flags_queue'").fetchone()[0]
        size = opened.execute("PRAGMA page_size").fetchone()[0]
    with db.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(StoreError):
        backup(rules)
    assert names(rules) == []


def limited(bytes_: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command that may write no file longer than this, as on a disk that fills up."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))

    command = [sys.executable, "-W", "ignore", "-m", "bot", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=HOME, preexec_fn=limit, check=False)


@pytest.mark.parametrize("locked", [False, True])
def test_a_disk_that_fills_up_in_the_middle_leaves_nothing_half_made(db: Path, rules: Rules, locked: bool) -> None:
    with closing(open_database(db)) as opened:
        opened.execute("CREATE TABLE ballast AS SELECT randomblob(900000) AS x")
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    key = ["--recipient", PUBLIC] if locked else []
    done = limited(1_000_000, "backup", "--db", db, *key)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "is the disk full" in done.stderr or "too large" in done.stderr
    assert names(rules) == []
    assert not list(db.parent.glob(f"{DRAFT}*"))
    assert deeds(db) == []


def test_too_little_room_is_said_before_anything_is_written(
    db: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = os.statvfs(db)
    full = os.statvfs_result((*found[:4], 0, *found[5:]))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    with pytest.raises(StoreFull, match="no room for a backup"):
        backup(rules)


def test_killed_at_any_moment_there_is_a_whole_backup_or_none(db: Path, rules: Rules) -> None:
    whole = min(backup_child.seconds(lambda: backup(rules)) for _ in range(2))
    dice = random.Random(1)
    for _ in range(8):
        backup_child.killed_after(dice.uniform(0, whole), "back_up", rules)
        for name in names(rules):
            assert name.startswith(DRAFT) or is_sound(rules.folder / name)
    backup(rules)
    assert not list(db.parent.rglob(f"{DRAFT}*"))
    assert is_sound(db)


def test_a_forgotten_text_leaves_the_backups_that_can_be_read(db: Path, rules: Rules) -> None:
    backup(rules)
    backup(rules, 1)
    forget(db, 2)
    forget(db, 3, wholly=True)
    assert found_in(rules.folder, [mark(2), mark(3), "member00003"]) == [mark(2), mark(3), "member00003"]
    assert after_forgetting(rules, NOW) == Reached(rewritten=2)
    assert found_in(rules.folder, [mark(2), mark(3), "member00003"]) == []
    assert found_in(rules.folder, [mark(1), "member00002"]) == [mark(1), "member00002"]
    for name in names(rules):
        assert is_sound(rules.folder / name)
    assert after_forgetting(rules, NOW) == Reached()  # and no second time


def test_a_backup_in_a_folder_that_was_named_once_is_reached_too(db: Path, rules: Rules, tmp_path: Path) -> None:
    elsewhere = Rules(db, tmp_path / "elsewhere")
    backup(elsewhere)
    forget(db, 1)
    assert after_forgetting(rules, NOW) == Reached(rewritten=1)
    assert found_in(elsewhere.folder, [mark(1)]) == []


def test_a_locked_one_that_holds_what_is_forgotten_goes_once_there_is_a_fresh_one(db: Path, rules: Rules) -> None:
    locked = Rules(db, rules.folder, [PUBLIC])
    old = backup(locked)
    forget(db, 1)
    assert after_forgetting(locked, NOW + timedelta(seconds=9)) == Reached(removed=1)
    assert not old.exists()
    assert names(rules) == ["uppsikt-20260126T080009Z.tar.age"]
    assert after_forgetting(locked, NOW + timedelta(seconds=10)) == Reached()


def test_a_locked_one_may_stay_for_the_days_that_are_configured(db: Path, rules: Rules) -> None:
    locked = Rules(db, rules.folder, [PUBLIC], locked_days=3)
    old = backup(locked)
    forget(db, 1)
    assert after_forgetting(locked, NOW + timedelta(days=2)) == Reached()
    assert old.exists()
    assert after_forgetting(locked, NOW + timedelta(days=3)) == Reached(removed=1)


def test_a_backup_of_ours_that_is_torn_goes_when_something_was_forgotten(db: Path, rules: Rules) -> None:
    file = backup(rules)
    file.write_bytes(file.read_bytes()[:20_000])
    forget(db, 1)
    assert after_forgetting(rules, NOW) == Reached(removed=1)
    assert names(rules) == []


def test_others_backups_in_the_same_folder_are_left_as_they_are(db: Path, rules: Rules, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    flags(other, 1, 2, 3)
    theirs = [backup(Rules(other, rules.folder)), backup(Rules(other, rules.folder, [PUBLIC]))]
    before = [file.read_bytes() for file in theirs]
    forget(db, 1, wholly=True)
    assert after_forgetting(rules, NOW) == Reached()
    assert [file.read_bytes() for file in theirs] == before
