"""What happens when an author asks for what was decided, appeals, or when a moderator judges that? And how do the
appeals' cards come to show what was saved? As the flags' cards do: from the store, again and again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.core.appeals import Hindrance, Objection, hindrance
from bot.core.errors import PlatformError
from bot.core.history import Entry
from bot.core.ports import AppealBoard, AppealStore, Clock, StatementStore
from bot.core.statements import Notice, Outcome, Statement
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)

AT_ONCE = 50  # appeals asked of the store in one go
SHOWN = 10  # statements and open appeals listed at most
WAITING = 10  # notices handed out in one go
CASES = 20  # of a member's history


class Appealing:
    """Hands out statements, takes appeals and lets them be judged; `changed` is told when something was decided."""

    def __init__(
        self,
        statements: StatementStore,
        appeals: AppealStore,
        clock: Clock,
        days: int,
        changed: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._statements = statements
        self._appeals = appeals
        self._clock = clock
        self.days = days
        self._changed = changed
        self._healing = Healing(log, "appeals not shown", sleep)

    # For authors.

    async def mine(self, who: str) -> tuple[Sequence[Statement], Sequence[Notice]]:
        """One's own statements, newest first; and what waited for one."""
        return await self._statements.statements_of(who, SHOWN), await self._statements.waiting(who, WAITING)

    async def received(self, notices: Sequence[Notice]) -> None:
        """What waited was read."""
        await self._statements.received(notices, self._clock.now())
        self._changed()

    async def hindrance(self, flag: int, who: str) -> Hindrance | None:
        """What keeps somebody from appealing, if anything does."""
        return hindrance(await self._appeals.statement(flag), who, self._clock.now(), self.days)

    def is_appealable(self, statement: Statement) -> bool:
        """Whether its author may still appeal."""
        return hindrance(statement, statement.author, self._clock.now(), self.days) is None

    async def appeal(self, flag: int, who: str, words: str, language: str) -> Statement | Hindrance:
        """Appeal a decision."""
        made = await self._appeals.appeal(flag, who, words, language, self._clock.now(), self.days)
        self.wake()
        return made

    # For moderators.

    async def appealed(self, appeal: int) -> Statement | None:
        """What an appeal is about."""
        return await self._appeals.appealed(appeal)

    async def may_judge(self, appeal: int, who: str) -> Statement | Objection:
        """What an appeal is about, or why this person may not decide it."""
        return await self._appeals.may_judge(appeal, who)

    async def judge(
        self, appeal: int, who: str, outcome: Outcome, answer: str = "", card: tuple[str, str] | None = None
    ) -> Statement | Objection:
        """Decide an appeal, on the card that hangs there."""
        if card is not None:
            await self._appeals.appeal_hangs(appeal, card)
        judged = await self._appeals.judge(appeal, who, outcome, answer, self._clock.now())
        self.wake()
        self._changed()
        return judged

    async def open(self, guilds: Sequence[str], who: str) -> tuple[int, Sequence[Statement], Statement | None]:
        """How many appeals wait, the oldest of them, and the first that this person may decide."""
        count, oldest = await self._appeals.open_appeals(guilds, SHOWN)
        return count, oldest, await self._appeals.first_appeal_for(guilds, who)

    async def history(self, author: str, guilds: Sequence[str]) -> Sequence[Entry]:
        """A member's cases that were ever upheld."""
        return await self._appeals.history(author, guilds, CASES)

    # The cards.

    def wake(self) -> None:
        """Something may have been saved."""
        self._healing.wake()

    async def run(self, board: AppealBoard) -> None:
        """Keep the appeals' cards up to date until cancelled."""
        await self._healing.run(lambda: self._show_all(board))

    async def _show_all(self, board: AppealBoard) -> None:
        problem: PlatformError | None = None
        after = 0
        while behind := await self._appeals.appeals_behind(after, AT_ONCE):
            for statement in behind:
                appeal = statement.appeal
                assert appeal is not None, "it was found by its appeal"
                after = appeal.id
                try:
                    card = await board.show_appeal(statement)
                except PlatformError as refused:
                    problem = problem or refused
                    continue
                await self._appeals.appeal_shown(appeal.id, appeal.version, card)
                if card is None:
                    self.wake()  # an open one is hung up anew
                    log.info("appeal %d: its card is gone", appeal.id)
        if problem is not None:
            raise problem
