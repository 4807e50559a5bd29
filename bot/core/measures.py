"""What may follow when a flag is upheld? Measures, each of which a person chooses; the bot only carries them out.

    delete    the message is taken away
    warn      the author is told that it broke the rules
    timeout   the author cannot write for a while: one minute to 28 days, Discord's limits
    handover  the safety coordinator is given the case

Nothing at all is a choice too: no measure. Every measure but a handover is told to the author, with reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.core.errors import Refused

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=28)  # https://discord.com/developers/docs/resources/guild#modify-guild-member


class Act(StrEnum):
    """A kind of measure."""

    DELETE = "delete"
    WARN = "warn"
    TIMEOUT = "timeout"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a person has chosen to do; `length` is a time-out's, and nobody else's."""

    act: Act
    length: timedelta | None = None


def checked(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures in the order above; Refused where one stands twice or a time-out has no length that can be."""
    found = sorted(measures, key=lambda measure: list(Act).index(measure.act))
    if len({measure.act for measure in found}) < len(found):
        raise Refused("each measure once")
    for measure in found:
        if measure.act is not Act.TIMEOUT and measure.length is not None:
            raise Refused("only a time-out has a length")
        if measure.act is Act.TIMEOUT and not (measure.length and SHORTEST <= measure.length <= LONGEST):
            raise Refused("a time-out lasts from one minute to 28 days")
    return tuple(found)
