"""Which flag should a human see first? Threats; then what somebody trusted has reported; then what nobody has answered
for too long, or is past its time limit; then by how sure the model is, how much was reported, and the one that has
waited longest.

    band          1000 each: 3 a threat, 2 a trusted report, 1 unanswered, 0 everything else
    sureness       100 each: 2 high, 1 medium, 0 low; a reported threat counts as high
    reports        0 to 99:  grows with their weight (core/reliability.py), ever more slowly
    late               500:  past its time limit (core/clock.py): the first of its band, and of no lower one than 1

Sureness counts in the steps that people read (`flags.sureness`), not in decimals: otherwise a flag at 0.91 would wait
for ever behind a stream of flags at 0.92. Reports alone never outweigh a step, so that a crowd cannot push a member's
harmless message before what is surely hate.

While samples are read among the flags, blind, this order holds too. A sample is never in the band of threats, so what
stands there is surely a flag. That is meant: a threat must not wait among samples, and what stands below, where samples
are, tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.flags import AUDIT, Flag, Reason, sureness
from bot.core.opinions import Waits

BAND = 1_000
THREAT = 3 * BAND  # more than anything else together
TRUSTED = 2 * BAND  # from here on moderators are told at once
UNANSWERED = BAND
LATE = 500  # less than a band, more than everything else within one
STEP = 100
_STEPS = {"low": 0, "medium": 1, "high": 2}
_MOST = STEP - 1
_HALF = 5.0  # weight of reports that is worth half of the most


@dataclass(frozen=True, slots=True)
class Reported:
    """What comes to a flag: its reports' weights together, whether one is trusted, of a threat, or long unanswered."""

    weight: float = 0.0
    trusted: bool = False
    threat: bool = False
    unanswered: bool = False
    late: bool = False  # not of the reports, but found where they are: the case is past its time limit


def urgency(flag: Flag, reported: Reported = Reported()) -> int:  # a frozen value
    """The most urgent highest; among equals age decides."""
    return urgency_of(flag.reasons, reported)


def urgency_of(reasons: Sequence[Reason], reported: Reported) -> int:
    """The same of what is known of a flag without its text."""
    step = _STEPS[sureness(max((reason.value or 0.0 for reason in reasons), default=0.0))]
    step = max([step, *(_STEPS[reason.label] for reason in reasons if reason.rule == AUDIT)])
    if reported.threat:
        step = _STEPS["high"]
    crowd = int(_MOST * reported.weight / (reported.weight + _HALF))
    return _band(reasons, reported) + LATE * reported.late + STEP * step + crowd


def _band(reasons: Iterable[Reason], reported: Reported) -> int:
    if is_threat(reasons):
        return THREAT
    if reported.trusted:
        return TRUSTED
    return UNANSWERED if reported.unanswered or reported.late else 0


def is_threat(reasons: Iterable[Reason]) -> bool:
    """Whether a flag was raised because it threatens."""
    return any(reason.rule == "threshold" and reason.label == "threat" for reason in reasons)


def place(urgency: int, waits: Waits, flag: int) -> tuple[int, int, int, int]:
    """Where a case stands in the queue, the least first: within threats, what is reported by somebody trusted and
    the rest, whom it waits for."""
    return -min(urgency // BAND, 3), -waits, -urgency, flag
