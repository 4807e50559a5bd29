"""How does the real discord.py get here instead of to discord.com?

Nothing of it is replaced but the addresses it connects to: the REST API's, the gateway's for a client that does not
ask for one, and the CDN's. The gateway's other address it is told by the loopback, as by Discord.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, TypeVar

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from .server import LoopbackDiscord
from .waiting import PATIENCE

C = TypeVar("C", bound=discord.Client)


@contextmanager
def pointed_at(server: LoopbackDiscord) -> Iterator[LoopbackDiscord]:
    """While this lasts, every discord.py client in the process connects to the loopback."""
    saved = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, discord.Asset.BASE
    Route.BASE = server.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    discord.Asset.BASE = server.cdn_url
    try:
        yield server
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, discord.Asset.BASE = saved


@asynccontextmanager
async def running(
    client: C, server: LoopbackDiscord, *, token: str | None = None, timeout: float = PATIENCE
) -> AsyncIterator[C]:
    """Logs the client in, waits until it is ready, and closes it afterwards.

    What `client.start` raises instead of getting ready is raised here, and so is what ends it early later on.
    """
    with pointed_at(server):
        life = asyncio.create_task(client.start(server.token if token is None else token))
        try:
            await _first_of(life, _ready(client, server, timeout))
            yield client
            if life.done():
                life.result()
        finally:
            await client.close()
            with suppress(asyncio.CancelledError, Exception):
                await asyncio.wait_for(life, timeout)


async def _ready(client: discord.Client, server: LoopbackDiscord, timeout: float) -> None:
    await server.wait_until_ready(timeout)
    await client.wait_until_ready()


async def _first_of(life: asyncio.Task[None], ready: Coroutine[Any, Any, None]) -> None:
    waiting = asyncio.create_task(ready)
    await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if life.done():
        waiting.cancel()
        life.result()
        raise RuntimeError("the client ended before it was ready")
    waiting.result()
