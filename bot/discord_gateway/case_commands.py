"""Which commands are about a person's own cases, or a member's? `/mycases` for everybody, in direct messages too;
`/history member` for moderators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.core.roles import Roles
from bot.discord_gateway.commands import Handler, offered_to
from bot.locales import speak

MemberHandler = Callable[[discord.Interaction, discord.abc.User], Awaitable[None]]


def mycases_command(show: Handler) -> app_commands.Command[Any, ..., None]:
    """The command `/mycases`."""

    @app_commands.command(
        name=locale_str(speak("en")("mycases-name"), key="mycases-name"),
        description=locale_str(speak("en")("mycases-description"), key="mycases-description"),
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def mycases(interaction: discord.Interaction) -> None:
        await show(interaction)

    return mycases


def history_commands(show: MemberHandler, roles: Roles) -> app_commands.Group:
    """The commands under `/history`."""
    group = app_commands.Group(
        name=locale_str(speak("en")("history-name"), key="history-name"),
        description=locale_str(speak("en")("history-description"), key="history-description"),
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        default_permissions=offered_to(roles),
    )

    # Discord takes an id for a member too, so that those who have left can be asked about.
    @group.command(
        name=locale_str(speak("en")("history-member-name"), key="history-member-name"),
        description=locale_str(speak("en")("history-member-description"), key="history-member-description"),
    )
    @app_commands.rename(who=locale_str(speak("en")("history-option-name"), key="history-option-name"))
    @app_commands.describe(who=locale_str(speak("en")("history-option-description"), key="history-option-description"))
    async def member(interaction: discord.Interaction, who: discord.User) -> None:
        await show(interaction, who)

    return group
