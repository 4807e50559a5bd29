"""A restore changes everything or nothing, while others have the database open; what was forgotten stays forgotten."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from bot.backing_up import DRAFT, Rules, back_up
from bot.backups_forgetting import after_forgetting
from bot.core.deeds import Deed, DeedKind
from bot.core.errors import BadInput, Refused, StoreBusy, StoreError, StoreTooNew, StoreTorn
from bot.keys.secret import make_secret, place_of
from bot.restoring import Restored, restore
from bot.store import chain, ledger, open_database
from bot.store.keeping import keep
from bot.store.numbers import GAP
from bot.store.transaction import at_once
from tests import backup_child
from tests.backup_steps import deeds, flags, forget, found_in, is_sound, mark, texts
from tests.builders import NOW, SQUARE, bytes_beside, flag, kept, post

AGE = pyrage.x25519.Identity.generate()
PUBLIC = str(AGE.to_public())
LATER = NOW + timedelta(hours=1)


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


def restored(file: Path, rules: Rules, identity: str | None = None, *, force: bool = False) -> Restored:
    return restore(file, rules, identity, "Maja", "to go back", LATER, force=force)


def lose(db: Path) -> None:
    for end in ("", "-wal", "-shm"):
        db.with_name(db.name + end).unlink(missing_ok=True)


def left_over(db: Path) -> list[str]:
    return [file.name for file in db.parent.rglob(f"{DRAFT}*")]


def test_the_database_is_as_the_backup_was_and_the_record_says_so(db: Path, rules: Rules) -> None:
    file = backup(rules)
    flags(db, 4)
    done = restored(file, rules)
    assert (done.is_known, done.forgotten, done.was_open) == (True, 0, False)
    assert list(texts(db)) == [1, 2, 3]
    assert deeds(db) == ["restore"]
    assert is_sound(db)
    assert left_over(db) == []


def test_what_was_there_is_set_aside_as_a_backup_that_can_be_restored(db: Path, rules: Rules) -> None:
    file = backup(rules)
    flags(db, 4)
    aside = restored(file, rules).aside
    assert aside is not None
    restored(aside, rules)
    assert list(texts(db)) == [1, 2, 3, 4]
    assert is_sound(db)


def test_what_was_forgotten_since_is_forgotten_again(db: Path, rules: Rules) -> None:
    file = backup(rules)
    forget(db, 2)
    forget(db, 3, wholly=True, kind=DeedKind.ERASURE)
    assert restored(file, rules).forgotten == 2
    assert texts(db) == {1: f"{mark(1)} och mer", 2: None, 3: None}
    assert found_in(db.parent, ["member00003", "member00002"]) == ["member00003", "member00002"]  # the backup itself
    assert not any(word.encode() in bytes_beside(db) for word in (mark(2), mark(3), "member00003"))
    assert is_sound(db)
    after_forgetting(rules, LATER)
    assert found_in(db.parent, [mark(2), mark(3), "member00003"]) == []


def test_also_where_the_database_is_lost_and_only_the_ledger_is_left(db: Path, rules: Rules) -> None:
    file = backup(rules)
    flags(db, 4)
    forget(db, 2, 4)
    forget(db, 3, wholly=True, kind=DeedKind.ERASURE)
    lose(db)
    done = restored(file, rules)
    assert (done.aside, done.is_known, done.forgotten) == (None, True, 2)
    assert texts(db) == {1: f"{mark(1)} och mer", 2: None, 3: None}
    assert not any(word.encode() in bytes_beside(db) for word in (mark(2), mark(3), "member00003"))
    assert is_sound(db)


def test_also_where_the_database_is_torn_and_what_is_left_of_it_is_set_aside(db: Path, rules: Rules) -> None:
    file = backup(rules)
    forget(db, 2)
    lose(db)
    db.write_bytes(b"torn")
    done = restored(file, rules)
    assert done.aside is not None
    assert done.aside.read_bytes() == b"torn"
    assert texts(db)[2] is None
    assert is_sound(db)


def test_also_across_a_restore_and_back(db: Path, rules: Rules) -> None:
    """Erased in a course of events that was left, and not in the database that is there now."""
    first = backup(rules)
    flags(db, 4)
    second = backup(rules, 1)
    forget(db, 4)
    restored(first, rules)
    flags(db, 5)
    restored(second, rules)
    assert texts(db)[4] is None
    assert texts(db)[1] is not None
    assert is_sound(db)


def test_a_deed_that_never_was_forgets_nothing_while_the_database_is_there_to_tell(db: Path, rules: Rules) -> None:
    file = backup(rules)
    line = ledger.read(db)[0]
    torn = {"what": "deed", "at": line.at, "seq": 99, "digest": "", "kind": "forgetting", "words": {"flag": [9]}}
    with ledger.place_of(db).open("a") as written:
        written.write(json.dumps(torn)[:-9] + "\n")
    assert restored(file, rules).forgotten == 0


def test_who_reported_stays_forgotten(db: Path, rules: Rules) -> None:
    with closing(open_database(db)) as opened:
        opened.execute(
            """INSERT INTO reports (flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt,
            trusted, weight, made_at) VALUES (1, '1', '', '100', '', 'hate', '[]', 'me', 0, 1, '2026-01-26')"""
        )
        opened.execute("INSERT INTO reporters VALUES (1, 'reporter00001', 'sv', '2026-01-26')")
    file = backup(rules)
    with closing(open_database(db)) as opened, at_once(opened):
        opened.execute("DELETE FROM reporters")
        facts = {"class": "reporters", "reporters": [1]}
        chain.note(opened, Deed(DeedKind.FORGETTING, "uppsikt", "due", NOW, facts))
    after_forgetting(rules, LATER)
    assert found_in(rules.folder, ["reporter00001"]) == []
    restored(file, rules)
    assert b"reporter00001" not in bytes_beside(db)


def test_somebody_who_was_erased_is_found_by_a_code_where_the_database_is_lost(db: Path, rules: Rules) -> None:
    with closing(open_database(db)) as opened:
        opened.execute("INSERT INTO care (who) VALUES ('member00077')")
        opened.execute("INSERT INTO care (who) VALUES ('member00078')")
    file = backup(rules)
    with closing(open_database(db)) as opened, at_once(opened):
        opened.execute("DELETE FROM care WHERE who = 'member00077'")
        chain.note(opened, Deed(DeedKind.ERASURE, "Maja", "asked", NOW), persons=("member00077",))
    assert b"member00077" not in ledger.place_of(db).read_bytes()
    lose(db)
    restored(file, rules)
    assert b"member00077" not in bytes_beside(db)
    assert b"member00078" in bytes_beside(db)


def test_no_number_of_a_case_is_given_out_twice(db: Path, rules: Rules) -> None:
    file = backup(rules)
    flags(db, 4, 5)
    restored(file, rules)
    flags(db, 6)
    assert list(texts(db)) == [1, 2, 3, 6]
    lose(db)
    restored(file, rules)
    flags(db, 7)
    assert max(texts(db)) > 100_000


def test_nobody_is_signed_in_by_a_session_that_may_have_ended(db: Path, rules: Rules) -> None:
    with closing(open_database(db)) as opened:
        columns = opened["panel_sessions"].columns_dict
        values = {name: "[]" if name in ("guilds",) else "x" for name in columns}
        opened.execute("PRAGMA ignore_check_constraints = ON")
        opened["panel_sessions"].insert({**values, "rank": 0} if "rank" in values else values)
    file = backup(rules)
    lose(db)
    restored(file, rules)
    with closing(open_database(db)) as opened:
        assert opened["panel_sessions"].count == 0


def test_while_others_have_it_open_they_see_all_of_it_or_nothing(db: Path, rules: Rules) -> None:
    file = backup(rules)
    with closing(open_database(db)) as running:
        keep(running, kept(flag(post(4, "efter", SQUARE)), channels={SQUARE.id: SQUARE}))
        restored(file, rules)
        rows = running.execute("SELECT count(*) FROM flags").fetchone()[0]
        assert rows == 3
        keep(running, kept(flag(post(5, "och vidare"))))
    assert list(texts(db)) == [1, 2, 3, 5]
    assert is_sound(db)


def test_a_bot_that_runs_on_has_the_time_between_noted_as_unwatched(db: Path, rules: Rules, tmp_path: Path) -> None:
    with closing(open_database(db)) as opened:
        keep(opened, kept(flag(post(4)), channels={SQUARE.id: SQUARE}))
    file = backup(rules)
    script = f"""
