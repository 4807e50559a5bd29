"""A batch is saved whole or not at all; the same batch twice is the same as once; marks only grow."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.cases import Told
from bot.core.messages import Kind
from bot.core.ports import Kept, Progress, Tally, Unseen
from bot.store import StoreReader, open_database
from bot.store.cards import announced
from bot.store.keeping import begin, keep, unseen
from bot.store.review import unannounced
from classifier.verdict import MOTIVES, TARGETS
from tests.builders import FLAGGED, MARKET, NOW, SQUARE, edit, flag, gone, ident, kept, post

HOUR = NOW.replace(minute=0)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "uppsikt.db")


def dump(db: Database) -> list[str]:
    """Everything in a database, as SQL."""
    return list(db.conn.iterdump())


def whole(number: int = 1, score: float = 0.95) -> Kept:
    """A batch with something for every table."""
    return kept(
        flag(post(number, FLAGGED), score=score),
        gone(number),
        tallies=[Tally(SQUARE.id, HOUR, 5, 1)],
        marks={SQUARE.id: int(ident(number))},
        channels={SQUARE.id: SQUARE},
        progress=Progress("file", number, 100 * number, "digest"),
    )


def test_a_batch_that_fails_leaves_nothing_of_itself(db: Database) -> None:
    keep(db, whole(1))
    before = dump(db)
    bad = whole(2)
    broken = Kept(bad.at, [*bad.changes, flag(post(3), score=7.0)], bad.tallies, bad.marks, bad.channels, bad.progress)
    with pytest.raises(sqlite3.IntegrityError):
        keep(db, broken)
    assert dump(db) == before
    assert keep(db, bad) == 1


def test_a_batch_that_fails_at_its_very_end_leaves_nothing_of_itself(db: Database) -> None:
    before = dump(db)
    bad = whole()
    with pytest.raises(sqlite3.IntegrityError):
        keep(db, Kept(bad.at, bad.changes, bad.tallies, bad.marks, bad.channels, Progress("file", -1, -1, "")))
    assert dump(db) == before


def test_a_flag_is_one_row_however_often_it_is_saved(db: Database) -> None:
    one, two = flag(post(1, FLAGGED)), flag(post(2, FLAGGED))
    assert keep(db, kept(one, two, one)) == 2
    assert keep(db, kept(two, one)) == 0
    assert [row.message_id for row in StoreReader(db).flags()] == [ident(1), ident(2)]


def test_what_was_saved_first_stays_as_it_was(db: Database) -> None:
    keep(db, kept(flag(score=0.9)))
    keep(db, kept(flag(score=0.6, at=NOW + timedelta(days=1))))
    (row,) = StoreReader(db).flags()
    assert (row.score, row.flagged_at) == (0.9, NOW)


def test_each_revision_and_each_kind_is_a_flag_of_its_own(db: Database) -> None:
    flags = [flag(post(1, FLAGGED)), flag(edit(1, FLAGGED)), flag(post(1, FLAGGED, kind=Kind.TITLE))]
    assert keep(db, kept(*flags)) == 3
    assert keep(db, kept(*flags)) == 0


def test_a_withdrawal_marks_every_revision_once_and_never_a_title(db: Database) -> None:
    keep(db, kept(flag(post(1, FLAGGED)), flag(edit(1, FLAGGED)), flag(post(1, FLAGGED, kind=Kind.TITLE)), gone(1)))
    first = {row.kind + str(row.revision): row.withdrawn_at for row in StoreReader(db).flags()}
    assert first == {"message0": gone(1).at, "message1": gone(1).at, "title0": None}
    later = gone(1).at + timedelta(days=1)
    keep(db, kept(type(gone(1))(ident(1), SQUARE, later)))
    assert {row.withdrawn_at for row in StoreReader(db).flags()} == {gone(1).at, None}


def test_a_withdrawal_before_its_post_does_not_touch_it(db: Database) -> None:
    keep(db, kept(gone(1), flag(post(1, FLAGGED))))
    assert StoreReader(db).flags()[0].withdrawn_at is None


ids = st.integers(0, 2**63 - 1)
one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)


@one_file
@given(st.lists(ids, min_size=1, max_size=8), st.lists(ids, max_size=3))
def test_marks_only_grow(db: Database, marks: list[int], beginnings: list[int]) -> None:
    db.execute("DELETE FROM channels")
    highest = 0
    for mark in marks:
        keep(db, kept(marks={SQUARE.id: mark}, channels={SQUARE.id: SQUARE}))
        highest = max(highest, mark)
        for beginning in beginnings:
            begin(db, [SQUARE], {SQUARE.id: beginning})
            highest = highest or beginning
        assert StoreReader(db).marks() == {SQUARE.id: highest}


def test_a_channel_that_is_met_gets_its_mark_and_later_keeps_it(db: Database) -> None:
    begin(db, [SQUARE, MARKET], {SQUARE.id: 5, MARKET.id: 6})
    begin(db, [SQUARE, MARKET], {SQUARE.id: 99, MARKET.id: 1})
    assert StoreReader(db).marks() == {SQUARE.id: 5, MARKET.id: 6}


def test_counts_of_an_hour_in_whatever_zone_add_up(db: Database) -> None:
    swedish = HOUR.astimezone(timezone(timedelta(hours=1)))
    for hour in (HOUR, swedish, HOUR + timedelta(hours=1)):
        keep(db, kept(tallies=[Tally(SQUARE.id, hour, 3, 1, 2)]))
    rows = db.execute("SELECT channel_id, hour, read, flagged, unread FROM counts ORDER BY hour").fetchall()
    assert [tuple(row) for row in rows] == [
        ("100", "2026-01-26T08:00Z", 6, 2, 4),
        ("100", "2026-01-26T09:00Z", 3, 1, 2),
    ]
    assert dict(StoreReader(db).totals()) == {"read": 9, "flagged": 3, "unread": 6}


def test_totals_count_flags_by_state(db: Database) -> None:
    keep(db, kept(flag(post(1)), flag(post(2))))
    assert StoreReader(db).totals()["pending"] == 2


@pytest.mark.parametrize(
    "text", ["a\0b", "\ud800 trasig", "😀" * 100, "\u202e" + "a" * 100_000, "'); DROP TABLE flags; --"]
)
def test_hostile_text_is_kept_as_it_was_said(db: Database, text: str) -> None:
    keep(db, kept(flag(post(1, text))))
    expected = text.encode("utf-8", "replace").decode()
    assert StoreReader(db).flags()[0].text == expected


def test_any_tool_reads_what_the_interfaces_promise(db: Database, tmp_path: Path) -> None:
    keep(db, whole())
    with sqlite3.connect(tmp_path / "uppsikt.db") as other:
        other.row_factory = sqlite3.Row
        (row,) = other.execute(
            "SELECT id, message_id, revision, channel_id, author_id, text, score, threat, motives, targets, state,"
            " posted_at, flagged_at, model FROM flags"
        ).fetchall()
    other.close()
    assert (row["message_id"], row["revision"], row["channel_id"], row["author_id"]) == (ident(1), 0, "100", "u1")
    assert (row["text"], row["score"], row["state"], row["model"]) == (FLAGGED, 0.95, "pending", "fake@0")
    assert set(json.loads(row["motives"])) == set(MOTIVES)
    assert set(json.loads(row["targets"])) == set(TARGETS)
    assert datetime.fromisoformat(row["posted_at"]).tzinfo == UTC


def test_a_flag_carries_its_reasons_the_models_id_and_the_thresholds_in_force(db: Database) -> None:
    keep(db, whole())
    (row,) = StoreReader(db).flags()
    assert row.reasons == list(flag().reasons)
    assert row.thresholds == {"flag": 0.5}
    assert row.model == "fake@0"


def test_flags_are_announced_once_oldest_first_until_told(db: Database) -> None:
    keep(db, kept(*(flag(post(n, FLAGGED)) for n in range(1, 6))))
    first = unannounced(db, 2)
    assert [notice.id for notice in first] == [1, 2]
    assert first[0].flag.message.text == FLAGGED
    assert [notice.id for notice in unannounced(db, 2)] == [1, 2]
    announced(db, Told([1, 2]), NOW)
    assert [notice.id for notice in unannounced(db, 9)] == [3, 4, 5]


def test_unseen_intervals_are_noted_and_counted_from_a_moment_on(db: Database) -> None:
    unseen(db, [Unseen(SQUARE.id, NOW, NOW + timedelta(hours=1), 3, "start")])
    assert StoreReader(db).unseen_since(NOW) == 1
    assert StoreReader(db).unseen_since(NOW + timedelta(hours=2)) == 0


def test_progress_of_a_file_is_what_was_saved_last(db: Database) -> None:
    for lines in (1, 2):
        keep(db, kept(progress=Progress("file", lines, lines * 10, f"digest{lines}")))
    assert StoreReader(db).files() == [Progress("file", 2, 20, "digest2")]
