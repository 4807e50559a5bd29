"""How do authors hear of what was decided, once, and even when Discord is away? From what was saved, again and again.

Whoever can never be reached (direct messages closed, no longer a member) is not tried again: the notice waits until its
author asks. Whatever may heal is tried again, and holds up nobody else's notice; but of one author's, a later one never
goes before an earlier one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.core.errors import PlatformError
from bot.core.ports import Clock, Messenger, StatementStore
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)

AT_ONCE = 50  # notices asked of the store in one go


class Telling:
    """Sends what authors are to be told; with `by_message` false all of it waits until they ask."""

    def __init__(
        self,
        store: StatementStore,
        clock: Clock,
        waiting: Callable[[], None],
        *,
        by_message: bool = True,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`waiting` is told when something could not be sent, which the flag's cards say."""
        self._store = store
        self._clock = clock
        self._waiting = waiting
        self._by_message = by_message
        self._healing = Healing(log, "authors not told", sleep)

    def wake(self) -> None:
        """Something may have been decided, by us or by another program."""
        self._healing.wake()

    async def run(self, messenger: Messenger) -> None:
        """Tell until cancelled."""
        await self._healing.run(lambda: self._tell_all(messenger))

    async def _tell_all(self, messenger: Messenger) -> None:
        problem: PlatformError | None = None
        held: set[str] = set()  # authors whose earlier notice has yet to heal
        after = 0
        while due := await self._store.due(after, AT_ONCE, self._clock.now()):
            for notice in due:
                author = notice.statement.author
                if author in held:
                    continue
                await self._store.trying(notice, self._clock.now())
                try:
                    sent = self._by_message and await messenger.tell(notice)
                except PlatformError as refused:
                    held.add(author)
                    problem = problem or refused
                    continue
                if sent:
                    await self._store.told(notice, self._clock.now())
                else:
                    await self._store.waits(notice)
                    self._waiting()
                    log.info("flag %d: its author cannot be told by message; it waits", notice.statement.case.id)
            after = due[-1].id
        if problem is not None:
            raise problem
