"""What does `/pause` answer, and how does the bot suggest a break? To one person, about that person alone.

There is no view of anybody else's figures, for no rank: who is watched at rest does not rest.
"""

from __future__ import annotations

from datetime import datetime

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.caring import Caring
from bot.core.care import MOST, Care, Exposure
from bot.core.cases import Case
from bot.core.roles import Deed, Roles
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import NOBODY, answering, tell
from bot.discord_gateway.buttons import NEXT
from bot.discord_gateway.card import view_of
from bot.discord_gateway.pause_buttons import pause_row
from bot.locales import Speak, speak

COLOUR = 0x4F6F52

Command = app_commands.Command[discord.app_commands.Group, ..., None]
View = discord.ui.LayoutView


class Pause:
    """Looks after whoever asks."""

    def __init__(self, caring: Caring, access: Access) -> None:
        self._caring = caring
        self._access = access

    async def asked(self, interaction: discord.Interaction, hours: float | None, limit: int | None) -> None:
        """The command: what was read and chosen, after what is chosen now."""
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._access.refused(interaction, Deed.PAUSE, say):
                await tell(interaction, problem)
                return
            who = str(interaction.user.id)
            if limit is not None:
                await self._caring.limit(who, limit)
            if hours is not None:
                await self._caring.pause(who, hours)
            view = await self._view(who, say)
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def pressed(self, interaction: discord.Interaction, deed: str) -> None:
        """One of the buttons: the message that it stands on shows what is so now."""
        async with answering(interaction) as say:
            await interaction.response.defer()
            if problem := self._access.refused(interaction, Deed.PAUSE, say):
                await tell(interaction, problem)
                return
            who = str(interaction.user.id)
            was_paused = await self._caring.paused(who) is not None
            if deed == "hour":
                await self._caring.pause(who, 1)
            elif deed == "morning":
                await self._caring.pause_till_morning(who)
            else:
                await self._caring.end_pause(who)
            view = await self._view(who, say, ended=deed == "end" and was_paused)
            if interaction.message is not None and interaction.message.flags.ephemeral:
                await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)
            else:  # a forged one: what somebody has read stands on no message that others see
                await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)

    async def keeps_from_queue(self, interaction: discord.Interaction, say: Speak) -> bool:
        """Whether the one who asks for the next flag pauses, and was told so."""
        until = await self._caring.paused(str(interaction.user.id))
        if until is None:
            return False
        view = _container([_until(until, say)], pause_row(["end"], say))
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)
        return True

    async def met(self, interaction: discord.Interaction, case: Case) -> None:
        """The one who asks has read a case."""
        await self._caring.met(str(interaction.user.id), case)

    async def after_queue(self, interaction: discord.Interaction, say: Speak) -> None:
        """Suggest a break, past the limit that was set."""
        await _suggest(interaction, await self._caring.suggestion(str(interaction.user.id)), say)

    async def after_deciding(self, interaction: discord.Interaction, say: Speak) -> None:
        """The same after a decision, at most once an hour."""
        await _suggest(interaction, await self._caring.suggestion_after_deciding(str(interaction.user.id)), say)

    async def _view(self, who: str, say: Speak, *, ended: bool = False) -> View:
        care, until = await self._caring.of(who), await self._caring.paused(who)
        lines = [say("pause-ended")] if ended else [say("pause-off") if until is None else _until(until, say)]
        lines += _read(care, say)
        row = pause_row(["hour", "morning"] if until is None else ["hour", "morning", "end"], say)
        if ended:
            row.add_item(discord.ui.Button(label=say("show-next"), style=discord.ButtonStyle.primary, custom_id=NEXT))
        return _container(lines, row)


def pause_command(pause: Pause, roles: Roles) -> Command:
    """The command `/pause`."""
    english = speak("en")

    @app_commands.command(
        name=locale_str(english("pause-name"), key="pause-name"),
        description=locale_str(english("pause-description"), key="pause-description"),
    )
    @app_commands.rename(
        hours=locale_str(english("pause-hours-name"), key="pause-hours-name"),
        limit=locale_str(english("pause-limit-name"), key="pause-limit-name"),
    )
    @app_commands.describe(
        hours=locale_str(english("pause-hours-description"), key="pause-hours-description"),
        limit=locale_str(english("pause-limit-description"), key="pause-limit-description"),
    )
    @app_commands.guild_only()
    async def command(
        interaction: discord.Interaction,
        hours: app_commands.Range[float, 0.5, 72.0] | None = None,
        limit: app_commands.Range[int, 0, MOST] | None = None,
    ) -> None:
        await pause.asked(interaction, hours, limit)

    command.default_permissions = None if roles.moderator else discord.Permissions(manage_messages=True)
    return command


async def _suggest(interaction: discord.Interaction, read: Exposure | None, say: Speak) -> None:
    if read is not None:
        await tell(interaction, say("pause-nudge", cases=read.cases, severe=read.severe))


def _read(care: Care, say: Speak) -> list[str]:
    return [
        say("pause-today", cases=care.today.cases, severe=care.today.severe),
        say("pause-week", cases=care.week.cases, severe=care.week.severe),
        say("pause-bound", limit=care.limit),
        f"-# {say('pause-alone')}",
    ]


def _until(until: datetime, say: Speak) -> str:
    return say("pause-on", when=f"<t:{int(until.timestamp())}:f>")


def _container(lines: list[str], row: discord.ui.ActionRow[View]) -> View:
    container: discord.ui.Container[View] = discord.ui.Container(accent_colour=COLOUR)
    return view_of(container.add_item(discord.ui.TextDisplay("\n".join(lines))).add_item(row))
