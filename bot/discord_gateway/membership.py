"""Is whoever signed in at the panel still a moderator? Discord is asked, and its answer holds for half a minute.

The gateway tells nobody's changes of roles without the privileged intent for members, which we do without. A session
therefore ends at most half a minute after its role, at the next page. While Discord does not answer, an answer holds
for a quarter of an hour; after that nobody is let in on an old one, and no session is ended for it either.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import discord

from bot.core.errors import PlatformError
from bot.core.panel import Visitor
from bot.core.ports import Clock
from bot.discord_gateway.access import Access
from bot.discord_gateway.names import Names
from bot.discord_gateway.recent import Recent
from bot.discord_gateway.refusals import REFUSALS, refusal

FRESH = timedelta(seconds=30)
AT_MOST = timedelta(minutes=15)
PATIENCE = 5.0  # seconds that a page waits for Discord's answer
REMEMBERED = 1_000

Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Said:
    """Discord's last answer, when it came, and when another was last asked for."""

    visitor: Visitor | None
    at: datetime
    asked: datetime


class Membership:
    """What Discord says of visitors."""

    def __init__(self, client: discord.Client, access: Access, names: Names, clock: Clock) -> None:
        self._client = client
        self._access = access
        self._names = names
        self._clock = clock
        self._said: Recent[Key, _Said] = Recent(REMEMBERED)
        self._asking: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    async def still(self, visitor: Visitor) -> Visitor | None:
        """A visitor with today's rank and servers; None where there is none. PlatformError where nobody can tell."""
        if not visitor.guilds:  # let in from the terminal, by whoever may open the database
            return visitor
        key = (visitor.who, visitor.guilds)
        async with self._asking.setdefault(key, asyncio.Lock()):  # of many pages at once, one asks
            said, now = self._said.get(key), self._clock.now()
            if said is None or not timedelta() <= now - said.asked < FRESH:
                said = await self._said_now(visitor, said, now)
                self._said.put(key, said)
            return said.visitor

    async def _said_now(self, visitor: Visitor, before: _Said | None, now: datetime) -> _Said:
        try:
            return _Said(await self._ask(visitor), now, now)
        except PlatformError:
            if before is None or not timedelta() <= now - before.at < AT_MOST:
                raise
            return replace(before, asked=now)

    async def _ask(self, visitor: Visitor) -> Visitor | None:
        home = self._client.get_guild(int(visitor.guilds[0]))
        if home is None and self._client.is_ready():  # the bot was sent away
            return None
        if home is None or home.unavailable:  # without the server's roles everybody would be a mere member
            raise PlatformError("Discord has not told of the server yet")
        try:
            async with asyncio.timeout(PATIENCE):
                member = await home.fetch_member(int(visitor.who))
        except discord.NotFound:  # left, or was shown out
            return None
        except REFUSALS as problem:
            raise refusal(problem) from problem
        self._names.hear(member)
        rank, guilds = self._access.standing(member)
        return replace(visitor, name=member.display_name, rank=rank, guilds=guilds)
