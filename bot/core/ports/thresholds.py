"""What does changing thresholds need of the world? A protocol; the store fills it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.changes import Change, Proposal


class ThresholdStore(Protocol):
    """What is remembered of changes of thresholds. What the rules refuse is raised as Unchanged, and nothing is kept.

    `policy` is always as configured: changes are counted over it.
    """

    async def propose(self, proposal: Proposal, policy: Policy) -> Change:
        """Put a proposal on record."""
        ...

    async def apply(self, number: int, by: str, at: datetime, model: str) -> Change:
        """Bring a proposal into force, unless the thresholds or the model in use changed since; `model` is its id."""
        ...

    async def withdraw(self, number: int, by: str, at: datetime) -> Change:
        """Put a proposal aside."""
        ...

    async def change(self, proposal: Proposal, policy: Policy) -> Change:
        """Propose and apply at once, by the proposer."""
        ...

    async def undo(
        self,
        number: int,
        by: str,
        at: datetime,
        why: str,
        *,
        model: str = "",
        figures: Mapping[str, object] | None = None,
    ) -> Change:
        """Take a change back: one more change, in force at once. `to_undo` says which one is the last that stands."""
        ...

    async def changes(self) -> Sequence[Change]:
        """All that is on record, by number: proposals, what was applied, what was withdrawn."""
        ...

    async def last_applied(self) -> int:
        """The number of the last change in force, 0 for none: a glance, to be asked every few seconds."""
        ...

    async def channels(self) -> Mapping[str, Channel]:
        """The channels and threads that are known, by id."""
        ...
