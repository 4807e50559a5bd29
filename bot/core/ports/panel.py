"""What does the panel need of the world? Invitations and sessions that outlive a restart."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.core.panel import Session, Visitor


class PanelStore(Protocol):
    """What is remembered of who may come in."""

    async def invite(self, digest: str, visitor: Visitor, at: datetime) -> None:
        """Remember a link by its digest; an earlier one of the same person works no more."""
        ...

    async def redeem(self, link: str, session: str, at: datetime) -> Session | None:
        """Use a link up and begin a session, by their digests; None where there is no such link any more."""
        ...

    async def session(self, digest: str) -> Session | None: ...

    async def used(self, digest: str, at: datetime) -> None:
        """Note that a session is in use."""
        ...

    async def end(self, digest: str) -> None:
        """End a session."""
        ...

    async def end_all(self, who: str) -> int:
        """End all that somebody has, links too; how many sessions there were."""
        ...

    async def sweep(self, before: datetime) -> None:
        """Forget links and sessions that began before a moment."""
        ...
