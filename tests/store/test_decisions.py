"""People decide, once, and what they decided cannot be unwritten."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.cases import Case
from bot.core.errors import Refused
from bot.core.flags import State, Step
from bot.core.measures import Act, Measure
from bot.store import Decided, StoreReader, open_database
from bot.store.keeping import keep
from bot.store.review import case
from tests.builders import NOW, decision, flag, kept, post


@pytest.fixture
def db(tmp_path: Path) -> Database:
    opened = open_database(tmp_path / "uppsikt.db")
    keep(opened, kept(flag(post(1)), flag(post(2))))
    return opened


def known(db: Database) -> Case:
    found = case(db, 1)
    assert found is not None
    return found


def decisions(db: Database) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute("SELECT flag_id, step, by, motives, note FROM decisions").fetchall()]


def test_a_decision_is_written_with_who_took_it_and_moves_the_flag(db: Database) -> None:
    wish = decision(1, Step.UPHOLD, "  Maja Öst ", motives=("misogyny",), note="se tråden")
    assert StoreReader(db).decide(wish) == Decided(State.UPHELD, True)
    assert decisions(db) == [(1, "uphold", "Maja Öst", '["misogyny"]', "se tråden")]
    assert [row.state for row in StoreReader(db).flags()] == [State.UPHELD, State.PENDING]


def test_the_same_decision_again_is_not_written_again(db: Database) -> None:
    StoreReader(db).decide(decision())
    again = StoreReader(db).decide(decision(by="Per", at=NOW + timedelta(days=1)))
    assert again == Decided(State.UPHELD, False)
    assert len(decisions(db)) == 1


def test_a_refused_decision_leaves_nothing(db: Database) -> None:
    StoreReader(db).decide(decision(1, Step.DISMISS))
    for wish in (decision(1), decision(2, by=" "), decision(2, motives=("ilska",)), decision(99), decision(2**70)):
        with pytest.raises(Refused):
            StoreReader(db).decide(wish)
    assert len(decisions(db)) == 1
    assert StoreReader(db).flag(2).state is State.PENDING
    assert not db.conn.in_transaction


def test_of_two_who_decide_at_once_one_is_first_and_the_other_is_told(db: Database, tmp_path: Path) -> None:
    def at_once(step: Step) -> object:
        other = open_database(tmp_path / "uppsikt.db")
        try:
            return StoreReader(other).decide(decision(1, step))
        except Refused as problem:
            return problem
        finally:
            other.close()

    with ThreadPoolExecutor(2) as people:
        results = list(people.map(at_once, (Step.UPHOLD, Step.DISMISS)))
    first = next(result for result in results if isinstance(result, Decided))
    assert first.changed
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert len(decisions(db)) == 1
    assert StoreReader(db).flag(1).state is first.state


def test_measures_are_kept_with_their_decision_and_a_reopened_flag_can_be_decided_again(db: Database) -> None:
    chosen = (Measure(Act.DELETE), Measure(Act.TIMEOUT, timedelta(hours=1)))
    StoreReader(db).decide(decision(measures=chosen))
    assert known(db).decision == decision(measures=chosen)
    StoreReader(db).decide(decision(step=Step.REOPEN, by="Åsa"))
    assert known(db).is_open
    StoreReader(db).decide(decision(step=Step.DISMISS, by="Åsa"))
    assert known(db).state is State.DISMISSED
    assert [row[1] for row in decisions(db)] == ["uphold", "reopen", "dismiss"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET by = 'någon annan'",
        "UPDATE decisions SET note = '' WHERE flag_id = 1",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions (id, flag_id, step, by, motives, decided_at)"
        " VALUES (1, 1, 'dismiss', 'någon annan', '[]', '')",
        "REPLACE INTO decisions (id, flag_id, step, by, motives, decided_at) VALUES (1, 1, 'dismiss', 'X', '[]', '')",
    ],
)
def test_a_decision_cannot_be_changed_or_removed_by_any_tool(db: Database, tmp_path: Path, statement: str) -> None:
    StoreReader(db).decide(decision())
    before = decisions(db)
    with (
        pytest.raises(sqlite3.Error, match=r"append-only|uppsikt_entry"),
        sqlite3.connect(tmp_path / "uppsikt.db") as tool,
    ):
        tool.execute(statement)
    tool.close()
    assert decisions(db) == before


def test_a_flag_with_a_decision_cannot_be_removed_from_under_it(db: Database) -> None:
    StoreReader(db).decide(decision())
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM flags WHERE id = 1")


def test_a_name_of_bytes_that_are_no_text_is_kept_as_far_as_it_can_be_read(db: Database) -> None:
    StoreReader(db).decide(decision(by="Maj\udce5", note="\udcff"))
    assert decisions(db)[0][2:] == ("Maj?", json.dumps([]), "?")


def test_flags_are_listed_by_state_in_the_order_in_which_they_came(db: Database) -> None:
    StoreReader(db).decide(decision(2))
    assert [row.id for row in StoreReader(db).flags()] == [1, 2]
    assert [row.id for row in StoreReader(db).flags(State.PENDING)] == [1]
    assert [row.id for row in StoreReader(db).flags(State.UPHELD)] == [2]
    assert [row.id for row in StoreReader(db).flags(limit=1)] == [1]
