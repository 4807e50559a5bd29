"""What can be typed to make a backup and to go back to one: one clear line for what is wrong, and nothing changed."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.backup_steps import deeds, flags, forget, found_in, mark, texts


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a database where the configuration's default expects it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UPPSIKT_TOKEN", raising=False)
    flags(tmp_path / "uppsikt.db", 1, 2)


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    if code:
        assert len(result.stderr.splitlines()) == 1
    return result


def test_there_and_back(tmp_path: Path) -> None:
    made = run("backup").stdout
    (file,) = Path("backups").glob("*.db")
    assert made.startswith(f"{file}: ")
    flags(Path("uppsikt.db"), 3)
    forget(Path("uppsikt.db"), 1)
    said = run("restore", file, "--by", "Maja", "--reason", "to look").stdout
    assert "restored uppsikt.db" in said
    assert "rows forgotten again: 1" in said
    assert texts(Path("uppsikt.db")) == {1: None, 2: f"{mark(2)} och mer"}
    assert deeds(Path("uppsikt.db")) == ["restore"]
    assert run("backup", "--forget").stdout == "backups written anew: 1, removed: 0\n"
    assert found_in(Path("backups"), [mark(1)]) == []


def test_locked_there_and_back_by_the_configurations_keys(tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    Path("key.txt").write_text(f"{identity}\n")
    Path("config.toml").write_text(f'[backup]\nfolder = "safe"\nkeep = 1\nrecipients = ["{identity.to_public()}"]\n')
    run("backup")
    run("backup")
    (file,) = Path("safe").glob("*.tar.age")
    run("restore", file, code=2)
    assert "restored" in run("restore", file, "--identity", "key.txt").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("backup", "--db", "no.db"), 2),
        (("backup", "--to", "no/where"), 2),
        (("backup", "--recipient", "hej"), 2),
        (("restore", "config.toml"), 2),
        (("restore", "uppsikt.db"), 2),
        (("restore", "backup.age", "--identity", "config.toml"), 2),
    ],
)
def test_what_is_wrong_is_said_in_a_line(arguments: tuple[str, ...], code: int) -> None:
    Path("config.toml").write_text("# nothing\n")
    Path("backup.age").write_bytes(b"age-encryption.org/v1\nno more")
    run(*arguments, code=code)
    assert list(texts(Path("uppsikt.db"))) == [1, 2]


def test_a_key_in_the_configuration_that_is_none_is_told_of_without_being_repeated() -> None:
    Path("config.toml").write_text('[backup]\nrecipients = ["AGE-SECRET-KEY-1QQQQQQQQ"]\n')
    said = run("backup", code=2).stderr
    assert "give an age key" in said
    assert "QQQQ" not in said
