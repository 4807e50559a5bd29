"""How does a moderator say that a report was made to get at somebody? In a select under the case's private card.

    uppsikt:abusive:FLAG   its value is a report's number; both may be forged, and are looked up each time

The report then weighs nothing, its reporter's next ones weigh less for a while, and the reporter is told. Nobody learns
who that is.
"""

from __future__ import annotations

import re
from typing import Any

import discord

from bot.core.cases import Case
from bot.core.roles import Deed
from bot.discord_gateway.access import Access
from bot.discord_gateway.answers import answering, tell
from bot.discord_gateway.commands import Handler
from bot.locales import Speak
from bot.marking import Marking

SELECT = re.compile(r"uppsikt:abusive:(?P<flag>[0-9]{1,18})")
NUMBER = re.compile(r"[0-9]{1,18}")


def with_abuse(view: discord.ui.LayoutView, case: Case, say: Speak) -> discord.ui.LayoutView:
    """The same card with the select, where there is something to choose."""
    if case.heard.markable:
        select: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"uppsikt:abusive:{case.id}",
            placeholder=say("abuse-choose"),
            options=[
                discord.SelectOption(label=say("abuse-report", number=str(each)), value=str(each))
                for each in case.heard.markable
            ],
        )
        row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
        view.add_item(row.add_item(select))
    return view


class Abuse:
    """Answers the select."""

    def __init__(self, marking: Marking, access: Access) -> None:
        self._marking = marking
        self._access = access

    def before(self, otherwise: Handler) -> Handler:
        """Hears of the select; what is not ours goes on to `otherwise`."""

        async def hear(interaction: discord.Interaction) -> None:
            match = SELECT.fullmatch(str(dict(interaction.data or {}).get("custom_id")))
            if interaction.type is discord.InteractionType.component and match is not None:
                await self._chosen(interaction, int(match["flag"]))
            else:
                await otherwise(interaction)

        return hear

    async def _chosen(self, interaction: discord.Interaction, flag: int) -> None:
        async with answering(interaction) as say:
            await interaction.response.defer(ephemeral=True, thinking=True)
            if problem := self._access.refused(interaction, Deed.DECIDE, say):
                await tell(interaction, problem)
                return
            values = dict(interaction.data or {}).get("values")
            if not isinstance(values, list) or len(values) != 1 or not NUMBER.fullmatch(str(values[0])):
                await tell(interaction, say("refused-malformed"))
                return
            guilds = self._access.guilds(interaction)
            report = int(values[0])
            marked = await self._marking.mark_abusive(flag, report, str(interaction.user.id), guilds)
            await tell(interaction, say("abuse-marked" if marked else "abuse-not-marked", number=str(report)))