import sys
from pathlib import Path
from bot.store import open_database
db = open_database(Path({str(db)!r}))
print("open", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        assert restored(file, rules).was_open
        child.communicate("")
    with closing(open_database(db)) as opened:
        assert [row["why"] for row in opened.execute("SELECT why FROM unseen").fetchall()] == [GAP]


def test_a_locked_backup_is_all_that_is_needed_on_another_machine(db: Path, rules: Rules, tmp_path: Path) -> None:
    file = backup(Rules(db, rules.folder, [PUBLIC]))
    secret = place_of(db).read_text()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    new = Rules(elsewhere / "uppsikt.db", elsewhere / "backups")
    done = restored(file, new, f"# created: today\n{AGE}\n")
    assert not done.is_known
    assert list(texts(new.database)) == [1, 2, 3]
    assert place_of(new.database).read_text() == secret
    assert is_sound(new.database)


def test_a_secret_that_is_there_is_never_replaced(db: Path, rules: Rules) -> None:
    file = backup(Rules(db, rules.folder, [PUBLIC]))
    place_of(db).unlink()
    other = make_secret(db)
    restored(file, rules, str(AGE))
    assert make_secret(db) == other
    assert is_sound(db)


@pytest.mark.parametrize(
    ("identity", "kind"),
    [
        (str(pyrage.x25519.Identity.generate()), Refused),
        ("hej", BadInput),
        ("", BadInput),
        (PUBLIC, BadInput),
        (None, BadInput),
    ],
    ids=["another's", "no key", "empty", "public", "none"],
)
def test_a_wrong_identity_changes_nothing(db: Path, rules: Rules, identity: str | None, kind: type[Exception]) -> None:
    file = backup(Rules(db, rules.folder, [PUBLIC]))
    flags(db, 4)
    with pytest.raises(kind) as caught:
        restored(file, rules, identity)
    assert len(str(caught.value).splitlines()) == 1
    assert "SECRET-KEY" not in str(caught.value)
    assert list(texts(db)) == [1, 2, 3, 4]
    assert left_over(db) == []


def test_a_locked_backup_that_was_changed_or_cut_is_refused(db: Path, rules: Rules) -> None:
    file = backup(Rules(db, rules.folder, [PUBLIC]))
    whole = file.read_bytes()
    dice = random.Random(3)
    for _ in range(8):
        place = dice.randrange(len(whole))
        file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 + dice.randrange(255))]) + whole[place + 1 :])
        with pytest.raises(Refused, match=r"does not unlock|no backup of ours"):
            restored(file, rules, str(AGE))
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused):
        restored(file, rules, str(AGE))
    assert list(texts(db)) == [1, 2, 3]


