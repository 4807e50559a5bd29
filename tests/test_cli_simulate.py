"""What thresholds do, from the terminal: the right figures at once, and one clear line where nothing can be said."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.core.flags import Flag, Reason, Step
from bot.core.ports import Tally
from bot.core.tuning.spreads import spreads
from bot.store import StoreReader, open_database
from bot.store.keeping import keep
from classifier.manifest import read_manifest
from classifier.verdict import Verdict
from tests.builders import HOME, MARKET, MODEL, NOW, SQUARE, decision, kept, post, verdict

MODEL_ID = read_manifest(MODEL).model_id


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(score: float, model: str = MODEL_ID) -> Verdict:
    bare = verdict(score)
    return Verdict(bare.score, 0.0, bare.motives, bare.targets, model, "sv")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Seven days in which 40 messages of the square were flagged, 30 upheld and 10 dismissed, and 60 let through."""
    path = tmp_path / "uppsikt.db"
    flagged = [(post(n, at=NOW + timedelta(hours=4 * n)), said(0.95 if n <= 20 else 0.85)) for n in range(1, 41)]
    read = [(post(100 + n, at=NOW + timedelta(hours=2 * n)), said(0.755 if n < 14 else 0.105)) for n in range(60)]
    flags = [Flag(each, it, (Reason("threshold", "flag", it.score, 0.8),), {}, each.at) for each, it in flagged]
    ends = [Tally(SQUARE.id, NOW + timedelta(hours=h), 1, 0) for h in (0, 167)]
    channels = {SQUARE.id: SQUARE, MARKET.id: MARKET}
    with closing(open_database(path)) as database:
        keep(database, kept(*flags, channels=channels, spreads=spreads(read), tallies=ends))
        reader = StoreReader(database)
        for number in range(1, 41):
            reader.decide(decision(number, Step.UPHOLD if number <= 30 else Step.DISMISS))
    return path


def asked(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["thresholds", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    if code:
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
        return result.stderr
    return result.stdout


def test_simulate_says_what_another_threshold_would_have_done(db: Path) -> None:
    """Flags a day, precision with its interval, and the decided cases that would be lost."""
    it = json.loads(asked("simulate", "--db", db, "--label", "flag=0.9", "--channel", "#torget", "--json"))
    days = it["days"]
    assert it["now"]["flags_a_day"]["least"] == pytest.approx(40 / days, rel=0.01)
    assert it["then"]["flags_a_day"]["most"] == pytest.approx(20 / days, rel=0.01)
    assert it["now"]["precision"]["value"] == 0.75
    assert it["now"]["precision"]["low"] < 0.75 < it["now"]["precision"]["high"]
    assert it["then"]["precision"]["value"] == 1.0
    assert (it["lost"]["flags"], it["lost"]["upheld"], it["lost"]["dismissed"]) == (list(range(21, 41)), 10, 10)


def test_simulate_counts_what_was_let_through(db: Path) -> None:
    """Fourteen messages lie between the candidate and what is in force; whether rightly, nobody knows."""
    it = json.loads(asked("simulate", "--db", db, "--label", "flag=0.75", "--json"))
    assert it["then"]["unread_a_day"]["least"] == pytest.approx(14 / it["days"], rel=0.01)
    assert it["then"]["unread_a_day"]["most"] == it["then"]["unread_a_day"]["least"]
    assert it["gained_precision"]["value"] is None


def test_show_and_simulate_say_it_in_swedish_and_what_it_rests_on(db: Path) -> None:
    shown = asked("show", "--db", db)
    assert "överallt" in shown
    assert "(modellen)" in shown
    assert "75\xa0%" in shown
    told = asked("simulate", "--db", db, "--label", "flag=0,9", "--channel", SQUARE.id)
    assert "i #torget" in told
    assert "20 (bifallna 10, avskrivna 10)" in told
    assert "Det är ett antagande" in told


def test_show_says_where_each_threshold_is_from(db: Path, tmp_path: Path) -> None:
    config = tmp_path / "other.toml"
    config.write_text('[thresholds.channels."#marknad"]\nflag = 0.5\n', "utf-8")
    it = json.loads(asked("show", "--db", db, "--config", config, "--json"))
    everywhere, market = it["places"]
    assert {each["source"] for each in everywhere["thresholds"]} == {"model"}
    assert market["thresholds"] == [{"label": "flag", "value": 0.5, "source": "config", "change": None}]
    assert (market["channel_name"], market["figures"]) == ("marknad", None)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--label", "flag=1.2"), "0 till 1"),
        (("--label", "flag=nan"), "0 till 1"),
        (("--label", "hat=0.5"), "ingen etikett hat"),
        (("--label", "flag=0.5", "--channel", "#nere"), "ingen kanal #nere"),
        (("--label", "flag=0.5", "--channel", "#marknad"), "inga meddelanden har lästs där"),
        (("--label", "flag=0.5", "--group", "unga"), "ingen grupp unga"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_one_line(db: Path, arguments: tuple[str, ...], line: str) -> None:
    assert line in asked("simulate", "--db", db, *arguments, code=1)


def test_what_is_no_number_is_refused_in_one_line(db: Path) -> None:
    assert "write a number" in asked("simulate", "--db", db, "--label", "flag=hög", code=2)


def test_where_nothing_was_read_that_is_said(tmp_path: Path) -> None:
    open_database(tmp_path / "new.db").close()
    for command in (("show",), ("simulate", "--label", "flag=0.5")):
        assert "inga meddelanden har lästs än" in asked(*command, "--db", tmp_path / "new.db", code=1)


def test_another_models_scores_are_not_passed_off_as_this_ones(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "old.db")) as database:
        read = [(post(1), said(0.3, "older@1"))]
        keep(database, kept(channels={SQUARE.id: SQUARE}, spreads=spreads(read), tallies=[Tally(SQUARE.id, NOW, 1, 0)]))
    told = asked("show", "--db", tmp_path / "old.db", code=1)
    assert "older@1" in told
    assert MODEL_ID in told


def test_it_is_answered_without_loading_a_model_or_what_is_slow_to_load(db: Path) -> None:
    """Neither torch nor scipy.stats nor Discord: each takes longer to load than the answer."""
    code = (
        "import sys\nfrom bot.cli import main\n"
        f"main(['thresholds', 'simulate', '--db', {str(db)!r}, '--label', 'flag=0.9'], standalone_mode=False)\n"
        "print('LOADED', *sorted({'torch', 'scipy.stats', 'discord', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HOME)
    assert done.stdout.splitlines()[-1].strip() == "LOADED"
