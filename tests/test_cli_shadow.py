"""What can be typed about shadows and shifts: started, shown, stopped; one clear line for what is wrong."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.core.ports import Tally
from bot.core.tuning.shadow import Beside, Ending
from bot.store import open_database, shadows
from bot.store.keeping import keep
from tests.builders import MARKET, NOW, SQUARE, kept

START = ("thresholds", "shadow", "start", "--by", "Maja", "--why", "för många flaggor")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in an empty folder: no config.toml, no database of anybody's."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "uppsikt.db"
    with closing(open_database(path)) as database:
        keep(database, kept(channels={each.id: each for each in (SQUARE, MARKET)}))
    return path


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def count(db: Path, hours: int, live: int, candidate: int, common: int) -> None:
    rows = [
        Beside(1, place, NOW + timedelta(hours=hour), 50, live, candidate, common, 1, 0.1)
        for hour in range(hours)
        for place in ("100", "200")
    ]
    with closing(open_database(db)) as database:
        keep(database, kept(beside=rows))


def test_a_shadow_is_started_shown_and_stopped(db: Path) -> None:
    told = run(*START, "--label", "flag=0,7", "--channel", "#torget", "--db", db).stdout
    assert "Skugga 1 är startad" in told
    assert "Shadow 1 is started" in told
    count(db, 24 * 7, live=2, candidate=1, common=1)
    shown = run("thresholds", "shadow", "show", "--db", db).stdout
    assert "Skugga 1: flag 0,70 torget" in shown
    assert "Maja: för många flaggor" in shown
    assert "48,0 färre meddelanden per dag" in shown
    assert "48.0 fewer messages a day" in shown
    assert "96,0 (" in shown
    assert "marknad" in shown
    assert "336 meddelanden (2" in shown
    assert "uppsikt thresholds simulate" in shown
    assert "Stoppad" in run("thresholds", "shadow", "stop", "--db", db).stdout
    assert "Stoppad" in run("thresholds", "shadow", "show", "--db", db).stdout


def test_the_same_for_programs(db: Path) -> None:
    run(*START, "--label", "flag=0.7", "--label", "threat=0.3", "--db", db)
    count(db, 24 * 4, live=2, candidate=3, common=2)
    found = json.loads(run("thresholds", "shadow", "show", "--json", "--db", db).stdout)
    assert found["thresholds"] == {"": {"flag": 0.7, "threat": 0.3}}
    together = found["together"]
    assert (together["live"], together["candidate"], together["common"]) == (384, 576, 384)
    assert (together["only_live"], together["only_candidate"], together["differs"]) == (0, 192, True)
    assert together["difference_a_day"]["value"] == 48
    assert found["not_compared"] == 192
    assert found["channels"]["100"]["name"] == "torget"


def test_nothing_compared_yet_is_said_plainly(db: Path) -> None:
    run(*START, "--label", "flag=0.7", "--db", db)
    assert "Ingenting har jämförts än" in run("thresholds", "shadow", "show", "--db", db).stdout
    assert json.loads(run("thresholds", "shadow", "show", "--json", "--db", db).stdout)["together"] is None


def test_after_a_day_it_says_that_it_is_too_early(db: Path) -> None:
    run(*START, "--label", "flag=0.7", "--db", db)
    count(db, 20, live=2, candidate=9, common=2)
    assert "för tidigt" in run("thresholds", "shadow", "show", "--db", db).stdout


def test_a_shadow_that_failed_says_why(db: Path) -> None:
    run(*START, "--label", "flag=0.7", "--db", db)
    with closing(open_database(db)) as database:
        shadows.end(database, 1, Ending.FAILED, NOW, "modellen är\x1b[31m trasig")
    shown = run("thresholds", "shadow", "show", "--db", db).stdout
    assert "Avbröts" in shown
    assert "trasig" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("--label", "flag=1.5"), "a threshold lies between 0 and 1", 2),
        (("--label", "flag=nan"), "a threshold lies between 0 and 1", 2),
        (("--label", "hat=0.5"), "unknown label 'hat'", 2),
        ((), "nothing to compare", 2),
        (("--label", "flag=0.7", "--channel", "#finnsinte"), "no message was read in a channel '#finnsinte' yet", 2),
        (("--channel", "#torget"), "a channel needs a threshold", 2),
        (("--label", "flag=0.7", "--days", "0"), "at most 90 days", 2),
        (("--label", "flag=0.7", "--days", "nan"), "at most 90 days", 2),
        (("--model", "../../etc"), "is no name of a model", 2),
        (("--model", "finns-inte"), "finns-inte", 1),
        (("--label", "flag=0.7", "--by", " "), "say who starts it", 2),
    ],
)
def test_what_cannot_be_started_is_refused_in_one_line(
    db: Path, arguments: tuple[str, ...], told: str, code: int
) -> None:
    result = run(*START, *arguments, "--db", db, code=code)
    (only,) = result.stderr.splitlines()
    assert told in only
    run("thresholds", "shadow", "show", "--db", db, code=1)  # nothing was half begun


def test_a_threshold_that_is_no_number_is_a_wrong_usage(db: Path) -> None:
    assert "is no threshold" in run(*START, "--label", "flag=högt", "--db", db, code=2).stderr


def test_a_second_one_is_refused_while_the_first_runs(db: Path) -> None:
    run(*START, "--label", "flag=0.7", "--db", db)
    assert "it still runs; stop it first" in run(*START, "--label", "flag=0.6", "--db", db, code=1).stderr


@pytest.mark.parametrize("command", ["stop", "show"])
def test_where_there_is_none_it_says_how_one_is_started(db: Path, command: str) -> None:
    assert "uppsikt thresholds shadow start" in run("thresholds", "shadow", command, "--db", db, code=1).stderr


def test_drift_says_how_long_it_must_still_count(db: Path) -> None:
    told = run("thresholds", "drift", "--db", db).stdout
    assert "minst 14 dygn" in told
    assert json.loads(run("thresholds", "drift", "--json", "--db", db).stdout) == {"days": 0, "shifts": []}


def test_drift_shows_a_campaign_that_goes_on_and_saves_nothing(db: Path) -> None:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    tallies = [
        Tally("100", now - timedelta(hours=hours), 40, 40 * 8 // 10 if hours <= 5 else int(hours % 2), 0)
        for hours in range(1, 24 * 30)
    ]
    with closing(open_database(db)) as database:
        keep(database, kept(tallies=tallies))
    shown = run("thresholds", "drift", "--db", db).stdout
    assert "Fler meddelanden än vanligt flaggas i torget" in shown
    assert "More messages than usual are flagged in torget" in shown
    (found,) = json.loads(run("thresholds", "drift", "--json", "--db", db).stdout)["shifts"]
    assert (found["kind"], found["channel"], found["told"]) == ("more", "100", False)
    with closing(open_database(db)) as database:
        assert database.execute("SELECT count(*) FROM shifts").fetchone()[0] == 0
