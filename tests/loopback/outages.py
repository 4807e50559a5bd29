"""How does the connection to Discord fail, when a test asks for it?

Faults of single REST requests are in faults.py; here is what befalls the gateway and the service as a whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from aiohttp import web

from .gateway import Gateway
from .waiting import PATIENCE
from .world import World

T = TypeVar("T")
HOST = "127.0.0.1"


class Outages:
    world: World
    gateway: Gateway
    port: int
    _runner: web.AppRunner | None
    _site: web.TCPSite | None

    async def drop_all(self) -> None:
        """Breaks every gateway connection without a goodbye; the sessions can be resumed."""
        await self._end_connections(lambda connection: connection.drop())

    async def close_all(self, code: int) -> None:
        """Closes every gateway connection with a close code."""
        for connection in list(self.gateway.connections):
            await connection.close(code)

    async def ask_reconnect(self) -> None:
        """Op 7: Discord wants the client to come again, and resume."""
        self.gateway.ask_reconnect()

    async def invalidate_session(self, *, resumable: bool = False) -> None:
        """Op 9; what happens until the client has identified anew is then lost to it."""
        self.gateway.invalidate(resumable)

    def forget_sessions(self) -> None:
        """No session can be resumed any more, but the clients find out first when they try."""
        for session_id, session in list(self.gateway.sessions.items()):
            if session.line is None:
                del self.gateway.sessions[session_id]

    def silence(self) -> None:
        """The gateway's present connections stay open but say nothing, no heartbeat acks either."""
        for connection in self.gateway.connections:
            connection.silence(True)

    def speak(self) -> None:
        for connection in self.gateway.connections:
            connection.silence(False)

    def hold_events(self) -> None:
        """Events wait until `release_events`; what REST answers is up to date all along."""
        self.gateway.hold()

    def release_events(self) -> None:
        self.gateway.release()

    def lose_events(self, name: str, times: int = 1) -> None:
        """The next events of that name never arrive, nor are they replayed."""
        self.gateway.lose(name, times)

    @asynccontextmanager
    async def offline(self, *, sessions_survive: bool = True) -> AsyncIterator[None]:
        """Discord cannot be reached at all; what is posted inside is there afterwards."""
        assert self._site is not None
        assert self._runner is not None
        await self._site.stop()
        await self._end_connections(lambda connection: connection.drop())
        assert self._runner.server is not None
        for handler in list(self._runner.server.connections):
            if handler.transport is not None:
                handler.transport.abort()
        if not sessions_survive:
            self.gateway.sessions.clear()
        try:
            yield
        finally:
            # The same port again: a client that comes back knows no other.
            self._site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True)
            await self._site.start()

    async def stop_for(self, seconds: float, *, sessions_survive: bool = True) -> None:
        async with self.offline(sessions_survive=sessions_survive):
            await asyncio.sleep(seconds)

    async def _end_connections(self, end: Callable[..., None]) -> None:
        ended = set(self.gateway.connections)
        for connection in ended:
            end(connection)
        await self.until(lambda: not ended & self.gateway.connections, "the connections to end")

    async def until(self, holds: Callable[[], T | None], what: str = "the condition", timeout: float = PATIENCE) -> T:
        """Waits until `holds()`; it is looked at again whenever anything happens on this Discord."""
        return await self.world.changes.until(holds, what, timeout)

    async def caught_up(self, timeout: float = PATIENCE) -> None:
        """Until the bot has read every event so far; its handlers have then begun, not necessarily ended."""
        await self.gateway.caught_up(timeout)

    async def wait_until_ready(self, timeout: float = PATIENCE) -> None:
        """Until every shard is connected and has read its guilds."""
        await self.until(self._all_shards, "all shards to connect", timeout)
        await self.gateway.caught_up(timeout)

    def _all_shards(self) -> bool:
        sessions = self.gateway.sessions.values()
        return any(self.gateway.live_shards() >= set(range(session.shard_count)) for session in sessions)
