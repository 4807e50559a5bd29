"""A loopback Discord with a guild in it, and no pauses that only the real one needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.discord_gateway.client import UppsiktClient
from tests.loopback import Channel, Guild, LoopbackDiscord, Member


@pytest.fixture(autouse=True)
def _no_pause_between_identifies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord wants five seconds between two identifies; the loopback does not. This is discord.py's own hook."""

    async def at_once(self: UppsiktClient, shard_id: int | None, *, initial: bool = False) -> None:
        """Go on."""

    monkeypatch.setattr(UppsiktClient, "before_identify_hook", at_once)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as started:
        yield started
    assert not started.unhandled


@pytest.fixture
def guild(server: LoopbackDiscord) -> Guild:
    return server.add_guild("Almköping")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.add_text_channel("allmänt")


@pytest.fixture
def anna(guild: Guild) -> Member:
    return guild.add_member("anna")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"
