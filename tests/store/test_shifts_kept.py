"""What is counted for shifts, and what is remembered of them: one open event of one thing in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.ports import Tally
from bot.core.tuning.drift import DAYS, REST, Ending, Kind, Shift
from bot.store import open_database, shifts
from bot.store.keeping import keep
from tests.builders import NOW, SQUARE, THREAD, kept

HOUR = timedelta(hours=1)
SHIFT = Shift(Kind.MORE, "100", NOW - 6 * HOUR, 6, 0.03, 0.2, 1e-7)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(tmp_path / "uppsikt.db")) as opened:
        yield opened


def test_counts_lie_by_channel_and_hour_with_threads_in_their_channels(db: Database) -> None:
    tallies = [
        Tally("100", NOW - HOUR, 600, 5, 2),
        Tally("300", NOW - 3 * HOUR, 40, 4),
        Tally("200", NOW - HOUR, 3, 1),
        Tally("100", NOW, 99, 9),  # the hour that is not over
        Tally("100", NOW - timedelta(days=DAYS + 2), 99, 9),
    ]
    keep(db, kept(tallies=tallies, channels={each.id: each for each in (SQUARE, THREAD)}))
    found = shifts.watched(db, NOW)
    assert found.channels == ("100", REST)
    assert found.read.shape == (2, 24 * (DAYS + 1))
    assert (found.read[0, -1], found.flagged[0, -1], found.unread[0, -1]) == (600, 5, 2)
    assert (found.read[0, -3], found.flagged[0, -3]) == (40, 4)
    assert (found.read[1, -1], found.flagged[1, -1]) == (3, 1)
    assert found.read.sum() == 643


def test_an_empty_database_has_nothing_to_watch(db: Database) -> None:
    found = shifts.watched(db, NOW)
    assert found.channels == (REST,)
    assert found.read.sum() == found.spread.sum() == 0


def test_scores_lie_by_day_and_the_last_24_hours_are_one(db: Database) -> None:
    """Recent ones are counted by hour, older ones by day."""
    db.execute("CREATE TABLE IF NOT EXISTS score_bins (model, hour, channel_id, label, bin, n)")
    db.execute("CREATE TABLE IF NOT EXISTS score_days (model, day, channel_id, label, counts)")
    keep(db, kept(tallies=[Tally("100", NOW - HOUR, 600, 0)], channels={SQUARE.id: SQUARE}))

    def hour(at: datetime, label: str = "flag", model: str = "a@1") -> None:
        text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")
        db.execute("INSERT INTO score_bins VALUES (?, ?, '100', ?, 7, 10)", [model, text, label])

    for back in (1, 23, 24):
        hour(NOW - back * HOUR)
    hour(NOW - HOUR, "threat")
    hour(NOW - HOUR, model="b@2")
    hour(NOW - 25 * HOUR)
    day = (NOW - timedelta(days=10)).date().isoformat()
    db.execute("INSERT INTO score_days VALUES ('a@1', ?, '100', 'flag', ?)", [day, json.dumps([5, 6])])
    spread = shifts.watched(db, NOW).spread
    assert spread[0, DAYS, 7] == 40
    assert spread[0, DAYS - 1, 7] == 10
    assert spread[0].sum() == 61
    assert list(spread[0, DAYS - 9, :2]) == [5, 6]


def test_of_one_thing_in_one_place_one_event_is_open(db: Database) -> None:
    shifts.noticed(db, [SHIFT, SHIFT], NOW)
    shifts.noticed(db, [SHIFT], NOW + HOUR)
    (event,) = shifts.events(db, NOW + HOUR)
    assert (event.shift, event.noticed_at, event.told_at, event.ending) == (SHIFT, NOW, None, None)
    shifts.ended(db, event.id, Ending.OVER, NOW + HOUR)
    shifts.noticed(db, [SHIFT], NOW + 2 * HOUR)
    assert len(shifts.events(db, NOW + 2 * HOUR)) == 2


def test_what_was_told_is_not_told_again_after_a_restart(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as before:
        shifts.noticed(before, [SHIFT], NOW)
        (event,) = shifts.untold(before)
        shifts.told(before, event.id, NOW)
    with closing(open_database(tmp_path / "a.db")) as after:
        shifts.noticed(after, [SHIFT], NOW + HOUR)
        assert shifts.untold(after) == []


def test_an_event_of_long_ago_matters_no_more(db: Database) -> None:
    shifts.noticed(db, [SHIFT], NOW)
    shifts.ended(db, 1, Ending.OVER, NOW)
    assert len(shifts.events(db, NOW + timedelta(days=30))) == 1
    assert shifts.events(db, NOW + timedelta(days=3 * DAYS)) == []
