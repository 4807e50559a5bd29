"""How much is kept at a moment? Numbers alone: the papers say it where a database is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Amounts:
    """What stands in a database: cases, those whose text is there still, of which so many are held, and so on."""

    cases: int
    texts: int
    held: int
    restricted: int
    reports: int
    reporters: int
    appeals: int
    oldest: datetime | None  # when the oldest text was flagged
