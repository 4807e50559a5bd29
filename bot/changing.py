"""How are thresholds changed from the terminal? Looked at ahead, then carried out, if nobody was faster.

Whoever may open the database counts as an admin. What a change would do is figured out before it is made, and kept with
it: `Figures` is asked for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.app import manifest_of
from bot.config import Settings
from bot.core.errors import BadInput
from bot.core.messages import Channel
from bot.core.policy import Policy, Thresholds
from bot.core.tuning.changes import EVERYWHERE, Change, Proposal, Values, Where, checked, last, to_undo, undoing
from bot.core.tuning.in_force import as_if, in_force, limits_at
from bot.core.tuning.levels import Level, level_of, thresholds_of
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.store import threshold_changes
from bot.store.connection import asked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outlook:
    """A change that is not made yet: the policy that is in force and the one that would be, and where it matters."""

    proposal: Proposal
    before: Policy
    after: Policy
    channels: Mapping[str, Channel]

    def limits(self, policy: Policy) -> Thresholds:
        """The thresholds of either in the place of the change."""
        return limits_at(policy, self.proposal.where, self.channels)


Figures = Callable[[Path, Outlook], Mapping[str, object]]  # of a database; as JSON can hold them, {}: none are known


@dataclass(frozen=True, slots=True)
class Offer:
    """A level as it would be here."""

    level: Level
    thresholds: Thresholds
    is_in_force: bool
    figures: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Past:
    """All that is on record, and what is needed to show it."""

    changes: Sequence[Change]
    configured: Policy
    channels: Mapping[str, Channel]
    model: str  # the id of the one in use


def nothing_known(_: Path, __: Outlook) -> Mapping[str, object]:
    """No figures."""
    return {}


def look_ahead(
    db: Path,
    settings: Settings,
    wanted: tuple[str, str],
    values: Values | Level,
    by: str,
    why: str,
    figures: Figures = nothing_known,
) -> Outlook:
    """What a change would do. `wanted` is a channel as it was typed and a group's name, either empty.

    Unchanged where the rules refuse it, BadInput where a channel's name is that of several.
    """
    manifest = manifest_of(settings)
    policy = settings.policy(manifest.thresholds)
    chosen = thresholds_of(values, manifest.thresholds) if isinstance(values, Level) else values
    known, channels = _on_record(db)
    where = Where(group=wanted[1], channel=channel_of(wanted[0], channels))
    draft = Proposal(where, chosen, by, datetime.now(UTC), why, last(known), manifest.model_id)
    ready = checked(draft, policy, known, channels)
    return _with_figures(db, _outlook(ready, policy, known, channels), figures)


def look_back(
    db: Path, settings: Settings, number: int | None, by: str, why: str, figures: Figures = nothing_known
) -> Outlook:
    """What taking back a change would do: of that number, or the last that stands. Unchanged where it cannot be."""
    manifest = manifest_of(settings)
    known, channels = _on_record(db)
    taken = to_undo(known, number)
    back = undoing(taken, known, by=by, at=datetime.now(UTC), why=why, model=manifest.model_id)
    return _with_figures(db, _outlook(back, settings.policy(manifest.thresholds), known, channels), figures)


def carry_out(db: Path, settings: Settings, outlook: Outlook) -> Change:
    """Make the change that was looked at. Unchanged where somebody else has changed thresholds meanwhile."""
    it = outlook.proposal
    if it.undoes:
        return asked(
            db,
            lambda opened: threshold_changes.undo(
                opened, it.undoes, it.by, it.at, it.why, model=it.model, figures=it.figures
            ),
        )
    policy = settings.policy(manifest_of(settings).thresholds)
    return asked(db, lambda opened: threshold_changes.change(opened, it, policy))


def past(db: Path, settings: Settings) -> Past:
    """All changes on record, by number."""
    manifest = manifest_of(settings)
    known, channels = _on_record(db)
    return Past(known, settings.policy(manifest.thresholds), channels, manifest.model_id)


def levels(db: Path, settings: Settings, figures: Figures = nothing_known) -> list[Offer]:
    """Each level with its thresholds for everywhere, and what it would do here."""
    here, shipped = past(db, settings), manifest_of(settings).thresholds
    now = level_of(in_force(here.configured, here.changes).thresholds, shipped)
    found = []
    for level in Level:
        values = thresholds_of(level, shipped)
        draft = Proposal(EVERYWHERE, values, "", datetime.now(UTC), "", last(here.changes), here.model)
        outlook = _outlook(draft, here.configured, here.changes, here.channels)
        found.append(Offer(level, values, level is now, figures(db, outlook)))
    return found


def channel_of(typed: str, channels: Mapping[str, Channel]) -> str:
    """The id of a channel by id or "#name"; empty for nothing. Unchanged for none, BadInput for one of several."""
    if not typed or typed in channels:
        return typed
    name = typed.removeprefix("#")
    found = [each for each in channels.values() if each.name.removeprefix("#") == name]
    # A thread may be called as a channel is: members name threads.
    found = [each for each in found if not each.parent] or found
    if not found:
        raise Unchanged(Objection.CHANNEL, channel=typed)
    if len(found) > 1:
        raise BadInput(f"several channels are called {typed}: give an id, {', '.join(each.id for each in found)}")
    return found[0].id


def _outlook(proposal: Proposal, policy: Policy, known: Sequence[Change], channels: Mapping[str, Channel]) -> Outlook:
    return Outlook(proposal, in_force(policy, known), as_if(policy, known, proposal), channels)


def _with_figures(db: Path, outlook: Outlook, figures: Figures) -> Outlook:
    return replace(outlook, proposal=replace(outlook.proposal, figures=figures(db, outlook)))


def _on_record(db: Path) -> tuple[list[Change], dict[str, Channel]]:
    return asked(db, lambda opened: (threshold_changes.changes(opened), threshold_changes.channels(opened)))
