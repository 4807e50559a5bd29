"""Does it exist, and may the bot do that?

In Discord's order: first whether the thing is there (404), then whether the bot sees it (50001), then whether it may
(50013).
"""

from __future__ import annotations

from .channels import Channel, DirectMessages
from .errors import refused
from .guilds import Guild
from .messages import Message
from .people import Member
from .permissions import Permission, permissions_in, permissions_of
from .routing import Call
from .threads import Thread


def guild_of(call: Call) -> Guild:
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None:
        raise refused(10004)
    return guild


def member_of(call: Call, guild: Guild) -> Member:
    member = guild.members.get(call.id("user_id"))
    if member is None:
        raise refused(10007 if call.id("user_id") in call.world.users else 10013)
    return member


def channel_of(call: Call) -> Channel:
    """The channel the path names, provided that the bot sees it."""
    channel = call.world.channels.get(call.id("channel_id"))
    if channel is None or (channel.guild and channel.guild.id not in call.world.guilds):
        raise refused(10003)
    if not channel.visible_to_bot:
        raise refused(50001)
    return channel


def place_of(call: Call) -> Channel:
    """A channel that holds messages."""
    channel = channel_of(call)
    if not channel.holds_messages:
        raise refused(50008)
    return channel


def thread_of(call: Call) -> Thread:
    channel = channel_of(call)
    if not isinstance(channel, Thread):
        raise refused(50024)
    return channel


def message_of(call: Call, channel: Channel) -> Message:
    message = channel.history.get(call.id("message_id"))
    if message is None:
        raise refused(10008)
    return message


def bot_may(channel: Channel, permission: Permission) -> bool:
    return channel.guild is None or permissions_in(channel.guild.me, channel) & permission == permission


def require(channel: Channel, permission: Permission) -> None:
    if not bot_may(channel, permission):
        raise refused(50013)


def require_in_guild(guild: Guild, permission: Permission) -> None:
    if permissions_of(guild.me) & permission != permission:
        raise refused(50013)


def require_above(guild: Guild, target: Member) -> None:
    if not guild.me.outranks(target):
        raise refused(50013)


def require_writable(channel: Channel) -> None:
    """Whether the bot may write here at all."""
    if isinstance(channel, DirectMessages):
        shares_a_guild = any(channel.recipient.id in guild.members for guild in channel.world.guilds.values())
        if not shares_a_guild:
            raise refused(50278)
        if not channel.recipient.dms_open:
            raise refused(50007)
        return
    in_thread = isinstance(channel, Thread)
    require(channel, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
    if isinstance(channel, Thread) and channel.locked and not bot_may(channel, Permission.MANAGE_THREADS):
        raise refused(160005)
