"""What of a person's can be erased when the person asks, and what has to stay? Pure answers, with the ground for each.

GDPR art. 17.3 names the grounds. Everything else goes, whatever was decided of it.

A case that a human has still to decide stays (17.3 b): whoever runs the service must keep it under supervision
(lag (1998:112) 4 §) and take away what has to go (5 §), and nobody escapes that by asking for erasure first. So does
one whose appeal is open: it was made to have a claim tried (17.3 e). Both end, and then the person may ask again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.flags import State
from bot.core.held import Held, HeldCase


class Ground(StrEnum):
    """Why something stays."""

    HOLD = "hold"  # it is kept for a legal claim: 17.3 e
    REVIEW = "review"  # it is not decided yet, or its appeal is not: 17.3 b, e
    ARCHIVE = "archive"  # what was upheld must be kept for as long as the town's decision says: 17.3 b, d


@dataclass(frozen=True, slots=True)
class Plan:
    """Which cases are to go and which are to stay, by number; `elsewhere`: whether anything but cases is to go."""

    goes: Sequence[int]
    stays: Mapping[Ground, Sequence[int]]
    elsewhere: bool = False

    @property
    def is_refusal(self) -> bool:
        """Whether nothing at all can go."""
        return not self.goes and not self.elsewhere

    @property
    def kept(self) -> frozenset[int]:
        """All that stays."""
        return frozenset(number for numbers in self.stays.values() for number in numbers)

    def facts(self) -> dict[str, object]:
        """As a deed of refusal holds it."""
        return {"cases": {str(ground): list(numbers) for ground, numbers in self.stays.items()}}


def plan(held: Held, holds: Collection[int], *, archive: bool) -> Plan:
    """What becomes of everything that is held; `archive`: whether the town has said that what was upheld must stay."""
    stays: dict[Ground, list[int]] = {}
    goes: list[int] = []
    for case in held.cases:
        ground = _ground(case, holds, archive)
        (goes if ground is None else stays.setdefault(ground, [])).append(case.number)
    service = held.service
    elsewhere = bool(held.reports or service.days or service.sessions or service.paused_until or service.day_limit)
    return Plan(goes, {ground: stays[ground] for ground in Ground if ground in stays}, elsewhere)


def _ground(case: HeldCase, holds: Collection[int], archive: bool) -> Ground | None:
    if case.number in holds:
        return Ground.HOLD
    if _is_under_review(case):
        return Ground.REVIEW
    return Ground.ARCHIVE if archive and case.state is State.UPHELD else None


def _is_under_review(case: HeldCase) -> bool:
    said = [stated.appeal for stated in case.statements if stated.appeal is not None]
    return case.is_open or any(appeal.outcome is None for appeal in said)
