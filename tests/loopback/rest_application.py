"""Who the bot is, where its gateway is, its direct messages and its registered commands, over REST."""

from __future__ import annotations

from typing import Any

from . import guild_payloads, payloads
from .errors import refused, required
from .events import Payload
from .guilds import Guild
from .routing import Call, Created, route, snowflake


@route("GET", "/users/@me")
def me(call: Call) -> Any:
    return {
        **payloads.user(call.world.bot),
        "verified": True,
        "mfa_enabled": True,
        "locale": "en-US",
        "flags": 0,
    }


@route("GET", "/users/{user_id}")
def user(call: Call) -> Any:
    found = call.world.users.get(call.id("user_id"))
    if found is None:
        raise refused(10013)
    return payloads.user(found)


@route("GET", "/users/@me/guilds")
def my_guilds(call: Call) -> Any:
    limit, after = call.query_int("limit", 200, 1, 200), call.query_id("after") or 0
    guilds = sorted((guild for guild in call.world.guilds.values() if guild.id > after), key=lambda guild: guild.id)
    return [
        {**guild_payloads.rest_guild(guild), "owner": False, "permissions": str(int(guild.me.permissions))}
        for guild in guilds[:limit]
    ]


@route("DELETE", "/users/@me/guilds/{guild_id}")
def leave_guild(call: Call) -> None:
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None:
        raise refused(10004)
    guild.lose_bot()


@route("POST", "/users/@me/channels")
def open_dm(call: Call) -> Any:
    recipient = call.world.users.get(snowflake((call.body or {}).get("recipient_id"), "recipient_id"))
    if recipient is None:
        raise refused(10013)
    # Opening always works; that the user takes no messages shows first when one is sent.
    return payloads.channel(call.world.dm(recipient))


def application(call: Call) -> Payload:
    world = call.world
    flags = 0
    for name, bit in (("guild_presences", 13), ("guild_members", 15), ("message_content", 19)):
        flags |= (name in world.privileged) << bit
    return {
        "id": str(world.application_id),
        "name": world.application_name,
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "owner": payloads.user(world.owner),
        "team": None,
        "bot": payloads.user(world.bot),
        "approximate_guild_count": len(world.guilds),
    }


@route("GET", "/oauth2/applications/@me")
@route("GET", "/applications/@me")
def my_application(call: Call) -> Any:
    return application(call)


@route("GET", "/applications/{application_id}")
def some_application(call: Call) -> Any:
    _check_application(call)
    return application(call)


def _check_application(call: Call) -> None:
    if call.id("application_id") != call.world.application_id:
        raise refused(10002)


@route("GET", "/gateway", needs_token=False)
def gateway(call: Call) -> Any:
    return {"url": call.backend.gateway_url()}


@route("GET", "/gateway/bot")
def bot_gateway(call: Call) -> Any:
    return {
        "url": call.backend.gateway_url(),
        "shards": call.backend.shards(),
        "session_start_limit": {
            "total": 1000,
            "remaining": 1000,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }


def _scope(call: Call) -> Guild | None:
    """None for the global commands."""
    _check_application(call)
    if "guild_id" not in call.params:
        return None
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None:
        raise refused(50001)
    return guild


for base in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):

    @route("GET", f"{base}/commands")
    def commands(call: Call) -> Any:
        return call.backend.commands.all(_scope(call))

    @route("PUT", f"{base}/commands")
    def replace_commands(call: Call) -> Any:
        return call.backend.commands.replace(_scope(call), call.body or [])

    @route("POST", f"{base}/commands")
    def add_command(call: Call) -> Any:
        if not call.body:
            raise required("name")
        return Created(call.backend.commands.add(_scope(call), call.body))

    @route("GET", f"{base}/commands/{{command_id}}")
    def command(call: Call) -> Any:
        return call.backend.commands.by_id(_scope(call), call.id("command_id"))

    @route("PATCH", f"{base}/commands/{{command_id}}")
    def change_command(call: Call) -> Any:
        return call.backend.commands.change(_scope(call), call.id("command_id"), call.body or {})

    @route("DELETE", f"{base}/commands/{{command_id}}")
    def remove_command(call: Call) -> Any:
        return call.backend.commands.remove(_scope(call), call.id("command_id"))
