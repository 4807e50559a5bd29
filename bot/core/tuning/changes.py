"""How do thresholds change? By a proposal that somebody applies; nothing is ever edited, and one step takes it back.

    proposed --apply-->    applied
    proposed --withdraw--> withdrawn

Whatever is not in this table is refused. A change in force stays on record with who, when, why and the figures that
were looked at. Taking it back is one more change, which puts back what was before and names what it undoes; an undo
itself is not undone, so that "take the last one back" goes one step further each time.

Changes are ordered by number, never by the clock, which may be set back. A proposal names the last change that was in
force when its figures were made: if another has come since, those figures are not of the thresholds that they would
replace, and it is refused. So of two admins at once the second looks again.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.core.policy import Policy
from bot.core.tuning.unchanged import Objection, Unchanged
from classifier.verdict import LABELS

LONGEST_WHY = 1_000  # characters of a reason
Values = Mapping[str, float | None]  # by label; None: back to what the configuration and the model say


@dataclass(frozen=True, slots=True)
class Where:
    """Where thresholds hold: in a group of channels, in a channel with its threads or, with neither, everywhere."""

    group: str = ""
    channel: str = ""  # its id


EVERYWHERE = Where()


class State(StrEnum):
    """Where a change is in its life."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What an admin can do to a proposal."""

    APPLY = "apply"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.PROPOSED, Step.APPLY): State.APPLIED,
    (State.PROPOSED, Step.WITHDRAW): State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Other thresholds for somewhere, by whom and why, and what was seen before."""

    where: Where
    values: Values
    by: str
    at: datetime
    why: str
    base: int = 0  # the number of the last change in force when the figures were made; 0: none
    model: str = ""  # the id of the model that the figures are of
    figures: Mapping[str, object] = field(default_factory=dict)  # as JSON can hold them
    undoes: int = 0  # the number of the change that it takes back; 0: none


@dataclass(frozen=True, slots=True)
class Change:
    """A proposal on record, and what became of it."""

    number: int
    proposal: Proposal
    state: State = State.PROPOSED
    by: str = ""  # who applied or withdrew it
    at: datetime | None = None

    @property
    def applied(self) -> bool:
        """Whether it came into force, be it undone later."""
        return self.state is State.APPLIED


def last(changes: Sequence[Change]) -> int:
    """The number of the last change that came into force; 0 for none. A proposal's `base` is this."""
    return max((each.number for each in changes if each.applied), default=0)


def standing(changes: Sequence[Change]) -> list[Change]:
    """What came into force and was not taken back, undoings themselves left out, in their order."""
    undone = {each.proposal.undoes for each in changes if each.applied}
    kept = [each for each in changes if each.applied and not each.proposal.undoes and each.number not in undone]
    return sorted(kept, key=lambda each: each.number)


def overlay(changes: Sequence[Change]) -> dict[Where, dict[str, Change]]:
    """By place and label the change whose value holds there; where none does, configuration and model speak."""
    found: dict[Where, dict[str, Change]] = {}
    for each in sorted((change for change in changes if change.applied), key=lambda change: change.number):
        here = found.setdefault(each.proposal.where, {})
        for label, value in each.proposal.values.items():
            here.pop(label, None)
            if value is not None:
                here[label] = each
    return {where: here for where, here in found.items() if here}


def checked(proposal: Proposal, policy: Policy, changes: Sequence[Change], channels: Collection[str]) -> Proposal:
    """A proposal as it may go on record, its thresholds to two decimals. Unchanged where the rules refuse it.

    `policy` is as configured, `changes` are all on record, `channels` are the ids of those that are known.
    """
    _signed(proposal.by, proposal.why)
    _placed(proposal.where, policy, channels)
    ready = replace(proposal, values=_values(proposal.values), by=proposal.by.strip(), why=proposal.why.strip())
    fresh(proposal, changes)
    if not proposal.undoes and not _differs(ready, policy, changes):
        raise Unchanged(Objection.SAME)
    return ready


def settled(change: Change | None, number: int, step: Step, by: str, at: datetime) -> Change:
    """A proposal after an admin's step. Unchanged where there is none, or the table does not have it."""
    _signed(by)
    if change is None:
        raise Unchanged(Objection.UNKNOWN, number=number)
    after = TRANSITIONS.get((change.state, step))
    if after is None:
        raise Unchanged(_OVER[change.state], number=number, by=change.by)
    return replace(change, state=after, by=by.strip(), at=at)


