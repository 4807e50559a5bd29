"""Recalibrating from the terminal: shown first, applied by a person, told in the lists, taken back by one command."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.core.flags import Flag, Reason, Step
from bot.core.messages import Channel
from bot.core.ports import Tally
from bot.core.tuning.recalibrations import _SENTENCES, Obstacle, Unscaled
from bot.locales import LANGUAGES, speak
from bot.store import StoreReader, open_database
from bot.store.keeping import keep
from classifier.manifest import read_manifest
from classifier.verdict import Verdict
from tests.builders import FLAGGED, MODEL, NOW, SQUARE, decision, kept, post, verdict

MODEL_ID = read_manifest(MODEL).model_id
WHO = ("--by", "Karin", "--why", "korten låter för säkra")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(score: float, model: str = MODEL_ID) -> Verdict:
    bare = verdict(score)
    return Verdict(bare.score, 0.0, bare.motives, bare.targets, model, "sv")


def written(path: Path, count: int = 240, *, model: str = MODEL_ID, square: Channel = SQUARE) -> Path:
    """Cases that the model is 85 to 95 percent sure of, of which humans uphold one in three."""
    scores = [0.85 + 0.1 * (n % 10) / 10 for n in range(count)]
    first = int(square.id)  # messages of two channels are not the same ones
    flags = [
        Flag(post(n, FLAGGED, square), said(score, model), (Reason("threshold", "flag", score, 0.8),), {}, NOW)
        for n, score in enumerate(scores, first)
    ]
    tallies = [Tally(square.id, NOW + timedelta(hours=h), 1, 0) for h in (0, 48)]
    with closing(open_database(path)) as database:
        keep(database, kept(*flags, channels={square.id: square}, tallies=tallies))
        reader = StoreReader(database)
        for number, row in enumerate(reader.flags()[-count:], 1):
            reader.decide(decision(row.id, Step.UPHOLD if number % 3 == 0 else Step.DISMISS))
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return written(tmp_path / "uppsikt.db")


def asked(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    if code:
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
        return result.stderr
    return result.stdout


def recalibrate(db: Path, *arguments: object, code: int = 0) -> str:
    return asked("thresholds", "recalibrate", "--db", db, *arguments, code=code)


def sure(db: Path) -> list[dict[str, float]]:
    return [row["recalibrated"] for row in json.loads(asked("flags", "--db", db, "--json"))]


def test_without_a_name_it_is_only_shown_what_decisions_say(db: Path) -> None:
    it = json.loads(recalibrate(db, "--json"))
    (server,) = it["servers"]
    assert (it["made"], server["in_force"], server["guild"], server["model"]) == (None, None, "1", MODEL_ID)
    assert (server["upheld"], server["dismissed"], server["audited"]) == (80, 160, 0)
    assert server["before"]["calibration"] > 0.5
    assert server["after"]["calibration"] < 0.1
    assert server["offered"]["slope"] > 0
    assert set(map(str, sure(db))) == {"{}"}


def test_it_is_shown_in_both_languages_with_what_it_rests_on(db: Path) -> None:
    told = recalibrate(db)
    assert "Bygger på 80 bifallna och 160 avskrivna ärenden" in told
    assert "Rests on 80 cases upheld and 160 dismissed" in told
    assert "Inget är ändrat än." in told
    assert "Poängen 0,90 skulle betyda 3" in told
    assert "Poängen 0,70" not in told
    assert "Besluten säger något om poäng från 0,85." in told


def test_applied_it_is_told_in_the_lists_and_taken_back_it_is_not(db: Path) -> None:
    """The order stays, the model's own scores and the thresholds too."""
    before = json.loads(asked("flags", "--db", db, "--json"))
    assert "Omräkning 1 gäller nu" in recalibrate(db, *WHO)
    after = json.loads(asked("flags", "--db", db, "--json"))
    assert all(0.2 < row["recalibrated"]["flag"] < 0.5 for row in after)
    by_score = sorted(after, key=lambda row: row["score"])
    assert [row["recalibrated"]["flag"] for row in by_score] == sorted(row["recalibrated"]["flag"] for row in after)
    for one, other in zip(before, after, strict=True):
        assert {**other, "recalibrated": {}} == one
    assert "mycket säker" not in asked("flags", "--db", db)
    (server,) = json.loads(recalibrate(db, "--json"))["servers"]
    assert (server["in_force"]["by"], server["in_force"]["why"]) == ("Karin", "korten låter för säkra")
    assert server["in_force"]["figures"]["upheld"] == 80
    assert "Omräkning 1 är tillbakatagen" in recalibrate(db, "--undo", *WHO)
    assert "mycket säker" in asked("flags", "--db", db)
    assert set(map(str, sure(db))) == {"{}"}


