"""Which channels are there to read? All that hold messages and that the bot may look at, now and in the past.

Text and announcement channels, the chats of voice channels and stages, active threads and so the posts of forums.
Threads that were archived while nobody watched are found by asking each parent; private ones among them are found
only where the bot may manage threads, because Discord lists them to nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import discord

from bot.core.messages import moment_of

log = logging.getLogger(__name__)

OVERLAP = timedelta(hours=1)  # in case the search after the last start was cut short

Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


def channels(guild: discord.Guild) -> Iterator[Readable]:
    """Everything in a guild that holds messages, readable or not."""
    yield from guild.text_channels
    yield from guild.voice_channels
    yield from guild.stage_channels
    yield from guild.threads


def is_readable(channel: discord.abc.GuildChannel | discord.Thread, member: discord.Member | None = None) -> bool:
    """Whether the bot may see a channel and its history; of a voice channel that takes the right to connect."""
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return False  # its parent is hidden
    can = channel.permissions_for(member or channel.guild.me)
    is_voice = isinstance(channel, discord.VoiceChannel | discord.StageChannel)
    return can.view_channel and can.read_message_history and (can.connect or not is_voice)


async def archived_since(guild: discord.Guild, after: int) -> AsyncIterator[discord.Thread]:
    """Threads that were archived since an id was made. HTTPException where Discord does not answer."""
    parents: list[discord.TextChannel | discord.ForumChannel] = [*guild.text_channels]
    parents += guild.forums
    for parent in parents:
        if is_readable(parent):
            async for thread in _archived_in(parent, moment_of(after) - OVERLAP):
                yield thread


async def _archived_in(
    parent: discord.TextChannel | discord.ForumChannel, since: datetime
) -> AsyncIterator[discord.Thread]:
    lists = [parent.archived_threads(limit=None)]
    if isinstance(parent, discord.TextChannel) and parent.permissions_for(parent.guild.me).manage_threads:
        lists.append(parent.archived_threads(limit=None, private=True))
    try:
        for threads in lists:
            async for thread in threads:  # the latest archived comes first
                if thread.archive_timestamp < since:
                    break
                yield thread
    except (discord.Forbidden, discord.NotFound) as problem:
        log.warning("archived threads of channel %s cannot be listed: %s", parent.id, problem.text)
