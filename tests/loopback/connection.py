"""What passes over one websocket between the gateway and a client?"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from .compression import packing_for
from .sessions import Session, op

if TYPE_CHECKING:
    from .gateway import Gateway

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME, REQUEST_MEMBERS = 1, 2, 3, 4, 6, 8
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, WRONG_TOKEN, ALREADY_AUTHENTICATED = (
    4001,
    4002,
    4003,
    4004,
    4005,
)
WRONG_SEQUENCE, WRONG_SHARD, WRONG_VERSION, WRONG_INTENTS, FORBIDDEN_INTENTS = 4007, 4010, 4012, 4013, 4014


class Connection:
    def __init__(self, gateway: Gateway, request: web.Request) -> None:
        self.gateway = gateway
        self.session: Session | None = None
        self.silent = False
        self._request = request
        self._socket = web.WebSocketResponse(compress=False, max_msg_size=1 << 16)
        self._packing = packing_for(request.query.get("compress"))
        self._outbox: deque[str] = deque()
        self._wake = asyncio.Event()

    async def serve(self) -> web.WebSocketResponse:
        await self._socket.prepare(self._request)
        writer = asyncio.create_task(self._write())
        try:
            if self._request.query.get("v") != "10":
                await self.close(WRONG_VERSION)
            self.send(op(10, {"heartbeat_interval": int(self.gateway.heartbeat_interval * 1000), "_trace": []}))
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._read(message.data)
        finally:
            writer.cancel()
            self._lost()
        return self._socket

    def send(self, frame: str) -> None:
        """Never waits: whoever lets something happen in the world must not wait for a socket."""
        self._outbox.append(frame)
        self._wake.set()

    async def close(self, code: int) -> None:
        await self._flush()
        await self._socket.close(code=code)

    def drop(self) -> None:
        """The line breaks: no close code, no goodbye."""
        if self._request.transport is not None:
            self._request.transport.abort()

    def silence(self, silent: bool) -> None:
        self.silent = silent
        self._wake.set()

    async def _write(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._flush()

    async def _flush(self) -> None:
        with suppress(ConnectionError, RuntimeError):  # the client has gone; what it missed is in the session
            while self._outbox and not self.silent:
                packed = self._packing.pack(self._outbox.popleft())
                if isinstance(packed, bytes):
                    await self._socket.send_bytes(packed)
                else:
                    await self._socket.send_str(packed)

    def _lost(self) -> None:
        self.gateway.connections.discard(self)
        session = self.session
        if session is not None and session.line is self:
            session.line = None
            # A client that says goodbye properly ends its session.
            if self._socket.close_code in (1000, 1001) and not self.gateway.closing:
                self.gateway.sessions.pop(session.id, None)
        self.gateway.world.changes.notify()

    async def _read(self, text: str) -> None:
        try:
            frame = json.loads(text)
            code, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            await self.close(DECODE_ERROR)
            return
        if code == HEARTBEAT:
            self._heartbeat(data)
        elif code == IDENTIFY:
            await self._identify(data)
        elif code == RESUME:
            await self._resume(data)
        elif self.session is None:
            await self.close(NOT_AUTHENTICATED)
        elif code == REQUEST_MEMBERS:
            self.gateway.send_members(self.session, data)
        elif code not in (PRESENCE, VOICE_STATE):
            await self.close(UNKNOWN_OPCODE)

    def _heartbeat(self, sequence: int | None) -> None:
        self.gateway.heartbeats += 1
        if self.session is not None and sequence is not None:
            self.session.acknowledged = max(self.session.acknowledged, sequence)
        if not self.silent:
            self.send(op(11))
        self.gateway.world.changes.notify()

    async def _identify(self, data: dict[str, Any]) -> None:
        gateway = self.gateway
        gateway.identifies.append(data)
        shard, count = data.get("shard") or (0, 1)
        intents = data.get("intents")
        if self.session is not None:
            await self.close(ALREADY_AUTHENTICATED)
        elif data.get("token") != gateway.token:
            await self.close(WRONG_TOKEN)
        elif not 0 <= shard < count:
            await self.close(WRONG_SHARD)
        elif not isinstance(intents, int) or not gateway.are_intents(intents):
            await self.close(WRONG_INTENTS)
        elif gateway.forbidden(intents):
            await self.close(FORBIDDEN_INTENTS)
        else:
            self.session = Session(shard, count, intents)
            self.session.line = self
            gateway.begin(self.session)

    async def _resume(self, data: dict[str, Any]) -> None:
        gateway = self.gateway
        gateway.resumes.append(data)
        session = gateway.sessions.get(str(data.get("session_id")))
        if data.get("token") != gateway.token:
            await self.close(WRONG_TOKEN)
        elif session is None:
            self.send(op(9, False))
        elif int(data.get("seq") or 0) > session.sequence:
            await self.close(WRONG_SEQUENCE)
        else:
            self.session = session
            session.resume(self, int(data.get("seq") or 0))
            gateway.world.changes.notify()
