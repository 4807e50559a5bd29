"""What is needed to tell authors what was decided, and to let them appeal?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.appeals import Hindrance, Objection
from bot.core.history import Entry
from bot.core.statements import Notice, Outcome, Statement


class StatementStore(Protocol):
    """What is remembered of statements of reasons, and of what authors were told."""

    async def due(self, after: int, limit: int, now: datetime) -> Sequence[Notice]:
        """What is to be told by now, by ids from `after` on."""
        ...

    async def trying(self, notice: Notice, at: datetime) -> None:
        """Note that a notice is about to be sent: after a crash it may have been."""
        ...

    async def told(self, notice: Notice, at: datetime) -> None: ...

    async def waits(self, notice: Notice) -> None:
        """Note that it cannot be sent, and waits for its author."""
        ...

    async def waiting(self, author: str, limit: int) -> Sequence[Notice]: ...

    async def received(self, notices: Sequence[Notice], at: datetime) -> None: ...

    async def statements_of(self, author: str, limit: int) -> Sequence[Statement]:
        """An author's own, newest first."""
        ...


class AppealStore(Protocol):
    """What is remembered of appeals, and of a member's cases."""

    async def statement(self, flag: int) -> Statement | None:
        """The latest statement of a flag."""
        ...

    async def appealed(self, appeal: int) -> Statement | None:
        """The statement that an appeal is about."""
        ...

    async def appeal(
        self, flag: int, who: str, words: str, language: str, at: datetime, days: int
    ) -> Statement | Hindrance:
        """Save an appeal: the statement with it, or what keeps it from being made."""
        ...

    async def judge(self, appeal: int, who: str, outcome: Outcome, answer: str, at: datetime) -> Statement | Objection:
        """Decide an appeal, and the flag with it where it is granted: in one transaction, or not at all."""
        ...

    async def may_judge(self, appeal: int, who: str) -> Statement | Objection: ...

    async def open_appeals(self, guilds: Sequence[str], limit: int) -> tuple[int, Sequence[Statement]]:
        """How many wait, and the oldest of them."""
        ...

    async def first_appeal_for(self, guilds: Sequence[str], who: str) -> Statement | None:
        """The oldest open one that somebody may decide."""
        ...

    async def appeals_behind(self, after: int, limit: int) -> Sequence[Statement]:
        """Appeals whose card is missing or shows less than what was saved, by ids from `after` on."""
        ...

    async def appeal_hangs(self, appeal: int, card: tuple[str, str]) -> None:
        """Note where a card hangs, if that is not known."""
        ...

    async def appeal_shown(self, appeal: int, version: int, card: tuple[str, str] | None) -> None:
        """Note what a card shows, and where it hangs: nowhere, where its message is gone."""
        ...

    async def history(self, author: str, guilds: Sequence[str], limit: int) -> Sequence[Entry]: ...


class Messenger(Protocol):
    """How an author is reached."""

    async def tell(self, notice: Notice) -> bool:
        """Tell it once; False where this person can never be told so. PlatformError where it may heal."""
        ...


class AppealBoard(Protocol):
    """Where appeals hang."""

    async def show_appeal(self, statement: Statement) -> tuple[str, str] | None:
        """Hang up an appeal's card, or bring it up to date: its channel and message, which are empty where none is
        configured; None where the card is gone. PlatformError where it may heal."""
        ...
