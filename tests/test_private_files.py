"""Who else can read what is ours is told, with what mends it; nothing runs with a secret that others can read."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.backing_up import Rules, back_up
from bot.check import _backups, _files
from bot.cli import main
from bot.config import Settings, load
from bot.core.errors import Refused
from bot.keys.secret import place_of
from bot.private_files import guard, loose
from tests.backup_steps import flags
from tests.builders import NOW


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    flags(tmp_path / "uppsikt.db", 1)
    back_up(Rules(tmp_path / "uppsikt.db", tmp_path / "backups"), "Maja", "", NOW)
    (tmp_path / "config.toml").write_text("")
    return load(tmp_path / "config.toml", {})


def test_what_we_make_is_its_owners_alone(settings: Settings) -> None:
    assert loose(settings) == []
    assert [well for well, _ in _files(settings)] == [True, True]


@pytest.mark.parametrize("name", ["uppsikt.db", "uppsikt.db.forgotten", "backups"])
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620])
def test_a_file_that_others_can_get_at_is_named_with_what_mends_it(
    settings: Settings, caplog: pytest.LogCaptureFixture, name: str, mode: int
) -> None:
    path = settings.database.parent / name
    path.chmod(mode | (0o111 if path.is_dir() else 0))
    (said,) = [line for well, line in _files(settings) if not well]
    assert f"chmod {700 if path.is_dir() else 600} {path}" in said
    with caplog.at_level(logging.WARNING):
        guard(settings)
    assert str(path) in caplog.text


def test_a_backup_that_others_can_read_is_named(settings: Settings) -> None:
    (file,) = (settings.database.parent / "backups").glob("*.db")
    file.chmod(0o644)
    assert [str(each.path) for each in loose(settings)] == [str(file)]


def test_with_a_secret_that_others_can_read_neither_bot_nor_panel_start(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_of(settings.database).chmod(0o640)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match="chmod 600"):
        guard(settings)
    for command in ("run", "web"):
        done = CliRunner().invoke(main, [command])
        assert (done.exit_code, "chmod 600" in done.stderr) == (1, True)


def test_a_lost_secret_is_told_of_with_what_still_holds(settings: Settings) -> None:
    place_of(settings.database).unlink()
    (said,) = [line for well, line in _files(settings) if not well]
    assert "is not there" in said
    assert "signs with another key" in said


def test_without_its_secret_a_database_goes_on_with_a_new_one(settings: Settings) -> None:
    place_of(settings.database).unlink()
    flags(settings.database, 2)
    assert place_of(settings.database).exists()
    assert all(well for well, _ in _files(settings))


def test_check_says_when_the_newest_backup_was_made(settings: Settings, tmp_path: Path) -> None:
    well, line = _backups(settings)
    assert well
    assert "20260126T080000Z" in line
    (tmp_path / "config.toml").write_text(f'[backup]\nfolder = "{tmp_path / "other"}"\nhours = 12\n')
    assert "every 12 hours" in _backups(load(tmp_path / "config.toml", {}))[1]


def test_every_file_that_a_command_makes_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.umask(0)
    try:
        flags(tmp_path / "a.db", 1)
        done = CliRunner().invoke(main, ["backup", "--db", "a.db"])
        assert done.exit_code == 0
        made = [path for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077]
    finally:
        os.umask(before)
    assert made == []
