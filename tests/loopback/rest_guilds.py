"""Guilds, their roles and their members over REST, time-outs and bans included."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import guild_payloads, payloads
from .access import guild_of, member_of, require_above, require_in_guild
from .channels import Overwrite
from .errors import invalid, refused, wrong_length
from .events import Payload
from .guilds import Guild
from .people import Member
from .permissions import Permission
from .routing import Call, Created, route, snowflake

LONGEST_TIME_OUT = 28 * 24 * 3600
# What each field of a member takes to change.
NEEDED = {
    "nick": Permission.MANAGE_NICKNAMES,
    "roles": Permission.MANAGE_ROLES,
    "communication_disabled_until": Permission.MODERATE_MEMBERS,
}


@route("GET", "/guilds/{guild_id}")
def look(call: Call) -> Any:
    return guild_payloads.rest_guild(guild_of(call))


@route("GET", "/guilds/{guild_id}/channels")
def channels(call: Call) -> Any:
    return [payloads.channel(channel) for channel in guild_of(call).channels]


@route("POST", "/guilds/{guild_id}/channels")
def add_channel(call: Call) -> Any:
    guild = guild_of(call)
    require_in_guild(guild, Permission.MANAGE_CHANNELS)
    body: Payload = call.body or {}
    if not 1 <= len(body.get("name") or "") <= 100:
        raise wrong_length("name", 1, 100)
    overwrites = [
        Overwrite(int(o["id"]), int(o["type"]), Permission(int(o["allow"])), Permission(int(o["deny"])))
        for o in body.get("permission_overwrites") or []
    ]
    category = call.world.channels.get(int(body.get("parent_id") or 0))
    channel = guild.add_channel(body.get("type", payloads.TEXT), body["name"], category, overwrites=overwrites)
    channel.topic = body.get("topic")
    return Created(payloads.channel(channel))


@route("GET", "/guilds/{guild_id}/roles")
def roles(call: Call) -> Any:
    return [payloads.role(role) for role in guild_of(call).roles]


@route("GET", "/guilds/{guild_id}/emojis")
def emojis(call: Call) -> Any:
    return [guild_payloads.emoji(emoji) for emoji in guild_of(call).emojis.items()]


@route("GET", "/guilds/{guild_id}/members")
def members(call: Call) -> Any:
    guild = guild_of(call)
    if "guild_members" not in call.world.privileged:
        raise refused(50001)
    limit, after = call.query_int("limit", 1, 1, 1000), call.query_id("after") or 0
    following = sorted((m for m in guild.members.values() if m.id > after), key=lambda m: m.id)
    return [payloads.member(member) for member in following[:limit]]


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def member(call: Call) -> Any:
    return payloads.member(member_of(call, guild_of(call)))


@route("PATCH", "/guilds/{guild_id}/members/@me")
def change_myself(call: Call) -> Any:
    me = guild_of(call).me
    require_in_guild(me.guild, Permission.CHANGE_NICKNAME)
    me.nick = call.body.get("nick")
    me.changed()
    return payloads.member(me)


@route("PATCH", "/guilds/{guild_id}/members/{user_id}")
def change_member(call: Call) -> Any:
    guild = guild_of(call)
    target = member_of(call, guild)
    body: Payload = call.body or {}
    for key in body:
        if key in NEEDED:
            require_in_guild(guild, NEEDED[key])
    require_above(guild, target)
    if "communication_disabled_until" in body:
        time_out(call, target, body["communication_disabled_until"])
    if "nick" in body:
        target.nick = body["nick"]
    if "roles" in body:
        by_id = {role.id: role for role in guild.roles}
        wanted = [snowflake(entry, "roles") for entry in body["roles"]]
        if missing := [role_id for role_id in wanted if role_id not in by_id]:
            raise invalid("roles", "ROLE_NOT_FOUND", f"Unknown role {missing[0]}")
        target.roles = [by_id[role_id] for role_id in wanted]
    target.changed()
    return payloads.member(target)


def time_out(call: Call, target: Member, until: str | None) -> None:
    if until is None:
        target.timed_out_until = None
        return
    # Administrators cannot be timed out, whoever stands above them.
    if target.permissions & Permission.ADMINISTRATOR:
        raise refused(50013)
    moment = datetime.fromisoformat(until).timestamp()
    if moment > call.world.clock.now() + LONGEST_TIME_OUT:
        raise invalid(
            "communication_disabled_until",
            "GUILD_MEMBER_COMMUNICATION_DISABLED_UNTIL_TOO_FAR",
            "The time must be within 28 days",
        )
    target.timed_out_until = moment


@route("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def give_role(call: Call) -> None:
    _change_role(call, give=True)


@route("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def take_role(call: Call) -> None:
    _change_role(call, give=False)


def _change_role(call: Call, *, give: bool) -> None:
    guild = guild_of(call)
    target = member_of(call, guild)
    require_in_guild(guild, Permission.MANAGE_ROLES)
    role = next((role for role in guild.roles if role.id == call.id("role_id")), None)
    if role is None:
        raise refused(10011)
    if role.position >= guild.me.rank:
        raise refused(50013)
    kept = [each for each in target.roles if each is not role]
    target.roles = [*kept, role] if give else kept
    target.changed()


@route("DELETE", "/guilds/{guild_id}/members/{user_id}")
def kick(call: Call) -> None:
    guild = guild_of(call)
    target = member_of(call, guild)
    require_in_guild(guild, Permission.KICK_MEMBERS)
    require_above(guild, target)
    guild.remove_member(target)


@route("PUT", "/guilds/{guild_id}/bans/{user_id}")
def ban(call: Call) -> None:
    guild = guild_of(call)
    require_in_guild(guild, Permission.BAN_MEMBERS)
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise refused(10013)
    if target := guild.members.get(user.id):
        require_above(guild, target)
        guild.remove_member(target)
    guild.bans[user.id] = call.reason
    _tell_ban(call, guild, "GUILD_BAN_ADD")


@route("DELETE", "/guilds/{guild_id}/bans/{user_id}")
def unban(call: Call) -> None:
    guild = guild_of(call)
    require_in_guild(guild, Permission.BAN_MEMBERS)
    if call.id("user_id") not in guild.bans:
        raise refused(10026)
    del guild.bans[call.id("user_id")]
    _tell_ban(call, guild, "GUILD_BAN_REMOVE")


def _tell_ban(call: Call, guild: Guild, name: str) -> None:
    data = {"guild_id": str(guild.id), "user": payloads.user(call.world.users[call.id("user_id")])}
    call.world.emit(name, guild, lambda full: data)
