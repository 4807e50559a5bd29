"""Which pictures go with an answer about thresholds? Precision and flags a day, with their alt texts.

They are drawn off the event loop. What cannot be drawn honestly is told in a sentence instead.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Sequence

import discord

from bot.core.errors import Refused
from bot.core.tuning.candidate import Weighed, limits_in
from bot.core.tuning.in_force import limits_at
from bot.core.tuning.wishes import caught, curve_of
from bot.plots import Form, Lines, Picture, of_flags, of_precision


async def pictures(weighed: Weighed, label: str, language: str) -> tuple[list[Picture], list[str]]:
    """The pictures of a label, and why one is missing."""
    return await asyncio.to_thread(_drawn, weighed, label, language)


def files(drawn: Sequence[Picture]) -> list[discord.File]:
    """Pictures as attachments; each file can be sent once."""
    return [discord.File(io.BytesIO(each.drawn), f"{each.name}.{each.form}", description=each.alt) for each in drawn]


def gallery(attached: Sequence[discord.File]) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    """The attachments within a card."""
    return discord.ui.MediaGallery(*(discord.MediaGalleryItem(each) for each in attached))


def _drawn(weighed: Weighed, label: str, language: str) -> tuple[list[Picture], list[str]]:
    where, channels = weighed.proposal.where, weighed.channels
    today, after = (limits_at(policy, where, channels).get(label) for policy in (weighed.before, weighed.after))
    proposed = None if after == today else after
    lines = Lines(today, proposed, limits_in(weighed.before, weighed.evidence, channels))
    recall = curve_of(caught(weighed.evidence, label, lines.in_force))
    draw: tuple[Callable[[], Picture], ...] = (
        lambda: of_precision(weighed.evidence, label, lines, language=language, form=Form.PNG, recall=recall),
        lambda: of_flags(weighed.evidence, label, lines, language=language, form=Form.PNG),
    )
    drawn, missing = [], []
    for each in draw:
        try:
            drawn.append(each())
        except Refused as problem:
            missing.append(str(problem))
    return drawn, missing
