"""Is every report in exactly one case, within its limits to the unit, and are its reporters kept apart?"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.flags import Flag, Reason, Step
from bot.core.messages import Kind, Posted
from bot.core.reports import Category, Complaint, Hurt, Limits, Receipt, Report, Reporter, Unheard
from bot.store import open_database
from bot.store.keeping import keep
from bot.store.queries import StoreReader
from bot.store.report_answers import due, mark_abusive, mine
from bot.store.reports import file_all
from bot.store.review import next_case
from bot.store.schema import migrations
from tests.builders import FLAGGED, NOW, SQUARE, decision, flag, kept, post, verdict

LIMITS = Limits()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


def report(
    number: int = 1, who: str = "9", *, hours: float = 0, about: Posted | None = None, **slots: object
) -> Report:
    """A report of the number-th message."""
    said = Complaint(Category(str(slots.pop("category", "other"))), Hurt.SOMEBODY, "ord")
    post_ = about or post(number)
    found = Flag(post_, verdict(), (Reason("report", str(said.category)),), {}, NOW)
    return Report(Reporter(who, **slots), said, found, NOW + timedelta(hours=hours))  # type: ignore[arg-type]


def filed(db: Database, *reports: Report, limits: Limits = LIMITS) -> list[object]:
    return [each.flag if isinstance(each, Receipt) else each for each in file_all(db, reports, limits)]


def test_reports_of_one_message_meet_and_others_get_cases_of_their_own(db: Database) -> None:
    assert filed(db, report(1, "a"), report(1, "b"), report(2, "a")) == [1, 1, 2]


def test_a_report_meets_the_flag_that_the_classifier_made_and_the_classifier_the_one_of_a_report(db: Database) -> None:
    keep(db, kept(flag(post(1, FLAGGED))))
    assert filed(db, report(1), report(2, "b")) == [1, 2]
    assert keep(db, kept(flag(post(2, FLAGGED)))) == 0


def test_a_message_that_reads_otherwise_since_is_another_case_as_it_is_for_the_classifier(db: Database) -> None:
    assert filed(db, report(1), report(about=post(1, revision=5)), report(1, "b")) == [1, 2, 2]


def test_the_limits_hold_to_the_unit_also_in_one_batch_and_end_with_the_hour(db: Database) -> None:
    limits = Limits(per_reporter=3)
    results = filed(db, *(report(number) for number in range(1, 6)), limits=limits)
    assert results == [1, 2, 3, Unheard.TOO_MANY, Unheard.TOO_MANY]
    assert filed(db, report(6, hours=0.99), limits=limits) == [Unheard.TOO_MANY]
    assert filed(db, report(6, hours=1.01), limits=limits) == [4]


def test_of_two_programs_that_save_at_once_neither_lets_one_too_many_through(path: Path, db: Database) -> None:
    limits = Limits(per_reporter=5)
    taken: list[object] = []

    def file_many(first: int) -> None:
        other = open_database(path)
        for number in range(first, first + 10):
            taken.extend(filed(other, report(number), limits=limits))
        other.close()

    threads = [threading.Thread(target=file_many, args=(first,)) for first in (1, 101)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([each for each in taken if each is not Unheard.TOO_MANY]) == 5


def test_past_the_limit_on_a_member_new_messages_meet_the_case_with_most_reports_to_the_unit(db: Database) -> None:
    limits = Limits(per_target=4)
    first = filed(db, report(1, "a"), report(2, "b"), report(2, "c"), report(3, "d"), limits=limits)
    assert first == [1, 2, 2, 3]
    assert filed(db, report(4, "e"), report(5, "f"), report(3, "g"), limits=limits) == [2, 2, 3]
    assert filed(db, report(6, "h", trusted=True), report(7, "i", about=post(7, author="u2")), limits=limits) == [4, 5]
    assert filed(db, report(8, "j", hours=1.01), limits=limits) == [6]


def test_what_an_abusive_report_costs_its_reporters_next_ones_decays_with_time(db: Database) -> None:
    filed(db, report(1, "a"))
    mark_abusive(db, 1, 1, "mo", ["1"], NOW)
    filed(db, *(report(10 + day, "a", hours=24 * day) for day in (1, 15, 60)), report(99, "b"))
    weights = [row["weight"] for row in db.query("SELECT weight FROM reports WHERE id > 1 ORDER BY id")]
    assert weights == sorted(weights)
    assert weights[0] < 0.4 < weights[2] <= weights[3]


def test_what_is_described_of_a_member_meets_while_it_is_open(db: Database) -> None:
    def described(who: str, author: str = "u1", kind: Kind = Kind.PERSON) -> Report:
        about = Posted("x", SQUARE, author, NOW, "", kind=kind, advances=False)
        return report(who=who, about=about)

    assert filed(db, described("a"), described("a"), described("b", "u2")) == [1, 1, 2]
    StoreReader(db).decide(decision(1, Step.DISMISS))
    assert filed(db, described("a"), described("c", "", Kind.ELSEWHERE), described("d", "", Kind.ELSEWHERE)) == [
        3,
        4,
        5,
    ]
    assert [row.kind for row in StoreReader(db).flags()] == ["person", "person", "person", "elsewhere", "elsewhere"]


def test_trusted_reports_are_next_and_abusive_ones_count_no_more(db: Database) -> None:
    filed(db, report(1, "a"), report(2, "b", category="threat"), report(3, "c", trusted=True))
    first = next_case(db, ["1"], [])
    assert first is not None
    assert first.id == 3
    assert mark_abusive(db, 3, 3, "mo", ["1"], NOW)
    second = next_case(db, ["1"], [])
    assert second is not None
    assert second.id == 2


def test_a_report_of_another_server_or_case_cannot_be_marked(db: Database) -> None:
    filed(db, report(1))
    assert not mark_abusive(db, 1, 1, "mo", ["2"], NOW)
    assert not mark_abusive(db, 2, 1, "mo", ["1"], NOW)
    assert mark_abusive(db, 1, 1, "mo", ["1"], NOW)
    assert not mark_abusive(db, 1, 1, "mo", ["1"], NOW)


def test_an_outcome_that_changes_before_it_was_told_is_told_as_it_is_now(db: Database) -> None:
    filed(db, report(1))
    for step in (Step.UPHOLD, Step.REOPEN, Step.DISMISS):
        StoreReader(db).decide(decision(1, step))
    assert [(each.outcome, each.changed) for each in due(db, 0, 9)] == [("dismissed", False)]
    assert [each.outcome for each in mine(db, "9", 9)] == ["dismissed"]


def test_a_database_of_the_version_before_keeps_its_flags(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path, isolation_level=None)
    old = Database(connection)
    migrations.apply(old, stop_before="m009_reports")
    connection.execute(
        """INSERT INTO flags (message_id, guild_id, channel_id, channel, author_id, text, score, threat, motives,
        targets, spans, reasons, thresholds, language, model, posted_at, flagged_at, urgency)
        VALUES ('1', '1', '1', 'torget', 'u1', 'text', 0.9, 0, '{}', '{}', '[]', '[]', '{}', 'sv', 'm', ?, ?, 5)""",
        [NOW.isoformat(), NOW.isoformat()],
    )
    connection.close()
    db = open_database(path)
    (row,) = StoreReader(db).flags()
    assert (row.text, row.kind) == ("text", "message")
    assert db.execute("SELECT urgency FROM flags").fetchone()[0] == 3_200
    db.close()
