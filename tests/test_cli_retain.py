"""Forgetting, holding and releasing from the terminal: what is due, what went and by which decision, what is held."""

from __future__ import annotations

import getpass
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.check import checks
from bot.cli import main
from bot.config import load
from bot.store import StoreReader, open_database
from bot.store.keeping import keep
from tests.builders import decision, flag, kept, post

NOW = datetime.now(UTC)
BASIS = '[retention]\nhistory_days = 1\n[retention.basis]\nupheld = "KS 2026/123 § 4"\n'


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "uppsikt.db"
    with closing(open_database(path)) as database:
        days = (400, 400, 1)
        keep(database, kept(*(flag(post(n, f"text {n}"), at=NOW - timedelta(days=d)) for n, d in enumerate(days, 1))))
        StoreReader(database).decide(decision(1, at=NOW - timedelta(days=399)))
    (tmp_path / "config.toml").write_text(BASIS, "utf-8")
    return path


def run(db: Path, *arguments: object, code: int = 0) -> Result:
    typed = [*map(str, arguments), "--db", str(db), "--config", str(db.with_name("config.toml"))]
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == code, result.output
    return result


def texts(db: Path) -> list[str | None]:
    with closing(sqlite3.connect(db)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM flags ORDER BY id")]


def test_a_dry_run_says_what_is_due_by_class_and_forgets_nothing(db: Path) -> None:
    told = run(db, "retain", "--dry-run").stdout
    assert "text i bifallna flaggor" in told
    assert "KS 2026/123 § 4" in told
    assert "inget beslut är angivet" in told
    assert texts(db) == ["text 1", "text 2", "text 3"]


def test_what_was_forgotten_is_proved_by_month_class_and_decision(db: Path) -> None:
    assert "Text gallrad ur 2 flaggor." in run(db, "retain").stdout
    assert texts(db) == [None, None, "text 3"]
    told = run(db, "retain", "--proofs").stdout
    assert f"{NOW:%Y-%m}" in told
    assert "KS 2026/123 § 4" in told


def test_a_held_case_is_listed_kept_and_released(db: Path) -> None:
    assert run(db, "holds").stdout.startswith("Inget ärende bevaras.")
    assert "Ärende 1, 2 bevaras" in run(db, "hold", 1, 2, "--reason", "polisen, K 1-26").stdout
    listed = run(db, "holds").stdout
    assert getpass.getuser() in listed
    assert "polisen" in listed
    run(db, "retain")
    assert texts(db) == ["text 1", "text 2", "text 3"]
    assert "Ärende 1 bevaras inte längre" in run(db, "release", 1, "--reason", "avgjort", "--by", "Eva").stdout
    run(db, "retain")
    assert texts(db) == [None, "text 2", "text 3"]
    assert "is not held" in run(db, "release", 1, "--reason", "åter", code=1).stderr


def test_an_erased_case_cannot_be_held_nor_decided(db: Path) -> None:
    run(db, "retain")
    assert (
        "case 1 is erased: nothing is left of it that could be held"
        in run(db, "hold", 1, "--reason", "polisen", code=1).stderr
    )
    assert "flag 2 is erased" in run(db, "decide", 2, "uphold", "--by", "Maja", code=1).stderr


@pytest.mark.parametrize("arguments", [("hold",), ("hold", 1), ("hold", 0, "--reason", "x"), ("release", 1)])
def test_a_hold_without_a_case_or_a_reason_is_bad_usage(db: Path, arguments: tuple[object, ...]) -> None:
    run(db, *arguments, code=2)


def test_a_class_that_there_is_not_has_no_decision(tmp_path: Path) -> None:
    from bot.core.errors import BadConfiguration

    file = tmp_path / "config.toml"
    file.write_text('[retention.basis]\ntexter = "KS 1"\n', "utf-8")
    with pytest.raises(BadConfiguration, match=r"retention\.basis"):
        load(file, {})


def test_check_says_for_which_classes_no_decision_is_named(db: Path) -> None:
    (line,) = [line for well, line in checks(db.with_name("config.toml")) if line.startswith("retention:")]
    assert "arkivlagen 10 §" in line
    assert "upheld" not in line
    assert "dismissed" in line
