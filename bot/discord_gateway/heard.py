"""How does a press of our buttons reach whoever answers it? Known by its `custom_id` alone, after a restart too."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

Hear = Callable[[discord.Interaction, re.Match[str]], Awaitable[None]]


def heard(template: re.Pattern[str], hear: Hear) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The class of the buttons of a template, to be given to discord.py; `hear` is called with each press."""

    class Heard(discord.ui.DynamicItem[discord.ui.Button[Any]], template=template):
        def __init__(self, button: discord.ui.Button[Any], match: re.Match[str]) -> None:
            super().__init__(button)
            self.match = match

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> Heard:
            assert isinstance(item, discord.ui.Button)
            return cls(item, match)

        async def callback(self, interaction: discord.Interaction) -> None:
            await hear(interaction, self.match)

    return Heard
