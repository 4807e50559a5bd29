"""What does the panel read? Questions that are answered on a connection of their own, beside the one that writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.cases import Case
from bot.core.desk_listing import Eyes, Listed, Wanted
from bot.core.statements import Appeal
from bot.core.timeline import Happening


class DeskReading(Protocol):
    """Reading for screens: costs the same however many flags there are, and never keeps a message waiting."""

    async def case(self, flag: int) -> Case | None:
        """One flag with what became of it."""
        ...

    async def listed(self, wanted: Wanted, eyes: Eyes, now: datetime) -> Listed:
        """A page of cases, the most urgent first; what somebody is to read again, blind, as if it were open."""
        ...

    async def is_reread(self, case: Case, who: str, now: datetime) -> bool:
        """Whether somebody is to read a decided case again, blind."""
        ...

    async def timeline(self, flag: int) -> Sequence[Happening]:
        """What has happened to a case, the oldest first; what may be seen of it is said by core.timeline."""
        ...

    async def appeals(self, flag: int) -> Sequence[Appeal]:
        """What the author has said to decisions about a case, the oldest first."""
        ...

    async def channels(self, guilds: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Ids and names of channels that flags can be chosen by; of every server where none is given."""
        ...
