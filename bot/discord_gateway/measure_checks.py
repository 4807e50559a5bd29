"""May the bot do what [measures] offers? A line for each server, and one for the coordinator's channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from bot.core.measures import Act
from bot.locales import Speak


def unmet(
    guild: discord.Guild,
    channels: Sequence[discord.abc.GuildChannel],
    me: discord.Member,
    offered: Sequence[Act],
    say: Speak,
) -> Iterator[str]:
    """What the bot would have to be given, in these channels that it reads, or in the server as a whole."""
    seen = [channel for channel in channels if channel.permissions_for(me).view_channel]
    shut = [channel for channel in seen if not channel.permissions_for(me).manage_messages]
    if Act.DELETE in offered and shut:
        names = ", ".join(f"#{channel.name} ({channel.id})" for channel in shut)
        yield say("check-cannot-delete", server=guild.name, channels=names)
    if Act.TIMEOUT in offered and not me.guild_permissions.moderate_members:
        yield say("check-cannot-timeout", server=guild.name)


def coordinator(channel: discord.abc.GuildChannel, me: discord.Member, say: Speak) -> tuple[bool, str]:
    """Whether cards can be put up for the coordinator."""
    can = channel.permissions_for(me)
    ok = can.view_channel and can.send_messages and isinstance(channel, discord.abc.Messageable)
    return ok, say("check-coordinator" if ok else "check-coordinator-shut", channel=channel.name)
