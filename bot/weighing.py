"""What have thresholds done, and what would others have done? Asked from the terminal; no model is loaded.

The time looked at ends with the last message that was read, not today: a replayed week is as good as a live one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import manifest_of
from bot.changing import Outlook, channel_of
from bot.config import Settings
from bot.core.messages import Channel
from bot.core.policy import Policy
from bot.core.tuning.candidate import Weighed, compared, concerned, limits_in, looked_at
from bot.core.tuning.changes import EVERYWHERE, Proposal, Values, Where, last
from bot.core.tuning.evidence import Evidence, Scope
from bot.core.tuning.figures import figures as in_figures
from bot.core.tuning.guarantee import Suggestion
from bot.core.tuning.in_force import Origin, as_if, in_force, origins
from bot.core.tuning.no_evidence import Lack, NoEvidence
from bot.core.tuning.recall import Recall
from bot.core.tuning.simulation import Simulation
from bot.core.tuning.wishes import Wishes, caught_now, suggested
from bot.store import evidence as kept
from bot.store import threshold_changes
from bot.store.connection import existing

DAYS = 28  # four whole weeks: every day of the week counts as often as the others
BY = "simulate"  # a proposal names somebody and a reason; this one is never kept


@dataclass(frozen=True, slots=True)
class Place:
    """A place with thresholds of its own, and what all that hold there have done; None: nothing was read there."""

    where: Where
    origins: Sequence[Origin]
    simulation: Simulation | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that is set, by place, everywhere first."""

    places: Sequence[Place]
    channels: Mapping[str, Channel]
    evidence: Evidence  # of everywhere
    caught: Mapping[str, Recall]  # everywhere, of the labels that humans are asked about; see wishes.caught_now


@dataclass(frozen=True, slots=True)
class Advice:
    """The threshold that keeps what was wished for, with what it would have done; or why there is none."""

    label: str
    wishes: Wishes
    suggestion: Suggestion
    weighed: Weighed  # where there is no threshold, what is in force beside itself


def weigh(db: Path, settings: Settings, wanted: tuple[str, str], values: Values, days: int = DAYS) -> Weighed:
    """What a candidate would have done. `wanted` is a channel as it was typed and a group's name, either empty.

    Unchanged where there can be no such thresholds, NoEvidence where nothing is known of the place.
    """
    manifest = manifest_of(settings)
    policy = settings.policy(manifest.thresholds)
    with existing(db) as opened:
        known, channels = threshold_changes.changes(opened), threshold_changes.channels(opened)
        where = Where(group=wanted[1], channel=channel_of(wanted[0], channels))
        rounded = {label: None if value is None else round(value, 2) for label, value in values.items()}
        draft = Proposal(where, rounded, BY, datetime.now(UTC), BY, last(known), manifest.model_id)
        proposal = looked_at(draft, policy, known, channels)
        before, after = in_force(policy, known), as_if(policy, known, proposal)
        evidence = _known(opened, where, before, channels, manifest.model_id, days)
    return Weighed(proposal, before, after, channels, evidence, compared(evidence, before, after, channels))


def suggest(
    db: Path, settings: Settings, wanted: tuple[str, str], label: str, wishes: Wishes, days: int = DAYS
) -> Advice:
    """Which threshold of a label keeps the wishes in a place. There must be a wish; BadInput for no share."""
    manifest = manifest_of(settings)
    policy = settings.policy(manifest.thresholds)
    with existing(db) as opened:
        known, channels = threshold_changes.changes(opened), threshold_changes.channels(opened)
        where = Where(group=wanted[1], channel=channel_of(wanted[0], channels))
        draft = Proposal(where, {label: 0.5}, BY, datetime.now(UTC), BY, last(known), manifest.model_id)
        looked_at(draft, policy, known, channels)  # refuses what is no place
        before = in_force(policy, known)
        evidence = _known(opened, where, before, channels, manifest.model_id, days)

    def weighed(values: Values) -> Weighed:
        proposal = replace(draft, values=values)
        after = as_if(policy, known, proposal) if values else before
        return Weighed(proposal, before, after, channels, evidence, compared(evidence, before, after, channels))

    found = suggested(
        evidence,
        label,
        wishes,
        limits_in(before, evidence, channels),
        lambda threshold: weighed({label: threshold}).simulation.then.flags.most,
    )
    values = {} if found.threshold is None else {label: round(found.threshold, 2)}
    return Advice(label, wishes, found, weighed(values))


def stand(db: Path, settings: Settings, days: int = DAYS) -> Standing:
    """Which thresholds are in force, who says so, and what they have done. NoEvidence where nothing is known at all."""
    manifest = manifest_of(settings)
    configured = settings.policy(manifest.thresholds)
    with existing(db) as opened:
        known, channels = threshold_changes.changes(opened), threshold_changes.channels(opened)
        policy = in_force(configured, known)
        of: dict[Where, list[Origin]] = {}
        for origin in origins(manifest.thresholds, configured, known):
            of.setdefault(_by_id(origin.where, channels), []).append(origin)
        everything = _known(opened, EVERYWHERE, policy, channels, manifest.model_id, days)
        places = [
            Place(where, found, _of_place(opened, where, policy, channels, everything)) for where, found in of.items()
        ]
    return Standing(places, channels, everything, caught_now(everything, limits_in(policy, everything, channels)))


def figures_of(db: Path, outlook: Outlook) -> Mapping[str, object]:
    """What a change would have done, to be kept with it: `changing.Figures`. {}: nothing is known of the place."""
    where, before = outlook.proposal.where, outlook.before
    with existing(db) as opened:
        try:
            evidence = _known(opened, where, before, outlook.channels, outlook.proposal.model, DAYS)
        except NoEvidence:
            return {}
    return in_figures(compared(evidence, before, outlook.after, outlook.channels))


def _of_place(
    opened: Any, where: Where, policy: Policy, channels: Mapping[str, Channel], everything: Evidence
) -> Simulation | None:
    if where == EVERYWHERE:
        return compared(everything, policy, policy, channels)
    ids = concerned(where, policy, channels)
    if not ids:
        return None
    found = kept.evidence(opened, replace(everything.scope, channels=ids), everything.model)
    return None if found.nothing else compared(found, policy, policy, channels)


def _known(
    opened: Any, where: Where, policy: Policy, channels: Mapping[str, Channel], model: str, days: int
) -> Evidence:
    until = kept.latest(opened)
    if until is None:
        raise NoEvidence(Lack.NOTHING)
    ids = concerned(where, policy, channels)
    guilds = tuple(sorted({each.guild for each in channels.values()}))
    scope = Scope(guilds, until - timedelta(days=days), until, () if where == EVERYWHERE else ids)
    found = kept.evidence(opened, scope, model) if ids else None
    if found is not None and not found.nothing:
        return found
    last_one = kept.last_model(opened)
    if found is not None and last_one not in (None, model):
        raise NoEvidence(Lack.MODEL, model=model, other=last_one)
    raise NoEvidence(Lack.HERE, days=days)


def _by_id(where: Where, channels: Mapping[str, Channel]) -> Where:
    """A channel that the configuration calls by its name, by its id, where one is called so."""
    name = where.channel.removeprefix("#")
    found = [each.id for each in channels.values() if name and not each.parent and each.name.removeprefix("#") == name]
    return where if where.channel in channels or len(found) != 1 else Where(channel=found[0])
