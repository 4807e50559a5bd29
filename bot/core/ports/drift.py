"""What does noticing shifts need of the world? Counts by hour, what was noticed before, and somebody to tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.tuning.drift import Ending, Event, Shift, Watched


class DriftStore(Protocol):
    """What was counted, and what shifted."""

    async def watched(self, until: datetime) -> Watched:
        """Counts of the weeks up to an hour; of threads with their channels."""
        ...

    async def events(self, now: datetime) -> Sequence[Event]:
        """What was noticed and matters still: open events, and those whose hours are among the counted weeks."""
        ...

    async def noticed(self, shifts: Sequence[Shift], at: datetime) -> None:
        """Save them; of one thing in one place one event is open."""
        ...

    async def ended(self, event: int, ending: Ending, at: datetime) -> None: ...

    async def shifts_untold(self) -> Sequence[Event]: ...

    async def shift_told(self, event: int, at: datetime) -> None: ...


class ShiftPlatform(Protocol):
    """Where admins hear of it."""

    async def tell_shift(self, event: Event) -> None:
        """Tell the leads, or the moderators where they have no channel. PlatformError where it may heal."""
        ...
