"""The messages of a channel over REST: read, write, edit, delete, react."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from . import drafts, message_payloads, messages
from .access import bot_may, channel_of, message_of, place_of, require, require_writable
from .channels import Channel
from .clock import seconds_of_id
from .errors import invalid, refused
from .events import Payload
from .messages import Message
from .permissions import Permission
from .posting import reference
from .routing import Call, route, snowflake

TWO_WEEKS = 14 * 24 * 3600
UNDELETABLE = {1, 2, 3, 4, 5, 14, 15, 16, 17, messages.THREAD_STARTER}


def shown(call: Call, message: Message) -> Payload:
    return message_payloads.message(message, full=call.world.reads_content)


@route("GET", "/channels/{channel_id}/messages")
def read_history(call: Call) -> Any:
    channel = place_of(call)
    limit = call.query_int("limit", 50, 1, 100)
    before, after, around = (call.query_id(name) for name in ("before", "after", "around"))
    if sum(anchor is not None for anchor in (before, after, around)) > 1:
        raise invalid("before", "MUTUALLY_EXCLUSIVE", "before, after and around are mutually exclusive")
    # Discord gives an empty list here, not an error.
    if not bot_may(channel, Permission.READ_MESSAGE_HISTORY):
        return []
    return [shown(call, message) for message in channel.history.page(limit, before, after, around)]


@route("GET", "/channels/{channel_id}/messages/{message_id}")
def read_one(call: Call) -> Any:
    channel = place_of(call)
    require(channel, Permission.READ_MESSAGE_HISTORY)
    return shown(call, message_of(call, channel))


@route("POST", "/channels/{channel_id}/messages")
def write(call: Call) -> Any:
    channel = place_of(call)
    body: Payload = call.body or {}
    require_writable(channel)
    if body.get("embeds"):
        require(channel, Permission.EMBED_LINKS)
    if call.files:
        require(channel, Permission.ATTACH_FILES)
    # A nonce that is enforced makes a repeated request find the first one's message.
    if body.get("enforce_nonce") and (again := written_before(channel, body.get("nonce"))):
        return shown(call, again)
    fields = drafts.new_message_fields(channel, body, call.files)
    if referred := body.get("message_reference"):
        fields |= referring(call, channel, referred)
    return shown(call, channel.write(call.world.bot, **fields))


def written_before(channel: Channel, nonce: str | None) -> Message | None:
    recent = reversed(channel.world.sent[-100:])
    return next((message for message in recent if message.channel is channel and message.nonce == nonce), None)


def referring(call: Call, channel: Channel, referred: Payload) -> Payload:
    """The fields of a reply, or of a forward."""
    source = call.world.channels.get(snowflake(referred.get("channel_id") or channel.id, "message_reference"))
    original = source.history.get(snowflake(referred["message_id"], "message_reference")) if source else None
    if original is None:
        if not referred.get("fail_if_not_exists", True):
            return {}
        raise invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    if not bot_may(original.channel, Permission.READ_MESSAGE_HISTORY):
        raise refused(160002)
    if referred.get("type") == 1:
        taken = [message_payloads.snapshot(original)]
        where = {**reference(original), "type": 1}
        return {"reference": where, "snapshots": taken, "flags": messages.HAS_SNAPSHOT}
    return {"reference": reference(original), "replied_to": original, "type": messages.REPLY}


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit(call: Call) -> Any:
    channel = place_of(call)
    message = message_of(call, channel)
    body: Payload = call.body or {}
    if message.author is not call.world.bot:
        if "flags" not in body or set(body) & {"content", "embeds", "components", "attachments"}:
            raise refused(50005)
        require(channel, Permission.MANAGE_MESSAGES)
        flags = message.flags & ~messages.SUPPRESS_EMBEDS | int(body["flags"]) & messages.SUPPRESS_EMBEDS
        message.change(as_edit=False, flags=flags)
    else:
        drafts.edit(message, body, call.files)
    return shown(call, message)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete(call: Call) -> None:
    channel = place_of(call)
    message = message_of(call, channel)
    if message.type in UNDELETABLE:
        raise refused(50021)
    if message.author is not call.world.bot:
        if channel.guild is None:
            raise refused(50003)
        require(channel, Permission.MANAGE_MESSAGES)
    channel.remove(message)


@route("POST", "/channels/{channel_id}/messages/bulk-delete")
def bulk_delete(call: Call) -> None:
    channel = place_of(call)
    if channel.guild is None:
        raise refused(50003)
    require(channel, Permission.MANAGE_MESSAGES)
    ids = [snowflake(entry, "messages") for entry in call.body["messages"]]
    if not 2 <= len(ids) <= 100:
        raise refused(50016)
    if any(seconds_of_id(message_id) < call.world.clock.now() - TWO_WEEKS for message_id in ids):
        raise refused(50034)
    # Ids that are not there (any more) are passed over.
    channel.remove_many([message for message_id in ids if (message := channel.history.get(message_id))])


@route("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> None:
    require_writable(channel_of(call))


@route("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
def react(call: Call) -> None:
    channel = place_of(call)
    message = message_of(call, channel)
    emoji, me = unquote(call.params["emoji"]), call.world.bot.id
    require(channel, Permission.READ_MESSAGE_HISTORY)
    if emoji not in message.reactions:
        require(channel, Permission.ADD_REACTIONS)
    if me not in message.reactions.setdefault(emoji, set()):
        message.reactions[emoji].add(me)
        message.tell_reaction("MESSAGE_REACTION_ADD", me, emoji)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
def unreact(call: Call) -> None:
    message = message_of(call, place_of(call))
    emoji, me = unquote(call.params["emoji"]), call.world.bot.id
    if me in message.reactions.get(emoji, set()):
        message.reactions[emoji].remove(me)
        message.tell_reaction("MESSAGE_REACTION_REMOVE", me, emoji)
