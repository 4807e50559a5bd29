"""What became of a member's messages? A dated history of upheld cases: no score on a person, no text, nothing that was
dismissed at once. What was upheld and taken back later is marked, so that it counts against nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.measures import Measure

LATELY = timedelta(days=90)  # that a card looks back from the flag on


class Standing(StrEnum):
    """What holds of a case that was upheld."""

    STANDS = "stands"
    APPEALED = "appealed"
    CONFIRMED = "confirmed"  # an appeal was rejected
    REOPENED = "reopened"
    REVERSED = "reversed"
    PARDONED = "pardoned"  # reversed on appeal


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case of the same author that was upheld, and when."""

    flag: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of a member's history."""

    flag: int
    at: datetime
    motives: tuple[str, ...]
    measures: tuple[Measure, ...]
    standing: Standing
