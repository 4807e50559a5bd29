"""What is forgotten is gone: from the table, from the file's bytes and from the log beside it."""

from __future__ import annotations

import random
import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.cases import Told
from bot.core.errors import StoreBusy
from bot.core.flags import Flag, State, Step
from bot.core.retention import Retention
from bot.store import StoreReader, open_database
from bot.store.cards import announced
from bot.store.forgetting import forget
from bot.store.keeping import keep
from bot.store.review import unannounced
from tests.builders import NOW, bytes_beside, decision, flag, gone, kept, post

RULES = Retention(decided_days=90, pending_days=365)
EVERYTHING = Retention(0, 1)
LATER = timedelta(days=4000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path, busy_seconds=0.05)
    yield opened
    opened.close()


def texts(db: Database) -> dict[int, str | None]:
    return {row.id: row.text for row in StoreReader(db).flags()}


def test_text_is_forgotten_after_the_days_of_its_state_and_not_a_day_sooner(db: Database) -> None:
    keep(db, kept(*(flag(post(n, f"text {n}"), at=NOW) for n in (1, 2, 3))))
    StoreReader(db).decide(decision(1, at=NOW + timedelta(days=10)))
    StoreReader(db).decide(decision(2, Step.DISMISS, at=NOW + timedelta(days=20)))
    assert forget(db, RULES, NOW + timedelta(days=100)) == 0
    assert forget(db, RULES, NOW + timedelta(days=101)) == 1
    assert texts(db) == {1: None, 2: "text 2", 3: "text 3"}
    assert forget(db, RULES, NOW + timedelta(days=111)) == 1
    assert forget(db, RULES, NOW + timedelta(days=365)) == 0
    assert forget(db, RULES, NOW + timedelta(days=366)) == 1
    assert set(texts(db).values()) == {None}


def test_what_was_decided_and_why_outlives_the_text(db: Database) -> None:
    keep(db, kept(flag(post(1, "text"))))
    StoreReader(db).decide(decision(1))
    forget(db, EVERYTHING, NOW + LATER)
    (row,) = StoreReader(db).flags()
    assert (row.text, list(row.spans), row.state) == (None, [], State.UPHELD)
    assert row.reasons
    assert db.execute("SELECT count(*) FROM decisions").fetchone()[0] == 1


def test_a_forgotten_flag_is_announced_to_nobody(db: Database) -> None:
    keep(db, kept(flag(post(1, "text"))))
    forget(db, EVERYTHING, NOW + LATER)
    assert unannounced(db, 9) == []


def test_not_a_byte_of_a_forgotten_text_is_left(db: Database, path: Path) -> None:
    """Through all that moves rows about in a file: growing rows, other sizes, forgetting in between, reopening."""
    dice = random.Random(1)
    marks: list[str] = []

    def marked(number: int) -> Flag:
        marks.append(f"MARKE{number:05d}" + "".join(dice.choices(string.ascii_letters, k=12)))
        text = " ".join([marks[-1]] * dice.choice([1, 2, 5, 20, 200]))
        message = post(dice.randrange(10**6), text, revision=number)
        return flag(message, at=NOW + timedelta(days=dice.randrange(min(300, 100 + 10 * (number // 20)))))

    for round_ in range(25):
        flags = [marked(round_ * 20 + n) for n in range(20)]
        keep(db, kept(*flags))
        announced(db, Told(dice.sample(range(1, len(marks) + 1), 10)), NOW)
        keep(db, kept(*(gone_like(each) for each in flags[::3])))
        for number in dice.sample(range(1, len(marks) + 1), 5):
            if StoreReader(db).flag(number).state is State.PENDING:
                StoreReader(db).decide(decision(number))
        if round_ % 5 == 4:
            forget(db, Retention(10, 100), NOW + timedelta(days=100 + 10 * round_))
    left = {text.split()[0] for text in texts(db).values() if text}
    before = bytes_beside(path)
    assert left
    assert all(mark.encode() in before for mark in left)
    assert not [mark for mark in marks if mark not in left and mark.encode() in before]

    forget(db, EVERYTHING, NOW + LATER)
    after = bytes_beside(path)
    assert not [mark for mark in marks if mark.encode() in after]


def gone_like(flagged: Flag):
    return type(gone(1))(flagged.message.id, flagged.message.channel, NOW)


def test_what_a_reader_still_keeps_in_the_file_is_said_and_goes_next_time(db: Database, path: Path) -> None:
    keep(db, kept(flag(post(1, "MARKENISTORA"))))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM flags").fetchone()[0] == 1
        with pytest.raises(StoreBusy, match="another program keeps it busy"):
            forget(db, EVERYTHING, NOW + LATER)
        assert texts(db) == {1: None}
        reader.execute("COMMIT")
    forget(db, EVERYTHING, NOW + LATER)
    assert b"MARKENISTORA" not in bytes_beside(path)
