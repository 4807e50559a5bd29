"""How does an admin try thresholds beside those in force? Started, looked at, stopped; it only counts.

As with changes, an admin may try and see what lies within the servers that they may look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.ports import Clock, ShadowStore
from bot.core.tuning.candidate import concerned
from bot.core.tuning.changes import Where
from bot.core.tuning.compared import Compared, compared
from bot.core.tuning.shadow import EVERYWHERE, Candidate, Ending, Shadow, checked
from bot.tuning_desk import Footing, TuningDesk


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate beside what is in force, in all and by channel, those with most flags first."""

    shadow: Shadow
    footing: Footing
    together: Compared | None  # None: nothing was compared yet
    channels: Mapping[str, Compared]


class ShadowDesk:
    """Asked by admins."""

    def __init__(self, store: ShadowStore, desk: TuningDesk, clock: Clock) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock

    async def start(
        self, where: Where, values: Mapping[str, float], days: int, by: str, why: str, guilds: Sequence[str]
    ) -> Shadow | None:
        """Start a candidate; None where another runs. Unchanged where the place is none, or not for these servers."""
        if await self._store.running() is not None:
            return None
        footing = await self._desk.footing()
        self._desk.placed(footing, where, guilds)
        ids = concerned(where, footing.configured, footing.channels) if where.group else (where.channel or EVERYWHERE,)
        now = self._clock.now()
        wanted = Candidate(dict.fromkeys(ids, values), "", "", by, why, now, now + timedelta(days=days))
        return await self._store.start(checked(wanted))

    async def stop(self, guilds: Sequence[str]) -> Shadow | None:
        """Stop the one that runs, if it is within these servers; None where there is none."""
        running = await self._store.running()
        if running is None or not _sees(await self._desk.footing(), running, guilds):
            return None
        ended = await self._store.end(running.id, Ending.STOPPED, self._clock.now())
        return running if ended else None

    async def seen(self, guilds: Sequence[str]) -> Tried | None:
        """The one that runs or the last that did, if it is within these servers; None where there is none."""
        latest, footing = await self._store.latest(), await self._desk.footing()
        if latest is None or not _sees(footing, latest, guilds):
            return None
        counts = await self._store.counts(latest.id)
        places = {each.channel for each in counts}
        found = {place: compared([each for each in counts if each.channel == place]) for place in places}
        told = [(place, each) for place, each in found.items() if each is not None]
        told.sort(key=lambda item: (-max(item[1].live, item[1].candidate), item[0]))
        return Tried(latest, footing, compared(counts), dict(told))


def _sees(footing: Footing, shadow: Shadow, guilds: Sequence[str]) -> bool:
    places = shadow.candidate.thresholds or {EVERYWHERE: {}}  # another model is tried everywhere
    return all(footing.sees(Where(channel=place), guilds) for place in places)
