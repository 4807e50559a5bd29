"""What does tuning ask of the store? What is known of how thresholds would do: numbers, never words or authors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.messages import Channel
from bot.core.tuning.evidence import Evidence, Scope


class EvidenceStore(Protocol):
    """Where the evidence is kept."""

    async def evidence(self, scope: Scope, model: str) -> Evidence:
        """All that is known of a scope, of one model (its id as flags quote it). Nothing known is no error.

        `scope.since` is put back to the beginning of its hour, and where hours are rolled up, of its day (UTC).
        """
        ...

    async def places(self, guilds: Sequence[str] | None = None) -> Sequence[Channel]:
        """The channels and threads of these servers (None: of all), with their parents: what `Policy.limits` takes."""
        ...

    async def latest(self, guilds: Sequence[str] | None = None) -> datetime | None:
        """When the last message of these servers (None: of all) was posted that was read; None where none was."""
        ...
