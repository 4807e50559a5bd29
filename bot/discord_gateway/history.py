"""What was written in a channel while nobody listened? Pages of its history over REST, as the intake asks for them.

A page says itself how far it reaches and whether it was the last, because most of what is left out (bots, system
lines) would else make it look short. Posts come whole: with the text of their files, and with their authors' roles
where roles exempt somebody, since history does not tell them.
"""

from __future__ import annotations

from dataclasses import replace

import aiohttp
import discord

from bot.config import Discord
from bot.core.messages import Channel, Posted
from bot.discord_gateway.channels import is_readable
from bot.discord_gateway.files import read_files
from bot.discord_gateway.recent import Recent
from bot.discord_gateway.translate import Rules, is_read, posted, roles
from bot.intake import HistoryClosedError, HistoryUnavailableError, Page

MEMBERS = 10_000  # authors whose roles are remembered


class DiscordHistory:
    """The intake's History. It is made before the client, because the intake needs it, and bound to it later."""

    def __init__(self, settings: Discord) -> None:
        self._settings = settings
        self._rules = Rules(settings.read_bots, settings.read_webhooks)
        self._client: discord.Client | None = None
        self._roles: Recent[tuple[str, str], frozenset[str]] = Recent(MEMBERS)

    def bind(self, client: discord.Client) -> None:
        """Read through this client from now on: with its login and within its rate limits."""
        self._client = client

    def forget_roles(self) -> None:
        """A new session begins: roles may have been given and taken meanwhile."""
        self._roles = Recent(MEMBERS)

    async def page(self, channel: Channel, after: int, limit: int) -> Page:
        """The oldest messages after an id.

        HistoryClosedError without permission or where the channel is gone, HistoryUnavailableError to be tried again.
        """
        if self._client is None or self._client.user is None or self._client.is_closed():
            raise HistoryUnavailableError("not logged in")
        try:
            return await self._page(self._client, self._client.user.id, channel, after, limit)
        except (discord.Forbidden, discord.NotFound) as problem:
            raise HistoryClosedError(problem.text or f"Discord answered {problem.status}") from problem
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as problem:
            raise HistoryUnavailableError(str(problem) or type(problem).__name__) from problem
        except RuntimeError as problem:  # aiohttp's word for a session that was closed under way
            if not self._client.is_closed():
                raise
            raise HistoryUnavailableError("the connection was closed") from problem

    async def _page(self, client: discord.Client, own_id: int, channel: Channel, after: int, limit: int) -> Page:
        guild = client.get_guild(int(channel.guild))
        there = guild.get_channel_or_thread(int(channel.id)) if guild else None
        # Discord gives an empty list where the history may not be read, which is not the same as an empty channel.
        if there is not None and not is_readable(there):
            raise HistoryClosedError("the bot may not view the channel or read its history")
        place = client.get_partial_messageable(int(channel.id), guild_id=int(channel.guild))
        history = place.history(limit=limit, after=discord.Object(after), oldest_first=True)
        messages = [message async for message in history]
        posts = [await self._post(m, channel) for m in messages if is_read(m, self._rules, own_id)]
        return Page(posts, messages[-1].id if messages else after, last=len(messages) < limit)

    async def _post(self, message: discord.Message, channel: Channel) -> Posted:
        post = posted(message, channel)
        inside, files = await read_files(message, self._settings.attachment_bytes)
        text = f"{post.text}\n{inside}" if inside else post.text
        return replace(post, text=text, files=files, roles=await self._roles_of(message))

    async def _roles_of(self, message: discord.Message) -> frozenset[str]:
        """The roles an author has now; none for who has left, for webhooks, and where no role exempts anybody."""
        if not self._settings.exempt_roles or message.webhook_id is not None or message.guild is None:
            return frozenset()
        key = (str(message.guild.id), str(message.author.id))
        known = self._roles.get(key)
        if known is None:
            try:
                known = roles(await message.guild.fetch_member(message.author.id))
            except discord.NotFound:
                known = frozenset()
            self._roles.put(key, known)
        return known
