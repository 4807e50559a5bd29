"""How does a member get what is held of them? `/mydata`: a few words and a page to open, for that member alone.

It is made in whichever server is asked, of all that one database holds of the member. In direct messages it is not
offered: there Discord keeps the answer where others who use the same device may find it.
"""

from __future__ import annotations

import io
import math
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.discord_gateway.answers import NOBODY, answering, tell
from bot.discord_gateway.commands import Handler
from bot.discord_gateway.reach import Watches
from bot.locales import Speak, speak
from bot.own_data import HandedOut, OwnData

MISTAKE = "mydata-mistake"
LARGEST = 8 * 1024 * 1024  # bytes: within what Discord takes of a bot anywhere
FILE = "uppgifter.html"


class MyData:
    """Answers `/mydata`."""

    def __init__(self, own: OwnData, watches: Watches) -> None:
        self._own = own
        self._watches = watches

    async def mine(self, interaction: discord.Interaction) -> None:
        """The page, or why there is none."""
        async with answering(interaction, MISTAKE) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if not self._watches(interaction.guild_id):
                await tell(interaction, say("status-elsewhere"))
                return
            found = await self._own.mine(str(interaction.user.id))
            if isinstance(found, timedelta):
                await tell(interaction, say("mydata-wait", minutes=max(1, math.ceil(found.total_seconds() / 60))))
            elif not found.anything:
                await tell(interaction, say("mydata-nothing"))
            elif len(found.page) > LARGEST:
                await tell(interaction, say("mydata-large"))
            else:
                await self._send(interaction, say, found)

    async def _send(self, interaction: discord.Interaction, say: Speak, found: HandedOut) -> None:
        words = say("mydata-summary", cases=found.cases, reports=found.reports, appeals=found.appeals)
        page = discord.File(io.BytesIO(found.page), FILE)
        try:
            await interaction.followup.send(words, file=page, ephemeral=True, allowed_mentions=NOBODY)
        except BaseException:
            self._own.lost(str(interaction.user.id))
            raise


def mydata_command(show: Handler) -> app_commands.Command[Any, ..., None]:
    """The command `/mydata`."""

    @app_commands.command(
        name=locale_str(speak("en")("mydata-name"), key="mydata-name"),
        description=locale_str(speak("en")("mydata-description"), key="mydata-description"),
    )
    @app_commands.guild_only()
    async def mydata(interaction: discord.Interaction) -> None:
        await show(interaction)

    return mydata
