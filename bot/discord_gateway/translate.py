"""What does Discord tell, in our words? discord.py's objects as frozen values; pure functions, nothing is fetched.

A message as it stands is a Posted whose revision is the moment of its last edit. Discord updates a message without
an edit too, for instance to add a link's preview: then the revision stays, and the store knows it for the same.
Titles and display names have no moment of change; their revision is a hash of the words, so that the same title or
name read again, after a restart, is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import discord
from discord import MessageType

from bot.core.messages import Channel, File, Kind, Posted, Withdrawn, revision_at
from bot.discord_gateway.words import attachments, words

# What people write. Discord's own lines (somebody joined, pinned …) are left out, and so is what repeats words that
# are read elsewhere: AutoMod's echo, a thread's starter message, a poll's result, a new thread's name.
WRITTEN = frozenset(
    {
        MessageType.default,
        MessageType.reply,
        MessageType.chat_input_command,
        MessageType.context_menu_command,
        MessageType.stage_start,
        MessageType.stage_topic,
    }
)

Place = discord.abc.GuildChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class Rules:
    """Whose messages are read: people's, and as configured those of other bots and of webhooks."""

    bots: bool
    webhooks: bool


def is_read(message: discord.Message, rules: Rules, own_id: int) -> bool:
    """Whether a message is read at all."""
    if message.guild is None or message.type not in WRITTEN or message.author.id == own_id:
        return False
    # An app's answer to a command comes as a webhook's message too, but it is the app that speaks.
    if message.webhook_id is not None and message.interaction_metadata is None:
        return rules.webhooks
    return rules.bots or not message.author.bot


def place(channel: Place) -> Channel:
    """A channel, or a thread with its parent, whose settings it shares."""
    guild = str(channel.guild.id)
    if not isinstance(channel, discord.Thread):
        return Channel(str(channel.id), channel.name, guild)
    parent = channel.parent
    return Channel(str(channel.id), channel.name, guild, str(channel.parent_id), parent.name if parent else "")


def posted(message: discord.Message, where: Channel) -> Posted:
    """A message as it stands."""
    is_reply = message.type is MessageType.reply and message.reference is not None
    return Posted(
        str(message.id),
        where,
        str(message.author.id),
        message.created_at,
        words(message),
        revision=revision_at(message.edited_at),
        reply_to=str(message.reference.message_id) if is_reply and message.reference else "",
        roles=roles(message.author),
        files=tuple(File(file.filename, file.size) for file in attachments(message)),
    )


def edited(message: discord.Message, where: Channel) -> Posted:
    """The text a message has from now on."""
    return replace(posted(message, where), advances=False)


def withdrawn(message_id: int, where: Channel, at: datetime) -> Withdrawn:
    """A message that is gone."""
    return Withdrawn(str(message_id), where, at)


def title(thread: discord.Thread) -> Posted:
    """The name of a thread or forum post. Its author's roles are not told, so roles exempt nobody from this."""
    at = thread.created_at or discord.utils.snowflake_time(thread.id)
    return Posted(
        str(thread.id),
        place(thread),
        str(thread.owner_id),
        at,
        thread.name,
        revision=hashed(thread.name),
        kind=Kind.TITLE,
        advances=False,
    )


def name(author: discord.Member, where: Channel, at: datetime) -> Posted:
    """The name a member is shown by, where it was seen."""
    return Posted(
        str(author.id),
        where,
        str(author.id),
        at,
        author.display_name,
        revision=hashed(author.display_name),
        kind=Kind.NAME,
        roles=roles(author),
        advances=False,
    )


def roles(author: discord.User | discord.Member) -> frozenset[str]:
    """Ids and names of a member's roles; none for a mere user, as history gives them."""
    if not isinstance(author, discord.Member):
        return frozenset()
    given = [role for role in author.roles if not role.is_default()]
    return frozenset(str(role.id) for role in given) | frozenset(role.name for role in given)


def hashed(words: str) -> int:
    """A revision for what has no moment of change: 48 bits of a hash."""
    return int.from_bytes(sha256(words.encode("utf-8", "surrogatepass")).digest()[:6], "big")
