"""Each class is forgotten at its time, in batches with proofs; what is held, or comes before its day, is not."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.errors import Refused
from bot.core.flags import Step
from bot.core.retention import RecordClass, Retention
from bot.keys.secret import place_of
from bot.store import StoreReader, forgetting, open_database
from bot.store.connection import asked
from bot.store.forgetting import Proof, due, forget, forget_due, proofs
from bot.store.holds import astray, held, hold, release
from bot.store.keeping import keep
from bot.store.verifying import verify
from tests import retain_child
from tests.builders import NOW, decision, flag, kept, post
from tests.erasing_town import found, of, settle

RULES = Retention(90, 365, dismissed_days=30, report_days=60, history_days=200, basis={"upheld": "KS 2026/123 § 4"})
LATER = NOW + timedelta(days=800)
KILLS = 8
TOWN = 120


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


def texts(db: Database) -> dict[int, str | None]:
    return {row.id: row.text for row in StoreReader(db).flags()}


def test_what_was_dismissed_goes_before_what_was_upheld_and_its_author_last_of_all(db: Database) -> None:
    keep(db, kept(flag(post(1, "bifallen", author="7")), flag(post(2, "avskriven", author="8"))))
    StoreReader(db).decide(decision(1, note="om 7"))
    StoreReader(db).decide(decision(2, Step.DISMISS))
    for days, left in ((29, ["bifallen", "avskriven"]), (31, ["bifallen", None]), (89, ["bifallen", None])):
        forget(db, RULES, NOW + timedelta(days=days))
        assert list(texts(db).values()) == left
    forget(db, RULES, NOW + timedelta(days=199))
    assert [row.author_id for row in StoreReader(db).flags()] == ["7", "8"]
    forget(db, RULES, NOW + timedelta(days=201))
    assert [row.author_id for row in StoreReader(db).flags()] == ["", ""]
    assert [tuple(row) for row in db.execute("SELECT step, by, note FROM decisions").fetchall()] == [
        ("uphold", "Maja", ""), ("dismiss", "Maja", ""),
    ]  # fmt: skip


def test_of_a_whole_town_nothing_is_left_in_the_end_that_leads_to_anyone(db: Database, path: Path) -> None:
    settle(db, 120)
    assert of(range(1, 121)) <= found(path)
    assert forget(db, RULES, LATER) == 120
    assert sorted(of(range(1, 121)) & found(path)) == [
        # A break that somebody wishes for is kept until it is not wished for any more: care.day_limit.
        each.encode() for each in sorted(row["who"] for row in db.execute("SELECT who FROM care").fetchall())
    ]  # fmt: skip
    assert verify(path).findings == []


def test_what_would_go_is_what_goes_and_asking_changes_nothing(db: Database) -> None:
    keep(db, kept(*(flag(post(n, f"text {n}")) for n in range(1, 8))))
    for number in (1, 2, 3):
        StoreReader(db).decide(decision(number))
    StoreReader(db).decide(decision(4, Step.DISMISS))
    at = NOW + timedelta(days=100)
    before = list(db.conn.iterdump())
    told = due(db, RULES, at)
    assert list(db.conn.iterdump()) == before
    assert (told[RecordClass.UPHELD], told[RecordClass.DISMISSED], told[RecordClass.PENDING]) == (3, 1, 0)
    done = forget_due(db, RULES, at)
    assert {record: count for record, count in done.items() if count} == {
        record: count for record, count in told.items() if count
    }


def test_each_batch_has_its_proof_with_the_decision_by_which_it_went(
    db: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    keep(db, kept(*(flag(post(n, f"text {n}")) for n in range(1, 7))))
    for number in range(1, 6):
        StoreReader(db).decide(decision(number))
    StoreReader(db).decide(decision(6, Step.DISMISS))
    at = NOW + timedelta(days=100)
    forget(db, RULES, at)
    stamp = "2026-05-06T08:00:00.000+00:00"
    assert proofs(db) == [
        Proof("2026-05", "dismissed", 1, "no decision on deletion is named in [retention.basis]", 1, stamp),
        Proof("2026-05", "upheld", 5, "KS 2026/123 § 4", 3, stamp),
    ]
    forget(db, RULES, at)
    assert len(proofs(db)) == 2  # nothing was due: nothing is to be proved
    assert verify(path).findings == []


def test_a_held_case_outlives_its_time_until_it_is_released(db: Database, path: Path) -> None:
    settle(db, 30)
    kept_ones = [1, 13, 25]
    before = {number: texts(db)[number] for number in kept_ones}
    assert hold(db, [*kept_ones, 1], "Eva", "polisen, K 1-26", NOW) == kept_ones
    assert hold(db, [1, 2], "Eva", "och försäkringen", NOW) == [2]
    assert [each.case for each in held(db)] == [1, 2, 13, 25]
    words = "SELECT count(*) FROM reports WHERE words IS NOT NULL"
    forget(db, RULES, LATER)
    assert {number: texts(db)[number] for number in kept_ones} == before
    assert db.execute(words).fetchone()[0] == 3
    assert verify(path).findings == []

    release(db, [1, 2, 13, 25], "Eva", "målet är avgjort", LATER)
    assert (held(db), astray(db)) == ([], [])
    assert forget(db, RULES, LATER) == 4
    assert db.execute(words).fetchone()[0] == 0
    assert verify(path).findings == []


@pytest.mark.parametrize(
    ("cases", "by", "reason", "problem"),
    [
        ([1, 999], "Eva", "skäl", "there is no flag 999"),
        ([1], " ", "skäl", "--by NAME"),
        ([1], "Eva", "…", "--reason TEXT"),
        ([2], "Eva", "skäl", "case 2 is erased"),
    ],
)
def test_a_hold_that_cannot_be_holds_nothing(
    db: Database, cases: list[int], by: str, reason: str, problem: str
) -> None:
    keep(db, kept(flag(post(1, "ett")), flag(post(2, "två"), at=NOW - timedelta(days=900))))
    forget(db, RULES, NOW)
    with pytest.raises(Refused, match=problem):
        hold(db, cases, by, reason, NOW)
    assert held(db) == []
    with pytest.raises(Refused, match="case 1 is not held"):
        release(db, [1], "Eva", "skäl", NOW)


def test_a_hold_that_somebody_has_struck_by_hand_is_found(db: Database) -> None:
    keep(db, kept(flag(post(1, "ett")), flag(post(2, "två"))))
    hold(db, [1, 2], "Eva", "polisen", NOW)
    assert astray(db) == []
    db.execute("DELETE FROM holds WHERE flag_id = 2")
    assert astray(db) == [2]


def test_a_clock_that_was_set_back_forgets_nothing_and_says_so(db: Database) -> None:
    keep(db, kept(flag(post(1, "text"), at=NOW), flag(post(2, "text"), at=NOW - timedelta(days=500))))
    with pytest.raises(Refused, match="set the clock right"):
        forget(db, RULES, NOW - timedelta(days=2))
    with pytest.raises(Refused, match="set the clock right"):
        due(db, RULES, NOW - timedelta(days=2))
    assert set(texts(db).values()) == {"text"}
    assert forget(db, RULES, NOW - timedelta(hours=20)) == 1


def test_killed_at_any_moment_what_went_has_its_proof_and_the_next_run_takes_the_rest(tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    _town(whole)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([retain_child.__name__])
    dice, kills, places = random.Random(3), 0, set()
    longest = _seconds(context, _copy(whole, tmp_path / "first" / "uppsikt.db"))
    for attempt in count():
        if kills == KILLS:
            break
        db = _copy(whole, tmp_path / f"attempt-{attempt}" / "uppsikt.db")
        child = _child(context, db)
        child.join(dice.uniform(0, longest * 0.9))
        child.kill()
        child.join()
        if child.exitcode == 0:  # it ended before
            continue
        assert child.exitcode == -signal.SIGKILL
        kills += 1
        places.add(asked(db, lambda each: len(each.execute("SELECT id FROM deeds").fetchall())))
        assert verify(db).findings == []
        asked(db, lambda each: forget(each, RULES, LATER))
        assert verify(db).findings == []
        assert not {each for each in of(range(1, TOWN + 1)) if not each.startswith(b"77")} & found(db)
        assert _proved(db) == _proved(tmp_path / "first" / "uppsikt.db")
    assert len(places) > 3  # at many places, and not all before the first batch


def _town(path: Path) -> None:
    db = open_database(path)
    settle(db, TOWN)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _copy(whole: Path, to: Path) -> Path:
    to.parent.mkdir()
    shutil.copy(whole, to)
    shutil.copy(place_of(whole), place_of(to))
    return to


def _child(context: multiprocessing.context.ForkServerContext, db: Path) -> multiprocessing.context.ForkServerProcess:
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=retain_child.retain, args=(db, RULES, LATER, there))
    child.start()
    there.close()
    assert here.poll(60)
    here.recv()
    return child


def _seconds(context: multiprocessing.context.ForkServerContext, db: Path) -> float:
    child = _child(context, db)
    begun = time.perf_counter()
    child.join(120)
    assert child.exitcode == 0
    return time.perf_counter() - begun


def _proved(db: Path) -> dict[str, int]:
    return asked(db, lambda each: {proof.record: proof.count for proof in proofs(each)})
