"""What a moderator has read is counted once a day, and hardly anything is kept of it, nor for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.config import ZONE
from bot.core.care import Care, Exposure, day_of, is_severe, tomorrow_morning
from bot.core.flags import Reason
from bot.core.retention import Retention
from bot.store import open_database
from bot.store.care import care, forget_care, limit, met, nudged, pause
from bot.store.forgetting import forget
from bot.store.keeping import keep
from tests.builders import FLAGGED, NOW, flag, kept, post, verdict

TODAY = day_of(NOW, ZONE)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    opened = open_database(tmp_path / "uppsikt.db")
    keep(opened, kept(*(flag(post(number, FLAGGED)) for number in range(1, 10))))
    return opened


def rows(db: Database, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute(f"SELECT * FROM {table}").fetchall()]


def test_of_somebody_who_has_read_nothing_nothing_is_known(db: Database) -> None:
    assert care(db, "mo", TODAY) == Care()


def test_a_case_counts_once_a_day_for_each_moderator(db: Database) -> None:
    for who, number in (("mo", 1), ("mo", 1), ("my", 1), ("mo", 2)):
        met(db, who, number, number == 1, TODAY)
    assert care(db, "mo", TODAY).today == Exposure(2, 1)
    assert care(db, "my", TODAY).today == Exposure(1, 1)
    met(db, "mo", 1, True, TODAY + timedelta(days=1))
    tomorrow = care(db, "mo", TODAY + timedelta(days=1))
    assert tomorrow.today == Exposure(1, 1)
    assert tomorrow.week == Exposure(3, 2)


def test_a_week_is_seven_days(db: Database) -> None:
    for day in range(10):
        met(db, "mo", 1, False, TODAY - timedelta(days=9 - day))
    assert care(db, "mo", TODAY).week == Exposure(7, 0)


def test_which_cases_were_read_is_forgotten_with_the_day(db: Database) -> None:
    met(db, "mo", 1, True, TODAY)
    met(db, "my", 2, True, TODAY + timedelta(days=1))
    assert rows(db, "exposed") == [("my", 2, (TODAY + timedelta(days=1)).isoformat())]
    forget_care(db, NOW, TODAY + timedelta(days=2))
    assert rows(db, "exposed") == []


def test_what_is_left_of_a_day_says_how_many_and_nothing_else(db: Database) -> None:
    met(db, "mo", 1, True, TODAY)
    assert rows(db, "exposure") == [("mo", TODAY.isoformat(), 1, 1)]


def test_counts_are_forgotten_after_eight_days(db: Database) -> None:
    for day in range(12):
        met(db, "mo", 1, False, TODAY - timedelta(days=11 - day))
    forget_care(db, NOW, TODAY)
    kept_days = sorted(date.fromisoformat(str(row[1])) for row in rows(db, "exposure"))
    assert kept_days == [TODAY - timedelta(days=day) for day in range(7, -1, -1)]


def test_the_daily_retention_forgets_them(db: Database) -> None:
    met(db, "mo", 1, True, TODAY - timedelta(days=8))
    forget(db, Retention(90, 365), NOW)
    assert rows(db, "exposed") == rows(db, "exposure") == []


def test_a_pause_and_a_limit_outlive_a_restart(tmp_path: Path) -> None:
    with_pause = open_database(tmp_path / "uppsikt.db")
    pause(with_pause, "mo", NOW + timedelta(hours=1))
    limit(with_pause, "mo", 30)
    nudged(with_pause, "mo", NOW)
    with_pause.close()
    again = care(open_database(tmp_path / "uppsikt.db"), "mo", TODAY)
    assert again.pause(NOW) == NOW + timedelta(hours=1)
    assert again.pause(NOW + timedelta(hours=1)) is None
    assert (again.limit, again.nudged_at) == (30, NOW)


def test_a_pause_that_is_over_and_no_limit_leave_nothing(db: Database) -> None:
    pause(db, "mo", NOW)
    limit(db, "my", 5)
    nudged(db, "my", NOW - timedelta(days=2))
    forget_care(db, NOW, TODAY)
    assert rows(db, "care") == [("my", None, 5, None)]
    limit(db, "my", 0)
    forget_care(db, NOW, TODAY)
    assert rows(db, "care") == []


@pytest.mark.parametrize(
    ("score", "label", "severe"), [(0.9, "flag", True), (0.89, "flag", False), (0.2, "threat", True)]
)
def test_threats_and_what_the_model_is_very_sure_of_are_severe(score: float, label: str, severe: bool) -> None:
    flagged = replace(flag(), verdict=verdict(score), reasons=(Reason("threshold", label, 0.6, 0.5),))
    assert is_severe(flagged) is severe


def test_a_break_is_suggested_from_the_limit_on_and_at_most_once_an_hour() -> None:
    past = Care(Exposure(30, 2), limit=30)
    assert past.is_past_limit
    assert past.may_be_nudged(NOW)
    assert not replace(past, limit=31).is_past_limit
    assert not replace(past, limit=0).may_be_nudged(NOW)
    assert not replace(past, nudged_at=NOW - timedelta(minutes=59)).may_be_nudged(NOW)
    assert replace(past, nudged_at=NOW - timedelta(hours=1)).may_be_nudged(NOW)


def test_tomorrow_morning_is_seven_by_swedish_clocks_also_when_they_are_set() -> None:
    evening = NOW.replace(month=3, day=28, hour=22)  # 23 in Stockholm, the night before summer time
    assert tomorrow_morning(evening, ZONE).isoformat() == "2026-03-29T07:00:00+02:00"
