"""What is asked of whoever upholds a flag? The motives as that person sees them, measures, and a note: a modal, and
its answer.

What comes back is read from Discord's own data, not from a modal kept in memory: it may have been opened before a
restart. It can be forged, so it is either exactly what the modal can give, or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import discord

from bot.core.flags import FINDINGS
from bot.core.measures import Act, Measure
from bot.discord_gateway.ability import Means
from bot.discord_gateway.buttons import modal_id
from bot.discord_gateway.measure_fields import chosen, measure_fields
from bot.locales import Speak

LONGEST_NOTE = 1_000


def modal(flag: int, likely: Collection[str], means: Means, say: Speak) -> discord.ui.Modal:
    """The questions, with what the model finds likely chosen beforehand."""
    options = [
        discord.SelectOption(label=say(f"label-{motive}"), value=motive, default=motive in likely)
        for motive in FINDINGS
    ]
    motives: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="motives", options=options, min_values=0, max_values=len(options), required=False
    )
    note: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="note", style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_NOTE
    )
    asked = discord.ui.Modal(title=say("modal-title", flag=str(flag)), custom_id=modal_id(flag), timeout=None)
    asked.add_item(
        discord.ui.Label(
            text=say("modal-motives"), description=say("modal-likely") if likely else None, component=motives
        )
    )
    for field in measure_fields(means, say):
        asked.add_item(field)
    asked.add_item(discord.ui.Label(text=say("modal-note"), component=note))
    asked.stop()  # discord.py need not remember it
    return asked


def answered(
    data: Mapping[str, Any], offered: Collection[Act]
) -> tuple[tuple[str, ...], str, tuple[Measure, ...]] | None:
    """Motives, note and measures; None for what our modal cannot have given."""
    fields: dict[str, Any] = {}
    for row in data.get("components") or ():
        field = row.get("component") or {}
        fields[str(field.get("custom_id"))] = field.get("values", field.get("value"))
    motives, note = fields.get("motives") or [], fields.get("note") or ""
    if not isinstance(motives, list) or not isinstance(note, str) or len(note) > LONGEST_NOTE:
        return None
    if not set(map(str, motives)) <= set(FINDINGS):
        return None
    measures = chosen(fields, offered)
    return None if measures is None else (tuple(each for each in FINDINGS if each in motives), note.strip(), measures)
