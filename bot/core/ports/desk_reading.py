"""What does the panel read? Questions that are answered on a connection of their own, beside the one that writes."""

from __future__ import annotations

from typing import Protocol

from bot.core.cases import Case


class DeskReading(Protocol):
    """Reading for screens: costs the same however many flags there are, and never keeps a message waiting."""

    async def case(self, flag: int) -> Case | None:
        """One flag with what became of it."""
        ...
