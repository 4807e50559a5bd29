"""What does a press of a button say? All of it stands in its `custom_id`, so that it works after any restart.

    uppsikt:next                 show me the next flag
    uppsikt:dismiss:FLAG         dismiss it
    uppsikt:context:FLAG         show me what was written around it
    uppsikt:uphold:FLAG:MOTIVES  ask for motives, then uphold it; MOTIVES are those the model finds likely, in hex
    uppsikt:upheld:FLAG          the modal with the motives (not a button)
    uppsikt:reopen:FLAG          open it again, so that it can be decided anew
    uppsikt:second:FLAG          ask somebody else for an opinion; its modal: uppsikt:seconded:FLAG
    uppsikt:escalate:FLAG        hand it to the leads; its modal: uppsikt:escalated:FLAG
    uppsikt:read:…               the same buttons on a decided case that is shown as if it were open, to be read again

The likely motives are in the id because a modal must be Discord's first answer: nothing can be looked up before it
without losing the three seconds to a slow disk. A custom_id can be forged; it only ever names a flag, and who may
decide that flag is asked of Discord and the store each time.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.flags import FINDINGS
from bot.discord_gateway.heard import heard
from bot.discord_gateway.pause_buttons import TEMPLATE as PAUSE

LIKELY = 0.5  # from where on a motive is ticked beforehand
_BITS = (*FINDINGS[1:], FINDINGS[0])  # the threat last, so that the buttons of older cards mean what they meant
TEMPLATE = re.compile(
    r"uppsikt:(?:(?P<next>next)|(?P<again>read:)?(?P<deed>dismiss|uphold|context|second|escalate|reopen):(?P<flag>[0-9]{1,18})"
    r"(?::(?P<motives>[0-9a-f]{1,4}))?)"
)
MODAL = re.compile(r"uppsikt:upheld:(?P<flag>[0-9]{1,18})")
NEXT = "uppsikt:next"


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: `next`, `context`, `dismiss`, `uphold`, `second`, `escalate` or `reopen`."""

    deed: str
    flag: int = 0
    likely: tuple[str, ...] = ()
    again: bool = False  # on a decided case that is read again


def dismiss_id(flag: int) -> str:
    return f"uppsikt:dismiss:{flag}"


def context_id(flag: int) -> str:
    return f"uppsikt:context:{flag}"


def uphold_id(flag: int, likely: Iterable[str]) -> str:
    chosen = set(likely)
    bits = sum(1 << number for number, motive in enumerate(_BITS) if motive in chosen)
    return f"uppsikt:uphold:{flag}:{bits:x}"


def second_id(flag: int) -> str:
    return f"uppsikt:second:{flag}"


def escalate_id(flag: int) -> str:
    return f"uppsikt:escalate:{flag}"


def reopen_id(flag: int) -> str:
    return f"uppsikt:reopen:{flag}"


def again_id(custom_id: str) -> str:
    """The same button on a decided case that is read again."""
    return custom_id.replace("uppsikt:", "uppsikt:read:", 1)


def modal_id(flag: int) -> str:
    return f"uppsikt:upheld:{flag}"


def pressed(match: re.Match[str]) -> Press:
    """What a well-formed custom_id says."""
    if match["next"]:
        return Press("next")
    bits = int(match["motives"] or "0", 16)
    likely = tuple(motive for number, motive in enumerate(_BITS) if bits >> number & 1)
    return Press(match["deed"], int(match["flag"]), likely, match["again"] is not None)


Answer = Callable[[discord.Interaction, Press], Awaitable[None]]


def listening(answer: Answer) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The class of our buttons, to be given to discord.py; `answer` is called with each press."""
    return heard(TEMPLATE, lambda interaction, match: answer(interaction, pressed(match)))


def is_heard(interaction: discord.Interaction, *templates: re.Pattern[str]) -> bool:
    """Whether discord.py hands a press on to our buttons: only if it is well-formed and stands on its message."""
    wanted = dict(interaction.data or {}).get("custom_id")
    known = templates or (TEMPLATE, PAUSE)
    if interaction.message is None or not any(template.fullmatch(str(wanted)) for template in known):
        return False
    view = discord.ui.LayoutView.from_message(interaction.message, timeout=None)
    return any(isinstance(item, discord.ui.Button) and item.custom_id == wanted for item in view.walk_children())
