"""Which commands do members report with? *Report* in a message's menu, `/report`, `/myreports` and `/support`.

They are offered to everybody; the last two in direct messages too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.discord_gateway.commands import Handler
from bot.discord_gateway.reports import Reports
from bot.locales import speak


def report_commands(reports: Reports) -> list[app_commands.Command[Any, ..., None] | app_commands.ContextMenu]:
    """All of them."""
    return [
        _menu(reports),
        _report(reports),
        _everywhere("myreports-name", "myreports-description", reports.mine),
        _everywhere("support-name", "support-description", reports.support),
    ]


def _words(key: str) -> locale_str:
    return locale_str(speak("en")(key), key=key)


def _menu(reports: Reports) -> app_commands.ContextMenu:
    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        await reports.from_menu(interaction, message)

    menu = app_commands.ContextMenu(name=_words("report-menu"), callback=report)
    return _in_servers(menu)


def _report(reports: Reports) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name=_words("report-name"), description=_words("report-description"))
    @app_commands.rename(message=_words("report-message-name"), member=_words("report-member-name"))
    @app_commands.describe(message=_words("report-message-description"), member=_words("report-member-description"))
    @app_commands.guild_only()
    async def report(
        interaction: discord.Interaction, message: str | None = None, member: discord.User | None = None
    ) -> None:
        await reports.command(interaction, message, member)

    return report


def _everywhere(name: str, description: str, show: Handler) -> app_commands.Command[Any, ..., None]:
    async def command(interaction: discord.Interaction) -> None:
        await show(interaction)

    made: Callable[[Any], app_commands.Command[Any, ..., None]] = app_commands.command(
        name=_words(name), description=_words(description)
    )
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(made(command))


def _in_servers(menu: app_commands.ContextMenu) -> app_commands.ContextMenu:
    menu.allowed_contexts = app_commands.AppCommandContext(guild=True)
    return menu
