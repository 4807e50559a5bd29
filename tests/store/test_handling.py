"""How flags were handled is read by server and period, by indexes, and without any text."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.flags import Flag, State, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Channel
from bot.core.retention import Retention
from bot.core.statistics import Decided, Handling
from bot.store import open_database
from bot.store.forgetting import forget
from bot.store.keeping import keep, stamp
from bot.store.review import rule, seen
from bot.store.statistics import ACTED, DECIDED, OPEN, SEEN, handling
from tests.builders import FLAGGED, NOW, decision, flag, kept, post

SINCE = NOW - timedelta(days=30)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "uppsikt.db")


def at(minute: int) -> datetime:
    return NOW + timedelta(minutes=minute)


def of(number: int, guild: str = "1") -> Flag:
    """The number-th message's flag, flagged in the number-th minute."""
    return flag(post(number, FLAGGED, Channel("100", "torget", guild)), at=at(number))


def test_of_an_empty_database_there_is_nothing(db: Database) -> None:
    assert handling(db, ["1"], SINCE) == Handling(0, None, [], [], [])


def test_open_seen_and_decided_flags_are_told(db: Database) -> None:
    keep(db, kept(of(1), of(2), of(3), of(4)))
    seen(db, 2, at(5))
    rule(db, decision(3, Step.UPHOLD, at=at(10)))
    rule(db, decision(4, Step.DISMISS, at=at(11)))
    known = handling(db, ["1"], SINCE)
    assert (known.open, known.oldest) == (2, at(1))
    assert sorted(known.seen) == [(at(2), at(5)), (at(3), at(10)), (at(4), at(11))]
    assert known.decided == [Decided(State.UPHELD, at(3), at(10)), Decided(State.DISMISSED, at(4), at(11))]


def test_other_servers_are_left_out_and_several_are_taken_together(db: Database) -> None:
    keep(db, kept(of(1, "1"), of(2, "2"), of(3, "3"), of(4, "2")))
    rule(db, decision(4, at=at(5)))
    here, both = handling(db, ["1"], SINCE), handling(db, ["2", "1"], SINCE)
    assert (here.open, here.oldest, len(here.seen), len(here.decided)) == (1, at(1), 0, 0)
    assert (both.open, both.oldest, len(both.seen), len(both.decided)) == (2, at(1), 1, 1)
    assert handling(db, [], SINCE) == Handling(0, None, [], [], [])


def test_what_is_older_than_the_period_is_left_out(db: Database) -> None:
    keep(db, kept(of(1), of(2)))
    rule(db, decision(1, at=at(5)))
    rule(db, decision(2, at=at(7)))
    known = handling(db, ["1"], at(6))
    assert known.seen == [(at(2), at(7))]
    assert [each.at for each in known.decided] == [at(7)]


def test_flags_whose_measures_are_all_carried_out_are_told(db: Database) -> None:
    keep(db, kept(of(1), of(2)))
    rule(db, decision(1, at=at(5), measures=(Measure(Act.WARN),)))
    rule(db, decision(2, at=at(6), measures=(Measure(Act.WARN), Measure(Act.DELETE))))
    assert handling(db, ["1"], SINCE).acted == [(at(1), at(5))]
    assert handling(db, ["1"], at(6)).acted == []


def test_a_forgotten_flag_is_not_open_any_more(db: Database) -> None:
    keep(db, kept(of(1)))
    forget(db, Retention(1, 1), NOW + timedelta(days=9))
    assert handling(db, ["1"], SINCE).open == 0


@pytest.mark.parametrize(
    ("query", "arguments", "index"),
    [
        (OPEN, ["1"], "INDEX flags_open"),
        (SEEN, ["1", stamp(SINCE)], "COVERING INDEX flags_seen"),
        (ACTED, ["1", stamp(SINCE)], "COVERING INDEX flags_acted"),
        (DECIDED, [stamp(SINCE), json.dumps(["1"])], "COVERING INDEX decisions_by_time"),
    ],
)
def test_no_query_reads_more_than_the_period(db: Database, query: str, arguments: list[str], index: str) -> None:
    plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", arguments).fetchall()]
    assert any(index in step for step in plan), plan
    assert not [step for step in plan if step.startswith("SCAN") and "json_each" not in step], plan
