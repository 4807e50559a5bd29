"""Which channels does a candidate concern, and which thresholds would hold in each of them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.changes import Change, Proposal, Where, checked
from bot.core.tuning.evidence import Evidence
from bot.core.tuning.simulation import Limits, Simulation, simulate
from bot.core.tuning.unchanged import Objection, Unchanged


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate beside what is in force, in one place."""

    proposal: Proposal
    before: Policy
    after: Policy
    channels: Mapping[str, Channel]
    evidence: Evidence
    simulation: Simulation


def looked_at(draft: Proposal, policy: Policy, known: Sequence[Change], channels: Mapping[str, Channel]) -> Proposal:
    """A proposal as it could be made; what is so already may be looked at too. Unchanged where it could never be."""
    try:
        return checked(draft, policy, known, channels)
    except Unchanged as problem:
        if problem.why is not Objection.SAME:
            raise
        return draft


def concerned(where: Where, policy: Policy, channels: Mapping[str, Channel]) -> tuple[str, ...]:
    """The ids of the channels and threads of a place; all of them for everywhere."""
    if where.channel:
        return tuple(each.id for each in channels.values() if where.channel in (each.id, each.parent))
    return tuple(each.id for each in channels.values() if not where.group or policy.group(each) == where.group)


def limits_in(policy: Policy, evidence: Evidence, channels: Mapping[str, Channel]) -> Limits:
    """The thresholds that a policy has in each channel of the evidence."""
    known = zip(evidence.channels, evidence.names, strict=True)
    return [policy.limits(channels.get(id_) or Channel(id_, name)) for id_, name in known]


def compared(evidence: Evidence, before: Policy, after: Policy, channels: Mapping[str, Channel]) -> Simulation:
    """One policy beside another, as both hold in the channels of the evidence."""
    return simulate(evidence, limits_in(before, evidence, channels), limits_in(after, evidence, channels))
