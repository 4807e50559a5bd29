"""The queue gives the most urgent flag first at the same cost for any number; what is decided is decided once."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.cases import Card, Case, Told
from bot.core.flags import Flag, Reason, State, Step
from bot.core.messages import Channel
from bot.core.urgency import urgency
from bot.store import open_database
from bot.store.cards import announced, behind, gone, of_flag, shown
from bot.store.keeping import keep
from bot.store.queue import NEXT
from bot.store.review import case, next_case, rule, seen
from bot.store.schema import migrations
from tests.builders import FLAGGED, NOW, decision, edit, flag, kept, post
from tests.builders import gone as withdrawn

HERE = ["1"]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "uppsikt.db")


def of_urgency(number: int, *labels: str, value: float = 0.95, guild: str = "1") -> Flag:
    """The number-th message's flag, for these labels."""
    reasons = tuple(Reason("threshold", label, value, 0.5) for label in labels or ("flag",))
    return replace(flag(post(number, FLAGGED, Channel("100", "torget", guild))), reasons=reasons)


def known(db: Database, number: int = 1) -> Case:
    found = case(db, number)
    assert found is not None
    return found


def in_order(db: Database) -> list[int]:
    """The queue as it is worked off by one who decides each."""
    order = []
    while found := next_case(db, HERE, ()):
        order.append(found.id)
        rule(db, decision(found.id, Step.DISMISS))
    return order


# The queue.


def test_threats_come_first_then_the_surest_then_the_oldest(db: Database) -> None:
    keep(
        db,
        kept(
            of_urgency(1, value=0.6),
            of_urgency(2, value=0.95),
            of_urgency(3, "threat", value=0.6),
            of_urgency(4, value=0.99),
            of_urgency(5, "flag", "threat", value=0.95),
        ),
    )
    assert in_order(db) == [5, 3, 2, 4, 1]


def test_what_others_look_at_is_left_out(db: Database) -> None:
    keep(db, kept(*map(of_urgency, range(1, 4))))
    found = next_case(db, HERE, [1, 2])
    assert found is not None
    assert found.id == 3
    assert next_case(db, HERE, [1, 2, 3]) is None


def test_servers_are_kept_apart_and_over_several_the_most_urgent_is_first(db: Database) -> None:
    keep(db, kept(of_urgency(1), of_urgency(2, "threat", guild="2"), of_urgency(3, guild="3")))
    assert [getattr(next_case(db, guilds, ()), "id", None) for guilds in (["1"], ["3", "2", "1"], ["4"], [])] == [
        1, 2, None, None,
    ]  # fmt: skip


def test_the_queue_is_read_from_its_index_without_sorting(db: Database) -> None:
    plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {NEXT}", ["1", "", "[]"]).fetchall()]
    assert any("INDEX flags_queue (guild_id=? AND waits=?)" in step for step in plan)
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN flags") for step in plan)


def test_the_next_flag_costs_the_same_among_a_hundred_thousand(tmp_path: Path) -> None:
    small, large = open_database(tmp_path / "small.db"), open_database(tmp_path / "large.db")
    dice = random.Random(1)
    for db, count in ((small, 100), (large, 100_000)):
        keep(db, kept(of_urgency(1)))
        columns = ", ".join(
            row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall() if row["name"] != "id"
        )
        copied = columns.replace("message_id", "n", 1).replace("urgency", "abs(random()) % 6")
        db.execute(
            f"""INSERT INTO flags ({columns}) WITH RECURSIVE numbers(n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1})
            SELECT {copied} FROM numbers, (SELECT * FROM flags WHERE id = 1)"""
        )
        assert db.execute("SELECT count(*) FROM flags WHERE state = 'pending'").fetchone()[0] == count
    took: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(300):  # in turns, so that whatever else runs on the machine disturbs both alike
        for is_large in (True, False):
            db, others = (large if is_large else small), dice.sample(range(1, 101), 20)
            began = time.perf_counter()
            assert next_case(db, HERE, others) is not None
            took[is_large].append(time.perf_counter() - began)
    assert sorted(took[True])[150] < 2 * sorted(took[False])[150]


# One flag.


def test_only_the_first_look_is_noted(db: Database) -> None:
    keep(db, kept(of_urgency(1), of_urgency(2)))
    seen(db, 1, NOW)
    seen(db, 1, NOW.replace(year=2030))
    rule(db, decision(2))
    moments = [row["seen_at"] for row in db.execute("SELECT seen_at FROM flags ORDER BY id").fetchall()]
    assert moments == [NOW.isoformat(timespec="milliseconds")] * 2


@pytest.mark.parametrize("number", [0, -1, 2, 10**30])
def test_a_flag_that_is_not_there_is_none(db: Database, number: int) -> None:
    keep(db, kept(of_urgency(1)))
    assert case(db, number) is None
    assert rule(db, decision(number)) is None


