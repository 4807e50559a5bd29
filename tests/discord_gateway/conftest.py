"""Moderators and their channel, and no pauses that only the real Discord needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.discord_gateway.client import UppsiktClient
from tests.loopback import Channel, Guild, Member, Permission


@pytest.fixture(autouse=True)
def _no_pause_between_identifies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord wants five seconds between two identifies; the loopback does not. This is discord.py's own hook."""

    async def at_once(self: UppsiktClient, shard_id: int | None, *, initial: bool = False) -> None:
        """Go on."""

    monkeypatch.setattr(UppsiktClient, "before_identify_hook", at_once)


@pytest.fixture
def desk(guild: Guild) -> Channel:
    """The moderators' channel."""
    return guild.add_text_channel("moderatorer")


@pytest.fixture
def mo(guild: Guild) -> Member:
    """A moderator."""
    return guild.add_member("mo", roles=[guild.add_role("mod", Permission.MANAGE_MESSAGES)])


@pytest.fixture
def my(guild: Guild, mo: Member) -> Member:
    """Another moderator."""
    return guild.add_member("my", roles=mo.roles)


@pytest.fixture
def karin(guild: Guild) -> Member:
    """An admin."""
    may = Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES
    return guild.add_member("karin", roles=[guild.add_role("admin", may)])


@pytest.fixture
def olle(guild: Guild, karin: Member) -> Member:
    """Another admin."""
    return guild.add_member("olle", roles=karin.roles)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"
