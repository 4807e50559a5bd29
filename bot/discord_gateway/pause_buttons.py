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

from bot.discord_gateway.heard import heard
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
    return heard(TEMPLATE, lambda interaction, match: answer(interaction, match["deed"]))
