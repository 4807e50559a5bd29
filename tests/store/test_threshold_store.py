"""Changes of thresholds are kept for good, whole or not at all, and of two admins at once the second is told."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.tuning.changes import EVERYWHERE, Proposal, State, Values, Where
from bot.core.tuning.in_force import in_force
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.store import open_database, threshold_changes
from bot.store.keeping import begin
from bot.store.threshold_changes import apply, change, changes, channels, last_applied, propose, undo, withdraw
from tests.builders import NOW, SQUARE, THREAD, policy

RULES = policy(groups={"youth": frozenset({"#torget"})})
MODEL = "fake@0"
FIGURES = {"flags a day": {"now": 3.5, "then": 7.25}, "note": "åäö \ud83d", "none": None}
ADMINS = 8


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(open_database(path)) as opened:
        begin(opened, [SQUARE, THREAD], {})
        yield opened


def proposal(values: Values | None = None, where: Where = EVERYWHERE, **slots: object) -> Proposal:
    """Karin's proposal for a lower threshold."""
    given: dict[str, object] = {"by": "Karin", "at": NOW, "why": "för många missas", "model": MODEL, **slots}
    return Proposal(where, {"flag": 0.4} if values is None else values, **given)  # type: ignore[arg-type]


def test_a_change_is_read_back_with_everything_that_was_said_of_it(db: Database) -> None:
    where = Where(channel=SQUARE.id)
    made = propose(db, proposal({"flag": 0.4, "threat": None}, where, figures={"flags a day": 3.5, "of": None}), RULES)
    assert changes(db) == [made]
    assert made.state is State.PROPOSED
    applied = apply(db, made.number, "Ola", NOW, MODEL)
    assert changes(db) == [applied]
    assert (applied.proposal, applied.state, applied.by, applied.at) == (made.proposal, State.APPLIED, "Ola", NOW)
    assert in_force(RULES, changes(db)).limits(THREAD)["flag"] == 0.4


def test_hostile_words_are_kept_as_far_as_sqlite_can_hold_them(db: Database) -> None:
    made = change(db, proposal(why="'; DROP TABLE flags; -- \ud83d", figures=FIGURES), RULES)
    (read,) = changes(db)
    assert read.proposal.why.startswith("'; DROP TABLE flags; --")
    assert read.proposal.figures["flags a day"] == FIGURES["flags a day"]
    assert made.number == 1


def test_figures_that_are_no_numbers_are_not_kept(db: Database) -> None:
    with pytest.raises(ValueError, match="JSON"):
        change(db, proposal(figures={"precision": float("nan")}), RULES)
    assert changes(db) == []


def test_what_the_rules_refuse_leaves_no_trace(db: Database) -> None:
    for given in (proposal({"flag": 2.0}), proposal(where=Where(channel="9")), proposal(base=7)):
        with pytest.raises(Unchanged):
            change(db, given, RULES)
    assert (changes(db), last_applied(db)) == ([], 0)


def test_a_proposal_is_withdrawn_or_applied_and_then_over(db: Database) -> None:
    first, second = propose(db, proposal(), RULES), propose(db, proposal({"flag": 0.3}), RULES)
    withdraw(db, first.number, "Ola", NOW)
    apply(db, second.number, "Karin", NOW, MODEL)
    for number, why in (
        (first.number, Objection.WITHDRAWN),
        (second.number, Objection.APPLIED),
        (9, Objection.UNKNOWN),
    ):
        with pytest.raises(Unchanged) as caught:
            apply(db, number, "Karin", NOW, MODEL)
        assert caught.value.why is why
    assert last_applied(db) == second.number


def test_a_waiting_proposal_is_stale_once_somebody_changed_the_thresholds(db: Database) -> None:
    waiting = propose(db, proposal(), RULES)
    change(db, proposal({"threat": 0.3}, by="Ola"), RULES)
    with pytest.raises(Unchanged, match="Ola changed the thresholds after this was proposed"):
        apply(db, waiting.number, "Karin", NOW, MODEL)
    assert last_applied(db) == 2


def test_a_waiting_proposal_with_another_models_figures_is_not_applied(db: Database) -> None:
    waiting = propose(db, proposal(model="old@1"), RULES)
    with pytest.raises(Unchanged, match="the figures are of the model old@1"):
        apply(db, waiting.number, "Karin", NOW, MODEL)


