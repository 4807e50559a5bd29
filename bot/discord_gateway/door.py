"""What comes in, and what is left out? Filtered once, here: servers and channels that are not read, other bots.

The door knows the places it has seen, because Discord names only ids when a message is deleted, and the names and
titles it has seen, because they are read when they change and Discord tells them with everything. It gives events;
handing them on is the client's.
"""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.config import Settings
from bot.core.messages import Channel, Event, Posted
from bot.discord_gateway import translate
from bot.discord_gateway.channels import Readable, channels, is_readable
from bot.discord_gateway.recent import Recent

PLACES = 20_000  # channels and threads whose names are remembered
NAMES = 50_000  # members and threads whose present name's hash is remembered


class Door:
    """Translates what is to be read, and gives nothing for the rest."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.discord
        self._rules = translate.Rules(settings.discord.read_bots, settings.discord.read_webhooks)
        self._policy = settings.policy({})
        self._places: Recent[int, Channel] = Recent(PLACES)
        self._names: Recent[tuple[str, str], int] = Recent(NAMES)

    def watches(self, guild_id: int | None) -> bool:
        """Whether this is one of the servers to work in."""
        return guild_id is not None and (not self._settings.guilds or str(guild_id) in self._settings.guilds)

    def posted(self, message: discord.Message, own_id: int) -> Posted | None:
        """A new message."""
        where = self._where(message)
        if where is None or not translate.is_read(message, self._rules, own_id):
            return None
        return translate.posted(message, where)

    def edited(self, message: discord.Message, own_id: int) -> Posted | None:
        """A message's text from now on."""
        post = self.posted(message, own_id)
        return None if post is None else translate.edited(message, post.channel)

    def named(self, message: discord.Message, post: Posted) -> Posted | None:
        """The display name of a post's author, if it is not the one seen last."""
        if not self._settings.display_names or not isinstance(message.author, discord.Member):
            return None
        return self._if_changed(translate.name(message.author, post.channel, post.at))

    def titled(self, thread: discord.Thread) -> Posted | None:
        """A thread's title, if it is not the one seen last."""
        if not self.watches(thread.guild.id) or not self._reads(self._place(thread)):
            return None
        return self._if_changed(translate.title(thread))

    def withdrawn(self, guild: discord.Guild | None, channel_id: int, ids: Iterable[int]) -> list[Event]:
        """Messages that are gone."""
        if guild is None or not self.watches(guild.id):
            return []
        there = guild.get_channel_or_thread(channel_id)
        where = self._place(there) if there else self._remembered(channel_id, guild.id)
        now = discord.utils.utcnow()
        return [translate.withdrawn(each, where, now) for each in sorted(ids)] if self._reads(where) else []

    def places(self, found: Iterable[Readable]) -> list[Channel]:
        """Those of some channels that are read."""
        return [where for where in map(self._place, found) if self._reads(where)]

    def unreadable(self, guild: discord.Guild) -> list[str]:
        """Channels that should be read, but that the bot may not look at."""
        hidden = [channel for channel in channels(guild) if not is_readable(channel)]
        return [where.id for where in self.places(hidden)]

    def _where(self, message: discord.Message) -> Channel | None:
        """Where a message is, if anything there is read."""
        if message.guild is None or not self.watches(message.guild.id):
            return None
        there = message.channel
        if isinstance(there, discord.abc.GuildChannel | discord.Thread):
            where = self._place(there)
        else:  # a thread that discord.py does not know, because it is archived
            where = self._remembered(there.id, message.guild.id)
        return where if self._reads(where) else None

    def _reads(self, where: Channel) -> bool:
        return self._policy.reads(where)

    def _place(self, channel: translate.Place) -> Channel:
        where = translate.place(channel)
        self._places.put(channel.id, where)
        return where

    def _remembered(self, channel_id: int, guild_id: int) -> Channel:
        return self._places.get(channel_id) or Channel(str(channel_id), "", str(guild_id))

    def _if_changed(self, post: Posted) -> Posted | None:
        key = (f"{post.kind} {post.channel.guild}", post.id)
        return post if self._names.changed(key, post.revision) else None
