"""How does an admin look at thresholds and change them? Looked at first, then proposed, then applied.

The rules are those of the core, the same as at the terminal. What an admin may look at and change ends with the servers
that they may look at: what holds in others too is for whoever sees all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.messages import Channel
from bot.core.policy import Policy, Thresholds
from bot.core.ports import Clock, ThresholdStore
from bot.core.ports.tuning import EvidenceStore
from bot.core.tuning.candidate import Weighed, compared, concerned, limits_in, looked_at
from bot.core.tuning.changes import EVERYWHERE, Change, Proposal, Values, Where, checked, fresh, last, to_undo, undoing
from bot.core.tuning.evidence import Evidence, Scope
from bot.core.tuning.figures import figures
from bot.core.tuning.guarantee import Suggestion
from bot.core.tuning.in_force import Origin, as_if, decisive, in_force, limits_at, origins
from bot.core.tuning.levels import Level, level_of, thresholds_of
from bot.core.tuning.no_evidence import Lack, NoEvidence
from bot.core.tuning.recall import Recall
from bot.core.tuning.simulation import Limits, Simulation
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.core.tuning.wishes import Wishes, caught, suggested
from bot.once import Once
from bot.tuning import Tuning
from classifier.verdict import LABELS

DAYS = 28  # four whole weeks: every day of the week counts as often as the others
ANSWERS = 12  # that stay for whoever asks the same; evidence is another one each minute
NOBODY = "nobody"  # what is only looked at is nobody's proposal, and never kept; the rules ask for a name all the same


@dataclass(frozen=True, slots=True)
class Footing:
    """What everything else is looked at from: all that is on record, and what it amounts to."""

    changes: Sequence[Change]
    channels: Mapping[str, Channel]
    configured: Policy
    policy: Policy  # in force

    def sees(self, where: Where, guilds: Sequence[str]) -> bool:
        """Whether a place lies within these servers. Channels of no server are those of a file that was replayed."""
        if where.channel:
            there = self.channels.get(where.channel)
            return there is None or there.guild in guilds
        ids = concerned(where, self.configured, self.channels)
        return {self.channels[each].guild for each in ids} - {""} <= set(guilds)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force in a place, who says so, and what it has done."""

    where: Where
    origins: Sequence[Origin]  # of each label that has a threshold there
    limits: Thresholds
    level: Level | None
    weighed: Weighed  # what is in force beside itself
    caught: Mapping[str, Recall]  # of the labels that have a threshold there, and that humans are asked about


@dataclass(frozen=True, slots=True)
class Offer:
    """A level as it would be in a place; without figures where nothing is known of it."""

    level: Level
    values: Mapping[str, float]
    is_in_force: bool
    simulation: Simulation | None


@dataclass(frozen=True, slots=True)
class Back:
    """A change that could be taken back, and the proposal that would do it."""

    footing: Footing
    taken: Change
    proposal: Proposal


