"""A loopback Discord with a guild, a channel and a member in it: where every test that speaks with Discord begins."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import settings

from tests.loopback import Channel, Guild, LoopbackDiscord, Member

# No example has a deadline: how long one takes says how busy the machine is, and speed is measured by the benches.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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
