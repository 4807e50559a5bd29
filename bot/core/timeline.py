"""What has happened to a case, and when? Everything that was kept of it, in the order in which it came.

Who reported is no part of it. What somebody leans to is no part of it while somebody else still reads blind; and of a
case that is read again, blind, only what was known before it was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.core.cases import Case
from bot.core.opinions import shows_opinions


class What(StrEnum):
    """A kind of event."""

    FLAGGED = "flagged"
    SEEN = "seen"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"  # `about`: the report's number
    UNANSWERED = "unanswered"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    OPINION = "opinion"  # `about`: how somebody leans; empty where nobody is to see it yet
    ESCALATED = "escalated"
    DONE = "done"  # `about`: the measure
    UNDONE = "undone"  # `about`: the measure
    TOLD = "told"  # `about`: what the author was told
    APPEALED = "appealed"
    JUDGED = "judged"  # `about`: how the appeal ended


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: who did it, where a person did, and what it was about."""

    at: datetime
    what: What
    by: str = ""
    about: str = ""
    motives: tuple[str, ...] = ()
    note: str = ""


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """The oldest first; what happened at once stands as it was given."""
    return sorted(happenings, key=lambda each: each.at)


def visible(happenings: Sequence[Happening], case: Case, decided_at: datetime | None) -> list[Happening]:
    """What may be seen of them; `decided_at` is when a case that is read again, blind, was decided."""
    if case.is_reread and decided_at is not None:
        known = (What.FLAGGED, What.REPORTED, What.EDITED, What.WITHDRAWN)
        return [each for each in happenings if each.what in known and each.at < decided_at]
    if shows_opinions(case.waits, case.is_open):
        return list(happenings)
    hidden = {(opinion.by, opinion.at) for opinion in case.opinions}
    return [_veiled(each) if (each.by, each.at) in hidden else each for each in happenings]


def _veiled(happening: Happening) -> Happening:
    return happening if happening.what is not What.OPINION else replace(happening, about="", motives=(), note="")
