"""Who did what, and when? What stands on record, the newest first: no message, no note, nothing that is still blind.

Where in the record a page begins is a moment, a kind and a number: the order of all that happened, even of what
happened in the same millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.core.errors import BadInput
from bot.core.tuning.changes import Values, Where

PAGE = 50
NEAR = 1_000  # entries of a kind that are looked through for a page, where some of them are not one's to see
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}\+00:00")
_AFTER = re.compile(r"(?P<at>[0-9T:.+-]{29})~(?P<kind>[a-z]{1,20})~(?P<id>[0-9]{1,18})")
_PERSON = re.compile(r"[^\x00-\x1f\x7f]{1,100}")


class Kind(StrEnum):
    """What was done; of two at the same moment, the one that stands first here is the newer."""

    PROMOTION = "promotion"
    SHADOW = "shadow"  # something was tried beside what is in force
    RECALIBRATION = "recalibration"
    THRESHOLDS = "thresholds"  # a change was applied, withdrawn or taken back
    PROPOSAL = "proposal"  # of thresholds
    UNMASKING = "unmasking"
    ABUSE = "abuse"  # a report was found abusive
    APPEAL = "appeal"  # one was decided
    ESCALATION = "escalation"
    OPINION = "opinion"
    MEASURE = "measure"
    REOPENING = "reopening"
    DECISION = "decision"


_ORDER: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the record. `at` is as the store writes moments: in UTC, to the millisecond."""

    at: str
    kind: Kind
    id: int

    def __str__(self) -> str:
        return f"{self.at}~{self.kind}~{self.id}"


@dataclass(frozen=True, slots=True)
class Tuned:
    """What somebody changed, recalibrated or tried: its number and, by place, the thresholds that it is about."""

    number: int
    sets: Sequence[tuple[Where, Values]] = ()
    undoes: int = 0  # the number of the one that it takes back; 0: none


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that somebody did. `what` and `how` are our words (a step, a motive, a measure), never a member's."""

    place: Place
    at: datetime
    by: str
    flag: int | None = None
    what: str = ""
    how: tuple[str, ...] = ()
    reason: str = ""  # of what concerns no single case, or unmasks somebody: said in order to be read here
    tuned: Tuned | None = None

    @property
    def kind(self) -> Kind:
        """What was done."""
        return self.place.kind


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the record."""

    kind: Kind | None = None
    by: str = ""
    after: Place | None = None

    def kinds(self) -> Sequence[Kind]:
        """Those that are wanted."""
        return tuple(Kind) if self.kind is None else (self.kind,)


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, and behind which one the next page begins."""

    entries: Sequence[Entry]
    more: Place | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of one kind, and how far was looked where there may be more."""

    entries: Sequence[Entry]
    end: Place | None = None


def asked(query: Mapping[str, str]) -> Asked:
    """What an address asks for; BadInput for what none of our pages can have put there."""
    kind, by = query.get("kind", ""), query.get("by", "").strip()
    if kind and kind not in list(Kind):
        raise BadInput("kind: choose one on the page")
    if by and not _PERSON.fullmatch(by):
        raise BadInput("by: write a name or an id of at most 100 characters")
    return Asked(Kind(kind) if kind else None, by, _place(query.get("after", "")))


def bound(after: Place, kind: Kind) -> tuple[str, int]:
    """Entries of a kind come behind a place where (moment, number) is less than this."""
    same = _ORDER[kind] - _ORDER[after.kind]
    return after.at, after.id if same == 0 else 2**62 if same > 0 else 0


def is_behind(place: Place, after: Place | None) -> bool:
    """Whether a place comes behind another one."""
    return after is None or _newness(place) < _newness(after)


def merged(looked: Iterable[Looked], limit: int = PAGE) -> Page:
    """A page of what was found of every kind, no further than every kind was looked through."""
    found = list(looked)
    ends = [each.end for each in found if each.end is not None]
    last = max(ends, key=_newness) if ends else None
    entries = sorted((e for each in found for e in each.entries), key=lambda e: _newness(e.place), reverse=True)
    within = [e for e in entries if last is None or _newness(e.place) >= _newness(last)]
    if len(within) > limit:
        return Page(within[:limit], within[limit - 1].place)
    return Page(within, last)


def _newness(place: Place) -> tuple[str, int, int]:
    return place.at, -_ORDER[place.kind], place.id


def _place(value: str) -> Place | None:
    if not value:
        return None
    match = _AFTER.fullmatch(value)
    if match is None or not _MOMENT.fullmatch(match["at"]) or match["kind"] not in list(Kind):
        raise BadInput("after: begin at the newest")
    return Place(match["at"], Kind(match["kind"]), int(match["id"]))


def written(at: datetime) -> str:
    """A moment as places have it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
