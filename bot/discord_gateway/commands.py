"""What can a moderator ask of the bot? `/status`: is it connected, does it keep up, what has it missed? `/queue`: the
next flag. `/case`: one flag by its number. `/stats`: how quickly flags are handled.

The answer is seen by the one who asks only, in that person's language. The commands are offered to who may manage
messages; where [roles] names moderators they are offered to all, because Discord cannot be told of roles here, and
whoever is none is refused. A server's admins can change what is offered in Discord itself.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.http import Route

from bot.core.errors import UppsiktError
from bot.core.roles import Deed, Roles
from bot.discord_gateway.answers import person
from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import Speak, language_of, speak

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """What the bot knows of itself beyond the connection."""

    read: int  # messages, since the database began
    pending: int  # flags that wait for a decision
    model: str
    unseen: int  # times within the last 24 hours that a channel was not watched


Handler = Callable[[discord.Interaction], Awaitable[None]]
CaseHandler = Callable[[discord.Interaction, int, bool], Awaitable[None]]
Ask = Callable[[], Awaitable[Status]]
Backlog = Callable[[], Mapping[str, int]]


def status_command(
    client: discord.AutoShardedClient,
    watches: Callable[[int | None], bool],
    roles: Roles,
    backlog: Backlog,
    ask: Ask,
) -> app_commands.Command[discord.app_commands.Group, ..., None]:
    """The command `/status`."""

    @app_commands.command(
        name="status", description=locale_str(speak("en")("status-description"), key="status-description")
    )
    @app_commands.guild_only()
    async def status(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = speak(language_of(interaction.locale.value))
        if not watches(interaction.guild_id):
            answer = say("status-elsewhere")
        elif not roles.allow(person(interaction), Deed.STATUS):
            answer = say("refused-role")
        else:
            try:
                answer = _answer(say, client, backlog(), await ask())
            except UppsiktError as problem:
                log.warning("/status: %s", problem)
                answer = say("status-unknown")
        await interaction.followup.send(answer, ephemeral=True)

    return _offered(status, roles)


def queue_command(show_next: Handler, roles: Roles) -> app_commands.Command[discord.app_commands.Group, ..., None]:
    """The command `/queue`."""

    @app_commands.command(
        name=locale_str(speak("en")("queue-name"), key="queue-name"),
        description=locale_str(speak("en")("queue-description"), key="queue-description"),
    )
    @app_commands.guild_only()
    async def queue(interaction: discord.Interaction) -> None:
        await show_next(interaction)

    return _offered(queue, roles)


def case_command(show: CaseHandler, roles: Roles) -> app_commands.Command[discord.app_commands.Group, ..., None]:
    """The command `/case`."""

    @app_commands.command(
        name=locale_str(speak("en")("case-name"), key="case-name"),
        description=locale_str(speak("en")("case-description"), key="case-description"),
    )
    @app_commands.rename(
        number=locale_str(speak("en")("case-number-name"), key="case-number-name"),
        unmasked=locale_str(speak("en")("case-unmasked-name"), key="case-unmasked-name"),
    )
    @app_commands.describe(
        number=locale_str(speak("en")("case-number-description"), key="case-number-description"),
        unmasked=locale_str(speak("en")("case-unmasked-description"), key="case-unmasked-description"),
    )
    @app_commands.guild_only()
    async def case(interaction: discord.Interaction, number: int, unmasked: bool = False) -> None:
        await show(interaction, number, unmasked)

    return _offered(case, roles)


def stats_command(show: Handler, roles: Roles) -> app_commands.Command[discord.app_commands.Group, ..., None]:
    """The command `/stats`."""

    @app_commands.command(
        name=locale_str(speak("en")("stats-name"), key="stats-name"),
        description=locale_str(speak("en")("stats-description"), key="stats-description"),
    )
    @app_commands.guild_only()
    async def stats(interaction: discord.Interaction) -> None:
        await show(interaction)

    return _offered(stats, roles)


def _offered(
    command: app_commands.Command[discord.app_commands.Group, ..., None], roles: Roles
) -> app_commands.Command[discord.app_commands.Group, ..., None]:
    command.default_permissions = offered_to(roles)
    return command


def offered_to(roles: Roles) -> discord.Permissions | None:
    """Whom Discord offers a moderators' command."""
    return None if roles.moderator else discord.Permissions(manage_messages=True)


def _answer(say: Speak, client: discord.AutoShardedClient, backlog: Mapping[str, int], known: Status) -> str:
    up = sum(not shard.is_closed() for shard in client.shards.values())
    latency = client.latency if math.isfinite(client.latency) else 0.0
    lines = [
        say("status-connection", up=up, all=len(client.shards), ms=round(latency * 1000)),
        say("status-backlog", waiting=backlog["waiting"] + backlog["held"], behind=backlog["behind"]),
        say("status-read", read=known.read),
        say("status-pending", pending=known.pending),
        say("status-unseen", unseen=known.unseen),
        say("status-model", model=known.model),
    ]
    return "\n".join(lines)


class Words(app_commands.Translator):
    """Localises what Discord shows of a command."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        key = string.extras.get("key")
        return speak("sv")(key) if key and language_of(locale.value) == "sv" else None


async def sync(tree: app_commands.CommandTree[discord.AutoShardedClient]) -> None:
    """Register the commands if Discord has others. A refusal is logged: reading goes on without commands."""
    await tree.set_translator(Words())
    try:
        if await _ours(tree) != await _registered(tree.client):
            await tree.sync()
            log.info("commands registered")
    except REFUSALS as problem:
        log.warning("commands not registered: %s", refusal(problem))


async def _ours(tree: app_commands.CommandTree[discord.AutoShardedClient]) -> list[Mapping[str, object]]:
    words = tree.translator
    assert words is not None
    return _in_order([_essence(await command.get_translated_payload(tree, words)) for command in tree.get_commands()])


async def _registered(client: discord.Client) -> list[Mapping[str, object]]:
    # discord.py's fetch_commands does not ask for the localisations, without which they cannot be compared.
    path = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    registered = await client.http.request(path, params={"with_localizations": "true"})
    return _in_order([_essence(command) for command in registered])


def _in_order(commands: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Discord lists them in an order of its own."""
    return sorted(commands, key=lambda command: (str(command["name"]), str(command["type"])))


def _essence(command: Mapping[str, object]) -> Mapping[str, object]:
    """What we set of a command, written in one way."""
    permissions = command.get("default_member_permissions")
    return {
        "name": command["name"],
        "names": command.get("name_localizations") or {},
        "type": command.get("type", 1),
        "description": command.get("description", ""),
        "descriptions": command.get("description_localizations") or {},
        "permissions": None if permissions is None else str(permissions),
        "contexts": command.get("contexts"),
        "options": [_option(option) for option in _options(command)],
    }


def _options(holder: Mapping[str, object]) -> list[Mapping[str, object]]:
    options = holder.get("options") or []
    assert isinstance(options, list)
    return options


def _option(option: Mapping[str, object]) -> Mapping[str, object]:
    """What we set of an option; Discord leaves out what is as it is by itself."""
    return {
        "name": option["name"],
        "names": option.get("name_localizations") or {},
        "type": option["type"],
        "description": option.get("description", ""),
        "descriptions": option.get("description_localizations") or {},
        "required": bool(option.get("required")),
        "bounds": (option.get("min_value"), option.get("max_value")),
        "options": [_option(inner) for inner in _options(option)],
    }
