"""What was written around a flagged message, and what does it answer? Asked of Discord when somebody wants to know.

Nothing of it is kept: the others in a conversation were not flagged, and what they wrote or deleted is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import MessageType

from bot.core.context import Context, Missing
from bot.core.messages import Channel, Posted, is_snowflake
from bot.discord_gateway.channels import is_readable
from bot.discord_gateway.refusals import REFUSALS
from bot.discord_gateway.translate import WRITTEN, posted

AROUND = 11  # messages: about five before the flagged one and five after it
CHAIN = 5  # messages up the chain of replies


async def context_of(client: discord.Client, message: Posted) -> Context | Missing:
    """What stands around a message, fetched now; or why it cannot be."""
    try:
        return await _context(client, message)
    except discord.NotFound:
        return Missing.GONE
    except discord.Forbidden:
        return Missing.CLOSED
    except REFUSALS:
        return Missing.SILENT


async def _context(client: discord.Client, message: Posted) -> Context | Missing:
    if not all(map(is_snowflake, (message.channel.guild, message.channel.id, message.id))):
        return Missing.GONE  # read from a file, and never in Discord
    guild = client.get_guild(int(message.channel.guild))
    if guild is None:
        return Missing.GONE
    number = int(message.channel.id)
    place = guild.get_channel_or_thread(number) or await guild.fetch_channel(number)  # an archived thread is not known
    # Discord gives an empty list where the history may not be read, which is not the same as an empty channel.
    if not is_readable(place):
        return Missing.CLOSED
    if not isinstance(place, discord.abc.Messageable):
        return Missing.GONE
    anchor = discord.Object(int(message.id))
    near = sorted([each async for each in place.history(limit=AROUND, around=anchor)], key=lambda each: each.id)
    flagged = next((each for each in near if each.id == anchor.id), None)
    chain = [] if flagged is None else await _chain(place, flagged, near)
    return Context(message.id, _posts(near, message.channel), _posts(chain, message.channel))


async def _chain(
    place: discord.abc.Messageable, message: discord.Message, near: Sequence[discord.Message]
) -> list[discord.Message]:
    """What a message answers, the oldest first, as far up as it is still there."""
    known = {each.id: each for each in near}
    chain: list[discord.Message] = []
    while len(chain) < CHAIN and (number := _answers(message)) is not None:
        try:
            message = known.get(number) or _resolved(message) or await place.fetch_message(number)
        except discord.NotFound:
            break
        chain.insert(0, message)
    return chain


def _answers(message: discord.Message) -> int | None:
    """The id of the message that one answers; a forward refers to a message too, but answers none."""
    is_reply = message.type is MessageType.reply and message.reference is not None
    return message.reference.message_id if is_reply and message.reference else None


def _resolved(message: discord.Message) -> discord.Message | None:
    """What Discord sent along with a reply."""
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None


def _posts(messages: Sequence[discord.Message], where: Channel) -> list[Posted]:
    """What people wrote, without Discord's own lines."""
    return [posted(message, where) for message in messages if message.type in WRITTEN]
