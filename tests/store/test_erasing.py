"""Whoever is erased is in no byte of any file; what was decided stays, held cases too, and the record is whole."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.deeds import Deed, DeedKind
from bot.core.errors import BadInput, Refused, StoreBusy
from bot.core.flags import State
from bot.core.measures import Act, Measure
from bot.store import StoreReader, open_database, told
from bot.store.erasing import erase_person, scrub
from bot.store.history import earlier
from bot.store.holds import hold
from bot.store.keeping import keep
from bot.store.review import case, rule
from bot.store.schema_record import TRIGGERS
from bot.store.verifying import verify
from tests.builders import NOW, decision, flag, kept, post
from tests.erasing_town import found, mark, of, settle, who

PEOPLE, GOING = 2_000, 50
DEED = Deed(DeedKind.ERASURE, "Eva", "på egen begäran", NOW + timedelta(days=1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path, busy_seconds=0.05)
    yield opened
    opened.close()


def test_not_a_byte_of_whom_is_erased_is_left_and_everything_of_all_others_is(db: Database, path: Path) -> None:
    """Ids, messages' ids, words, names and notes, in UTF-8 and UTF-16, in the database and whatever lies beside it."""
    settle(db, PEOPLE, 6)
    going = sorted(random.Random(7).sample(range(1, PEOPLE + 1), GOING))
    before = found(path)
    assert of(range(1, PEOPLE + 1)) <= before
    for number in going:
        assert erase_person(db, who(number), DEED).cases == 1
    scrub(db)
    after = found(path)
    assert sorted(of(going) & after) == []
    # What others wrote names nobody else here but whom they reported, and that went with the report.
    assert of(set(range(1, PEOPLE + 1)) - set(going)) <= after
    assert verify(path).findings == []


def test_what_was_decided_when_and_by_whom_stays(db: Database) -> None:
    settle(db, 8)
    before = db.execute("SELECT id, step, by, motives, decided_at FROM decisions ORDER BY id").fetchall()
    erase_person(db, who(1), DEED)
    erase_person(db, who(2), DEED)
    after = db.execute("SELECT id, step, by, motives, decided_at FROM decisions ORDER BY id").fetchall()
    assert list(map(tuple, before)) == list(map(tuple, after))
    erased = case(db, 1)
    assert erased is not None
    assert (erased.is_erased, erased.state, erased.author) == (True, State.UPHELD, "")


def test_two_who_are_erased_are_not_taken_for_one_person(db: Database) -> None:
    settle(db, 8)
    for number in (1, 4, 7):
        erase_person(db, who(number), DEED)
    assert earlier(db, StoreReader(db).flag(7)) == []


def test_a_held_case_stays_as_it_is_and_is_told(db: Database, path: Path) -> None:
    settle(db, 8)
    keep(db, kept(flag(post(99, "annat", author=who(1)))))
    hold(db, [1], "Eva", "polisen", NOW)
    done = erase_person(db, who(1), DEED)
    assert (done.cases, done.kept) == (1, [1])
    assert mark(1) in (StoreReader(db).flag(1).text or "")
    assert StoreReader(db).flag(9).text is None
    assert verify(path).findings == []


def test_every_trigger_of_the_record_is_there_though_a_table_was_made_anew(db: Database) -> None:
    made = {row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()}
    assert {trigger.strip() for trigger in TRIGGERS} <= {trigger.strip() for trigger in made}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE flags SET text = NULL WHERE id = 1",
        "UPDATE flags SET author_id = '' WHERE id = 1",
        "UPDATE reports SET words = NULL WHERE flag_id = 1",
        "DELETE FROM reporters WHERE report_id = 1",
        "UPDATE appeals SET words = NULL WHERE flag_id = 1",
        "UPDATE statements SET author_id = '' WHERE flag_id = 1",
    ],
)
def test_the_database_itself_refuses_to_take_anything_from_a_held_case(db: Database, change: str) -> None:
    settle(db, 8)
    hold(db, [1], "Eva", "polisen", NOW)
    with pytest.raises(sqlite3.IntegrityError, match="the case is held"):
        db.execute(change)


def test_erasing_twice_and_a_stranger_change_nothing(db: Database, path: Path) -> None:
    settle(db, 8)
    erase_person(db, who(1), DEED)
    for stranger in (who(1), "123456789012345678", "'; DROP TABLE flags; --", "a\0b"):
        assert erase_person(db, stranger, DEED).cases == 0
    with pytest.raises(BadInput, match="an id of Discord's"):
        erase_person(db, " ", DEED)
    assert verify(path).findings == []


def test_while_a_measure_is_to_be_carried_out_nothing_is_erased(db: Database) -> None:
    """Otherwise a message that was to be deleted would stay, and nobody could find it any more."""
    keep(db, kept(flag(post(1, "text", author="7"))))
    StoreReader(db).decide(decision(1, measures=(Measure(Act.DELETE),)))
    with pytest.raises(Refused, match="still to be carried out in case 1"):
        erase_person(db, "7", DEED)
    assert StoreReader(db).flag(1).text == "text"
    assert db.execute("SELECT count(*) FROM deeds").fetchone()[0] == 0


def test_nobody_is_told_or_answered_any_more(db: Database) -> None:
    settle(db, 24)
    for number in range(1, 25):
        erase_person(db, who(number), DEED)
    assert told.due(db, 0, 99) == []
    assert db.execute("SELECT count(*) FROM appeals WHERE outcome IS NULL").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM answers").fetchone()[0] == 0


def test_a_decision_that_comes_while_a_case_is_erased_changes_nothing(db: Database, path: Path) -> None:
    """Whoever had it open is told that it is gone, by the bot and in the terminal."""
    keep(db, kept(flag(post(1, "text", author="7"))))
    erase_person(db, "7", DEED)
    ruling = rule(db, decision(1))
    assert ruling is not None
    assert (ruling.changed, ruling.case.is_erased) == (False, True)
    from bot import app

    with pytest.raises(Refused, match="flag 1 is erased"):
        app.decide(path, decision(1))
    assert db.execute("SELECT count(*) FROM decisions").fetchone()[0] == 0


def test_a_note_goes_only_with_its_key(db: Database) -> None:
    settle(db, 2)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute("UPDATE decisions SET note = ''")
    erase_person(db, who(1), DEED)
    for change in ("UPDATE decisions SET note = 'annat'", "UPDATE decisions SET by = 'annan'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)


def test_bytes_that_a_reader_keeps_are_said_and_go_the_next_time(db: Database, path: Path) -> None:
    settle(db, 8)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM flags").fetchone()
        erase_person(db, who(1), DEED)
        with pytest.raises(StoreBusy, match="another program keeps it busy"):
            scrub(db)
        assert StoreReader(db).flag(1).text is None
        reader.execute("COMMIT")
    scrub(db)
    assert not of([1]) & found(path)


def test_a_program_that_writes_meanwhile_is_waited_for_and_told_of(db: Database, path: Path) -> None:
    settle(db, 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="run this again"):
            scrub(db)
        writer.execute("COMMIT")
    scrub(db)
