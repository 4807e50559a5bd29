"""A running bot makes its backups when they are due, in a process of its own that knows no token."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import backup_rounds
from bot.backing_up import Rules, back_up
from bot.backup_rounds import AGAIN, Backups
from bot.config import Settings, load
from bot.core.errors import StoreError
from tests.backup_steps import deeds, flags, forget, found_in, mark


class Clock:
    """A clock that a test sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class Slept(Exception):
    """It would wait now."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "config.toml").write_text('[backup]\nfolder = "copies"\nhours = 6\n')
    flags(tmp_path / "uppsikt.db", 1)
    return load(tmp_path / "config.toml", {})


async def first_pause(settings: Settings, at: datetime) -> float:
    """Run until it would wait; for how many seconds."""
    seconds = []

    async def sleep(pause: float) -> None:
        seconds.append(pause)
        raise Slept

    with pytest.raises(Slept):
        await Backups(settings, Clock(at), sleep).run()
    return seconds[0]


async def test_one_is_made_at_once_where_there_is_none_and_the_next_when_it_is_due(settings: Settings) -> None:
    assert await first_pause(settings, datetime.now(UTC)) == 6 * 3600
    assert len(list((settings.database.parent / "copies").glob("uppsikt-*.db"))) == 1
    assert deeds(settings.database) == ["backup"]
    pause = await first_pause(settings, datetime.now(UTC) + timedelta(hours=2))
    assert 3.9 * 3600 < pause <= 4 * 3600
    assert deeds(settings.database) == ["backup"]


async def test_one_that_fails_is_tried_again_within_the_hour(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.database.parent / "copies").write_text("no folder")
    settings.database.with_name("uppsikt.db.key").unlink()
    assert await first_pause(settings, datetime.now(UTC)) == AGAIN.total_seconds()
    assert "no backup was made" in caplog.text


async def test_backups_forget_what_the_bot_has_forgotten(settings: Settings) -> None:
    back_up(Rules(settings.database, settings.database.parent / "copies"), "Maja", "", datetime.now(UTC))
    forget(settings.database, 1)
    await Backups(settings, Clock(datetime.now(UTC))).forget()
    assert found_in(settings.database.parent / "copies", [mark(1)]) == []


async def test_what_goes_wrong_in_the_process_is_said_in_one_line(settings: Settings) -> None:
    back_up(Rules(settings.database, settings.database.parent / "copies"), "Maja", "", datetime.now(UTC))
    forget(settings.database, 1)
    settings.database.write_bytes(b"no database at all")
    with pytest.raises(StoreError, match="not a whole SQLite database") as caught:
        await Backups(settings, Clock(datetime.now(UTC))).forget()
    assert len(list((settings.database.parent / "copies").glob("*.db"))) == 1  # it may be all that is left
    assert len(str(caught.value).splitlines()) == 1


async def test_a_bot_that_stops_takes_along_the_process_that_never_knew_the_token(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPPSIKT_TOKEN", "a-token-of-ours")
    started: list[asyncio.subprocess.Process] = []
    real = asyncio.create_subprocess_exec

    async def starting(*arguments: str, **slots: object) -> asyncio.subprocess.Process:
        environment = slots.pop("env")
        assert isinstance(environment, dict)
        assert "UPPSIKT_TOKEN" not in environment  # nor does any argument hold it
        assert not any("a-token" in each for each in arguments)
        child = await real(sys.executable, "-c", "import time; time.sleep(600)", **slots)  # type: ignore[arg-type]
        started.append(child)
        return child

    monkeypatch.setattr(backup_rounds.asyncio, "create_subprocess_exec", starting)
    task = asyncio.create_task(Backups(settings, Clock(datetime.now(UTC))).run())
    while not started:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert started[0].returncode is not None
