"""How do reporters hear what became of their reports, once, and even when Discord is away? From what was saved.

As bot/telling.py does it for authors: whoever can never be reached is not tried again, and finds the answer behind
`/myreports`; whatever may heal is tried again and holds up nobody else's. The log names nobody.
"""

from __future__ import annotations

import asyncio
import logging

from bot.core.errors import PlatformError
from bot.core.ports import Clock, ReporterMessenger, ReportStore
from bot.healing import Healing, Sleep

log = logging.getLogger(__name__)

AT_ONCE = 50  # answers asked of the store in one go


class HearingBack:
    """Tells reporters of outcomes."""

    def __init__(self, store: ReportStore, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._clock = clock
        self._healing = Healing(log, "reporters not told", sleep)

    def wake(self) -> None:
        """Something may have been decided, by us or by another program."""
        self._healing.wake()

    async def run(self, messenger: ReporterMessenger) -> None:
        """Tell until cancelled."""
        await self._healing.run(lambda: self._tell_all(messenger))

    async def _tell_all(self, messenger: ReporterMessenger) -> None:
        problem: PlatformError | None = None
        held: set[str] = set()  # whose earlier answer has yet to heal
        after = 0
        while due := await self._store.answers_due(after, AT_ONCE, self._clock.now()):
            for answer in due:
                if answer.who in held:
                    continue
                await self._store.answering(answer, self._clock.now())
                try:
                    sent = await messenger.tell(answer)
                except PlatformError as refused:
                    held.add(answer.who)
                    problem = problem or refused
                    continue
                if sent:
                    await self._store.answered(answer, self._clock.now())
                else:
                    await self._store.answer_waits(answer)
            after = due[-1].id
        if problem is not None:
            raise problem
