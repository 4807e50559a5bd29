"""How often is the evidence read for somebody who looks at one figure after another? Once a minute at most.

A slider asks again and again, and each answer would be read from all that was flagged in weeks. What was read stands
for a minute; so that all of a minute's figures are of the same messages, so does the moment that they end with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.core.messages import Channel
from bot.core.ports import Clock
from bot.core.ports.tuning import EvidenceStore
from bot.core.tuning.evidence import Evidence, Scope

LASTS = timedelta(minutes=1)
KEPT = 16  # answers, the oldest of which makes room
T = TypeVar("T")


class LastingEvidence:
    """An EvidenceStore before another."""

    def __init__(self, store: EvidenceStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[Hashable, tuple[datetime, object]] = {}
        self._reading = asyncio.Lock()  # who asks for the same meanwhile waits for that answer

    async def evidence(self, scope: Scope, model: str) -> Evidence:
        return await self._lasting((scope, model), lambda: self._store.evidence(scope, model))

    async def places(self, guilds: Sequence[str] | None = None) -> Sequence[Channel]:
        return await self._store.places(guilds)

    async def latest(self, guilds: Sequence[str] | None = None) -> datetime | None:
        key = None if guilds is None else tuple(guilds)
        return await self._lasting(("latest", key), lambda: self._store.latest(guilds))

    async def _lasting(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        async with self._reading:
            now = self._clock.now()
            if key in self._known and timedelta() <= now - self._known[key][0] < LASTS:
                return self._known[key][1]  # type: ignore[return-value]  # of the same key's reading
            found = await read()
            self._known.pop(key, None)
            self._known[key] = (now, found)
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
            return found
