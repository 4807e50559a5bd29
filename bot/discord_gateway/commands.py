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

from bot.core.errors import UppsiktError
from bot.core.roles import Deed, Roles
from bot.discord_gateway.access import Access
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
    access: Access,
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
        answer = access.refused(interaction, Deed.STATUS, say)
        if answer is None:
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