def test_the_first_decision_stands_and_the_second_learns_of_it(db: Database) -> None:
    keep(db, kept(of_urgency(1)))
    first = rule(db, decision(1, Step.UPHOLD, "1", motives=("other",), note="så är det"))
    second = rule(db, decision(1, Step.DISMISS, "2"))
    again = rule(db, decision(1, Step.UPHOLD, "3"))
    assert first is not None
    assert second is not None
    assert again is not None
    assert [first.changed, second.changed, again.changed] == [True, False, False]
    assert first.case == second.case == again.case == known(db)
    assert known(db).state is State.UPHELD
    assert known(db).decision == decision(1, Step.UPHOLD, "1", motives=("other",), note="så är det")


def test_a_flag_without_its_text_is_neither_queued_nor_decided(db: Database) -> None:
    keep(db, kept(of_urgency(1)))
    db.execute("UPDATE flags SET text = NULL")
    ruling = rule(db, decision(1))
    assert ruling is not None
    assert (ruling.changed, ruling.case.forgotten, ruling.case.is_open) == (False, True, False)
    assert next_case(db, HERE, ()) is None


# Edits.


def test_an_edit_is_noted_on_what_was_flagged_before_it_and_not_on_what_is_flagged_in_it(db: Database) -> None:
    keep(db, kept(flag(post(1, FLAGGED)), flag(edit(1, f"{FLAGGED}!", revision=1_000_000))))
    assert [known(db, number).edited_at is not None for number in (1, 2)] == [True, False]


def test_an_edit_read_again_changes_nothing(db: Database) -> None:
    changes = kept(flag(post(1, FLAGGED)), flag(edit(1, f"{FLAGGED}!", revision=1_000_000)))
    keep(db, changes)
    before = list(db.conn.iterdump())
    keep(db, changes)
    assert list(db.conn.iterdump()) == before


# Cards.


def a_card(db: Database, message: str = "500") -> Card:
    keep(db, kept(of_urgency(1)))
    announced(db, Told([1], [Card(1, "9", message, 0)]), NOW)
    [found] = of_flag(db, 1)
    return found


def test_a_card_is_behind_after_whatever_it_should_show(db: Database) -> None:
    card = a_card(db)
    assert behind(db, 0, 9) == []
    changes = [
        lambda: keep(db, kept(withdrawn(1))),
        lambda: rule(db, decision(1)),
        lambda: db.execute("UPDATE flags SET text = NULL"),
    ]
    for change in changes:
        change()
        assert [each.message for each in behind(db, 0, 9)] == ["500"]
        assert behind(db, card.id, 9) == []
        shown(db, replace(card, version=known(db).version))
        assert behind(db, 0, 9) == []


def test_a_first_look_puts_no_card_behind(db: Database) -> None:
    a_card(db)
    seen(db, 1, NOW)
    assert behind(db, 0, 9) == []


def test_a_card_that_hangs_there_only_after_the_decision_is_behind(db: Database) -> None:
    keep(db, kept(of_urgency(1)))
    rule(db, decision(1))
    announced(db, Told([1], [Card(1, "9", "500", 0)]), NOW)
    assert len(behind(db, 0, 9)) == 1


def test_a_card_that_shows_an_older_version_again_is_behind_again(db: Database) -> None:
    card = a_card(db)
    rule(db, decision(1))
    shown(db, replace(card, version=known(db).version))
    shown(db, replace(card, version=0))
    assert len(behind(db, 0, 9)) == 1


def test_a_card_that_is_gone_is_not_behind(db: Database) -> None:
    card = a_card(db)
    rule(db, decision(1))
    gone(db, card)
    assert behind(db, 0, 9) == of_flag(db, 1) == []


def test_cards_that_are_behind_are_found_by_their_index(db: Database) -> None:
    query = "SELECT * FROM cards WHERE shown < due AND id > ? ORDER BY id LIMIT ?"
    plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", [0, 9]).fetchall()]
    assert ["cards_behind" in step for step in plan] == [True]


# The migration.


def test_flags_of_an_older_database_get_their_urgency(tmp_path: Path) -> None:
    flags = [
        of_urgency(1, value=0.6),
        of_urgency(2, "flag", value=0.7),
        of_urgency(3, "threat", "flag", value=0.9),
        replace(of_urgency(4), reasons=(Reason("watchlist", "threat"),)),
    ]
    db = open_database(tmp_path / "old.db")
    keep(db, kept(*flags))
    db.execute("UPDATE flags SET urgency = 0")
    backfill = next(statement for statement in statements() if "UPDATE flags SET urgency" in statement)
    db.execute(backfill)
    found = [row["urgency"] for row in db.execute("SELECT urgency FROM flags ORDER BY id").fetchall()]
    assert found == [0, 1, 5, 0]
    finer = next(statement for statement in statements("m009_reports") if "UPDATE flags SET urgency" in statement)
    db.execute(finer)
    found = [row["urgency"] for row in db.execute("SELECT urgency FROM flags ORDER BY id").fetchall()]
    assert found == [urgency(each) for each in flags]


def statements(name: str = "m002_cards_and_queue") -> list[str]:
    """What a migration executes."""
    [wanted] = [migration for migration in migrations._migrations if migration.name == name]

    class Recorder:
        told: list[str] = []

        def execute(self, statement: str) -> None:
            self.told.append(statement)

    recorder = Recorder()
    wanted.fn(recorder)  # type: ignore[arg-type]
    return recorder.told
