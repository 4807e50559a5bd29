"""Which buttons does somebody's own pause have, and what does a press of one say?

    uppsikt:pause:hour       pause for an hour
    uppsikt:pause:morning    pause until seven o'clock tomorrow
    uppsikt:pause:end        end the pause

They name nobody: a pause is that of whoever presses.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.locales import Speak

TEMPLATE = re.compile(r"uppsikt:pause:(?P<deed>hour|morning|end)")

Answer = Callable[[discord.Interaction, str], Awaitable[None]]


def pause_row(deeds: Sequence[str], say: Speak) -> discord.ui.ActionRow[discord.ui.LayoutView]:
    """Some of the buttons."""
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    labels = {"hour": say("pause-one-hour"), "morning": say("pause-morning"), "end": say("pause-end")}
    for deed in deeds:
        row.add_item(
            discord.ui.Button(
                label=labels[deed], style=discord.ButtonStyle.secondary, custom_id=f"uppsikt:pause:{deed}"
            )
        )
    return row


def pause_listening(answer: Answer) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The class of these buttons, to be given to discord.py; `answer` is called with each press."""

    class PausePressed(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
        def __init__(self, button: discord.ui.Button[Any], deed: str) -> None:
            super().__init__(button)
            self.deed = deed

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> PausePressed:
            assert isinstance(item, discord.ui.Button)
            return cls(item, match["deed"])

        async def callback(self, interaction: discord.Interaction) -> None:
            await answer(interaction, self.deed)

    return PausePressed
