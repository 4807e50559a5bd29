"""What is tried beside what is in force, and what is remembered of it? Counts by channel and hour, and nothing else.

A candidate is other thresholds, another model, or both. It reads what the live one reads, decides nothing and tells
nobody. Both stay what they were from beginning to end: where what is in force changes meanwhile, the shadow ends, since
nobody could say what its counts compare.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from enum import StrEnum

from bot.core.errors import BadInput
from bot.core.messages import Channel, Posted
from bot.core.policy import Policy, Thresholds
from classifier.verdict import LABELS

EVERYWHERE = ""  # the key of thresholds that are meant for every channel
MOST_DAYS = 90


class Ending(StrEnum):
    """Why a shadow runs no more."""

    STOPPED = "stopped"  # somebody stopped it
    FINISHED = "finished"  # its time was up
    FAILED = "failed"  # the candidate could not be loaded, or failed while it read
    CHANGED = "changed"  # what is in force is no longer what it was compared with


@dataclass(frozen=True, slots=True)
class Candidate:
    """What somebody wants to try: who, why, for how long."""

    thresholds: Mapping[str, Thresholds]  # by EVERYWHERE, or a channel's id or name
    model: str  # a name on the shelf; empty: the live one
    model_id: str  # with its digest, so that another of that name is not taken for it; empty: the live one
    by: str
    why: str
    started_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Shadow:
    """A candidate that runs, or did."""

    id: int
    candidate: Candidate
    against: str = ""  # what was in force when it began to be compared; empty: it has not begun
    ended_at: datetime | None = None
    ending: Ending | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """How many messages of a channel were read by both in one hour (UTC), and flagged by which of them."""

    shadow: int
    channel: str
    hour: datetime
    read: int
    live: int
    candidate: int
    common: int  # flagged by both
    skipped: int = 0  # messages that the candidate did not read, since live work was waiting
    seconds: float = 0.0  # that the candidate's model took


@dataclass(frozen=True, slots=True, eq=False)
class CandidatePolicy(Policy):
    """A policy with other thresholds over it; by channel they go before whatever the policy calls that channel."""

    over: Policy = field(default_factory=lambda: Policy({}))

    def limits(self, channel: Channel) -> Thresholds:
        return {**Policy.limits(self, channel), **self.over.limits(channel)}


def checked(candidate: Candidate) -> Candidate:
    """The candidate, its thresholds rounded to two decimals. BadInput where it can be none."""
    if not candidate.model and not any(candidate.thresholds.values()):
        raise BadInput("there is nothing to compare: give a threshold with --label flag=0.7, or a model with --model")
    days = (candidate.until - candidate.started_at).total_seconds() / 86400
    if not 0 < days <= MOST_DAYS:
        raise BadInput(f"a shadow runs for more than no time and at most {MOST_DAYS} days, not {days:g}")
    for limits in candidate.thresholds.values():
        for label, value in limits.items():
            if label not in LABELS:
                raise BadInput(f"unknown label {label!a}; choose among {', '.join(LABELS)}")
            if not 0 <= value <= 1:  # false for what is no number, too
                raise BadInput(f"a threshold lies between 0 and 1: {label} cannot be {value}")
    rounded = {
        place: {label: round(value, 2) for label, value in limits.items()}
        for place, limits in candidate.thresholds.items()
        if limits
    }
    return replace(candidate, thresholds=rounded)


def policy_beside(base: Policy, thresholds: Mapping[str, Thresholds]) -> Policy:
    """What would be in force with the candidate's thresholds over a policy."""
    kept = {each.name: getattr(base, each.name) for each in fields(Policy)}  # whatever else a policy comes to hold
    kept["thresholds"] = {**base.thresholds, **thresholds.get(EVERYWHERE, {})}
    places = {place: limits for place, limits in thresholds.items() if place != EVERYWHERE}
    return CandidatePolicy(**kept, over=Policy({}, places))


def in_force(model_id: str, policy: Policy) -> str:
    """What is compared with, in a form that is equal where it is the same."""
    places = {each.name: getattr(policy, each.name) for each in fields(Policy) if each.name.startswith("by_")}
    return json.dumps([model_id, policy.thresholds, places], sort_keys=True, ensure_ascii=False, default=dict)


def tallied(
    shadow: int, posts: Sequence[Posted], live: Set[int], candidate: Set[int], read: int, seconds: float
) -> list[Beside]:
    """What one batch comes to, by channel and hour.

    `live` and `candidate` hold the places in `posts` of what each flags; the candidate has read the first `read` of
    them, in `seconds`. As in the counts of what is read, an edit, a title or a name is not one more message.
    """
    found: dict[tuple[str, datetime], list[int]] = {}
    for place, post in enumerate(posts):
        hour = post.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        counts = found.setdefault((post.channel.id, hour), [0, 0, 0, 0, 0, 0])
        seen = place < read
        counts[0] += seen and post.advances
        counts[1] += seen and place in live
        counts[2] += seen and place in candidate
        counts[3] += seen and place in live and place in candidate
        counts[4] += not seen and post.advances
        counts[5] += seen
    return [
        Beside(shadow, channel, hour, of_both, by_live, by_candidate, common, skipped, seconds * share / max(1, read))
        for (channel, hour), (of_both, by_live, by_candidate, common, skipped, share) in found.items()
    ]
