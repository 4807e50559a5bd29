"""How much is missed, through the commands: a file is replayed with the audit on, read blind, decided, told apart."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import app
from bot.check import checks
from bot.cli import main
from bot.config import Settings, load
from bot.core.errors import BadConfiguration
from bot.core.tuning.evidence import Scope
from bot.store import audits, open_database
from tests.builders import FLAGGED, HARMLESS, NOW, ReplayModel, line, write_lines

AUDIT = "[audit]\nenabled = true\nshare = 1\nper_day = 1000\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(AUDIT + f'[uppsikt]\ndatabase = "{tmp_path / "u.db"}"\nlanguages = ["sv"]\n', "utf-8")
    return path


@pytest.fixture
def replayed(tmp_path: Path, config: Path) -> Path:
    """A database into which nine messages were read, one of them flagged."""
    lines = [line(n, FLAGGED if n == 5 else HARMLESS, guild="1") for n in range(1, 10)]
    file = write_lines(tmp_path / "vecka.jsonl", lines)
    for _ in range(2):
        app.replay(file, tmp_path / "u.db", load(config), skip=print, model=ReplayModel())
    return tmp_path / "u.db"


def run(*arguments: object) -> str:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_file_is_replayed_with_samples_once_however_often_it_is_read(replayed: Path) -> None:
    db = open_database(replayed)
    (stratum,) = audits.strata(db, Scope(("1",), NOW, NOW + timedelta(days=1)))
    db.close()
    assert (stratum.name, stratum.let_through, stratum.drawn, stratum.odds) == ("far", 8, 8, 1.0)


def test_the_terminal_tells_no_sample_from_a_flag_before_it_is_decided(replayed: Path, config: Path) -> None:
    rows = json.loads(run("flags", "--json", "--config", config))
    assert len(rows) == 9
    telling = ("score", "threat", "motives", "targets", "reasons", "thresholds", "audited")
    assert len({json.dumps([row[each] for each in telling]) for row in rows}) == 1
    shown = run("flags", "--show-text", "--config", config)
    assert "%" not in shown
    assert "stickprov" not in shown
    assert shown.count("visas när den är avgjord") == 9


def test_once_decided_a_sample_is_shown_as_one_with_its_figures(replayed: Path, config: Path) -> None:
    for number in (1, 5):
        run("decide", number, "dismiss", "--by", "Maja", "--config", config)
    rows = {row["id"]: row for row in json.loads(run("flags", "--json", "--state", "dismissed", "--config", config))}
    assert [rows[number]["audited"] for number in (1, 5)] == [True, False]
    assert [rows[number]["score"] for number in (1, 5)] == [0.01, 0.95]
    assert run("flags", "--state", "dismissed", "--config", config).count("stickprov") == 1


def test_a_threat_can_be_found_in_the_terminal(replayed: Path, config: Path) -> None:
    run("decide", 5, "uphold", "--by", "Maja", "--motive", "threat", "--config", config)
    db = open_database(replayed)
    assert db.execute("SELECT motives FROM decisions").fetchone()[0] == '["threat"]'
    db.close()


def test_check_says_in_one_line_that_the_audit_is_on_and_what_that_means(config: Path) -> None:
    found = [text for well, text in checks(config) if well and text.startswith("audit")]
    assert found == [
        "audit sample: on; about 100.00% of the messages that nobody flagged, about 1000 a day at most, are "
        "stored for a human to read, and forgotten after 14 days unless upheld or reported"
    ]


def test_it_is_off_unless_it_was_switched_on() -> None:
    assert not Settings().audit.enabled


@pytest.mark.parametrize("line_", ["share = 0", "share = 1.5", "share = nan", "per_day = 0", "keep_days = 0"])
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, line_: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[audit]\n{line_}\n", "utf-8")
    with pytest.raises(BadConfiguration, match=r"audit\." + line_.split()[0]):
        load(path)
