"""Which flag should a human see first? Threats, then by how sure the model is, then the one that has waited longest.

Sureness counts in the steps that people read (`flags.sureness`), not in decimals: otherwise a flag at 0.91 would wait
for ever behind a stream of flags at 0.92.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.flags import Flag, Reason, sureness
from bot.core.opinions import Waits

THREAT = 3  # more than any sureness
_STEPS = {"low": 0, "medium": 1, "high": 2}


def urgency(flag: Flag) -> int:
    """0 to 5, the most urgent highest; among equals age decides."""
    surest = max((reason.value or 0.0 for reason in flag.reasons), default=0.0)
    return THREAT * is_threat(flag.reasons) + _STEPS[sureness(surest)]


def is_threat(reasons: Iterable[Reason]) -> bool:
    """Whether a flag was raised because it threatens."""
    return any(reason.rule == "threshold" and reason.label == "threat" for reason in reasons)


def place(urgency: int, waits: Waits, flag: int) -> tuple[int, int, int, int]:
    """Where a case stands in the queue, the least first: within threats and within the rest, whom it waits for."""
    return -(urgency >= THREAT), -waits, -urgency, flag
