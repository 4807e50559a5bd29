"""What is remembered of candidates: one at a time, counts alone, in the batch's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.errors import BadInput, Refused
from bot.core.ports import Tally
from bot.core.tuning.shadow import Beside, Candidate, Ending
from bot.store import open_database, shadow_counts, shadows
from bot.store.keeping import begin, keep
from tests.builders import MARKET, NOW, SQUARE, kept

WANTED = Candidate({"": {"flag": 0.7}}, "ny", "ny@1", "Maja", "prova", NOW, NOW + timedelta(days=7))
BESIDE = Beside(1, "100", NOW.replace(minute=0), 10, 3, 4, 2, 1, 0.5)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(tmp_path / "uppsikt.db")) as opened:
        yield opened


def test_a_candidate_is_remembered_as_it_was_wanted_after_a_restart(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as before:
        shadows.start(before, WANTED)
        shadows.compared_with(before, 1, "det som gäller")
    with closing(open_database(tmp_path / "a.db")) as after:
        found = shadows.running(after)
    assert found is not None
    assert (found.candidate, found.against, found.ending) == (WANTED, "det som gäller", None)


def test_a_second_candidate_is_refused_while_one_runs(db: Database) -> None:
    shadows.start(db, WANTED)
    with pytest.raises(Refused, match="Maja started a shadow on 2026-01-26"):
        shadows.start(db, WANTED)
    assert shadows.end(db, 1, Ending.STOPPED, NOW)
    assert shadows.start(db, WANTED).id == 2


def test_a_candidate_ends_once(db: Database) -> None:
    shadows.start(db, WANTED)
    assert shadows.end(db, 1, Ending.FAILED, NOW, "trasig")
    assert not shadows.end(db, 1, Ending.STOPPED, NOW)
    latest = shadows.latest(db)
    assert latest is not None
    assert (latest.ending, latest.problem, latest.ended_at) == (Ending.FAILED, "trasig", NOW)
    assert shadows.running(db) is None


def test_counts_of_an_hour_add_up(db: Database) -> None:
    shadows.start(db, WANTED)
    keep(db, kept(beside=[BESIDE]))
    keep(db, kept(beside=[BESIDE]))
    (row,) = shadow_counts.of(db, 1)
    assert (row.read, row.live, row.candidate, row.common, row.skipped, row.seconds) == (20, 6, 8, 4, 2, 1.0)
    assert row.hour == BESIDE.hour


def test_what_comes_after_the_end_counts_no_more(db: Database) -> None:
    """A batch may be on its way when somebody stops the shadow."""
    shadows.start(db, WANTED)
    shadows.end(db, 1, Ending.STOPPED, NOW)
    keep(db, kept(beside=[BESIDE]))
    assert shadow_counts.of(db, 1) == []


def test_a_batch_that_cannot_be_saved_leaves_no_counts(db: Database) -> None:
    """All or nothing: what is read again is not counted twice."""
    shadows.start(db, WANTED)
    torn = Tally("100", NOW, -1, 0)
    with pytest.raises(sqlite3.IntegrityError):
        keep(db, kept(beside=[BESIDE], tallies=[torn, torn]))
    broken = Beside(1, "100", NOW, 1, 1, 1, 5)
    with pytest.raises(sqlite3.IntegrityError):
        keep(db, kept(beside=[BESIDE, broken]))
    assert shadow_counts.of(db, 1) == []


def test_a_channel_is_found_by_id_or_name_and_otherwise_asked_for(db: Database) -> None:
    begin(db, [SQUARE, MARKET], {})
    assert {shadows.channel(db, name) for name in ("100", "torget", "#torget")} == {"100"}
    with pytest.raises(BadInput, match="'#nej'"):
        shadows.channel(db, "#nej")
