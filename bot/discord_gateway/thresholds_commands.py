"""What can an admin ask of thresholds in Discord? `/thresholds` with what is to be seen, tried, changed and taken back.

The commands are offered to who may manage the server; where [roles] names admins they are offered to all, because
Discord cannot be told of roles here, and whoever is none is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.core.roles import Deed, Roles
from bot.core.tuning.changes import EVERYWHERE, Where
from bot.discord_gateway import thresholds_input
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import language
from bot.discord_gateway.thresholds_promises import Wished
from bot.discord_gateway.thresholds_proposals import Proposals
from bot.discord_gateway.thresholds_show import ThresholdsShown
from bot.locales import speak
from bot.tuning_desk import DAYS, TuningDesk

Place = app_commands.AppCommandChannel | app_commands.AppCommandThread
Days = app_commands.Range[int, 1, 400]
C = TypeVar("C", bound=Callable[..., Any])
Flags = app_commands.Range[int, 0, 100_000]
Number = app_commands.Range[int, 1, 999_999_999]


def thresholds_commands(
    shown: ThresholdsShown, proposals: Proposals, desk: TuningDesk, access: Access, roles: Roles
) -> app_commands.Group:
    """The commands under `/thresholds`."""
    group = app_commands.Group(
        name=_words("tune-name"),
        description=_words("tune-description"),
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        default_permissions=None if roles.admin else discord.Permissions(manage_guild=True),
    )
    _looking(group, shown, desk, access)
    _changing(group, proposals)
    return group


def _looking(group: app_commands.Group, shown: ThresholdsShown, desk: TuningDesk, access: Access) -> None:
    """What changes nothing."""

    @group.command(name=_words("tune-show-name"), description=_words("tune-show-description"))
    @_options("channel", "group", "days")
    async def show(
        interaction: discord.Interaction, channel: Place | None = None, group: str = "", days: Days = DAYS
    ) -> None:
        await shown.show(interaction, _where(channel, group), days)

    @group.command(name=_words("tune-simulate-name"), description=_words("tune-simulate-description"))
    @_options("label", "threshold", "channel", "group", "days")
    async def simulate(
        interaction: discord.Interaction,
        label: str,
        threshold: str,
        channel: Place | None = None,
        group: str = "",
        days: Days = DAYS,
    ) -> None:
        await shown.simulate(interaction, label, threshold, _where(channel, group), days)

    @group.command(name=_words("tune-suggest-name"), description=_words("tune-suggest-description"))
    @_options("label", "catch", "flags", "precision", "channel", "group", "days")
    async def suggest(
        interaction: discord.Interaction,
        label: str,
        catch: str = "",
        flags: Flags | None = None,
        precision: str = "",
        channel: Place | None = None,
        group: str = "",
        days: Days = DAYS,
    ) -> None:
        await shown.suggest(interaction, label, Wished(catch, flags, precision), _where(channel, group), days)

    @group.command(name=_words("tune-level-name"), description=_words("tune-level-description"))
    @_options("level", "channel", "group")
    async def level(
        interaction: discord.Interaction, level: str = "", channel: Place | None = None, group: str = ""
    ) -> None:
        await shown.levels(interaction, level, _where(channel, group))

    async def groups(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        say = speak(language(interaction))
        allowed = access.refused(interaction, Deed.TUNE, say) is None
        return thresholds_input.groups_like(typed, list(desk.groups)) if allowed else []

    show.autocomplete("group")(groups)
    simulate.autocomplete("group")(groups)
    level.autocomplete("group")(groups)
    suggest.autocomplete("group")(groups)
    simulate.autocomplete("label")(labels)
    suggest.autocomplete("label")(labels)
    level.autocomplete("level")(levels)


def _changing(group: app_commands.Group, proposals: Proposals) -> None:
    """What is on record, and what takes it back."""

    @group.command(name=_words("tune-history-name"), description=_words("tune-history-description"))
    @_options("number")
    async def history(interaction: discord.Interaction, number: Number | None = None) -> None:
        await proposals.history(interaction, number)

    @group.command(name=_words("tune-undo-name"), description=_words("tune-undo-description"))
    @_options("number")
    async def undo(interaction: discord.Interaction, number: Number | None = None) -> None:
        await proposals.undo(interaction, number)


async def labels(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Labels that are meant by what was typed so far."""
    return thresholds_input.labels_like(typed, speak(language(interaction)))


async def levels(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The same of levels."""
    return thresholds_input.levels_like(typed, speak(language(interaction)))


def _where(channel: Place | None, group: str) -> Where:
    """The place that was meant; with both the rules say that it must be one."""
    return EVERYWHERE if channel is None and not group else Where(group, "" if channel is None else str(channel.id))


def _words(key: str) -> locale_str:
    """English, with Swedish beside it."""
    return locale_str(speak("en")(key), key=key)


def _options(*names: str) -> Callable[[C], C]:
    """The names and descriptions of a command's options."""

    def said(command: C) -> C:
        named = app_commands.rename(**{name: _words("tune-option-" + name) for name in names})(command)
        return app_commands.describe(**{name: _words("tune-option-" + name + "-description") for name in names})(named)

    return said
