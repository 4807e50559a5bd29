"""Is anything found that was changed behind the program's back, and nothing where all was done by it?"""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.anchors import Anchor, read_anchors
from bot.core.chain import Head
from bot.core.errors import BadInput, StoreError
from bot.core.verification import Finding, What
from bot.keys.secret import place_of
from bot.keys.signing import Signer
from bot.recording import anchored, verified
from bot.store.connection import open_database
from bot.store.keeping import keep
from tests.builders import FLAGGED, NOW, flag, kept, post
from tests.store.tampering import tamper, town

TRIES = 150


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "uppsikt.db"
    town(path)
    return path


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return copied(whole, tmp_path / "uppsikt.db")


def copied(whole: Path, path: Path) -> Path:
    for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        file.unlink(missing_ok=True)
    shutil.copy(whole, path)
    shutil.copy(place_of(whole), place_of(path))
    return path


def changed(path: Path, *statements: str) -> tuple[Finding, ...]:
    """What is found after somebody has changed the file with another program, guards away and back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, sql in guards:
            db.execute(sql)
    return tuple(verified(path).findings)


def test_what_the_program_did_is_whole(whole: Path) -> None:
    found = verified(whole)
    assert found.findings == []
    assert found.entries > 50
    assert found.last_head is not None


def test_every_tampering_is_found(whole: Path, tmp_path: Path) -> None:
    dice = random.Random(8)
    missed = []
    for _ in range(TRIES):
        path = copied(whole, tmp_path / "uppsikt.db")
        done = tamper(path, dice)
        if verified(path).is_whole:
            missed.append(done)
    assert missed == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE record SET at = '2020' WHERE seq = 7", Finding(What.ENTRY, 7)),
        ("DELETE FROM record WHERE seq BETWEEN 7 AND 9 AND kind = 'flag'", Finding(What.GAP, 7, 9)),
        ("UPDATE flags SET text = 'annat' WHERE id = 2", Finding(What.WORDS, 2, table="flags", row=2)),
        ("UPDATE flags SET author_id = '99' WHERE id = 1", Finding(What.FACTS, 1, table="flags", row=1)),
        ("UPDATE reports SET abusive_by = 'Eva'", Finding(What.ADDED, table="reports", row=1)),
        ("UPDATE flags SET state = 'dismissed' WHERE id = 1", Finding(What.STATE, table="flags", row=1)),
    ],
)
def test_it_is_said_where(copy: Path, statement: str, finding: Finding) -> None:
    assert finding in changed(copy, statement)


def test_one_changed_entry_is_one_finding(copy: Path) -> None:
    """What follows it is not blamed."""
    assert changed(copy, "UPDATE record SET subject = 3 WHERE seq = 1")[0] == Finding(What.ENTRY, 1)
    assert [each.seq for each in verified(copy).findings if each.what is What.ENTRY] == [1]


def test_a_missing_guard_is_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("DROP TRIGGER decisions_stay")
    assert verified(copy).findings == [Finding(What.GUARD, name="trigger decisions_stay")]


def test_without_the_key_file_all_but_the_end_is_seen(copy: Path) -> None:
    place_of(copy).unlink()
    found = verified(copy)
    assert (found.findings, found.key_is_here) == ([], False)
    assert changed(copy, "UPDATE flags SET text = 'annat' WHERE id = 2")
    assert not place_of(copy).exists(), "looking makes no key"


def test_what_a_bot_writes_meanwhile_disturbs_nothing(copy: Path) -> None:
    with closing(open_database(copy)) as db:
        db.execute("BEGIN IMMEDIATE")
        keep(db, kept(flag(post(900, FLAGGED))))
        assert verified(copy).findings == []
        db.execute("COMMIT")
    assert verified(copy).findings == []


def test_an_anchor_is_found_in_the_record_for_ever(copy: Path) -> None:
    anchor = anchored(copy, NOW + timedelta(days=1))
    assert anchor is not None
    with closing(open_database(copy)) as db:
        keep(db, kept(flag(post(900, FLAGGED))))
    folded = str(anchor).replace(" 2026-", "\n2026-")  # as a letter has it
    assert read_anchors(f"Hej!\n{folded}\nHälsningar") == [anchor]
    assert verified(copy, [anchor]).findings == []


def test_a_record_that_was_written_anew_does_not_hold_an_old_anchor(whole: Path, tmp_path: Path) -> None:
    """Even by whoever has the key: what was printed cannot be changed."""
    anchor = anchored(whole, NOW + timedelta(days=1))
    assert anchor is not None
    town(tmp_path / "other.db")
    found = verified(tmp_path / "other.db", [anchor])
    assert list(found.findings) == [Finding(What.ANCHOR, anchor.head.seq)]


def test_an_anchor_that_nobody_signed_is_refused(copy: Path) -> None:
    signer = Signer(bytes(32))
    forged = Anchor(Head(3, bytes(32), "2026-01-26T08:00:00.000+00:00"), signer.public, bytes(64))
    with pytest.raises(BadInput, match="not as it was signed"):
        verified(copy, [forged])
    with pytest.raises(BadInput, match="no anchor"):
        read_anchors("uppsikt-anchor 1 sju åtta")


def test_a_database_without_a_record_is_no_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE notes (text TEXT)")
    with pytest.raises(StoreError, match="has no record"):
        verified(path)
    with pytest.raises(BadInput, match="no such database"):
        verified(tmp_path / "none.db")
    (tmp_path / "torn.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="not a whole SQLite database"):
        verified(tmp_path / "torn.db")
