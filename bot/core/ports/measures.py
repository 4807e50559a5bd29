"""What is needed to carry measures out, and to undo them?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.cases import Case
from bot.core.undertakings import Report, Undertaking


class MeasureStore(Protocol):
    """What carrying out measures asks of the store."""

    async def case(self, flag: int) -> Case | None: ...

    async def measures_ready(self, now: datetime, under_way: Collection[int], limit: int) -> Sequence[Undertaking]:
        """What is to be carried out or undone by now, and is not under way."""
        ...

    async def reported(self, undertaking: Undertaking, report: Report, at: datetime, again_at: datetime) -> None:
        """Note what came of trying, and where it did not work, when to try again."""
        ...


class Enforcement(Protocol):
    """Where measures are carried out. PlatformError while there is nothing to carry them out with."""

    async def carry_out(self, undertaking: Undertaking, case: Case) -> Report: ...

    async def undo(self, undertaking: Undertaking, case: Case) -> Report: ...
