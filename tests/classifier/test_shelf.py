"""A shelf knows its models, remembers who put which one in force, and stays whole whatever happens to it."""

from __future__ import annotations

import json
import multiprocessing
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import ModelError
from classifier.shelf import PROMOTED, SHIPPED, Promotion, Shelf, plain
from tests.builders import unprivileged

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Two models that are shipped, one of our own."""
    for name in ("shipped/uppsikt-sv", "shipped/other", "own/mine"):
        (tmp_path / name).mkdir(parents=True)
    return Shelf(tmp_path / "own", tmp_path / "shipped")


def promotion(name: str = "mine", number: int = 0, **more: str) -> Promotion:
    return Promotion(name, f"{number:064x}", more.get("by", "Maja"), NOON + timedelta(hours=number), "bättre på hot")


def test_a_name_is_looked_for_in_the_own_folder_first(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.folder("mine") == tmp_path / "own" / "mine"
    assert shelf.folder("other") == tmp_path / "shipped" / "other"
    (tmp_path / "own" / "other").mkdir()
    assert shelf.folder("other") == tmp_path / "own" / "other"


def test_every_folder_of_both_places_is_listed_once(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "own" / "other").mkdir()
    (tmp_path / "own" / "half.part").mkdir()
    (tmp_path / "own" / ".hidden").mkdir()
    (tmp_path / "own" / "a-file").write_text("x")
    assert list(shelf.folders()) == ["mine", "other", SHIPPED]
    assert shelf.folders()["other"] == tmp_path / "own" / "other"


def test_a_shelf_that_is_not_there_yet_holds_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "shipped" / SHIPPED).mkdir(parents=True)
    shelf = Shelf(tmp_path / "not" / "yet", tmp_path / "shipped")
    assert list(shelf.folders()) == [SHIPPED]
    assert shelf.in_force == SHIPPED
    shelf.promote(promotion(SHIPPED), ())
    assert shelf.in_force == SHIPPED
    assert len(shelf.history()) == 1


@pytest.mark.parametrize("name", ["mine", "other", "a-file", "dangling"])
def test_whatever_has_a_name_takes_it(shelf: Shelf, tmp_path: Path, name: str) -> None:
    (tmp_path / "own" / "a-file").write_text("x")
    (tmp_path / "own" / "dangling").symlink_to(tmp_path / "nowhere")
    assert shelf.has(name)
    assert not shelf.has("free")


def test_ours_is_in_force_until_another_is_promoted(shelf: Shelf) -> None:
    assert shelf.in_force == SHIPPED
    assert shelf.history() == ()
    assert shelf.before is None


def test_the_last_promotion_is_in_force_and_none_is_forgotten(shelf: Shelf) -> None:
    first, second = promotion("mine", 1), promotion("other", 2)
    shelf.promote(first, ())
    assert shelf.in_force == "mine"
    shelf.promote(second, (first,))
    assert shelf.in_force == "other"
    assert shelf.history() == (first, second)
    assert shelf.before == first


def test_before_the_first_promotion_ours_was_in_force(shelf: Shelf) -> None:
    shelf.promote(promotion("mine", 1), ())
    before = shelf.before
    assert before is not None
    assert (before.name, before.digest) == (SHIPPED, "")


def test_the_file_says_who_when_what_and_why_to_whoever_reads_it(shelf: Shelf, tmp_path: Path) -> None:
    shelf.promote(promotion("mine", 1, by="Åsa"), ())
    (row,) = json.loads((tmp_path / "own" / PROMOTED).read_text("utf-8"))
    assert row == {
        "name": "mine",
        "digest": f"{1:064x}",
        "by": "Åsa",
        "at": "2026-03-01T13:00:00+00:00",
        "reason": "bättre på hot",
    }
    assert sorted(os.listdir(tmp_path / "own")) == ["mine", PROMOTED]


def test_whoever_promotes_on_an_old_history_is_refused(shelf: Shelf) -> None:
    """Two people looked at the same figures; the second must look again."""
    shelf.promote(promotion("mine", 1), ())
    with pytest.raises(ModelError, match="somebody else promoted"):
        shelf.promote(promotion("other", 2), ())
    assert shelf.in_force == "mine"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"{}", "no list"),
        (b"null", "no list"),
        (b"[null]", "entry 1"),
        (b'["mine"]', "entry 1"),
        (b'[{"name": "mine"}]', "entry 1"),
        (b'[{"name": "mine", "digest": "0", "by": "M", "at": "soon", "reason": ""}]', "entry 1"),
        (b'[{"name": "mine", "digest": "0", "by": "M", "at": "2026-03-01T12:00:00", "reason": ""}]', "entry 1"),
        (b'[{"name": "mine", "digest": "0", "by": "M", "at": 5, "reason": ""}]', "entry 1"),
        (b'[{"name": 5, "digest": "0", "by": "M", "at": "2026-03-01T12:00:00Z", "reason": ""}]', "entry 1"),
        (b'[{"name": "../x", "digest": "0", "by": "M", "at": "2026-03-01T12:00:00Z", "reason": ""}]', "no plain name"),
        (b'[{"name": "/etc", "digest": "0", "by": "M", "at": "2026-03-01T12:00:00Z", "reason": ""}]', "no plain name"),
    ],
)
def test_a_broken_history_is_one_clear_error_and_nothing_is_added_to_it(
    shelf: Shelf, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "own" / PROMOTED
    path.write_bytes(content)
    for ask in (lambda: shelf.in_force, lambda: shelf.before, lambda: shelf.promote(promotion(), ())):
        with pytest.raises(ModelError) as refusal:
            ask()
        line = str(refusal.value)
        assert str(path) in line
        assert why in line
        assert "\n" not in line
    assert path.read_bytes() == content


def test_a_history_that_may_not_be_read_is_one_clear_error() -> None:
    with unprivileged() as folder:
        path = folder / PROMOTED
        path.write_text("[]")
        path.chmod(0)
        with pytest.raises(ModelError, match="check who owns it"):
            Shelf(folder, folder).history()


def _promote_often(folder: Path, who: int, start: multiprocessing.synchronize.Event) -> None:
    shelf = Shelf(folder, folder)
    start.wait()
    done = 0
    while done < 10:
        try:
            shelf.promote(promotion("mine", done, by=f"person{who}"), shelf.history())
            done += 1
        except ModelError as refusal:
            assert "somebody else" in str(refusal)


def test_of_many_who_promote_at_once_none_is_lost_and_the_file_stays_whole(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    people = [context.Process(target=_promote_often, args=(tmp_path, who, start)) for who in range(4)]
    for person in people:
        person.start()
    start.set()
    for person in people:
        person.join(60)
    assert [person.exitcode for person in people] == [0] * 4
    history = Shelf(tmp_path, tmp_path).history()
    assert sorted((each.by, each.at) for each in history) == sorted(
        (f"person{who}", NOON + timedelta(hours=n)) for who in range(4) for n in range(10)
    )
    assert os.listdir(tmp_path) == [PROMOTED]


@pytest.mark.parametrize("name", ["uppsikt-sv", "a", "KB-bert.v2", "x_1", "0" * 64])
def test_a_plain_name_is_one(name: str) -> None:
    assert plain(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "/etc",
        "-rf",
        ".hidden",
        "a b",
        "a\n",
        "å",
        "x.part",
        "promoted.json",
        "a" * 65,
        "~",
    ],
)
def test_a_name_that_could_mean_something_else_is_none(name: str) -> None:
    assert not plain(name)


@given(st.text(max_size=70))
def test_a_plain_name_never_leaves_its_folder(name: str) -> None:
    if plain(name):
        assert (Path("/models") / name).resolve().parent == Path("/models")