class TuningDesk:
    """Asked by admins; `tuning` takes over at once what they apply."""

    def __init__(
        self,
        evidence: EvidenceStore,
        store: ThresholdStore,
        tuning: Tuning,
        clock: Clock,
        model: str,
        shipped: Thresholds,
    ) -> None:
        """`model` is the id of the one in use, `shipped` are its own thresholds."""
        self._evidence = evidence
        self._store = store
        self._tuning = tuning
        self._clock = clock
        self.model = model
        self._shipped = shipped
        self.once = Once(ANSWERS)

    @property
    def groups(self) -> Sequence[str]:
        """The names of the groups of channels."""
        return tuple(self._tuning.configured.groups)

    def thresholds_of(self, level: Level) -> Mapping[str, float]:
        """What a level sets with the model in use."""
        return thresholds_of(level, self._shipped)

    async def footing(self) -> Footing:
        """What is on record just now."""
        changes, channels = await self._store.changes(), await self._store.channels()
        configured = self._tuning.configured
        return Footing(changes, channels, configured, in_force(configured, changes))

    # Looked at.

    async def standing(self, where: Where, guilds: Sequence[str], days: int = DAYS) -> Standing:
        """What holds in a place. For everywhere: within these servers. NoEvidence where nothing is known there."""
        footing = await self.footing()
        it = await self.as_it_is(footing, where, guilds, days)
        limits = limits_at(it.before, where, it.channels)
        return Standing(
            where,
            self.origins(footing, where),
            limits,
            level_of(limits, self._shipped),
            it,
            await asyncio.to_thread(_caught, it.evidence, limits, limits_in(it.before, it.evidence, it.channels)),
        )

    async def as_it_is(self, footing: Footing, where: Where, guilds: Sequence[str], days: int = DAYS) -> Weighed:
        """What is in force in a place beside itself; how much it catches, which takes a while, is not asked."""
        self.placed(footing, where, guilds, changing=False)
        evidence = await self.evidence(footing, where, footing.policy, guilds, days)
        policy, channels = footing.policy, footing.channels
        simulation = await self._compared(evidence, policy, policy, channels)
        looked = Proposal(where, {}, NOBODY, self._clock.now(), NOBODY, last(footing.changes), self.model)
        return Weighed(looked, policy, policy, channels, evidence, simulation)

    async def weigh(
        self, where: Where, values: Values, guilds: Sequence[str], days: int = DAYS, base: int | None = None
    ) -> Weighed:
        """What a candidate would have done. Unchanged where there can be none, NoEvidence where nothing is known.

        `base` is the last change that was in force when it was looked at before; None: it is looked at for the first
        time.
        """
        footing = await self.footing()
        self.placed(footing, where, guilds)
        at = last(footing.changes) if base is None else base
        draft = Proposal(where, values, NOBODY, self._clock.now(), NOBODY, at, self.model)
        proposal = looked_at(draft, footing.configured, footing.changes, footing.channels)
        return await self._weighed(footing, proposal, guilds, days)

    async def suggest(
        self, label: str, wishes: Wishes, where: Where, guilds: Sequence[str], days: int = DAYS
    ) -> Suggestion:
        """The threshold of a label in a place that keeps what is wished for, or why there is none."""
        footing = await self.footing()
        self.placed(footing, where, guilds)
        now, before, channels = self._clock.now(), footing.policy, footing.channels
        evidence = await self.evidence(footing, where, before, guilds, days)

        def flags_a_day(threshold: float) -> float:
            draft = Proposal(where, {label: threshold}, NOBODY, now, NOBODY)
            after = as_if(footing.configured, footing.changes, draft)
            return compared(evidence, before, after, channels).then.flags.most

        limits = limits_in(before, evidence, channels)
        return await asyncio.to_thread(suggested, evidence, label, wishes, limits, flags_a_day)

    async def levels(self, where: Where, guilds: Sequence[str], days: int = DAYS) -> list[Offer]:
        """What each level would be in a place."""
        footing = await self.footing()
        self.placed(footing, where, guilds)
        now = level_of(limits_at(footing.policy, where, footing.channels), self._shipped)
        found = []
        for level in Level:
            values = thresholds_of(level, self._shipped)
            draft = Proposal(where, values, NOBODY, self._clock.now(), NOBODY, last(footing.changes), self.model)
            simulation = await self._simulated(footing, draft, guilds, days)
            found.append(Offer(level, values, level is now, simulation))
        return found

    async def look_back(self, number: int | None, guilds: Sequence[str]) -> Back:
        """What taking a change back would do: of that number, or the last that stands. Unchanged where it cannot be."""
        footing = await self.footing()
        taken = to_undo(footing.changes, number)
        self.placed(footing, taken.proposal.where, guilds)
        return await self._back(footing, taken, NOBODY, NOBODY, guilds)

    async def past(self, guilds: Sequence[str]) -> tuple[Footing, list[Change]]:
        """What is on record of places that may be looked at, by number."""
        footing = await self.footing()
        return footing, [each for each in footing.changes if footing.sees(each.proposal.where, guilds)]

    # Changed.

    async def propose(
        self, where: Where, values: Values, by: str, why: str, guilds: Sequence[str], base: int, days: int = DAYS
    ) -> Change:
        """Put a proposal on record with what it would have done. Unchanged where the rules refuse it."""
        footing = await self.footing()
        self.placed(footing, where, guilds)
        draft = Proposal(where, values, by, self._clock.now(), why, base, self.model)
        ready = checked(draft, footing.configured, footing.changes, footing.channels)
        simulation = await self._simulated(footing, ready, guilds, days)
        if simulation is not None:  # a level may be chosen before anything was read
            ready = replace(ready, figures=figures(simulation))
        return await self._store.propose(ready, footing.configured)

    async def apply(self, number: int, by: str, guilds: Sequence[str]) -> Change:
        """Bring a proposal into force, here at once. Unchanged where somebody was faster."""
        await self.proposal(number, guilds)
        change = await self._store.apply(number, by, self._clock.now(), self.model)
        await self._tuning.look()
        return change

    async def withdraw(self, number: int, by: str, guilds: Sequence[str]) -> Change:
        """Put a proposal aside."""
        await self.proposal(number, guilds)
        return await self._store.withdraw(number, by, self._clock.now())

    async def undo(self, number: int, base: int, by: str, why: str, guilds: Sequence[str]) -> Change:
        """Take a change back, here at once. Unchanged where thresholds changed since `base`, when it was looked at."""
        footing = await self.footing()
        taken = to_undo(footing.changes, number)
        self.placed(footing, taken.proposal.where, guilds)
        fresh(replace(taken.proposal, base=base), footing.changes)
        back = (await self._back(footing, taken, by, why, guilds)).proposal
        change = await self._store.undo(number, by, back.at, why, model=self.model, figures=back.figures)
        await self._tuning.look()
        return change

    async def proposal(self, number: int, guilds: Sequence[str]) -> tuple[Footing, Change]:
        """A change by its number; Unchanged where there is none that may be looked at."""
        footing, seen = await self.past(guilds)
        found = next((each for each in seen if each.number == number), None)
        if found is None:
            raise Unchanged(Objection.UNKNOWN, number=number)
        return footing, found

    async def evidence(
        self, footing: Footing, where: Where, policy: Policy, guilds: Sequence[str], days: int = DAYS
    ) -> Evidence:
        """All that is known of a place; the days end with the last message that was read."""
        until = await self._evidence.latest(guilds)
        if until is None:
            raise NoEvidence(Lack.NOTHING)
        ids = tuple(
            each for each in concerned(where, policy, footing.channels) if footing.channels[each].guild in guilds
        )
        scope = Scope(tuple(guilds), until - timedelta(days=days), until, () if where == EVERYWHERE else ids)
        found = await self._evidence.evidence(scope, self.model) if ids else None
        if found is None or found.nothing:
            if found is not None and found.other_models:
                raise NoEvidence(Lack.MODEL, model=self.model, other="–")
            raise NoEvidence(Lack.HERE, days=days)
        return found

    async def _weighed(self, footing: Footing, proposal: Proposal, guilds: Sequence[str], days: int) -> Weighed:
        before = footing.policy
        after = as_if(footing.configured, footing.changes, proposal)
        evidence = await self.evidence(footing, proposal.where, before, guilds, days)
        simulation = await self._compared(evidence, before, after, footing.channels)
        return Weighed(proposal, before, after, footing.channels, evidence, simulation)

    async def _compared(
        self, evidence: Evidence, before: Policy, after: Policy, channels: Mapping[str, Channel]
    ) -> Simulation:
        limits = (limits_in(each, evidence, channels) for each in (before, after))
        key = (evidence, *(tuple(tuple(sorted(here.items())) for here in each) for each in limits))
        return await self.once(key, lambda: compared(evidence, before, after, channels))

    async def _back(self, footing: Footing, taken: Change, by: str, why: str, guilds: Sequence[str]) -> Back:
        """With its figures; what is taken back where nothing is known has none."""
        now = self._clock.now()
        back = undoing(taken, footing.changes, by=by, at=now, why=why, model=self.model)
        simulation = await self._simulated(footing, back, guilds, DAYS)
        return Back(footing, taken, back if simulation is None else replace(back, figures=figures(simulation)))

    async def _simulated(
        self, footing: Footing, proposal: Proposal, guilds: Sequence[str], days: int
    ) -> Simulation | None:
        try:
            return (await self._weighed(footing, proposal, guilds, days)).simulation
        except NoEvidence:
            return None

    def placed(self, footing: Footing, where: Where, guilds: Sequence[str], *, changing: bool = True) -> None:
        """Unchanged where a place is none, or not for these servers to look at or change."""
        if where.group and where.channel:
            raise Unchanged(Objection.BOTH)
        if where.channel and (where.channel not in footing.channels or not footing.sees(where, guilds)):
            raise Unchanged(Objection.CHANNEL, channel=where.channel)
        if where.group and where.group not in footing.configured.groups:
            raise Unchanged(Objection.GROUP, group=where.group, groups=", ".join(footing.configured.groups) or "–")
        if changing and not footing.sees(where, guilds):
            raise Unchanged(Objection.ELSEWHERE)

    def every_origin(self, footing: Footing, guilds: Sequence[str]) -> list[Origin]:
        """Every threshold that is set, but for channels of other servers: the widest place first."""
        found = origins(self._shipped, footing.configured, footing.changes)
        return [each for each in found if not each.where.channel or footing.sees(each.where, guilds)]

    def origins(self, footing: Footing, where: Where) -> list[Origin]:
        """Who says what holds in a place, by label."""
        found = origins(self._shipped, footing.configured, footing.changes)
        if where.channel:
            here = footing.channels[where.channel]
            each = (decisive(found, footing.policy, here, label) for label in LABELS)
            return [origin for origin in each if origin is not None]
        inside = {(each.where, each.label): each for each in found}
        places = (Where(group=where.group), EVERYWHERE) if where.group else (EVERYWHERE,)
        chosen = (next((inside[p, label] for p in places if (p, label) in inside), None) for label in LABELS)
        return [origin for origin in chosen if origin is not None]


def _caught(evidence: Evidence, here: Thresholds, limits: Limits) -> dict[str, Recall]:
    found = {label: caught(evidence, label, limits) for label in LABELS if label in here}
    return {label: each for label, each in found.items() if each is not None}
