"""How is a moderator asked for measures? Two selects in the modal: which, and for how long somebody is timed out.

Only what the bot can do is offered. What it cannot is said instead: of the message in the measures' description, of the
author where the lengths would have stood. None chosen is an answer too: no measure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import discord

from bot.core.measures import Act, Measure
from bot.core.undertakings import Hindrance
from bot.discord_gateway.ability import Means
from bot.locales import Speak

LENGTHS: Mapping[str, timedelta] = {
    "10m": timedelta(minutes=10),
    "1h": timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "28d": timedelta(days=28),
}
USUAL = "24h"


def measure_fields(means: Means, say: Speak) -> Iterator[discord.ui.Item[Any]]:
    """At most two parts of a modal."""
    possible = [act for act, hindrance in means.items() if hindrance is None]
    hindered = {act: hindrance for act, hindrance in means.items() if hindrance is not None}
    if possible:
        said = [cannot(act, hindered.pop(act), say) for act in list(hindered) if act is Act.DELETE]
        yield discord.ui.Label(
            text=say("modal-measures"),
            description=" ".join(said or [say("modal-none")]),
            component=_acts(possible, say("modal-none") if said else None, say),
        )
    if hindered:
        yield discord.ui.TextDisplay("\n".join(cannot(act, hindrance, say) for act, hindrance in hindered.items()))
    elif Act.TIMEOUT in possible:
        yield discord.ui.Label(text=say("modal-length"), component=_lengths(say))


def cannot(act: Act, hindrance: Hindrance, say: Speak) -> str:
    """In one short sentence: what cannot be chosen, and why."""
    return say("measure-cannot", what=say(f"act-{act}"), why=say(f"hindrance-{hindrance}", where=say("measure-there")))


def chosen(fields: Mapping[str, Any], offered: Collection[Act]) -> tuple[Measure, ...] | None:
    """The measures that were chosen; None for what our modal cannot have given."""
    acts, length = fields.get("measures") or [], fields.get("length") or []
    if not _texts(acts) or not _texts(length) or not set(acts) <= set(offered) or not set(length) <= set(LENGTHS):
        return None
    if len(set(acts)) < len(acts) or len(length) > 1 or (Act.TIMEOUT in acts and not length):
        return None
    return tuple(Measure(act, LENGTHS[length[0]] if act is Act.TIMEOUT else None) for act in Act if act in acts)


def _texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(each, str) for each in given)


def _acts(possible: Sequence[Act], placeholder: str | None, say: Speak) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id="measures",
        options=[discord.SelectOption(label=say(f"act-{act}"), value=str(act)) for act in possible],
        placeholder=placeholder,
        min_values=0,
        max_values=len(possible),
        required=False,
    )


def _lengths(say: Speak) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=say(f"length-{length}"), value=length, default=length == USUAL) for length in LENGTHS
    ]
    return discord.ui.Select(custom_id="length", options=options)
