"""What moderators were not told of is found at once, and when they were told last outlives a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.cases import Card, Told
from bot.core.desk import Desk
from bot.core.flags import Flag, Reason, Step
from bot.core.telling_times import Past
from bot.store import open_database
from bot.store.cards import announced
from bot.store.keeping import keep
from bot.store.review import rule
from bot.store.telling import UNTOLD, past, pinging, untold
from tests.builders import FLAGGED, NOW, decision, flag, kept, post, verdict

DESK = Desk("1", "2", {"misogyny": "3"})


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "uppsikt.db")


def about(number: int, label: str, **labels: float) -> Flag:
    """The number-th message, flagged for one label."""
    reason = Reason("threshold", label, 0.8, 0.5)
    return replace(flag(post(number, FLAGGED)), reasons=(reason,), verdict=verdict(0.8, **labels))


def test_threats_are_found_behind_any_number_of_others(db: Database) -> None:
    keep(db, kept(*(about(number, "flag") for number in range(1, 6)), about(6, "threat")))
    assert [(each.flag, each.threat) for each in untold(db, DESK, True, 2)] == [(6, True)]
    assert [(each.flag, each.threat) for each in untold(db, DESK, False, 2)] == [(1, False), (2, False)]


def test_each_is_known_by_where_it_belongs_where_it_was_written_and_since_when(db: Database) -> None:
    keep(db, kept(about(1, "flag", misogyny=0.9), about(2, "threat"), about(3, "flag")))
    found = [*untold(db, DESK, True, 9), *untold(db, DESK, False, 9)]
    assert {each.flag: each.place for each in found} == {1: "3", 2: "2", 3: "1"}
    assert {(each.channel, each.flagged_at) for each in found} == {("100", NOW)}


def test_what_was_told_is_not_found_again(db: Database) -> None:
    keep(db, kept(about(1, "flag"), about(2, "threat")))
    announced(db, Told([1, 2]), NOW)
    assert untold(db, DESK, True, 9) == untold(db, DESK, False, 9) == []


def test_what_was_decided_meanwhile_is_not_told_and_what_is_reopened_is(db: Database) -> None:
    keep(db, kept(about(1, "flag"), about(2, "flag")))
    rule(db, decision(1, Step.DISMISS))
    assert [each.flag for each in untold(db, DESK, False, 9)] == [2]
    rule(db, decision(1, Step.REOPEN))
    assert [each.flag for each in untold(db, DESK, False, 9)] == [1, 2]


def test_what_is_untold_is_found_by_an_index(db: Database) -> None:
    plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {UNTOLD}", [True, 5]).fetchall()]
    assert plan == ["SEARCH flags USING INDEX flags_untold (<expr>=?)"]


def test_when_moderators_were_told_outlives_a_restart(tmp_path: Path) -> None:
    db = open_database(tmp_path / "uppsikt.db")
    keep(db, kept(about(1, "flag"), about(2, "threat")))
    assert past(db) == Past()
    announced(db, Told([1], [Card(1, "1", "77", 0)], place="1"), NOW)
    announced(db, Told([2]), NOW + timedelta(minutes=1))
    pinging(db, 2, NOW)
    db.close()
    assert past(open_database(tmp_path / "uppsikt.db")) == Past({"1": NOW}, {2: NOW})


def test_a_mention_that_is_tried_again_is_one_and_those_of_long_ago_are_forgotten(db: Database) -> None:
    keep(db, kept(about(1, "threat"), about(2, "threat")))
    pinging(db, 1, NOW)
    pinging(db, 1, NOW + timedelta(minutes=5))
    assert past(db).pings == {1: NOW + timedelta(minutes=5)}
    pinging(db, 2, NOW + timedelta(hours=3))
    assert past(db).pings == {2: NOW + timedelta(hours=3)}
