"""What is a gateway session: the numbered events of one shard, told now or, after a gap, replayed?

A session outlives its connection. While nobody is connected it goes on collecting events; a resume gets those that
came after the sequence number it names.
"""

from __future__ import annotations

import json
import secrets
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

from .events import Event

if TYPE_CHECKING:
    from .guilds import Guild

# Enough for any test; Discord too forgets the oldest.
REPLAY = 50_000


class Line(Protocol):
    """A connection as a session sees it."""

    def send(self, frame: str) -> None: ...


class Session:
    def __init__(self, shard: int, shard_count: int, intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard, self.shard_count, self.intents = shard, shard_count, intents
        self.sequence = 0
        self.acknowledged = 0  # the highest sequence number a heartbeat has named
        self.asked_for = 0  # the one somebody waits for
        self.line: Line | None = None
        self._told: deque[tuple[int, str]] = deque(maxlen=REPLAY)

    def concerns(self, guild: Guild | None) -> bool:
        """Whether this shard is the guild's; what belongs to no guild goes to shard 0."""
        return (0 if guild is None else (guild.id >> 22) % self.shard_count) == self.shard

    def tell(self, event: Event) -> None:
        if self.concerns(event.guild) and event.wanted_with(self.intents):
            self.push(event.name, event.text_for(self.intents))

    def push(self, name: str, text: str) -> None:
        self.sequence += 1
        frame = f'{{"op":0,"s":{self.sequence},"t":"{name}","d":{text}}}'
        self._told.append((self.sequence, frame))
        if self.line:
            self.line.send(frame)

    def resume(self, line: Line, after: int) -> None:
        missed = [frame for sequence, frame in self._told if sequence > after]
        for frame in missed:
            line.send(frame)
        self.line = line
        self.push("RESUMED", json.dumps({"_trace": ["loopback"]}))
        if self.acknowledged < self.asked_for:
            self.ask_heartbeat()

    def ask_heartbeat(self) -> None:
        """Discord may ask for a heartbeat at any time; its number tells how far the client has read."""
        self.asked_for = self.sequence
        if self.line:
            self.line.send(op(1))


def op(code: int, data: Any = None) -> str:
    return json.dumps({"op": code, "d": data, "s": None, "t": None}, separators=(",", ":"))
