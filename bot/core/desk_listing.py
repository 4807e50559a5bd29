"""Which cases does somebody want on the screen? Filters as they stand in an address, and the page that answers them.

An address can be typed, shortened and forged: whatever a page of ours cannot have put there is refused by the name of
what it is, and nothing is guessed. No words of anybody's are ever part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot.core.cases import Case
from bot.core.errors import BadInput
from classifier.verdict import MOTIVES, TARGETS

PAGE = 25  # cases on a page
NEAR = 1_000  # cases that are looked through for a filter at a time, so that a rare one costs no more than a usual one
LIKELY = 0.5  # from where on a case is about something
_KEY = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})")
_CHANNEL = re.compile(r"[^\s\x00-\x1f]{1,100}")


class Pile(StrEnum):
    """Which cases: those that wait for a decision, or those that have one."""

    OPEN = "open"
    DECIDED = "decided"


class Age(StrEnum):
    """How long ago it was flagged."""

    DAY = "day"  # at most
    WEEK = "week"  # at most
    OLDER = "older"  # than a week


class Mine(StrEnum):
    """What a case is to whoever asks."""

    READING = "reading"  # looked at right now
    ASKED = "asked"  # a second opinion was asked for


LENGTHS: Mapping[Age, timedelta] = {
    Age.DAY: timedelta(days=1),
    Age.WEEK: timedelta(days=7),
    Age.OLDER: timedelta(days=7),
}


class Unclear(BadInput):
    """Something in an address that means nothing; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: choose it on the page")
        self.what = what


@dataclass(frozen=True, slots=True)
class Key:
    """Where a case stands in its pile; the least comes first."""

    rank: int
    flag: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters, and behind which case the page begins."""

    pile: Pile = Pile.OPEN
    motive: str = ""
    target: str = ""
    threat: bool = False
    channel: str = ""
    reported: bool = False
    age: Age | None = None
    mine: Mine | None = None
    after: Key | None = None

    @property
    def filters(self) -> bool:
        """Whether anything but the pile was chosen."""
        return replace(self, after=None) != Wanted(self.pile)

    def query(self, *, first: bool = False) -> dict[str, str]:
        """As it stands in an address; `first` begins anew."""
        found = {
            "pile": "" if self.pile is Pile.OPEN else str(self.pile),
            "motive": self.motive,
            "target": self.target,
            "threat": "1" if self.threat else "",
            "channel": self.channel,
            "reported": "1" if self.reported else "",
            "age": str(self.age or ""),
            "mine": str(self.mine or ""),
            "after": "" if self.after is None or first else f"{self.after.rank}.{self.after.flag}",
        }
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: the servers whose cases may be seen (none: all), and the cases that this person has open."""

    who: str
    guilds: Sequence[str] = ()
    reading: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of cases. `more` is where the next one begins; `cut` where only the nearest were looked through."""

    cases: Sequence[Case]
    keys: Sequence[Key]
    more: Key | None = None
    cut: bool = False


def wanted(query: Mapping[str, str]) -> Wanted:
    """The filters of an address; Unclear for what none of our pages can have put there."""
    return Wanted(
        Pile(_one(query, "pile", list(Pile)) or Pile.OPEN),
        _one(query, "motive", MOTIVES),
        _one(query, "target", TARGETS),
        _one(query, "threat", ("1",)) == "1",
        _channel(query.get("channel", "")),
        _one(query, "reported", ("1",)) == "1",
        Age(found) if (found := _one(query, "age", list(Age))) else None,
        Mine(found) if (found := _one(query, "mine", list(Mine))) else None,
        _key(query.get("after", "")),
    )


def _one(query: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    value = query.get(name, "")
    if value and value not in known:
        raise Unclear(name)
    return value


def _channel(value: str) -> str:
    if value and not _CHANNEL.fullmatch(value):
        raise Unclear("channel")
    return value


def _key(value: str) -> Key | None:
    match = _KEY.fullmatch(value) if value else None
    if value and match is None:
        raise Unclear("after")
    return None if match is None else Key(int(match[1]), int(match[2]))