def test_a_plain_backup_whose_record_was_changed_is_refused(db: Path, rules: Rules) -> None:
    file = backup(rules)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("DROP TRIGGER record_stays")
        opened.execute("UPDATE record SET at = '2020-01-01' WHERE seq = 2")
        opened.commit()
    with pytest.raises(Refused, match="its record was changed at entry 2"):
        restored(file, rules)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("UPDATE record_tip SET seq = 2")
        opened.commit()
    with pytest.raises(Refused):
        restored(file, rules)
    assert list(texts(db)) == [1, 2, 3]


def test_a_torn_backup_is_refused(db: Path, rules: Rules) -> None:
    file = backup(rules)
    file.write_bytes(file.read_bytes()[:50_000])
    with pytest.raises(StoreTorn):
        restored(file, rules)
    assert list(texts(db)) == [1, 2, 3]


def test_a_backup_of_an_earlier_version_is_brought_up_to_date_and_a_later_ones_is_refused(
    db: Path, rules: Rules
) -> None:
    file = backup(rules)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("DROP TABLE numbers")
        opened.execute("DELETE FROM _sqlite_migrations WHERE name = 'm025_numbers'")
        opened.commit()
    restored(file, rules)
    flags(db, 5)
    assert list(texts(db)) == [1, 2, 3, 4]
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("INSERT INTO _sqlite_migrations SELECT 9999, migration_set, 'm999_later', applied_at "
                       "FROM _sqlite_migrations LIMIT 1")  # fmt: skip
        opened.commit()
    with pytest.raises(StoreTooNew):
        restored(file, rules)


