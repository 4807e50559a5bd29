"""How does Discord write a message as JSON, and what of it does an app without MESSAGE_CONTENT get?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import components, payloads
from .clock import iso, iso_or_none
from .events import Payload
from .permissions import Permission

if TYPE_CHECKING:
    from .messages import Message

USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
HAS_THREAD = 1 << 5
REPLY = 19


def open_to_all_apps(it: Message) -> bool:
    """Discord's exceptions: the app's own messages, direct messages with it, and messages that mention it."""
    bot = it.channel.world.bot
    return it.author is bot or it.channel.guild is None or bot in it.mentions


def message(it: Message, *, full: bool, gateway: bool = False, nested: bool = False) -> Payload:
    """`full`: the app has MESSAGE_CONTENT. `gateway`: events carry guild and member, REST answers do not."""
    shown = full or open_to_all_apps(it)
    guild = it.channel.guild
    data: Payload = {
        "id": str(it.id),
        "channel_id": str(it.channel.id),
        "type": it.type,
        "author": payloads.user(it.author),
        "content": it.content if shown else "",
        "timestamp": iso(it.created_at),
        "edited_timestamp": iso_or_none(it.edited_at),
        "tts": False,
        "pinned": False,
        "mention_everyone": it.mentions_everyone,
        "mentions": [payloads.user(user) for user in it.mentions],
        "mention_roles": [str(role_id) for role_id in it.mentioned_roles],
        "attachments": [attachment.payload() for attachment in it.attachments] if shown else [],
        "embeds": it.embeds if shown else [],
        "components": it.components if shown else [],
        "flags": it.flags,
    }
    if gateway and guild:
        data["guild_id"] = str(guild.id)
        data["channel_type"] = it.channel.kind
        if member := it.member:
            data["member"] = payloads.member(member, with_user=False)
        for mention in data["mentions"]:
            if mentioned := guild.members.get(int(mention["id"])):
                mention["member"] = payloads.member(mentioned, with_user=False)
    if it.webhook:
        data["webhook_id"] = str(it.webhook.id)
        data["author"]["discriminator"] = "0000"
    if it.from_application:
        data["application_id"] = data["webhook_id"] = str(it.channel.world.application_id)
    if it.interaction:
        data["interaction_metadata"] = it.interaction
    if it.stickers:
        data["sticker_items"] = it.stickers
    if it.poll and shown:
        data["poll"] = it.poll
    if it.nonce is not None:
        data["nonce"] = it.nonce
    if it.reactions:
        data["reactions"] = [reaction(it, emoji, users) for emoji, users in it.reactions.items() if users]
    if it.thread and not nested:
        data["thread"] = payloads.thread(it.thread)
    if it.reference:
        data["message_reference"] = it.reference
    if it.snapshots:
        data["message_snapshots"] = it.snapshots if shown else [emptied(snapshot) for snapshot in it.snapshots]
    if it.replied_to and not nested:
        gone = it.replied_to.deleted
        data["referenced_message"] = None if gone else message(it.replied_to, full=full, nested=True)
    return data


def snapshot(it: Message) -> Payload:
    """What a forward takes along of the message; never who wrote it."""
    kept = (
        "type",
        "content",
        "embeds",
        "attachments",
        "timestamp",
        "edited_timestamp",
        "mentions",
        "mention_roles",
    )
    whole = message(it, full=True, nested=True)
    data = {key: whole[key] for key in (*kept, "components")} | {"flags": it.flags & ~HAS_THREAD}
    if it.stickers:
        data["sticker_items"] = it.stickers
    return {"message": data}


def emptied(taken: Payload) -> Payload:
    return {"message": {**taken["message"], "content": "", "embeds": [], "attachments": [], "components": []}}


def reaction(it: Message, emoji: str, users: set[int]) -> Payload:
    return {
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "me": it.channel.world.bot.id in users,
        "me_burst": False,
        "emoji": partial_emoji(emoji),
        "burst_colors": [],
    }


def partial_emoji(emoji: str) -> Payload:
    """From `👍` or `name:id`, as reactions write it in paths."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def find_mentions(it: Message) -> None:
    """Whom the content, its text displays and a reply mention; a bot's allowed_mentions narrows it.

    A role that is not mentionable is mentioned only by who may mention everyone.
    """
    words = "\n".join([it.content, *components.texts(it.components)])
    world, guild, allowed = it.channel.world, it.channel.guild, it.allowed_mentions
    parse = None if allowed is None else allowed.get("parse", [])

    def permitted(kind: str, some_id: int) -> bool:
        return parse is None or kind in parse or str(some_id) in map(str, (allowed or {}).get(kind, []))

    words = "\n".join([it.content, *components.texts(it.components)])
    ids = dict.fromkeys(int(found) for found in USER_MENTION.findall(words))
    it.mentions = [world.users[i] for i in ids if i in world.users and permitted("users", i)]
    if it.replied_to and it.type == REPLY and (allowed is None or allowed.get("replied_user")):
        replied = world.users.get(it.replied_to.author.id)
        if replied and replied not in it.mentions:
            it.mentions.append(replied)
    may_all = it.member is None or it.member.may(Permission.MENTION_EVERYONE, it.channel)
    roles = {role.id for role in guild.roles if role.mentionable or may_all} if guild else set()
    named = dict.fromkeys(int(found) for found in ROLE_MENTION.findall(words))
    it.mentioned_roles = [i for i in named if i in roles and permitted("roles", i)]
    it.mentions_everyone = bool(re.search(r"@(everyone|here)\b", words)) and permitted("everyone", 0)
