"""What has somebody filled in? Exactly what our forms can give, or one sentence on what cannot be read.

As with Discord's forms, what comes in can be forged: nothing of it is guessed at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.core.errors import BadInput
from bot.core.flags import FINDINGS
from bot.core.measures import Act, Measure
from bot.core.opinions import Lean
from bot.web.visit import Visit

LONGEST_NOTE = 1_000
LENGTHS: Mapping[str, timedelta] = {
    "10m": timedelta(minutes=10),
    "1h": timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "28d": timedelta(days=28),
}
USUAL = "24h"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was sent in."""

    motives: tuple[str, ...] = ()
    note: str = ""
    measures: tuple[Measure, ...] = ()
    lean: Lean | None = None


async def filled(visit: Visit, offered: Collection[Act]) -> Filled:
    """What stands in it; BadInput for what no form of ours can have sent."""
    form = await visit.request.post()
    fields = {key: [str(value) for value in form.getall(key)] for key in form}
    note = (fields.get("note") or [""])[0].replace("\r\n", "\n")
    motives, leans = fields.get("motive", []), fields.get("lean", [])
    if len(note) > LONGEST_NOTE or not set(motives) <= set(FINDINGS) or not set(leans) <= set(Lean):
        raise BadInput("the form cannot be read; load the page anew")
    chosen = tuple(each for each in FINDINGS if each in motives)
    return Filled(chosen, note.strip(), _measures(fields, offered), Lean(leans[0]) if leans else None)


def _measures(fields: Mapping[str, list[str]], offered: Collection[Act]) -> tuple[Measure, ...]:
    acts, length = fields.get("measure", []), (fields.get("length") or [USUAL])[0]
    if not set(acts) <= set(offered) or length not in LENGTHS:
        raise BadInput("the form cannot be read; load the page anew")
    return tuple(Measure(act, LENGTHS[length] if act is Act.TIMEOUT else None) for act in Act if act in acts)
