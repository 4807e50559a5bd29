"""What does recalibrating need of the world? A protocol; the store fills it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.tuning.recalibrations import Recalibration


class RecalibrationStore(Protocol):
    """What is remembered of scales. What the rules refuse is raised as Unscaled, and nothing is kept."""

    async def recalibrate(self, draft: Recalibration) -> Recalibration:
        """Bring a scale into force: cards that are shown from now on follow it."""
        ...

    async def take_back(self, number: int, by: str, at: datetime, why: str) -> Recalibration:
        """Take one back, by one more record."""
        ...

    async def recalibrations(self) -> Sequence[Recalibration]:
        """All that is on record, by number."""
        ...
