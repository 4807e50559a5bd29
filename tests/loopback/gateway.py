"""Which sessions are there, and what does each get to know?"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from aiohttp import web

from . import guild_payloads, payloads
from .connection import Connection
from .events import GUILD_MEMBERS, KNOWN_INTENTS, PRIVILEGED, Event
from .guilds import Guild
from .people import Member
from .sessions import Session, op
from .world import World

RECONNECT, INVALID_SESSION = 7, 9


class Gateway:
    def __init__(self, world: World, token: str, heartbeat_interval: float) -> None:
        self.world, self.token, self.heartbeat_interval = world, token, heartbeat_interval
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.identifies: list[dict[str, Any]] = []
        self.resumes: list[dict[str, Any]] = []
        self.heartbeats = 0
        self.closing = False
        self._held: list[Event] | None = None
        self._to_lose: Counter[str] = Counter()
        world.deliver = self.deliver

    async def serve(self, request: web.Request) -> web.StreamResponse:
        connection = Connection(self, request)
        self.connections.add(connection)
        return await connection.serve()

    def deliver(self, event: Event) -> None:
        if self._to_lose[event.name] > 0:
            self._to_lose[event.name] -= 1
        elif self._held is not None:
            self._held.append(event)
        else:
            for session in self.sessions.values():
                session.tell(event)

    # Sessions begin.

    def are_intents(self, intents: int) -> bool:
        return intents >= 0 and intents & ~KNOWN_INTENTS == 0

    def forbidden(self, intents: int) -> bool:
        """Whether it asks for a privileged intent that is not switched on in the developer portal."""
        return any(intents & bit and name not in self.world.privileged for name, bit in PRIVILEGED.items())

    def begin(self, session: Session) -> None:
        self.sessions[session.id] = session
        guilds = [guild for guild in self.world.guilds.values() if session.concerns(guild)]
        ready = {
            "v": 10,
            "user": payloads.user(self.world.bot) | {"verified": True, "mfa_enabled": True, "flags": 0},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": f"{self.url}/resume",
            "shard": [session.shard, session.shard_count],
            "application": {"id": str(self.world.application_id), "flags": 0},
            "private_channels": [],
            "presences": [],
            "relationships": [],
            "_trace": ["loopback"],
        }
        session.push("READY", json.dumps(ready))
        for guild in guilds:
            if guild.available:
                session.tell(guild_create(guild))
        self.world.changes.notify()

    def send_members(self, session: Session, asked: dict[str, Any]) -> None:
        """Answers REQUEST_GUILD_MEMBERS in chunks of a thousand."""
        guild = self.world.guilds.get(int(asked["guild_id"]))
        if guild is None:
            return
        wanted = asked.get("user_ids")
        query, limit = str(asked.get("query") or "").lower(), int(asked.get("limit") or 0)
        # The whole list takes the privileged intent, a search for a name or for ids does not.
        if wanted is None and not query and not session.intents & GUILD_MEMBERS:
            return
        found: list[Member] = list(guild.members.values())
        if wanted is not None:
            ids = {int(each) for each in (wanted if isinstance(wanted, list) else [wanted])}
            found = [member for member in found if member.id in ids]
        elif query:
            found = [member for member in found if (member.nick or member.name).lower().startswith(query)]
        found = found[:limit] if limit else found
        chunks = [found[start : start + 1000] for start in range(0, len(found), 1000)] or [[]]
        for index, chunk in enumerate(chunks):
            data = {
                "guild_id": str(guild.id),
                "members": [payloads.member(member) for member in chunk],
                "chunk_index": index,
                "chunk_count": len(chunks),
            }
            if "nonce" in asked:
                data["nonce"] = asked["nonce"]
            session.push("GUILD_MEMBERS_CHUNK", json.dumps(data))

    # What a test does to them.

    def ask_reconnect(self) -> None:
        for connection in self.connections:
            connection.send(op(RECONNECT))

    def invalidate(self, resumable: bool) -> None:
        if not resumable:
            self.sessions.clear()
        for connection in self.connections:
            connection.send(op(INVALID_SESSION, resumable))

    def hold(self) -> None:
        self._held = [] if self._held is None else self._held

    def release(self) -> None:
        held, self._held = self._held or [], None
        for event in held:
            self.deliver(event)

    def lose(self, name: str, times: int) -> None:
        self._to_lose[name] += times

    # What a test waits for.

    def live_shards(self) -> set[int]:
        return {session.shard for session in self.sessions.values() if session.line is not None}

    async def caught_up(self, timeout: float) -> None:
        """Until every connected client has read all that it has been told so far."""
        waited = {session: session.sequence for session in self.sessions.values() if session.line}
        for session, sequence in waited.items():
            if session.acknowledged < sequence:
                session.ask_heartbeat()
        await self.world.changes.until(
            lambda: all(s.acknowledged >= n or s.id not in self.sessions for s, n in waited.items()),
            "the client to read its events",
            timeout,
        )


def guild_create(guild: Guild) -> Event:
    return Event("GUILD_CREATE", guild, lambda full: {**guild_payloads.created_guild(guild), "unavailable": False})
