"""What does it need to say, now and then, how far the record has come? A signed head, and a place to post it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.core.anchors import Anchor


class AnchorStore(Protocol):
    """The record's heads."""

    async def signed(self, at: datetime) -> Anchor | None:
        """The head as it is now, signed; None while nothing is on record."""
        ...

    async def last_posted(self) -> datetime | None:
        """When one was posted last."""
        ...

    async def posted(self, anchor: Anchor, at: datetime) -> None:
        """Put on record that it was."""
        ...


class AnchorPlatform(Protocol):
    """Where an anchor can be posted."""

    async def post_anchor(self, anchor: Anchor) -> bool:
        """Post it; False where no channel is configured. PlatformError where it may heal."""
        ...
