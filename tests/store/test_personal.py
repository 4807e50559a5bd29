"""Has somebody thought of every column of text: whether a person can stand in it, and what forgets that?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.retention import RecordClass
from bot.store import open_database
from bot.store.personal import IMPERSONAL, PERSONAL


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "uppsikt.db")
    yield opened
    opened.close()


def columns(db: Database) -> set[str]:
    """Those of text, by table."""
    return {
        f"{table}.{column.name}"
        for table in db.table_names()
        for column in db[table].columns
        if column.type.upper() == "TEXT"
    }


def is_thought_of(column: str) -> bool:
    name = column.partition(".")[2]
    return column in PERSONAL or column in IMPERSONAL or name in IMPERSONAL or name.endswith("_at")


def test_every_column_of_text_is_personal_with_what_forgets_it_or_impersonal_with_the_reason(db: Database) -> None:
    assert sorted(column for column in columns(db) if not is_thought_of(column)) == []


def test_what_is_listed_is_there(db: Database) -> None:
    there = columns(db)
    names = {column.partition(".")[2] for column in there}
    assert PERSONAL.keys() <= there
    assert {each for each in IMPERSONAL if each not in there | names} == set()


def test_every_personal_column_is_forgotten_by_a_class_that_there_is() -> None:
    classes = {each for named in PERSONAL.values() for each in named.split(", ")}
    assert classes <= set(RecordClass)