def test_another_databases_backup_is_refused_unless_it_is_meant(db: Path, rules: Rules, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    flags(other, 7)
    file = backup(Rules(other, tmp_path / "others"))
    with pytest.raises(Refused, match="--force"):
        restored(file, rules)
    assert not restored(file, rules, force=True).is_known
    assert list(texts(db).values()) == [f"{mark(7)} och mer"]


def test_a_copy_that_somebody_made_by_hand_is_known_by_its_record(db: Path, rules: Rules, tmp_path: Path) -> None:
    with closing(open_database(db)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(db, tmp_path / "copy.db")
    forget(db, 1)
    done = restored(tmp_path / "copy.db", rules)
    assert (done.is_known, done.forgotten) == (True, 1)
    assert texts(db)[1] is None


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_backup_is_refused(db: Path, rules: Rules, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no.db").write_bytes(content)
    with pytest.raises((BadInput, StoreError, Refused)) as caught:
        restored(tmp_path / "no.db", rules)
    assert len(str(caught.value).splitlines()) == 1
    assert left_over(db) == []


def test_the_database_itself_is_no_backup(db: Path, rules: Rules) -> None:
    with pytest.raises(BadInput, match="the database itself"):
        restored(db, rules)


def test_another_programs_database_is_never_overwritten(db: Path, rules: Rules, tmp_path: Path) -> None:
    file = backup(rules)
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as opened:
        opened.execute("CREATE TABLE books (title)")
    before = foreign.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        restored(file, Rules(foreign, rules.folder), force=True)
    assert foreign.read_bytes() == before


def test_a_writer_that_never_ends_makes_a_restore_give_up_with_nothing_changed(
    db: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backup(rules)
    flags(db, 4)
    monkeypatch.setattr("bot.store.copying.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("bot.store.connection.open_database.__kwdefaults__",
                        {"create": True, "busy_seconds": 0.05, "copy_of": None})  # fmt: skip
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            restored(file, rules)
    assert list(texts(db)) == [1, 2, 3, 4]


def test_killed_at_any_moment_the_database_is_as_it_was_or_as_it_is_to_be(db: Path, rules: Rules) -> None:
    flags(db, *range(4, 60))
    file = backup(rules)
    flags(db, *range(60, 90))
    forget(db, 2)
    after = len(texts(db))
    whole = backup_child.seconds(lambda: restored(file, rules))
    dice, seen = random.Random(5), set()
    for _ in range(8):
        killed = backup_child.killed_after(dice.uniform(0, 1.2 * whole), "restore", rules, file)
        assert is_sound(db)
        assert texts(db)[2] is None
        assert len(texts(db)) in (59, after, 60)
        seen.add(killed)
        flags(db, 90)
    assert True in seen
    restored(file, rules)
    assert left_over(db) == []


def test_killed_while_backups_forget_they_are_whole_and_the_next_run_ends_it(db: Path, rules: Rules) -> None:
    files = [backup(rules, n) for n in range(3)]
    forget(db, 1, 2)
    dice = random.Random(6)
    for _ in range(6):
        backup_child.killed_after(dice.uniform(0, 0.6), "after_forgetting", rules)
        assert all(is_sound(file) for file in files)
    after_forgetting(rules, LATER)
    assert found_in(rules.folder, [mark(1), mark(2)]) == []
    assert all(is_sound(file) for file in files)
