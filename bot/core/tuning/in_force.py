"""Which thresholds are in force, and who says so? The model's, the configuration's over them, applied changes last.

That order holds within each place; among places the narrower goes before the wider, as `Policy.limits` has it. So what
config.toml says of one channel stands when somebody changes the threshold for everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.messages import Channel
from bot.core.policy import Policy, Thresholds, names
from bot.core.tuning.changes import EVERYWHERE, Change, Proposal, State, Where, configured, overlay
from classifier.verdict import LABELS


class Source(StrEnum):
    """Who says what a threshold is."""

    MODEL = "model"
    CONFIG = "config"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Origin:
    """A threshold that is set for a place, and by whom."""

    where: Where  # a channel that config.toml names is called here as it is there, be it by "#name"
    label: str
    value: float
    source: Source
    change: Change | None = None  # the one that set it


def in_force(policy: Policy, changes: Sequence[Change]) -> Policy:
    """The policy as configured with what was applied since over it; another whole policy."""
    over = {where: _set(here) for where, here in overlay(changes).items()}
    by_group, by_channel = dict(policy.by_group), dict(policy.by_channel)
    for where, thresholds in over.items():
        if where.group:
            by_group[where.group] = {**by_group.get(where.group, {}), **thresholds}
        elif where.channel:
            by_channel[where.channel] = {**by_channel.get(where.channel, {}), **thresholds}
    everywhere = {**policy.thresholds, **over.get(EVERYWHERE, {})}
    return replace(policy, thresholds=everywhere, by_group=by_group, by_channel=by_channel)


def as_if(policy: Policy, changes: Sequence[Change], proposal: Proposal) -> Policy:
    """What would be in force if a proposal were applied now; to be held against what is."""
    number = 1 + max((each.number for each in changes), default=0)
    return in_force(policy, [*changes, Change(number, proposal, State.APPLIED, proposal.by, proposal.at)])


def limits_at(policy: Policy, where: Where, channels: Mapping[str, Channel]) -> Thresholds:
    """The thresholds in a place, wider ones with them; a channel that is not known has everywhere's."""
    if where.channel and where.channel in channels:
        return policy.limits(channels[where.channel])
    return {**policy.thresholds, **policy.by_group.get(where.group, {})}


def origins(shipped: Thresholds, policy: Policy, changes: Sequence[Change]) -> tuple[Origin, ...]:
    """Every threshold that is set: everywhere's first, then groups', then channels', labels in their order.

    `shipped` are the model's own, `policy` is as configured, over a model that ships those.
    """
    over = overlay(changes)
    groups, channels = ([Where(group=name) for name in policy.by_group], [Where(channel=c) for c in policy.by_channel])
    places = dict.fromkeys([EVERYWHERE, *groups, *channels, *over])
    ordered = sorted(places, key=lambda where: (bool(where.channel), bool(where.group)))
    found = (_origin(where, label, shipped, policy, over.get(where, {})) for where in ordered for label in LABELS)
    return tuple(each for each in found if each is not None)


def decisive(found: Sequence[Origin], policy: Policy, channel: Channel, label: str) -> Origin | None:
    """Of `origins`, the one whose threshold holds for a label in a channel; None where it has none there."""
    by = {each.where: each for each in found if each.label == label}
    group = policy.group(channel)
    narrowest = [*(Where(channel=name) for name in reversed(names(channel))), *([Where(group=group)] if group else [])]
    return next((by[where] for where in (*narrowest, EVERYWHERE) if where in by), None)


def is_idle(change: Change, policy: Policy) -> bool:
    """Whether a change is of a group that config.toml does not name any more: it holds nowhere."""
    group = change.proposal.where.group
    return bool(group) and group not in policy.groups


def _set(here: Mapping[str, Change]) -> dict[str, float]:
    values = {label: change.proposal.values[label] for label, change in here.items()}
    return {label: value for label, value in values.items() if value is not None}


def _origin(where: Where, label: str, shipped: Thresholds, policy: Policy, over: Mapping[str, Change]) -> Origin | None:
    if label in over:
        return Origin(where, label, _set(over)[label], Source.CHANGE, over[label])
    there = configured(policy, where)
    if label not in there:
        return None
    of_model = where == EVERYWHERE and there[label] == shipped.get(label)
    return Origin(where, label, there[label], Source.MODEL if of_model else Source.CONFIG)
