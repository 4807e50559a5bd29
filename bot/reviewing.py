"""What happens when a moderator opens or decides a flag, or asks how it goes? The same wherever it is done.

Whoever opens a flag takes a lease on it, and the first look is noted. A decision goes to the store, whose one
transaction says who was first; everybody else learns what was decided.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.config import ZONE
from bot.core.cases import UNDO, Card, Case, Ruling
from bot.core.flags import Decision, Step
from bot.core.leases import Lease, Leases
from bot.core.measures import Measure
from bot.core.opinions import Turn
from bot.core.ports import CaseStore, Clock
from bot.core.statistics import PERIOD, Statistics, statistics
from bot.opining import Opining
from bot.upkeep import CardUpkeep


class Reviewing:
    """Opens and decides flags, and lets their cards be brought up to date."""

    def __init__(
        self,
        store: CaseStore,
        clock: Clock,
        leases: Leases,
        upkeep: CardUpkeep,
        on_decided: Callable[[], None] = lambda: None,
        draw: Callable[[], bool] = lambda: False,
        again_within: timedelta = timedelta(days=14),
        on_escalated: Callable[[], None] = lambda: None,
    ) -> None:
        """`draw` says of a decision whether somebody is to read it again, blind, within a time."""
        self._store = store
        self._clock = clock
        self._leases = leases
        self._upkeep = upkeep
        self._on_decided = on_decided  # there may be measures to carry out
        self._draw = draw
        self._again_within = again_within
        self.opinions = Opining(store, clock, leases, on_escalated)
        # One person at a time is given the next flag: many at once would all be shown the same one by the store, and
        # all but one ask again, so that the last of fifty had asked fifty times.
        self._giving = asyncio.Lock()

    async def case(self, flag: int) -> Case | None:
        """One flag, without opening it."""
        return await self._store.case(flag)

    async def next(self, who: str, guilds: Sequence[str], leads: bool = False) -> tuple[Case, Lease] | None:
        """Open the most urgent flag of these servers; one that somebody else looks at only where no other is left."""
        async with self._giving:
            given = await self._give(who, guilds, leads)
        if given is not None:
            await self._seen(given[0].id, who)
        return given

    async def open(self, flag: int, who: str) -> Lease:
        """Note that somebody looks at a flag; the lease in force, which may be somebody else's."""
        lease = self._leases.take(flag, who, self._clock.now())
        await self._seen(flag, who)
        return lease

    async def decide(
        self,
        flag: int,
        step: Step,
        who: str,
        motives: Sequence[str] = (),
        note: str = "",
        measures: Sequence[Measure] = (),
        *,
        leads: bool = False,
        undoable: bool = False,
    ) -> Ruling | None:
        """Decide a flag; None where there is none. Its cards are then to be shown anew: `showing`.

        What follows from an `undoable` decision begins when it can no longer be undone.
        """
        now = self._clock.now()
        held = now + UNDO if undoable else None
        decision = Decision(flag, step, who, now, tuple(motives), note, tuple(measures), held)
        again_until = decision.at + self._again_within if self._draw() else None
        ruling = await self._store.rule(decision, leads=leads, again_until=again_until)
        if ruling is not None and not ruling.case.is_open:
            self._leases.end(flag)
        if ruling is not None and ruling.changed:
            self._on_decided()
        return ruling

    async def undo(self, flag: int, who: str) -> Ruling | None:
        """Take one's own decision back, a moment after it; None where there is no such flag."""
        ruling = await self._store.undo(Decision(flag, Step.REOPEN, who, self._clock.now()))
        self._upkeep.wake()
        return ruling

    def held(self, flags: Iterable[int]) -> Mapping[int, Lease]:
        """Who is looking at which of these flags."""
        now = self._clock.now()
        return {lease.flag: lease for flag in flags if (lease := self._leases.of(flag, now)) is not None}

    def reading(self, who: str) -> list[int]:
        """What somebody is looking at."""
        return self._leases.of_holder(who, self._clock.now())

    async def turn_to(self, flag: int, who: str) -> Lease:
        """Note that somebody looks at a flag, and at no other any more; the lease in force, as `open` says."""
        lease = self._leases.take(flag, who, self._clock.now())
        for other in self._leases.of_holder(who, self._clock.now()):
            if other != flag:
                self._leases.end(other, who)
                self._upkeep.changed(other)
        await self._seen(flag, who)
        return lease

    async def statistics(self, guilds: Sequence[str]) -> Statistics:
        """How quickly the flags of these servers are handled."""
        now = self._clock.now()
        midnight = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
        return statistics(await self._store.handling(guilds, now - PERIOD), now, midnight)

    @asynccontextmanager
    async def showing(self, flag: int) -> AsyncIterator[Callable[[Card], Awaitable[None]]]:
        """While a card is changed; to be told which version it shows. The flag's other cards follow."""
        try:
            async with self._upkeep.lock(flag):
                yield self._store.shown
        finally:
            self._upkeep.wake()

    async def _give(self, who: str, guilds: Sequence[str], leads: bool) -> tuple[Case, Lease] | None:
        while True:
            turn = Turn(who, self._clock.now(), leads)
            others = self._leases.of_others(who, turn.at)
            case = await self._store.next_case(guilds, others, turn) or await self._store.next_case(guilds, (), turn)
            if case is None:
                return None
            # Somebody may have opened it by its number or its card while the store was asked.
            lease = self._leases.take(case.id, who, self._clock.now())
            if lease.holder == who or case.id in others:
                return case, lease

    async def _seen(self, flag: int, who: str) -> None:
        try:
            await self._store.seen(flag, self._clock.now())
        except BaseException:  # then it was not shown either
            self._leases.end(flag, who)
            raise
        self._upkeep.changed(flag)
