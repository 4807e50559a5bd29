"""Pictures from the command line: written whole, with their figures in words, or one sentence that says why not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import app
from bot.cli import main
from bot.config import load
from bot.core.flags import Decision, Step
from bot.demo import WEEK
from bot.store import StoreReader


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up week, with half of its flags decided."""
    db = tmp_path_factory.mktemp("plots") / "week.db"
    app.replay(WEEK, db, load(None, {}), skip=lambda _: None)
    for row in app.ask(db, lambda reader: StoreReader.flags(reader)):
        if row.id % 4:
            step = Step.UPHOLD if row.id % 4 > 1 else Step.DISMISS
            motives = ("other",) if step is Step.UPHOLD else ()
            app.decide(db, Decision(row.id, step, "Karin", row.flagged_at, motives))
    return db


def plot(db: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["thresholds", "plot", *map(str, words), "--db", str(db)])


def test_all_pictures_are_written_into_a_folder_with_their_words(replayed: Path, tmp_path: Path) -> None:
    """Four files and a sentence for each, and no half of a file left behind."""
    done = plot(replayed, "all", "--out", tmp_path / "new", "--proposed", "0,9", "--capacity", "20")
    assert done.exit_code == 0, done.output
    names = {"precision.png", "flags.png", "reliability.png", "workload.png"}
    assert {file.name for file in (tmp_path / "new").iterdir()} == names
    assert all(name in done.stdout for name in names)
    assert "vid förslaget 0,90" in done.stdout
    assert "moderatorerna hinner 20 per dygn" in done.stdout


def test_one_picture_is_written_to_the_file_that_is_named_in_the_format_that_it_names(
    replayed: Path, tmp_path: Path
) -> None:
    """In the reader's language, for one channel by its name."""
    file = tmp_path / "veckan.svg"
    done = plot(replayed, "flags", "--out", file, "--language", "en", "--channel", "#allmänt", "--json")
    assert done.exit_code == 0, done.output
    assert "Flags a day" in file.read_text("utf-8")
    (told,) = json.loads(done.stdout)
    assert told["file"] == str(file)
    assert "#allmänt" in told["alt"]
    assert {"at", "value"} <= set(told["rows"][0])


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["all", "--out", "a.png"], 2, "name a folder"),
        (["flags", "--out", "a.png", "--format", "svg"], 2, "says another format"),
        (["flags", "--out", "a", "--proposed", "1.5"], 2, "1.5"),
        (["flags", "--out", "a", "--label", "hat"], 2, "hat"),
        (["flags", "--out", "a", "--channel", "#finns-inte"], 1, "finns-inte"),
        (["precision", "--out", "a", "--label", "women"], 1, "mot kvinnor"),
        (["precision", "--out", "a", "--proposed", "nan"], 2, "is no number"),
        (["flags", "--out", "a", "--capacity", "nan"], 2, "is no number"),
        (["flags", "--out", "a", "--capacity", "inf"], 2, "0<=x<=999999"),
        (["flags", "--out", "a", "--capacity", "1e300"], 2, "0<=x<=999999"),
    ],
)
def test_what_cannot_be_drawn_is_one_clear_sentence_and_no_file(
    replayed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str], code: int, sentence: str
) -> None:
    """Nothing is written, not even a folder."""
    monkeypatch.chdir(tmp_path)
    done = plot(replayed, *words)
    assert done.exit_code == code, done.output
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_drawn_is_drawn_and_the_rest_is_told(tmp_path: Path, replayed: Path) -> None:
    """A label that nobody is asked about has flags a day all the same."""
    done = plot(replayed, "all", "--out", tmp_path, "--label", "women")
    assert done.exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == {"flags.png", "workload.png"}
    assert "mot kvinnor" in done.stderr
