"""What became of a case, and when; and how long is left? Time runs from what the law asks of whoever runs a service.

Two regimes, of which an admin chooses one, since it is open which of them holds for a municipality's server:

    uppsikt    BBS-lagen (1998:112) 4 §: a duty to supervise. Time runs from the moment that a case was flagged.
    kännedom   4 a § (as of SFS 2024:956): no duty to supervise; that to remove (5 §) begins with knowledge. Time runs
               from the moment that somebody of the team has seen the case. What nobody has seen has no time limit here.

A member's report is not yet somebody's of the team knowing; but whoever decides has seen. Both moments are kept under
either regime, so that the record serves whichever turns out to hold. The clock stops when a case is decided and what
was chosen is carried out. A case that is opened anew has its time anew. Clocks are set back now and then: nothing took
less than no time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.desk import motive_of
from bot.core.flags import Reason
from bot.core.statistics import elapsed
from bot.core.urgency import is_threat
from classifier.verdict import MOTIVES

THREAT, REPORTED, OTHER = "threat", "reported", "other"
CATEGORIES = (THREAT, REPORTED, *MOTIVES)  # what has a time limit of its own; `other` is also what has no motive


class Regime(StrEnum):
    """Which moment a case's time runs from."""

    SUPERVISION = "uppsikt"
    KNOWLEDGE = "kännedom"


class Stage(StrEnum):
    """What may have happened to a case."""

    POSTED = "posted"
    REPORTED = "reported"  # for the first time
    FLAGGED = "flagged"
    SEEN = "seen"  # by a human of the team: kännedom
    DECIDED = "decided"
    ACTED = "acted"
    AUTHOR = "author"  # was told
    REPORTER = "reporter"  # the first was told
    LEADS = "leads"  # were told


@dataclass(frozen=True, slots=True)
class Moments:
    """When it happened; None where it has not. `decided` is the decision that stands, `reopened` the last reopening."""

    posted: datetime
    flagged: datetime
    reported: datetime | None = None
    seen: datetime | None = None
    decided: datetime | None = None
    acted: datetime | None = None
    author: datetime | None = None
    reporter: datetime | None = None
    leads: datetime | None = None
    reopened: datetime | None = None
    is_due: bool = False  # something that was chosen is not carried out yet

    def stages(self) -> Iterator[tuple[Stage, datetime]]:
        """All that has happened, in the order in which it should."""
        for stage in Stage:
            if (at := getattr(self, stage)) is not None:
                yield stage, at


@dataclass(frozen=True, slots=True)
class Rules:
    """The regime, and the time limits by category; what has none stands not among them."""

    regime: Regime = Regime.SUPERVISION
    limits: Mapping[str, timedelta] = field(default_factory=dict)

    def category(self, kinds: Sequence[str]) -> str:
        """To which of what holds for a case it belongs: that with the shortest time limit."""
        return min(kinds, key=lambda kind: (self.limits.get(kind, timedelta.max), CATEGORIES.index(kind)))

    def veiled(self) -> Rules:
        """While samples are not to be told from flags: whatever it is about, the shortest of the motives' limits."""
        shortest = min((self.limits[motive] for motive in MOTIVES if motive in self.limits), default=None)
        return self if shortest is None else replace(self, limits={**self.limits, OTHER: shortest})

    def facts(self) -> dict[str, object]:
        """As the record holds them: the regime, and hours by category."""
        hours = {kind: self.limits[kind] / timedelta(hours=1) for kind in CATEGORIES if kind in self.limits}
        return {"regime": str(self.regime), "limits": hours}


def kinds(
    reasons: Sequence[Reason], motives: Mapping[str, float], reported: Collection[str], *, veiled: bool = False
) -> tuple[str, ...]:
    """Which categories hold for a case: by why it was flagged, by what it is about, by what members report of it.

    Veiled, what it is about tells nothing: else its time would tell a sample from a flag.
    """
    found = [THREAT] * (is_threat(reasons) or THREAT in reported) + [REPORTED] * bool(reported)
    return (*found, OTHER if veiled else motive_of(reasons, motives) or OTHER)


@dataclass(frozen=True, slots=True)
class Timed:
    """A case with its moments, and its time limit as the rules have it."""

    flag: int
    moments: Moments
    category: str
    regime: Regime
    limit: timedelta | None = None

    @property
    def begin(self) -> datetime | None:
        """When its time began; None while it has not."""
        seen, anew = self.moments.seen, self.moments.reopened
        first = self.moments.flagged if self.regime is Regime.SUPERVISION else seen
        return first if first is None or anew is None else max(first, anew)

    @property
    def deadline(self) -> datetime | None:
        """When its time is up; None where it has no limit, or none yet."""
        return None if self.begin is None or self.limit is None else self.begin + self.limit

    @property
    def end(self) -> datetime | None:
        """When its clock stopped; None while it runs."""
        decided, acted = self.moments.decided, self.moments.acted
        if decided is None or self.moments.is_due:
            return None
        return decided if acted is None else max(decided, acted)

    @property
    def within(self) -> bool | None:
        """Of a clock that has stopped, whether that was in time; None where there is nothing to say."""
        return None if self.end is None or self.deadline is None else self.end <= self.deadline

    def left(self, now: datetime) -> timedelta | None:
        """How much time is left, less than none where it is up; None where no time runs out."""
        return None if self.end is not None or self.deadline is None else self.deadline - now

    def is_late(self, now: datetime) -> bool:
        """Whether its time is up, and its clock runs still."""
        left = self.left(now)
        return left is not None and left < timedelta()

    def took(self, stage: Stage) -> timedelta | None:
        """How long after its clock began something happened; None where it has not, or where no clock has begun."""
        at = getattr(self.moments, stage)
        return None if at is None or self.begin is None else elapsed(self.begin, at)


def timed(flag: int, moments: Moments, kinds: Sequence[str], rules: Rules) -> Timed:
    """A case by the rules in force."""
    category = rules.category(kinds)
    return Timed(flag, moments, category, rules.regime, rules.limits.get(category))


@dataclass(frozen=True, slots=True)
class Running:
    """Whose time runs now, the least left first, at most so many; `late` counts all open ones whose time is up."""

    late: int
    cases: Sequence[Timed]
