"""How does a scale come into force, and how is it taken back? By a person, with a reason, and nothing is ever edited.

A scale holds until a later one of the same server, label and model, or until it is taken back: then the one before it
holds again, or the model's own scores. An undo is one more record and is itself not undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.core.errors import Refused
from bot.core.tuning.changes import LONGEST_WHY
from bot.core.tuning.scale import Scale


class Obstacle(StrEnum):
    """Why nothing is recalibrated. The locales say each as `unscaled-NAME`, with the same slots as below."""

    NOBODY = "nobody"
    REASON = "reason"
    LONG = "long"
    ASKED = "asked"
    FEW = "few"
    NO_BETTER = "no-better"
    NOTHING = "nothing"
    UNDONE = "undone"
    SERVER = "server"
    SERVERS = "servers"


class Unscaled(Refused):
    """A recalibration that the rules do not allow: which rule, and what its sentence names."""

    def __init__(self, why: Obstacle, **slots: object) -> None:
        super().__init__(_SENTENCES[why].format(**slots))
        self.why = why
        self.slots: Mapping[str, object] = slots


@dataclass(frozen=True, slots=True)
class Recalibration:
    """A scale on record, or the undoing of one; `number` is 0 before it is kept."""

    guild: str
    label: str
    model: str  # the id of the one whose scores it bends
    scale: Scale | None  # None: it undoes another
    by: str
    at: datetime
    why: str
    figures: Mapping[str, object] = field(default_factory=dict)  # as JSON can hold them
    undoes: int = 0  # the number of the one that it takes back; 0: none
    number: int = 0


def signed(draft: Recalibration) -> Recalibration:
    """As it may go on record. Unscaled where nobody says who or why."""
    by, why = draft.by.strip(), draft.why.strip()
    if not any(map(str.isalnum, by)) or not by.isprintable():
        raise Unscaled(Obstacle.NOBODY)
    if not any(map(str.isalnum, why)):
        raise Unscaled(Obstacle.REASON)
    if len(why) > LONGEST_WHY:
        raise Unscaled(Obstacle.LONG, longest=LONGEST_WHY)
    return replace(draft, by=by, why=why)


def standing(known: Sequence[Recalibration], guild: str, label: str, model: str) -> list[Recalibration]:
    """What was recalibrated and not taken back, in its order; the last of them holds."""
    undone = {each.undoes for each in known}
    return [
        each
        for each in sorted(known, key=lambda each: each.number)
        if (each.guild, each.label, each.model) == (guild, label, model)
        and each.scale is not None
        and each.number not in undone
    ]


def undoing(known: Sequence[Recalibration], number: int, by: str, at: datetime, why: str) -> Recalibration:
    """The record that takes one back. Unscaled where there is none of that number, or it was taken back already."""
    found = next((each for each in known if each.number == number and each.scale is not None), None)
    if found is None:
        raise Unscaled(Obstacle.NOTHING)
    if any(each.undoes == number for each in known):
        raise Unscaled(Obstacle.UNDONE, number=number)
    return signed(Recalibration(found.guild, found.label, found.model, None, by, at, why, undoes=number))


_SENTENCES: Mapping[Obstacle, str] = {
    Obstacle.NOBODY: "only a person recalibrates: say who, by a name that colleagues know",
    Obstacle.REASON: "say why: whoever looks at this later must understand it",
    Obstacle.LONG: "the reason is too long: {longest} characters at most",
    Obstacle.ASKED: "moderators are not asked about {label}: decisions say nothing of it; choose among {labels}",
    Obstacle.FEW: "too few cases were decided: {upheld} more upheld and {dismissed} more dismissed are needed",
    Obstacle.NO_BETTER: "nothing to mend: recalibrated scores would not surely be nearer to what was decided",
    Obstacle.NOTHING: "there is no recalibration to take back",
    Obstacle.UNDONE: "recalibration {number} was taken back already",
    Obstacle.SERVER: "nothing was read on a server {server}; there are: {servers}",
    Obstacle.SERVERS: "several servers are read: say which one with --server, {servers}",
}
