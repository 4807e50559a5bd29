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

from bot.discord_gateway.heard import heard

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
    return heard(TEMPLATE, lambda interaction, match: answer(interaction, match["deed"], int(match["number"])))