def fresh(proposal: Proposal, changes: Sequence[Change], model: str = "") -> None:
    """Unchanged where the figures of a proposal are of other thresholds than those in force, or of another model."""
    if proposal.base != (newest := last(changes)):
        by = next((each.by for each in changes if each.number == newest), "")
        raise Unchanged(Objection.STALE, number=newest, by=by)
    if model and proposal.model and proposal.model != model:
        raise Unchanged(Objection.MODEL, model=proposal.model)


def to_undo(changes: Sequence[Change], number: int | None = None) -> Change:
    """The change of that number, or the last that stands, if it can be taken back. Unchanged says why not."""
    stand = standing(changes)
    if number is None:
        if not stand:
            raise Unchanged(Objection.NOTHING)
        return stand[-1]
    found = next((each for each in changes if each.number == number), None)
    if found is None or not found.applied:
        raise Unchanged(Objection.UNKNOWN if found is None else Objection.NEVER, number=number)
    if found.proposal.undoes:
        raise Unchanged(Objection.UNDO, number=number)
    if found not in stand:
        raise Unchanged(Objection.UNDONE, number=number)
    later = [each for each in stand if each.number > number and _overlap(each, found)]
    if later:
        raise Unchanged(Objection.OVERTAKEN, number=number, later=later[-1].number)
    return found


def undoing(
    change: Change,
    changes: Sequence[Change],
    *,
    by: str,
    at: datetime,
    why: str,
    model: str = "",
    figures: Mapping[str, object] | None = None,
) -> Proposal:
    """The proposal that puts back what was before a change; to be checked with `to_undo` first."""
    before = overlay([each for each in standing(changes) if each.number < change.number])
    here = before.get(change.proposal.where, {})
    values = {label: here[label].proposal.values[label] if label in here else None for label in change.proposal.values}
    seen = figures or {}
    return Proposal(change.proposal.where, values, by, at, why, last(changes), model, seen, change.number)


def stale(change: Change, model: str) -> bool:
    """Whether a change was chosen by the figures of another model than this one: it stands, but is worth a look."""
    return bool(change.proposal.model) and change.proposal.model != model


_OVER = {State.APPLIED: Objection.APPLIED, State.WITHDRAWN: Objection.WITHDRAWN}


def _signed(by: str, why: str | None = None) -> None:
    if not any(map(str.isalnum, by)) or not by.isprintable():
        raise Unchanged(Objection.NOBODY)
    if why is not None and not any(map(str.isalnum, why)):
        raise Unchanged(Objection.REASON)
    if why is not None and len(why.strip()) > LONGEST_WHY:
        raise Unchanged(Objection.LONG, longest=LONGEST_WHY)


def _placed(where: Where, policy: Policy, channels: Collection[str]) -> None:
    if where.group and where.channel:
        raise Unchanged(Objection.BOTH)
    if where.group and where.group not in policy.groups:
        raise Unchanged(Objection.GROUP, group=where.group, groups=", ".join(policy.groups) or "–")
    if where.channel and where.channel not in channels:
        raise Unchanged(Objection.CHANNEL, channel=where.channel)


def _values(values: Values) -> dict[str, float | None]:
    if not values:
        raise Unchanged(Objection.EMPTY)
    for label, value in values.items():
        if label not in LABELS:
            raise Unchanged(Objection.LABEL, label=label, labels=", ".join(LABELS))
        if value is not None and not (math.isfinite(value) and 0 <= value <= 1):
            raise Unchanged(Objection.RANGE, label=label)
    return {label: None if value is None else round(float(value), 2) for label, value in values.items()}


def _differs(proposal: Proposal, policy: Policy, changes: Sequence[Change]) -> bool:
    """Whether anything would be set otherwise in that very place than it is now."""
    set_there = configured(policy, proposal.where)
    over = overlay(changes).get(proposal.where, {})
    now = {label: over[label].proposal.values[label] if label in over else set_there.get(label) for label in LABELS}
    after = {label: set_there.get(label) if value is None else value for label, value in proposal.values.items()}
    return any(now[label] != value for label, value in after.items())


def configured(policy: Policy, where: Where) -> Mapping[str, float]:
    """What a policy says of one place itself, wider ones left out."""
    if where.group:
        return policy.by_group.get(where.group, {})
    return policy.by_channel.get(where.channel, {}) if where.channel else policy.thresholds


def _overlap(one: Change, other: Change) -> bool:
    return one.proposal.where == other.proposal.where and bool(set(one.proposal.values) & set(other.proposal.values))
