"""Scales are kept for good with who, when and why; cases are read with those of their own server and model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.tuning.recalibrations import Obstacle, Recalibration, Unscaled
from bot.core.tuning.scale import Scale
from bot.store import SqliteRecalibrations, SqliteStore, StoreReader, open_database
from bot.store.keeping import keep
from bot.store.recalibrations import every_scale, recalibrate, recalibrations, scales, take_back
from bot.store.review import case
from tests.builders import NOW, SQUARE, flag, kept

LOWER, HIGHER = Scale(0.75, -1.5, 0.55), Scale(1.25, 0.5, 0.55)
MODEL = "fake@0"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(open_database(path)) as opened:
        keep(opened, kept(flag(), channels={SQUARE.id: SQUARE}))
        yield opened


def draft(scale: Scale = LOWER, **slots: object) -> Recalibration:
    """Karin's wish that what is told follows the decisions of the first server."""
    found = Recalibration("1", "flag", MODEL, scale, "Karin", NOW, "korten låter för säkra", {"upheld": 60})
    return replace(found, **slots)  # type: ignore[arg-type]


def test_a_scale_is_read_back_with_everything_that_was_said_of_it(db: Database) -> None:
    made = recalibrate(db, draft())
    assert made == draft(number=1)
    assert recalibrations(db) == [made]


def test_a_case_and_a_list_are_read_with_the_scale_that_holds(db: Database) -> None:
    recalibrate(db, draft())
    found = case(db, 1)
    assert found is not None
    assert found.scales == {"flag": LOWER}
    assert [row.scales for row in StoreReader(db).flags()] == [{"flag": LOWER}]
    assert StoreReader(db).flag(1).scales == {"flag": LOWER}


@pytest.mark.parametrize("other", [{"guild": "2"}, {"model": "other@1"}])
def test_another_servers_or_models_scale_is_not_used(db: Database, other: dict[str, str]) -> None:
    """A new model's scores are told as it gives them, until its own decisions have been heard."""
    recalibrate(db, draft(**other))
    found = case(db, 1)
    assert found is not None
    assert found.scales == {}
    assert [row.scales for row in StoreReader(db).flags()] == [{}]


def test_the_later_one_holds_and_taken_back_the_one_before_it(db: Database) -> None:
    recalibrate(db, draft())
    recalibrate(db, draft(HIGHER))
    assert scales(db, "1", MODEL) == {"flag": HIGHER}
    back = take_back(db, 2, "Ola", NOW, "blev inte bättre")
    assert (back.number, back.undoes, back.scale, back.by) == (3, 2, None, "Ola")
    assert scales(db, "1", MODEL) == {"flag": LOWER}
    take_back(db, 1, "Ola", NOW, "inte den heller")
    assert scales(db, "1", MODEL) == {}
    assert every_scale(db) == {}


def test_labels_have_scales_of_their_own(db: Database) -> None:
    recalibrate(db, draft())
    recalibrate(db, draft(HIGHER, label="threat"))
    assert every_scale(db) == {("1", MODEL): {"flag": LOWER, "threat": HIGHER}}


def test_of_two_who_take_the_same_back_the_second_is_told(db: Database) -> None:
    recalibrate(db, draft())
    take_back(db, 1, "Ola", NOW, "nej")
    for number, why in ((1, Obstacle.UNDONE), (2, Obstacle.NOTHING), (9, Obstacle.NOTHING)):
        with pytest.raises(Unscaled) as caught:
            take_back(db, number, "Karin", NOW, "nej")
        assert caught.value.why is why
    assert len(recalibrations(db)) == 2


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({"by": " - "}, Obstacle.NOBODY),
        ({"by": "Kar\nin"}, Obstacle.NOBODY),
        ({"why": "…"}, Obstacle.REASON),
        ({"why": "å" * 1001}, Obstacle.LONG),
    ],
)
def test_without_a_person_and_a_reason_nothing_is_kept(db: Database, slots: dict[str, str], why: Obstacle) -> None:
    with pytest.raises(Unscaled) as caught:
        recalibrate(db, draft(**slots))
    assert caught.value.why is why
    assert recalibrations(db) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recalibrations SET by = 'Ola'",
        "DELETE FROM recalibrations",
        "INSERT OR REPLACE INTO recalibrations SELECT * FROM recalibrations",
    ],
)
def test_what_is_on_record_of_scales_cannot_be_rewritten_by_any_program(
    path: Path, db: Database, statement: str
) -> None:
    recalibrate(db, draft())
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.Error, match=r"append-only|uppsikt_entry"):
        other.execute(statement)


async def test_the_port_says_the_same_on_the_stores_own_thread(path: Path) -> None:
    store = SqliteStore.open(path)
    port = SqliteRecalibrations(store)
    made = await port.recalibrate(draft())
    back = await port.take_back(made.number, "Ola", NOW, "nej")
    assert list(await port.recalibrations()) == [made, back]
    await store.close()