def test_a_change_is_taken_back_by_one_more_change_that_names_it(db: Database) -> None:
    change(db, proposal(), RULES)
    back = undo(db, 1, "Ola", NOW, "det blev för mycket", model=MODEL, figures={"flags a day": 2})
    assert (back.number, back.proposal.undoes, back.proposal.values) == (2, 1, {"flag": None})
    assert back.proposal.figures == {"flags a day": 2}
    assert last_applied(db) == 2
    assert in_force(RULES, changes(db)).thresholds == RULES.thresholds
    with pytest.raises(Unchanged, match="taken back already"):
        undo(db, 1, "Karin", NOW, "igen")


def test_a_change_of_a_group_that_the_configuration_names_no_more_can_be_taken_back(db: Database) -> None:
    change(db, proposal(where=Where(group="youth")), RULES)
    assert undo(db, 1, "Karin", NOW, "gruppen finns inte").applied


def test_the_clock_that_went_backwards_changes_no_order(db: Database) -> None:
    change(db, proposal({"flag": 0.4}), RULES)
    change(db, proposal({"flag": 0.3}, base=1, at=NOW.replace(year=2020)), RULES)
    assert [each.number for each in changes(db)] == [1, 2]
    assert in_force(RULES, changes(db)).thresholds["flag"] == 0.3


def test_threads_and_their_channels_are_known_by_id(db: Database) -> None:
    assert channels(db) == {SQUARE.id: SQUARE, THREAD.id: THREAD}


def test_of_many_admins_at_the_same_moment_one_changes_and_the_others_are_told(path: Path, db: Database) -> None:
    """Each with a connection and a thread of their own, all upon the same figures."""
    ready = threading.Barrier(ADMINS)
    told: list[str] = []

    def admin(number: int) -> None:
        with closing(open_database(path, busy_seconds=30)) as own:
            ready.wait(20)
            try:
                change(own, proposal({"flag": round(0.1 + number / 20, 2)}, by=f"Admin {number}"), RULES)
            except Unchanged as problem:
                told.append(str(problem))

    threads = [threading.Thread(target=admin, args=(number,)) for number in range(ADMINS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    (made,) = changes(db)
    assert made.applied
    assert told == [
        f"{made.by} changed the thresholds after this was proposed (change 1): look at the figures again"
    ] * (ADMINS - 1)


@pytest.mark.parametrize("table", ["threshold_changes", "threshold_steps"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET by = 'Ola'",
        "DELETE FROM {}",
        "INSERT OR REPLACE INTO {} SELECT * FROM {}",
    ],
)
def test_what_is_on_record_cannot_be_rewritten_by_any_program(
    path: Path, db: Database, table: str, statement: str
) -> None:
    change(db, proposal(), RULES)
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.Error, match=r"append-only|uppsikt_entry"):
        other.execute(statement.replace("{}", table))


def test_no_program_brings_a_stale_proposal_into_force(path: Path, db: Database) -> None:
    propose(db, proposal(), RULES)
    change(db, proposal({"flag": 0.3}), RULES)
    with (
        closing(sqlite3.connect(path)) as other,
        pytest.raises(sqlite3.Error, match=r"after this was proposed|uppsikt_entry"),
    ):
        other.execute("INSERT INTO threshold_steps VALUES (1, 'apply', 'Ola', '2026-01-26')")


def test_a_glance_at_the_last_change_reads_no_table(db: Database) -> None:
    """It is asked every few seconds for as long as the bot lives."""
    plan = db.execute("EXPLAIN QUERY PLAN SELECT max(change_id) FROM threshold_steps WHERE step = 'apply'").fetchall()
    assert ["threshold_steps_applied" in row["detail"] for row in plan] == [True]


def test_the_table_can_be_read_with_any_tool(path: Path, db: Database) -> None:
    threshold_changes.change(db, proposal({"flag": 0.4}, Where(group="youth")), RULES)
    with closing(sqlite3.connect(path)) as other:
        row = other.execute("SELECT scope, place, thresholds, by, why FROM threshold_changes").fetchone()
    assert (*row[:2], json.loads(row[2]), *row[3:]) == ("group", "youth", {"flag": 0.4}, "Karin", "för många missas")
