"""May this person report that message from here? Only what both the person and the bot may read, in this server.

A channel that the person may not see is answered as one that does not exist: otherwise the bot would tell of it.
Whatever keeps a report from being made is the key of one sentence.
"""

from __future__ import annotations

import re

import discord

from bot.core.messages import Channel, Posted
from bot.discord_gateway import translate
from bot.discord_gateway.channels import is_readable
from bot.discord_gateway.refusals import REFUSALS
from bot.discord_gateway.report_form import Subject

LINK = re.compile(
    r"<?https://(?:(?:ptb|canary|www)\.)?discord(?:app)?\.com/channels/"
    r"(?P<guild>[0-9]{1,19}|@me)/(?P<channel>[0-9]{1,19})/(?P<message>[0-9]{1,19})/?(?:\?\S*)?>?"
)


def linked(link: str, guild: int | None) -> Subject | str:
    """What a link leads to; or what is wrong with it."""
    match = LINK.fullmatch(link.strip())
    if match is None:
        return "report-no-link"
    if match["guild"] != str(guild):
        return "report-other-server"
    return Subject(int(match["channel"]), int(match["message"]))


def refusable(message: discord.Message, who: int, own: int) -> str | None:
    """What keeps a message from being reported by somebody, whatever it says."""
    if message.author.id == own:
        return "report-me"
    if message.author.id == who:
        return "report-own"
    if message.author.bot or message.webhook_id is not None:
        return "report-bot"
    return "report-system" if message.type not in translate.WRITTEN else None


async def fetched(who: discord.Member, about: Subject) -> discord.Message | str:
    """The message, if this person and the bot may read it; or what keeps it from being reported."""
    channel = await _channel(who.guild, about.channel)
    if channel is None or not await _is_seen(channel, who):
        return "report-unreadable"
    if not is_readable(channel):
        return "report-closed"
    if not isinstance(channel, discord.abc.Messageable):
        return "report-gone"
    try:
        return await channel.fetch_message(about.message)
    except discord.NotFound:
        return "report-gone"
    except discord.Forbidden:
        return "report-closed"
    except REFUSALS:
        return "report-silent"


async def _channel(guild: discord.Guild, number: int) -> discord.abc.GuildChannel | discord.Thread | None:
    found = guild.get_channel_or_thread(number)
    if found is not None:
        return found
    try:  # an archived thread is not remembered
        there = await guild.fetch_channel(number)
    except REFUSALS:
        return None
    return there if isinstance(there, discord.Thread) else None


async def _is_seen(channel: discord.abc.GuildChannel | discord.Thread, who: discord.Member) -> bool:
    if not is_readable(channel, who):
        return False
    if not isinstance(channel, discord.Thread) or not channel.is_private():
        return True
    if channel.permissions_for(who).manage_threads:
        return True
    try:
        await channel.fetch_member(who.id)
    except REFUSALS:
        return False
    return True


def posted(message: discord.Message) -> Posted:
    """A message as it stands, wherever it stands: its channel may be one that the bot itself does not see."""
    channel = message.channel
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        where = translate.place(channel)
    else:
        guild = "" if message.guild is None else str(message.guild.id)
        where = Channel(str(channel.id), "", guild)
    return translate.posted(message, where)
