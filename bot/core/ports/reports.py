"""What do reports need of the world? Protocols; adapters fill them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.cases import Card, Case
from bot.core.reports import Answer, Limits, Mine, Receipt, Report, Unheard


class ReportStore(Protocol):
    """What is remembered of reports, and of what reporters were told."""

    async def file(self, given: Sequence[Report], limits: Limits) -> Sequence[Receipt | Unheard]:
        """Save reports, in one transaction: for each its receipt, or why it was not taken."""
        ...

    async def answers_due(self, after: int, limit: int, now: datetime) -> Sequence[Answer]:
        """What reporters are to be told by now, by ids from `after` on."""
        ...

    async def answering(self, answer: Answer, at: datetime) -> None:
        """Note that an answer is about to be sent: after a crash it may have been."""
        ...

    async def answered(self, answer: Answer, at: datetime) -> None: ...

    async def answer_waits(self, answer: Answer) -> None:
        """Note that it cannot be sent, and waits for its reporter."""
        ...

    async def mine(self, who: str, limit: int) -> Sequence[Mine]:
        """A person's own reports, newest first."""
        ...

    async def shown_mine(self, who: str, at: datetime) -> None:
        """Note that a person has read what waited."""
        ...

    async def mark_abusive(self, flag: int, report: int, by: str, guilds: Sequence[str], at: datetime) -> bool:
        """A moderator of these servers finds a report of a case abusive; False where it was marked, or is none."""
        ...


class UnansweredStore(Protocol):
    """What is remembered of cases that wait too long."""

    async def climb(self, before: datetime, at: datetime) -> int:
        """Let cases climb in the queue that were reported before a moment, or whose time is up; how many."""
        ...

    async def unanswered(self) -> Case | None:
        """One of them that waits still, and of which the leads were not told."""
        ...

    async def told_unanswered(self, flag: int, shown: Sequence[Card], at: datetime) -> None:
        """Note that the leads were told, and by which card."""
        ...


class ReporterMessenger(Protocol):
    """How a reporter is reached."""

    async def tell(self, answer: Answer) -> bool:
        """Tell it once; False where this person can never be told so. PlatformError where it may heal."""
        ...
