"""How do measures come to be carried out, whatever fails on the way? From what was saved, each at its own pace.

Each measure is tried by itself, so that none waits for another that fails. What came of it is saved together with
when to try again; a kill in between makes it be tried once more, and trying twice does no more than trying once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from bot.core.errors import UppsiktError
from bot.core.measures import Act
from bot.core.ports import Clock, Enforcement, MeasureStore
from bot.core.undertakings import Event, Hindrance, Report, Standing, Undertaking
from bot.healing import RETRY_SECONDS, Healing, Sleep, place

log = logging.getLogger(__name__)

AT_ONCE = 10  # measures under way together


class Acting:
    """Carries measures out, and undoes them."""

    def __init__(
        self, store: MeasureStore, clock: Clock, on_news: Callable[[], None], sleep: Sleep = asyncio.sleep
    ) -> None:
        """`on_news` is called whenever cards have something new to say."""
        self._store = store
        self._clock = clock
        self._on_news = on_news
        self._healing = Healing(log, "measures not carried out", sleep)
        self._under_way: set[int] = set()

    def wake(self) -> None:
        """A flag was decided, or the time for another try may have come."""
        self._healing.wake()

    async def run(self, enforcement: Enforcement) -> None:
        """Carry out until cancelled."""
        async with asyncio.TaskGroup() as tries:
            await self._healing.run(lambda: self._begin(enforcement, tries))

    async def _begin(self, enforcement: Enforcement, tries: asyncio.TaskGroup) -> None:
        room = AT_ONCE - len(self._under_way)
        if room > 0:  # otherwise whichever ends wakes us
            for each in await self._store.measures_ready(self._clock.now(), self._under_way, room):
                self._under_way.add(each.id)
                tries.create_task(self._try(enforcement, each), name=f"measure {each.id}")

    async def _try(self, enforcement: Enforcement, undertaking: Undertaking) -> None:
        """What is not even noted is tried again when somebody looks again, so that nothing turns in a hurry."""
        try:
            report = await self._attempt(enforcement, undertaking)
            now = self._clock.now()
            await self._store.reported(undertaking, report, now, now + _patience(undertaking.tries))
        except UppsiktError as problem:
            log.warning("flag %d: measure not carried out: %s", undertaking.flag, problem)
        except Exception as problem:
            kind, where = type(problem).__name__, place(problem)
            log.error("flag %d: measure not carried out: %s %s", undertaking.flag, kind, where)
        else:
            if report.event is None:
                log.warning("flag %d: %s hindered: %s", undertaking.flag, undertaking.measure.act, report.hindrance)
            self._on_news()
            self._healing.wake()
        finally:
            self._under_way.discard(undertaking.id)

    async def _attempt(self, enforcement: Enforcement, undertaking: Undertaking) -> Report:
        undoes = undertaking.state is Standing.UNDOING
        if undertaking.measure.act is Act.TIMEOUT and undertaking.until <= self._clock.now():
            return Report(Event.UNDONE) if undoes else Report(Event.IMPOSSIBLE, Hindrance.OVER)
        case = await self._store.case(undertaking.flag)
        assert case is not None, "a measure belongs to a flag, and flags are never deleted"
        return await (enforcement.undo if undoes else enforcement.carry_out)(undertaking, case)


def _patience(tries: int) -> timedelta:
    return timedelta(seconds=RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
