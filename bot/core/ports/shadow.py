"""What does trying a candidate need of the world? Something that compares, and what is remembered."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Protocol

from bot.core.messages import Posted
from bot.core.policy import Policy
from bot.core.tuning.shadow import Beside, Candidate, Ending, Shadow
from classifier.verdict import Verdict


class Comparing(Protocol):
    """Reads beside the live classifier, on the thread it is called from. Never raises."""

    def compare(
        self,
        posts: Sequence[Posted],
        verdicts: Sequence[Verdict],
        flagged: Set[int],
        policy: Policy,
        waiting: int,
        now: datetime,
    ) -> Sequence[Beside]:
        """Counts of one batch: `flagged` holds the places of what live flags, `waiting` how many events wait."""
        ...


class ShadowStore(Protocol):
    """What is remembered of candidates, one of which may run."""

    async def start(self, candidate: Candidate) -> Shadow:
        """Refused where another runs."""
        ...

    async def running(self) -> Shadow | None: ...

    async def latest(self) -> Shadow | None:
        """The one that runs, or the last that did."""
        ...

    async def compared_with(self, shadow: int, against: str) -> None:
        """Note what was in force when it began to be compared."""
        ...

    async def end(self, shadow: int, ending: Ending, at: datetime, problem: str = "") -> bool:
        """Whether it ran until now."""
        ...

    async def counts(self, shadow: int) -> Sequence[Beside]: ...
