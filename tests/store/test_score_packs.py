"""Cases that are packed by day are read as if they were not: whatever changes, by whatever program, is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.flags import Step
from bot.core.tuning.evidence import DISMISSED, Cases, Evidence, Scope
from bot.store import StoreReader, open_database
from bot.store.evidence import evidence
from bot.store.keeping import keep
from bot.store.score_packs import pack_up
from tests.builders import MARKET, NOW, SQUARE, decision, flag, kept, post

MODEL = "fake@0"
LATER = NOW + timedelta(days=40)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "uppsikt.db")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all its tables: copied sooner than made."""
    path = tmp_path_factory.mktemp("empty") / "uppsikt.db"
    open_database(path).close()
    return path


def keep_case(db: Database, number: int, day: int) -> None:
    channel = MARKET if number % 3 else SQUARE
    case = flag(post(number, at=NOW + timedelta(days=day), channel=channel))
    keep(db, kept(case, channels={channel.id: channel}))


def known(db: Database, **slots: object) -> Evidence:
    scope = Scope(("1",), NOW - timedelta(days=1), NOW + timedelta(days=20), **slots)  # type: ignore[arg-type]
    return evidence(db, scope, MODEL)


def packed(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM score_packs").fetchone()[0])


def sorted_columns(cases: Cases) -> list[list[object]]:
    order = np.argsort(cases.flag)
    return [getattr(cases, field.name)[order].tolist() for field in fields(Cases)]


@given(
    st.lists(
        st.one_of(
            st.integers(0, 9).map(lambda day: ("case", day)),
            st.tuples(st.sampled_from(["uphold", "dismiss", "reopen", "heard"]), st.integers(1, 9)),
            st.just(("pack", 0)),
        ),
        max_size=20,
    ),
    st.sampled_from([(), (SQUARE.id,), (MARKET.id,)]),
)  # fmt: skip
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_in_whatever_order_packed_or_not_the_same_is_known(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], channels: tuple[str, ...]
) -> None:
    """Two connections to a file, one of which packs: what the other wrote afterwards is in what is read."""
    path = tmp_path_factory.mktemp("packs") / "uppsikt.db"
    shutil.copy(empty, path)
    writer, packer = open_database(path), open_database(path)
    writer.execute("PRAGMA synchronous = OFF")  # no power is lost here
    cases = 0
    for what, number in steps:
        if what == "case":
            keep_case(writer, cases := cases + 1, number)
        elif what == "pack":
            pack_up(packer, LATER)
        elif number <= cases:
            _done(writer, what, number)
    with_packs = known(packer, channels=channels)
    packer.execute("DELETE FROM score_packs")
    without = known(packer, channels=channels)
    assert with_packs.channels == without.channels
    assert sorted_columns(with_packs.cases) == sorted_columns(without.cases)
    writer.close()
    packer.close()


def _done(db: Database, what: str, number: int) -> None:
    if what == "heard":
        db.execute("UPDATE scores SET anyway = 1 WHERE flag_id = ?", [number])
        return
    state = db.execute("SELECT state FROM flags WHERE id = ?", [number]).fetchone()[0]
    if (what == "reopen") == (state != "pending"):
        StoreReader(db).decide(decision(number, Step(what), motives=("misogyny",) if what == "uphold" else ()))


def test_days_that_are_over_are_packed_and_today_is_not(db: Database) -> None:
    keep_case(db, 1, day=0)
    pack_up(db, NOW + timedelta(hours=1))
    assert packed(db) == 0
    pack_up(db, LATER)
    pack_up(db, LATER)
    assert packed(db) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda db: StoreReader(db).decide(decision(1, Step.DISMISS)),
        lambda db: keep_case(db, 3, day=0),
        lambda db: db.execute("DELETE FROM scores WHERE flag_id = 1"),
        lambda db: db.execute("UPDATE scores SET posted = posted + 5 * 86400 WHERE flag_id = 1"),
    ],
)
def test_a_change_unpacks_its_day_and_no_other(db: Database, change: Callable[[Database], object]) -> None:
    keep_case(db, 1, day=0)
    keep_case(db, 2, day=3)
    pack_up(db, LATER)
    change(db)
    assert [row[0] for row in db.execute("SELECT day FROM score_packs").fetchall()] == [
        int((NOW + timedelta(days=3)).timestamp()) // 86_400
    ]


def test_a_change_that_is_taken_back_leaves_the_day_packed(db: Database) -> None:
    """Unpacking is part of the change's transaction."""
    keep_case(db, 1, day=0)
    pack_up(db, LATER)
    db.execute("BEGIN")
    StoreReader(db).decide(decision(1, Step.DISMISS))
    assert known(db).cases.state.tolist() == [DISMISSED]
    db.rollback()
    assert packed(db) == 1
