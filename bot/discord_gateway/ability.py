"""What may the bot do to a message and to its author right now? Asked before a measure is offered, chosen or tried.

Permissions stand in discord.py's memory, which Discord keeps up to date. Members do not (the bot asks for no member
list): the author is fetched, within the time there is, and passes for one who can be timed out where that is too
short; it is asked again then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import discord

from bot.config import Settings
from bot.core.cases import Case
from bot.core.measures import Act, Measure
from bot.core.messages import Kind, is_snowflake
from bot.core.undertakings import Hindrance
from bot.discord_gateway.refusals import REFUSALS

LONG = 5.0  # seconds that a fetch may take where nobody is kept from an acknowledgement

Means = Mapping[Act, Hindrance | None]  # the measures that are configured, and what stands in the way of each


class Ability:
    """Knows what the bot may do."""

    def __init__(self, client: discord.Client, settings: Settings) -> None:
        self._client = client
        self._offered = settings.offered()

    async def means(self, case: Case | None, patience: float) -> Means:
        """Every measure that is configured; all of them seem possible while the case is not known."""
        return dict.fromkeys(self._offered) if case is None else await self._asked(case, self._offered, patience)

    async def hindered(self, case: Case, measures: Iterable[Measure]) -> Means:
        """What stands in the way of those that were chosen. A message that is gone meanwhile is as good as deleted."""
        known = await self._asked(case, [measure.act for measure in measures], LONG)
        return {act: why for act, why in known.items() if why not in (None, Hindrance.GONE)}

    async def _asked(self, case: Case, acts: Iterable[Act], patience: float) -> Means:
        found: dict[Act, Hindrance | None] = dict.fromkeys(acts)
        guild = self._client.get_guild(int(case.flag.message.channel.guild))
        if guild is not None and guild.unavailable:  # an outage at Discord: nothing is known, and it passes
            return found
        if Act.DELETE in found:
            found[Act.DELETE] = deleting(guild, case)
        if Act.TIMEOUT in found:
            found[Act.TIMEOUT] = silencing(guild)
            if guild is not None and found[Act.TIMEOUT] is None:
                found[Act.TIMEOUT] = await self._author(guild, case.flag.message.author, patience)
        return found

    async def _author(self, guild: discord.Guild, author: str, patience: float) -> Hindrance | None:
        try:
            return of_member(guild, await asyncio.wait_for(fetched(guild, author), patience))
        except discord.NotFound:
            return Hindrance.LEFT
        except REFUSALS:  # TimeoutError is one of them
            return None


async def fetched(guild: discord.Guild, author: str) -> discord.Member:
    """The author as a member. NotFound where there is none; a thread's owner may be unknown, and is nobody then."""
    return await guild.fetch_member(int(author) if author.isdecimal() else 0)


def deleting(guild: discord.Guild | None, case: Case) -> Hindrance | None:
    """What keeps the bot from deleting a message, as far as is known without asking Discord."""
    message = case.flag.message
    if message.kind is not Kind.MESSAGE or not is_snowflake(message.channel.id):  # read from a file, never in Discord
        return Hindrance.NO_MESSAGE
    if case.withdrawn_at is not None:
        return Hindrance.GONE
    if guild is None:
        return Hindrance.NO_SERVER
    channel = guild.get_channel_or_thread(int(message.channel.id))
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return Hindrance.CLOSED
    # An archived thread is not remembered: whether the bot may, Discord says when it is tried.
    may = guild.me.guild_permissions if channel is None else channel.permissions_for(guild.me)
    if not may.view_channel:
        return Hindrance.CLOSED
    return None if may.manage_messages else Hindrance.MANAGE_MESSAGES


def silencing(guild: discord.Guild | None) -> Hindrance | None:
    """What keeps the bot from timing out anybody in a server."""
    if guild is None:
        return Hindrance.NO_SERVER
    return None if guild.me.guild_permissions.moderate_members else Hindrance.MODERATE_MEMBERS


def of_member(guild: discord.Guild, member: discord.Member) -> Hindrance | None:
    """What keeps the bot from timing out this member."""
    if member.id == guild.owner_id:
        return Hindrance.OWNER
    if member.guild_permissions.administrator:
        return Hindrance.ADMIN
    return Hindrance.OUTRANKED if guild.me.top_role <= member.top_role else None