def test_show_says_what_the_threshold_means_where_scores_are_recalibrated(db: Path) -> None:
    assert "sannolikhet" not in asked("thresholds", "show", "--db", db)
    recalibrate(db, *WHO)
    assert "betyder" in asked("thresholds", "show", "--db", db)
    (means,) = json.loads(asked("thresholds", "show", "--db", db, "--json"))["meanings"]
    assert (means["guild"], means["label"], means["recalibration"]) == ("1", "flag", 1)
    assert means["probability"] < means["threshold"]


def test_a_recalibration_of_another_model_says_nothing_of_this_one(tmp_path: Path) -> None:
    path = written(tmp_path / "old.db", model="older@1")
    told = recalibrate(path)
    assert "Bygger på 0 bifallna och 0 avskrivna" in told
    assert "det behövs 50 bifallna och 50 avskrivna till" in told


def test_few_decisions_are_no_ground_and_how_many_more_it_takes_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "few.db", 30)
    assert "det behövs 40 bifallna och 30 avskrivna till" in recalibrate(path)
    assert "det behövs 40 bifallna och 30 avskrivna till" in recalibrate(path, *WHO, code=1)
    (server,) = json.loads(recalibrate(path, "--json"))["servers"]
    assert (server["offered"], server["why_not"], server["before"]) == (None, "few", None)
    assert server["missing"] == {"upheld": 40, "dismissed": 30}


def test_each_server_has_decisions_of_its_own(db: Path) -> None:
    written(db, 30, square=Channel("900", "torget", guild="2"))
    several = json.loads(recalibrate(db, "--json"))["servers"]
    assert [(each["guild"], each["offered"] is None) for each in several] == [("1", False), ("2", True)]
    assert "flera servrar läses: ange vilken med --server, 1, 2" in recalibrate(db, *WHO, code=1)
    recalibrate(db, *WHO, "--server", "1")
    assert ["flag" in each for each in sure(db)] == [True] * 240 + [False] * 30


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("--label", "women", *WHO), 1, "tillfrågas inte om women"),
        (("--label", "hat"), 1, "tillfrågas inte om hat"),
        (("--server", "99"), 1, "på servern 99 har inget lästs"),
        (("--by", "Karin"), 2, "say both --by NAME and --why TEXT"),
        (("--why", "nej"), 2, "say both --by NAME and --why TEXT"),
        (("--undo",), 2, "say both --by NAME and --why TEXT"),
        (("--undo", *WHO), 1, "ingen omräkning att ta tillbaka"),
        (("--by", "-", "--why", "nej"), 1, "bara en människa räknar om"),
        (("--by", "Karin", "--why", "?"), 1, "skriv varför"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(
    db: Path, arguments: tuple[str, ...], code: int, line: str
) -> None:
    assert line in recalibrate(db, *arguments, code=code)
    assert set(map(str, sure(db))) == {"{}"}


def test_where_nothing_was_read_there_is_nothing_to_recalibrate(tmp_path: Path) -> None:
    open_database(tmp_path / "new.db").close()
    assert "inga meddelanden har lästs än" in recalibrate(tmp_path / "new.db", code=1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", Obstacle)
def test_every_obstacle_has_its_sentence_in_each_language(why: Obstacle, language: str) -> None:
    class Any(dict[str, str]):
        def __missing__(self, name: str) -> str:
            self[name] = f"<{name}>"
            return self[name]

    slots = Any()
    _SENTENCES[why].format_map(slots)
    told = speak(language)("unscaled-" + why, **slots)
    assert all(value in told for value in slots.values())
    assert Unscaled(why, **slots).slots == slots
