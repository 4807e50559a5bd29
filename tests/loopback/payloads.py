"""How does Discord write users, members, roles, channels and threads as JSON?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import iso, iso_or_none
from .events import Payload
from .permissions import Permission, permissions_in

if TYPE_CHECKING:
    from .channels import Channel
    from .people import Member, Role, User
    from .threads import Thread

TEXT, DM, VOICE, CATEGORY, ANNOUNCEMENT, STAGE, FORUM = 0, 1, 2, 4, 5, 13, 15
ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12


def user(who: User) -> Payload:
    return {
        "id": str(who.id),
        "username": who.name,
        "discriminator": "0",
        "global_name": who.global_name,
        "avatar": None,
        "avatar_decoration_data": None,
        "bot": who.bot,
        "public_flags": 0,
    }


def member(who: Member, *, with_user: bool = True) -> Payload:
    data: Payload = {"user": user(who.user)} if with_user else {}
    data |= {
        "nick": who.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role.id) for role in who.roles],
        "joined_at": iso(who.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": iso_or_none(who.timed_out_until),
    }
    return data


def member_in(who: Member, channel: Channel) -> Payload:
    """A member as interactions show it: with its permissions in the channel."""
    return {**member(who), "permissions": str(int(permissions_in(who, channel)))}


def role(it: Role) -> Payload:
    data: Payload = {
        "id": str(it.id),
        "name": it.name,
        "color": it.color,
        "colors": {"primary_color": it.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": it.position,
        "permissions": str(int(it.permissions)),
        "managed": it.managed,
        "mentionable": it.mentionable,
        "flags": 0,
    }
    if it.managed:
        data["tags"] = {"bot_id": str(it.guild.world.bot.id)}
    return data


def channel(it: Channel) -> Payload:
    from .channels import DirectMessages
    from .threads import Thread

    if isinstance(it, Thread):
        return thread(it)
    last = it.history.last
    data: Payload = {
        "id": str(it.id),
        "type": it.kind,
        "flags": 0,
        "last_message_id": str(last.id) if last else None,
    }
    if isinstance(it, DirectMessages):
        return {**data, "recipients": [user(it.recipient)]}
    assert it.guild is not None
    data |= {
        "guild_id": str(it.guild.id),
        "name": it.name,
        "position": it.position,
        "parent_id": str(it.parent.id) if it.parent else None,
        "nsfw": it.nsfw,
        "topic": it.topic,
        "rate_limit_per_user": it.slowmode,
        "permission_overwrites": [
            {"id": str(o.target), "type": o.kind, "allow": str(int(o.allow)), "deny": str(int(o.deny))}
            for o in it.overwrites.values()
        ],
    }
    if it.kind in (VOICE, STAGE):
        data |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    if it.kind == FORUM:
        data["available_tags"] = [
            {"id": str(tag_id), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
            for name, tag_id in it.tags.items()
        ]
        data |= {"default_reaction_emoji": None, "default_sort_order": None, "default_forum_layout": 0}
    return data


def thread(it: Thread, *, newly_created: bool = False) -> Payload:
    last = it.history.last
    data: Payload = {
        "id": str(it.id),
        "type": it.kind,
        "guild_id": str(it.guild.id),
        "parent_id": str(it.parent.id),
        "owner_id": str(it.owner_id),
        "name": it.name,
        "flags": 0,
        "last_message_id": str(last.id) if last else None,
        "message_count": min(len(it.history), 50),
        "total_message_sent": len(it.history),
        "member_count": min(len(it.members), 50),
        "rate_limit_per_user": it.slowmode,
        "applied_tags": [str(it.parent.tags[tag]) for tag in it.applied_tags],
        "thread_metadata": {
            "archived": it.archived,
            "locked": it.locked,
            "auto_archive_duration": 1440,
            "archive_timestamp": iso(it.archive_changed_at),
            "create_timestamp": iso(it.created_at),
            **({"invitable": True} if it.kind == PRIVATE_THREAD else {}),
        },
    }
    if newly_created:
        data["newly_created"] = True
    if it.guild.world.bot.id in it.members:
        data["member"] = thread_member(it, it.guild.world.bot.id)
    return data


def thread_member(it: Thread, user_id: int) -> Payload:
    return {"id": str(it.id), "user_id": str(user_id), "join_timestamp": iso(it.members[user_id]), "flags": 0}


def interaction_channel(it: Channel, who: Member | None) -> Payload:
    """A channel as interactions show it: with the permissions of whoever acts."""
    permissions = Permission.NONE if who is None else permissions_in(who, it)
    return {**channel(it), "permissions": str(int(permissions))}
