"""Channels and threads over REST: look at them, change them, open and list threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from . import drafts, payloads
from .access import bot_may, channel_of, guild_of, message_of, require, thread_of
from .channels import Channel
from .errors import invalid, refused, wrong_length
from .events import Payload
from .permissions import Permission
from .rest_messages import shown
from .routing import Call, Created, route
from .threads import Thread


@route("GET", "/channels/{channel_id}")
def look(call: Call) -> Any:
    return payloads.channel(channel_of(call))


@route("PATCH", "/channels/{channel_id}")
def change(call: Call) -> Any:
    channel = channel_of(call)
    body: Payload = call.body or {}
    if isinstance(channel, Thread):
        own = channel.owner_id == call.world.bot.id
        reopens_only = set(body) == {"archived"} and not body["archived"] and not channel.locked
        if not reopens_only and not (own and "locked" not in body):
            require(channel, Permission.MANAGE_THREADS)
        channel.locked = body.get("locked", channel.locked)
        if "archived" in body and body["archived"] != channel.archived:
            channel.archived = body["archived"]
            channel.archive_changed_at = call.world.clock.now()
    else:
        require(channel, Permission.MANAGE_CHANNELS)
        channel.topic = body.get("topic", channel.topic)
        channel.nsfw = body.get("nsfw", channel.nsfw)
    if not 1 <= len(body.get("name", channel.name)) <= 100:
        raise wrong_length("name", 1, 100)
    channel.name = body.get("name", channel.name)
    channel.slowmode = body.get("rate_limit_per_user", channel.slowmode) or 0
    channel.changed()
    return payloads.channel(channel)


@route("DELETE", "/channels/{channel_id}")
def delete(call: Call) -> Any:
    channel = channel_of(call)
    if channel.guild is None:
        return payloads.channel(channel)
    require(channel, Permission.MANAGE_THREADS if isinstance(channel, Thread) else Permission.MANAGE_CHANNELS)
    data = payloads.channel(channel)
    channel.erase()
    return data


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def open_from_message(call: Call) -> Any:
    channel = channel_of(call)
    require(channel, Permission.CREATE_PUBLIC_THREADS)
    message = message_of(call, channel)
    if message.thread:
        raise refused(160004)
    assert channel.guild is not None
    thread = channel.add_thread(call.body["name"], channel.guild.me, from_message=message)
    return Created(payloads.thread(thread))


@route("POST", "/channels/{channel_id}/threads")
def open_thread(call: Call) -> Any:
    channel = channel_of(call)
    assert channel.guild is not None
    me = channel.guild.me
    if channel.kind == payloads.FORUM:
        require(channel, Permission.SEND_MESSAGES)
        fields = drafts.new_message_fields(channel, call.body.get("message") or {}, call.files, "message.")
        thread = Thread(channel, payloads.PUBLIC_THREAD, call.body["name"], me)
        names = {str(tag_id): name for name, tag_id in channel.tags.items()}
        thread.applied_tags = [names[str(tag)] for tag in call.body.get("applied_tags") or []]
        thread.tell("THREAD_CREATE", newly_created=True)
        message = thread.write(me, message_id=thread.id, **fields)
        return Created({**payloads.thread(thread), "message": shown(call, message)})
    private = call.body.get("type") == payloads.PRIVATE_THREAD
    require(channel, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
    return Created(payloads.thread(channel.add_thread(call.body["name"], me, private=private)))


@route("GET", "/guilds/{guild_id}/threads/active")
def active_threads(call: Call) -> Any:
    guild = guild_of(call)
    threads = [thread for thread in guild.threads if not thread.archived and thread.visible_to_bot]
    threads.sort(key=lambda thread: -thread.id)
    return {**listed(threads), "has_more": False}


@route("GET", "/channels/{channel_id}/threads/archived/public")
def archived_public(call: Call) -> Any:
    return archived(call, {payloads.PUBLIC_THREAD, payloads.ANNOUNCEMENT_THREAD}, by_time, lambda thread: True)


@route("GET", "/channels/{channel_id}/threads/archived/private")
def archived_private(call: Call) -> Any:
    require(channel_of(call), Permission.MANAGE_THREADS)
    return archived(call, {payloads.PRIVATE_THREAD}, by_time, lambda thread: True)


@route("GET", "/channels/{channel_id}/users/@me/threads/archived/private")
def archived_private_joined(call: Call) -> Any:
    me = call.world.bot.id
    return archived(call, {payloads.PRIVATE_THREAD}, by_id, lambda thread: me in thread.members)


def by_time(thread: Thread) -> float:
    return thread.archive_changed_at


def by_id(thread: Thread) -> float:
    return thread.id


def archived(
    call: Call, kinds: set[int], order: Callable[[Thread], float], wanted: Callable[[Thread], bool]
) -> Payload:
    """A page of archived threads, the latest first; `before` is a time, or an id for the joined ones."""
    channel = channel_of(call)
    if channel.guild is None:
        raise refused(50024)
    require(channel, Permission.READ_MESSAGE_HISTORY)
    limit = call.query_int("limit", 50, 2, 100)
    threads = [t for t in channel.guild.threads if t.parent is channel and t.archived and t.kind in kinds and wanted(t)]
    if before := call.query.get("before"):
        edge = float(before) if before.isdigit() else _time(before)
        threads = [thread for thread in threads if order(thread) < edge]
    threads.sort(key=order, reverse=True)
    return {**listed(threads[:limit]), "has_more": len(threads) > limit}


def _time(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise invalid("before", "DATETIME_TYPE_PARSE", f"Could not parse {text}. Should be ISO8601.") from None


def listed(threads: Iterable[Thread]) -> Payload:
    threads = list(threads)
    joined = [thread for thread in threads if thread.guild.me.id in thread.members]
    return {
        "threads": [payloads.thread(thread) for thread in threads],
        "members": [payloads.thread_member(thread, thread.guild.me.id) for thread in joined],
    }


@route("GET", "/channels/{channel_id}/thread-members")
def thread_members(call: Call) -> Any:
    if "guild_members" not in call.world.privileged:
        raise refused(50001)
    thread = thread_of(call)
    return [payloads.thread_member(thread, user_id) for user_id in thread.members]


@route("GET", "/channels/{channel_id}/thread-members/{user_id}")
def thread_member(call: Call) -> Any:
    thread = thread_of(call)
    if call.id("user_id") not in thread.members:
        raise refused(10007)
    return payloads.thread_member(thread, call.id("user_id"))


@route("PUT", "/channels/{channel_id}/thread-members/@me")
def join_thread(call: Call) -> None:
    thread = thread_of(call)
    if thread.archived:
        raise refused(50083)
    thread.add(thread.guild.me)


@route("DELETE", "/channels/{channel_id}/thread-members/@me")
def leave_thread(call: Call) -> None:
    thread_of(call).members.pop(call.world.bot.id, None)


@route("PUT", "/channels/{channel_id}/thread-members/{user_id}")
def add_to_thread(call: Call) -> None:
    thread = thread_of(call)
    require_open(thread)
    if call.id("user_id") not in thread.guild.members:
        raise refused(10007)
    thread.add(thread.guild.members[call.id("user_id")])


def require_open(channel: Channel) -> None:
    if isinstance(channel, Thread) and channel.archived:
        raise refused(50083)
    if not bot_may(channel, Permission.SEND_MESSAGES_IN_THREADS):
        raise refused(50013)
