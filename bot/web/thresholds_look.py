"""What is known of the thresholds that somebody asks about? Looked at once for page, plots and slider alike."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.tuning.candidate import Weighed, limits_in
from bot.core.tuning.changes import Where
from bot.core.tuning.evidence import Evidence
from bot.core.tuning.in_force import limits_at
from bot.core.tuning.recall import Recall
from bot.core.tuning.wishes import caught
from bot.tuning_desk import Footing, TuningDesk
from bot.web.thresholds_asked import Asked
from bot.web.visit import Visit

Frozen = tuple[tuple[tuple[str, float], ...], ...]  # thresholds in each channel, as a key


@dataclass(frozen=True, slots=True)
class Look:
    """A candidate, or what is in force itself, with the label that is looked at."""

    weighed: Weighed
    label: str
    recall: Recall | None  # how much each threshold catches; None where humans are never asked for the label

    @property
    def today(self) -> float | None:
        """The threshold in force."""
        return self._limits(after=False).get(self.label)

    @property
    def proposed(self) -> float | None:
        """The threshold that is held beside it."""
        return self._limits(after=True).get(self.label)

    @property
    def differs(self) -> bool:
        """Whether anything would be otherwise."""
        return self._limits(after=False) != self._limits(after=True)

    def _limits(self, *, after: bool) -> Mapping[str, float]:
        it = self.weighed
        return limits_at(it.after if after else it.before, it.proposal.where, it.channels)


def desk_of(visit: Visit) -> TuningDesk:
    """What answers; whoever shows a page has asked first whether it is there."""
    assert visit.desk.tuning is not None, "there is no model to judge thresholds by"
    return visit.desk.tuning


def servers(visit: Visit, footing: Footing) -> Sequence[str]:
    """The servers that this visitor may look at: theirs, or every one on record."""
    return visit.who.guilds or tuple(sorted({each.guild for each in footing.channels.values()}))


async def looked(visit: Visit, asked: Asked, guilds: Sequence[str]) -> Look:
    """Unchanged where there can be no such thresholds, NoEvidence where nothing is known of the place."""
    desk = desk_of(visit)
    values = asked.values(desk)
    if values is None:
        weighed = await desk.as_it_is(await desk.footing(), asked.where, guilds, asked.days)
    else:
        weighed = await desk.weigh(asked.where, values, guilds, asked.days)
    limits = frozen(limits_in(weighed.before, weighed.evidence, weighed.channels))
    return Look(weighed, asked.label, await asyncio.to_thread(_caught, weighed.evidence, asked.label, limits))


def frozen(limits: Sequence[Mapping[str, float]]) -> Frozen:
    """Thresholds that can be a key."""
    return tuple(tuple(sorted(each.items())) for each in limits)


def places(footing: Footing, guilds: Sequence[str], chosen: Where) -> list[Where]:
    """Where a visitor may look: groups, and channels by name; a thread only where it was asked for."""
    found = [
        each
        for each in footing.channels.values()
        if each.guild in guilds and (not each.parent or each.id == chosen.channel)
    ]
    found.sort(key=lambda each: each.name.removeprefix("#").casefold())
    return [*(Where(group=name) for name in footing.configured.groups), *(Where(channel=each.id) for each in found)]


@lru_cache(maxsize=16)
def _caught(evidence: Evidence, label: str, limits: Frozen) -> Recall | None:
    """The same evidence is asked about by page, plots and slider; to draw the interval takes a while."""
    return caught(evidence, label, [dict(each) for each in limits])
