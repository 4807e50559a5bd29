"""Is everything that the database holds of a person in what the person is given, or left out for a reason?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.messages import File
from bot.store import open_database
from bot.store.keeping import keep
from bot.store.personal import PERSONAL
from bot.store.persons import DONE, held, names_of
from classifier.verdict import Span
from tests.builders import flag, kept, post
from tests.persons_town import HE, NAME, SHE, TEXTS, UPHELD, settle

GIVEN = {
    "flags.text", "flags.spans", "flags.channel", "flags.message_id", "flags.author_id", "flags.reply_to",
    "flags.posted_at", "statements.author_id", "decisions.note", "opinions.note", "reports.words", "reporters.who",
    "appeals.words", "appeals.answer", "exposure.who", "care.who", "panel_links.who", "panel_links.name",
    "panel_sessions.who", "panel_sessions.name", "attachments.name", "attachments.sha256",
}  # fmt: skip
LEFT_OUT = {
    "channels.name": "the channel's name is given with each case",
    "escalations.note": "for the leads' eyes; that it was escalated is given",
    "unmaskings.reason": "names nobody it is about; that somebody asked is given to the reporter",
    "reports.target_id": "a report about a person is its reporter's; their number is given",
    "reports.message_id": "the same as the case's",
    "exposed.who": "today's share of what exposure counts",
    "panel_links.guilds": "servers, with what the session is for",
    "panel_sessions.guilds": "servers, with what the session is for",
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "uppsikt.db")
    settle(opened)
    yield opened
    opened.close()


def test_every_personal_column_is_given_or_left_out_for_a_reason() -> None:
    """A column that comes later fails here, until somebody has thought of whoever asks."""
    assert PERSONAL.keys() == GIVEN | LEFT_OUT.keys()


def test_every_table_that_names_who_did_something_is_counted(db: Database) -> None:
    naming = {
        f"{table}.{column.name}"
        for table in db.table_names()
        for column in db[table].columns
        if column.name in ("by", "abusive_by")
    }
    assert naming - {f"{table}.{column}" for table, column in DONE.values()} == {"readings.by"}  # as its decision's


def test_nobody_by_that_id_is_nothing(db: Database) -> None:
    """Not even what was forgotten: that has no id, and is nobody's."""
    assert not held(db, "900000000000000009")
    assert held(db, SHE)


def test_what_others_have_is_not_in_it(db: Database) -> None:
    hers, his = held(db, SHE), held(db, HE)
    assert [case.number for case in hers.cases] != [case.number for case in his.cases]
    assert [report.words for report in hers.reports] != [report.words for report in his.reports]


def test_a_known_name_is_one_that_was_flagged(db: Database) -> None:
    assert names_of(db, SHE) == [TEXTS[NAME]]
    assert names_of(db, HE) == []


def test_the_words_that_weighed_are_told_the_weightiest_first(db: Database) -> None:
    raised = flag(post(9, "ett två tre", author=SHE))
    spans = (Span(0, 3, 0.2), Span(4, 7, 0.6))
    keep(db, kept(replace(raised, verdict=replace(raised.verdict, spans=spans))))
    assert held(db, SHE).cases[-1].weighed == [("två", 0.6), ("ett", 0.2)]
    assert held(db, SHE).cases[0].number == UPHELD


def test_what_was_attached_is_told_by_name_and_digest(db: Database) -> None:
    file = File("semester.txt", 12, "0f" * 32)
    keep(db, kept(flag(post(9, "se bilagan", author=SHE, files=(file,)))))
    assert held(db, SHE).cases[-1].files == [file]
