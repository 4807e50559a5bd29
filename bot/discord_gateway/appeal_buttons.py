"""What does a press of an appeal's button say? As with the flags' buttons, all of it stands in its `custom_id`.

    uppsikt:appeal:FLAG      the author wants to appeal the decision on a flag
    uppsikt:appealed:FLAG    the modal with the author's words (not a button)
    uppsikt:grant:APPEAL     a moderator grants an appeal
    uppsikt:reject:APPEAL    a moderator wants to reject one
    uppsikt:rejected:APPEAL  the modal with the reasons (not a button)

The first stands in direct messages too. Whoever forges one learns nothing: an appeal is its author's alone.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

TEMPLATE = re.compile(r"uppsikt:(?P<deed>appeal|grant|reject):(?P<number>[0-9]{1,18})")
MODAL = re.compile(r"uppsikt:(?P<deed>appealed|rejected):(?P<number>[0-9]{1,18})")


def appeal_id(flag: int) -> str:
    return f"uppsikt:appeal:{flag}"


def grant_id(appeal: int) -> str:
    return f"uppsikt:grant:{appeal}"


def reject_id(appeal: int) -> str:
    return f"uppsikt:reject:{appeal}"


Answer = Callable[[discord.Interaction, str, int], Awaitable[None]]


def hearing(answer: Answer) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The class of our buttons, to be given to discord.py; `answer` is called with each press."""

    class Heard(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
        def __init__(self, button: discord.ui.Button[Any], deed: str, number: int) -> None:
            super().__init__(button)
            self.deed, self.number = deed, number

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> Heard:
            assert isinstance(item, discord.ui.Button)
            return cls(item, match["deed"], int(match["number"]))

        async def callback(self, interaction: discord.Interaction) -> None:
            await answer(interaction, self.deed, self.number)

    return Heard
