"""What others say of a case is kept for ever, and decides in one transaction what becomes of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.cases import Card, Case, Ruling, Told
from bot.core.flags import Flag, Reason, State, Step
from bot.core.opinions import Course, Escalation, Kind, Lean, Opinion, Turn, Waits
from bot.core.retention import Retention
from bot.store import StoreReader, open_database
from bot.store.cards import announced, behind, shown
from bot.store.forgetting import forget
from bot.store.keeping import keep
from bot.store.opining import UNTOLD, ask, escalate, reread, told, untold
from bot.store.opinions import pairs
from bot.store.queue import REREAD, WAITING
from bot.store.review import case, next_case, rule
from tests.builders import FLAGGED, NOW, decision, flag, kept, post

HERE = ["1"]
LATER = NOW + timedelta(days=14)
MO, MY, LEA = "11", "22", "33"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    opened = open_database(tmp_path / "uppsikt.db")
    keep(opened, kept(a_flag(1)))
    return opened


def a_flag(number: int, label: str = "flag", value: float = 0.95) -> Flag:
    return replace(flag(post(number, FLAGGED)), reasons=(Reason("threshold", label, value, 0.5),))


def known(db: Database, number: int = 1) -> Case:
    found = case(db, number)
    assert found is not None
    return found


def asked(number: int = 1, lean: Lean = Lean.UPHOLD, by: str = MO, **slots: object) -> Opinion:
    return Opinion(number, Kind.ASKED, by, lean, NOW, **slots)  # type: ignore[arg-type]


def ruled(db: Database, step: Step, by: str, number: int = 1, *, leads: bool = False, drawn: bool = False) -> Ruling:
    done = rule(db, decision(number, step, by), leads=leads, again_until=LATER if drawn else None)
    assert done is not None
    return done


def turn(who: str, leads: bool = False, at: datetime = NOW) -> Turn:
    return Turn(who, at, leads)


def offered(db: Database, who: str, leads: bool = False) -> int | None:
    return getattr(next_case(db, HERE, (), turn(who, leads)), "id", None)


def steps(db: Database, number: int = 1) -> list[tuple[str, str]]:
    rows = db.execute("SELECT step, by FROM decisions WHERE flag_id = ? ORDER BY id", [number]).fetchall()
    return [(row["step"], row["by"]) for row in rows]


# Asked for.


def test_a_case_that_waits_for_another_is_offered_to_everybody_but_the_asker_and_before_its_like(db: Database) -> None:
    keep(db, kept(a_flag(2), a_flag(3, "threat")))
    ask(db, asked(2))
    assert known(db, 2).waits is Waits.ANOTHER
    assert offered(db, MO) == offered(db, MY) == 3
    ruled(db, Step.DISMISS, MY, 3)
    assert (offered(db, MO), offered(db, MY)) == (1, 2)
    ruled(db, Step.DISMISS, MY)
    assert offered(db, MO) is None


def test_the_asker_cannot_decide_and_nothing_is_written(db: Database) -> None:
    ask(db, asked())
    done = ruled(db, Step.UPHOLD, MO, leads=True)
    assert (done.changed, done.course, done.case.state) == (False, Course.ASKER, State.PENDING)
    assert steps(db) == []


@pytest.mark.parametrize("lean", [Lean.UPHOLD, Lean.UNSURE])
def test_an_answer_that_agrees_is_the_decision_and_both_are_known(db: Database, lean: Lean) -> None:
    ask(db, asked(lean=lean, motives=("misogyny",), note="tveksamt"))
    done = ruled(db, Step.UPHOLD, MY)
    assert (done.changed, done.course, done.case.state) == (True, Course.DECISION, State.UPHELD)
    assert [(each.kind, each.by, each.lean) for each in done.case.opinions] == [
        (Kind.ASKED, MO, lean),
        (Kind.SECOND, MY, Lean.UPHOLD),
    ]
    assert done.case.opinions[0].note == "tveksamt"
    assert steps(db) == [("uphold", MY)]


def test_an_answer_that_disagrees_is_an_opinion_and_a_third_decides_for_good(db: Database) -> None:
    ask(db, asked())
    done = ruled(db, Step.DISMISS, MY)
    assert (done.changed, done.course, done.case.waits) == (True, Course.OPINION, Waits.JOINT)
    assert (done.case.state, steps(db)) == (State.PENDING, [])
    for who in (MO, MY):
        assert ruled(db, Step.UPHOLD, who).course is Course.GIVEN
        assert offered(db, who) is None
    assert offered(db, LEA) == 1
    third = ruled(db, Step.DISMISS, LEA)
    assert (third.case.state, third.case.waits) == (State.DISMISSED, Waits.ANYONE)
    assert steps(db) == [("dismiss", LEA)]
    assert [each.by for each in third.case.opinions] == [MO, MY]


def test_a_lead_decides_jointly_also_after_an_opinion_but_reads_everything_else_first(db: Database) -> None:
    ask(db, asked())
    ruled(db, Step.DISMISS, LEA, leads=True)
    keep(db, kept(a_flag(2, value=0.6)))
    assert offered(db, LEA, leads=True) == 2
    ruled(db, Step.DISMISS, LEA, 2)
    assert offered(db, LEA, leads=True) == 1
    assert ruled(db, Step.DISMISS, LEA, leads=True).case.state is State.DISMISSED


def test_a_case_can_be_asked_about_once_and_only_while_it_waits_for_anyone(db: Database) -> None:
    assert [getattr(ask(db, asked(by=who)), "changed", None) for who in (MO, MO, MY)] == [True, False, False]
    ruled(db, Step.UPHOLD, MY)
    again = ask(db, asked(by=LEA))
    assert again is not None
    assert (again.changed, again.case.state) == (False, State.UPHELD)
    assert ask(db, asked(99)) is None
    assert escalate(db, Escalation(99, MO, NOW)) is None


def test_what_was_said_before_a_reopening_counts_no_more(db: Database) -> None:
    ask(db, asked())
    ruled(db, Step.UPHOLD, MY)
    StoreReader(db).decide(decision(1, Step.REOPEN, LEA))
    assert (known(db).opinions, known(db).waits) == ((), Waits.ANYONE)
    assert offered(db, MO) == 1
    assert ruled(db, Step.DISMISS, MO).case.state is State.DISMISSED


def test_of_two_second_readers_at_once_one_answers_and_the_other_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "both.db"
    with closing(open_database(path)) as db:
        keep(db, kept(*map(a_flag, range(1, 21))))
        for number in range(1, 21):
            ask(db, asked(number))

    def answer(who: str) -> list[Ruling]:
        with closing(open_database(path)) as own:
            step = Step.UPHOLD if who == MY else Step.DISMISS
            return [ruled(own, step, who, number) for number in range(1, 21)]

    with ThreadPoolExecutor(2) as people:
        found = list(people.map(answer, [MY, LEA]))
    with closing(open_database(path)) as db:
        for number in range(1, 21):
            kinds = [each.kind for each in known(db, number).opinions]
            assert kinds == [Kind.ASKED, Kind.SECOND]  # never two answers
            assert known(db, number).is_open is (steps(db, number) == [])
        assert all(one.changed or other.changed for one, other in zip(*found, strict=True))


# Drawn.


def test_a_drawn_decision_stands_and_is_offered_blind_to_somebody_else_after_threats(db: Database) -> None:
    assert ruled(db, Step.UPHOLD, MO, drawn=True).case.state is State.UPHELD
    keep(db, kept(a_flag(2, "threat", 0.6), a_flag(3), a_flag(4, value=0.6)))
    assert offered(db, MY) == 2
    ruled(db, Step.DISMISS, LEA, 2)
    shown_again = next_case(db, HERE, (), turn(MY))
    assert shown_again is not None
    assert (shown_again.id, shown_again.is_open, shown_again.is_reread, shown_again.decision) == (1, True, True, None)
    assert offered(db, MO) == 3
    assert getattr(next_case(db, HERE, [1], turn(MY)), "id", None) == 3


def test_a_drawn_threat_does_not_come_before_one_that_is_open(db: Database) -> None:
    keep(db, kept(a_flag(2, "threat"), a_flag(3, "threat", 0.6)))
    ruled(db, Step.UPHOLD, MO, 2, drawn=True)
    assert offered(db, MY) == 3


def test_a_second_reader_who_agrees_changes_nothing_but_what_is_known(db: Database) -> None:
    ruled(db, Step.UPHOLD, MO, drawn=True)
    done = reread(db, decision(1, Step.UPHOLD, MY))
    assert done is not None
    assert (done.agreed, done.case.state, steps(db)) == (True, State.UPHELD, [("uphold", MO)])
    assert offered(db, LEA) is None
    assert len(pairs(db, HERE)) == 1


def test_a_second_reader_who_disagrees_reopens_it_for_a_joint_decision(db: Database) -> None:
    rule(db, decision(1, Step.UPHOLD, MO, motives=("other",), note="tydligt"), again_until=LATER)
    done = reread(db, decision(1, Step.DISMISS, MY, note="tvärtom"))
    assert done is not None
    assert (done.agreed, done.case.state, done.case.waits) == (False, State.PENDING, Waits.JOINT)
    assert steps(db) == [("uphold", MO), ("reopen", MY)]
    assert [(each.by, each.lean, each.motives, each.note) for each in done.case.opinions] == [
        (MO, Lean.UPHOLD, ("other",), "tydligt"),
        (MY, Lean.DISMISS, (), "tvärtom"),
    ]
    for who in (MO, MY):
        assert ruled(db, Step.DISMISS, who).course is Course.GIVEN
        assert offered(db, who) is None
    assert offered(db, LEA) == 1
    final = ruled(db, Step.UPHOLD, LEA, drawn=True)
    assert final.case.state is State.UPHELD
    assert [each.by for each in final.case.opinions] == [MO, MY]
    assert offered(db, MY) is None  # two have read it: it is not drawn again


def test_nobody_reads_their_own_decision_again_nor_a_second_time(db: Database) -> None:
    ruled(db, Step.UPHOLD, MO, drawn=True)
    for answer in (decision(1, Step.DISMISS, MO), decision(1, Step.DISMISS, MY, at=LATER)):
        done = reread(db, answer)
        assert done is not None
        assert (done.agreed, done.case.state) == (None, State.UPHELD)
    reread(db, decision(1, Step.UPHOLD, MY))
    late = reread(db, decision(1, Step.DISMISS, LEA))
    assert late is not None
    assert (late.agreed, late.case.state) == (None, State.UPHELD)
    assert reread(db, decision(99, Step.UPHOLD, MY)) is None


def test_a_reading_that_was_never_offered_changes_nothing(db: Database) -> None:
    for _ in range(2):
        done = reread(db, decision(1, Step.DISMISS, MY))
        assert done is not None
        assert done.agreed is None
        ruled(db, Step.UPHOLD, MO)
    assert steps(db) == [("uphold", MO)]


def test_what_two_have_read_was_reopened_or_escalated_is_not_drawn(db: Database) -> None:
    keep(db, kept(a_flag(2), a_flag(3)))
    ask(db, asked(1))
    ruled(db, Step.UPHOLD, MY, 1, drawn=True)
    ruled(db, Step.UPHOLD, MO, 2)
    StoreReader(db).decide(decision(2, Step.REOPEN, MY))
    ruled(db, Step.UPHOLD, MO, 2, drawn=True)
    escalate(db, Escalation(3, MO, NOW))
    ruled(db, Step.UPHOLD, LEA, 3, leads=True, drawn=True)
    assert db.execute("SELECT count(*) FROM readings").fetchone()[0] == 0


@pytest.mark.parametrize(
    "over",
    [
        lambda db: StoreReader(db).decide(decision(1, Step.REOPEN, LEA)),
        lambda db: forget(db, Retention(1, 1), LATER),
        lambda db: reread(db, decision(1, Step.UPHOLD, LEA)),
    ],
)
def test_a_reading_ends_with_a_reopening_an_answer_or_the_texts_end(
    db: Database, over: Callable[[Database], object]
) -> None:
    ruled(db, Step.UPHOLD, MO, drawn=True)
    over(db)
    assert db.execute("SELECT count(*) FROM readings WHERE ended_at IS NULL").fetchone()[0] == 0
    done = reread(db, decision(1, Step.DISMISS, MY))
    assert done is not None
    assert done.agreed is None


def test_a_reading_lapses_and_leaves_the_queue(db: Database) -> None:
    keep(db, kept(a_flag(2)))
    ruled(db, Step.UPHOLD, MO, 1, drawn=True)
    assert getattr(next_case(db, HERE, (), turn(MY, at=LATER)), "id", None) == 2
    rule(db, decision(2, Step.DISMISS, MY, at=LATER), again_until=LATER + timedelta(days=14))
    rows = db.execute("SELECT flag_id FROM readings WHERE ended_at IS NULL").fetchall()
    assert [row["flag_id"] for row in rows] == [2]


def test_a_decision_and_its_draw_are_saved_together_or_not_at_all(db: Database) -> None:
    db.execute("CREATE TRIGGER no_more BEFORE INSERT ON readings BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(sqlite3.IntegrityError):
        ruled(db, Step.UPHOLD, MO, drawn=True)
    assert (known(db).state, steps(db)) == (State.PENDING, [])


# Escalated.


def test_what_is_escalated_is_the_leads_alone_and_first_among_its_like(db: Database) -> None:
    keep(db, kept(a_flag(2, value=0.6), a_flag(3, "threat", 0.6)))
    escalate(db, Escalation(2, MO, NOW, "en lokal politiker"))
    assert known(db, 2).escalation == Escalation(2, MO, NOW, "en lokal politiker")
    assert ruled(db, Step.UPHOLD, MY, 2).course is Course.LEADS
    ruled(db, Step.DISMISS, MY, 3)
    assert (offered(db, MY), offered(db, LEA, leads=True)) == (1, 2)
    ruled(db, Step.DISMISS, MY, 1)
    assert offered(db, MY) is None
    assert ruled(db, Step.UPHOLD, LEA, 2, leads=True).case.state is State.UPHELD


def test_escalating_twice_keeps_the_first(db: Database) -> None:
    done = [escalate(db, Escalation(1, who, NOW, who)) for who in (MO, MY)]
    assert [each.changed for each in done if each is not None] == [True, False]
    assert known(db).escalation == Escalation(1, MO, NOW, MO)


def test_what_waits_for_another_or_for_a_joint_decision_can_be_escalated_by_the_asker(db: Database) -> None:
    keep(db, kept(a_flag(2)))
    for number in (1, 2):
        ask(db, asked(number))
    ruled(db, Step.DISMISS, MY, 2)
    for number in (1, 2):
        escalate(db, Escalation(number, MO, NOW))
        assert ruled(db, Step.UPHOLD, MO, number, leads=True).case.state is State.UPHELD  # alone in town, and a lead


def test_what_was_escalated_stays_with_the_leads_when_it_is_reopened(db: Database) -> None:
    escalate(db, Escalation(1, MO, NOW))
    ruled(db, Step.UPHOLD, LEA, leads=True)
    StoreReader(db).decide(decision(1, Step.REOPEN, LEA))
    assert ruled(db, Step.DISMISS, MY).course is Course.LEADS


def test_the_leads_are_told_once_and_not_of_what_was_decided_meanwhile(db: Database) -> None:
    keep(db, kept(a_flag(2)))
    for number in (1, 2):
        escalate(db, Escalation(number, MO, NOW))
    ruled(db, Step.DISMISS, LEA, 1, leads=True)
    assert [each.id for each in untold(db, 9)] == [2]
    told(db, 2, [Card(2, "9", "500", known(db, 2).version)], NOW)
    assert untold(db, 9) == []
    assert behind(db, 0, 9) == []
    ruled(db, Step.DISMISS, LEA, 2, leads=True)
    assert [each.message for each in behind(db, 0, 9)] == ["500"]


# Kept.


@pytest.mark.parametrize("table", ["opinions", "escalations"])
def test_what_was_said_cannot_be_unsaid(db: Database, table: str) -> None:
    ask(db, asked())
    escalate(db, Escalation(1, MY, NOW))
    for change in (
        f"UPDATE {table} SET note = 'annat'",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)


def test_a_card_is_behind_after_every_step(db: Database) -> None:
    announced(db, Told([1], [Card(1, "9", "500", 0)]), NOW)
    for change in (
        lambda: ask(db, asked()),
        lambda: ruled(db, Step.DISMISS, MY),
        lambda: escalate(db, Escalation(1, MO, NOW)),
        lambda: ruled(db, Step.DISMISS, LEA, leads=True),
    ):
        change()
        [card] = behind(db, 0, 9)
        shown(db, replace(card, version=known(db).version))
        assert behind(db, 0, 9) == []


def test_pairs_are_of_blind_readings_alone(db: Database) -> None:
    keep(db, kept(*map(a_flag, range(2, 6))))
    ask(db, asked(1, motives=("other",)))
    ruled(db, Step.UPHOLD, MY, 1)  # agrees
    ask(db, asked(2))
    ruled(db, Step.DISMISS, MY, 2)  # does not
    ruled(db, Step.UPHOLD, LEA, 2)  # saw both
    ask(db, asked(3))
    escalate(db, Escalation(3, MO, NOW))
    ruled(db, Step.UPHOLD, LEA, 3, leads=True)  # saw the lean
    ruled(db, Step.UPHOLD, MO, 4, drawn=True)
    reread(db, decision(4, Step.DISMISS, MY))
    ruled(db, Step.UPHOLD, MO, 5)
    found = sorted((one.lean, other.lean) for one, other in pairs(db, HERE))
    assert found == [(Lean.UPHOLD, Lean.DISMISS), (Lean.UPHOLD, Lean.DISMISS), (Lean.UPHOLD, Lean.UPHOLD)]
    assert pairs(db, ["2"]) == []


# At any size.


@pytest.mark.parametrize(
    ("query", "arguments", "index"),
    [
        (WAITING, ["1", 1, MO, "[]", 0, MO], "flags_queue (guild_id=? AND waits=?)"),
        (REREAD, ["1", MO, "2026", "[]"], "readings_open (guild_id=?)"),
        (UNTOLD, [9], "escalations_untold"),
    ],
)
def test_every_queue_is_read_from_its_index_without_sorting(
    db: Database, query: str, arguments: list[object], index: str
) -> None:
    plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", arguments).fetchall()]
    assert any(index in step for step in plan)
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN flags") for step in plan)


def test_the_next_costs_the_same_among_a_hundred_thousand_that_are_for_others(tmp_path: Path) -> None:
    small, large = open_database(tmp_path / "small.db"), open_database(tmp_path / "large.db")
    for db, count in ((small, 100), (large, 100_000)):
        keep(db, kept(a_flag(1)))
        columns = ", ".join(
            row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall() if row["name"] not in ("id",)
        )
        copied = columns.replace("message_id", "n", 1).replace("waits", "(n % 3) * 3 / 2")  # 0, 1 and 3
        db.execute(
            f"""INSERT INTO flags ({columns}) WITH RECURSIVE numbers(n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1})
            SELECT {copied} FROM numbers, (SELECT * FROM flags WHERE id = 1)"""
        )
        db.execute("UPDATE flags SET waits = 0 WHERE id < 4")
        ruled(db, Step.UPHOLD, MO, 2, drawn=True)
    took: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(300):  # in turns, so that whatever else runs on the machine disturbs both alike
        for is_large in (True, False):
            db = large if is_large else small
            began = time.perf_counter()
            assert next_case(db, HERE, [5, 6, 7], turn(MY)) is not None
            took[is_large].append(time.perf_counter() - began)
    assert sorted(took[True])[150] < 2 * sorted(took[False])[150]
