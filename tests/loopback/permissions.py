"""Who may do what, and where?

Discord's own arithmetic: the roles' permissions together, then the channel's overwrites for everyone, for the
roles and for the member, in that order. A thread has its parent's overwrites.
"""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .channels import Channel
    from .people import Member


class Permission(IntFlag):
    NONE = 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    SEND_VOICE_MESSAGES = 1 << 46
    SEND_POLLS = 1 << 49
    PIN_MESSAGES = 1 << 51


P = Permission
ALL = Permission((1 << 53) - 1)

# What a new server gives @everyone.
EVERYONE = (
    P.VIEW_CHANNEL | P.SEND_MESSAGES | P.SEND_MESSAGES_IN_THREADS | P.READ_MESSAGE_HISTORY | P.ADD_REACTIONS
    | P.EMBED_LINKS | P.ATTACH_FILES | P.CONNECT | P.SPEAK | P.CHANGE_NICKNAME | P.USE_APPLICATION_COMMANDS
    | P.CREATE_PUBLIC_THREADS | P.CREATE_PRIVATE_THREADS | P.SEND_VOICE_MESSAGES | P.SEND_POLLS
    | P.USE_EXTERNAL_EMOJIS
)  # fmt: skip

# What a moderation bot is usually invited with.
BOT = P.VIEW_CHANNEL | P.SEND_MESSAGES | P.SEND_MESSAGES_IN_THREADS | P.READ_MESSAGE_HISTORY
BOT |= P.EMBED_LINKS | P.ATTACH_FILES | P.MANAGE_MESSAGES | P.MODERATE_MEMBERS

# All that a member who is timed out keeps.
TIMED_OUT = P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY


def permissions_of(member: Member) -> Permission:
    """What the member may do in the guild at large."""
    if member.user is member.guild.owner:
        return ALL
    allowed = member.guild.everyone.permissions
    for role in member.roles:
        allowed |= role.permissions
    return ALL if allowed & P.ADMINISTRATOR else allowed


def permissions_in(member: Member, channel: Channel) -> Permission:
    """What the member may do in one channel or thread."""
    allowed = permissions_of(member)
    if allowed & P.ADMINISTRATOR:
        return allowed
    overwrites = channel.overwrites
    if everyone := overwrites.get(member.guild.id):
        allowed = allowed & ~everyone.deny | everyone.allow
    denied = granted = P.NONE
    for role in member.roles:
        if overwrite := overwrites.get(role.id):
            denied |= overwrite.deny
            granted |= overwrite.allow
    allowed = allowed & ~denied | granted
    if own := overwrites.get(member.id):
        allowed = allowed & ~own.deny | own.allow
    if not allowed & P.VIEW_CHANNEL:
        return P.NONE
    return allowed & TIMED_OUT if member.is_timed_out else allowed
