"""What else is done with what is kept, and has to be answered for? Who did it, why, and with which cases.

Decisions, measures and changes of thresholds have tables of their own. A deed is everything besides that somebody may
ask about: handing out, copying, holding, forgetting. It names cases by their numbers, and never a member: what it says
stays when what it is about is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MACHINE = "uppsikt"  # who does what was decided beforehand, such as forgetting what is due


class DeedKind(StrEnum):
    """What was done."""

    FORGETTING = "forgetting"  # what was due by the rules of retention
    ERASURE = "erasure"  # a person's data, because that person asked
    REFUSAL = "refusal"  # of a person's request, with the reason
    RESTRICTION = "restriction"
    LIFTING = "lifting"  # of a restriction
    HOLD = "hold"
    RELEASE = "release"  # of a hold
    PERSON_EXPORT = "person-export"
    EVIDENCE = "evidence"
    DISCLOSURE = "disclosure"
    STATEMENT = "statement"  # of supervision, for a month
    CLOCK = "clock"  # another regime, or other time limits, hold from here on
    BACKUP = "backup"
    RESTORE = "restore"
    ANCHOR = "anchor"  # how far the record had come was posted where it cannot be changed from here


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done. `facts` are numbers and our own words, never a member's name, id or message."""

    kind: DeedKind
    by: str
    reason: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gone:
    """What a deed removed, by kind of entry: whose words are gone, and of which rows everything is."""

    words: Mapping[str, Sequence[int]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def facts(self) -> dict[str, object]:
        """As a deed holds it."""
        return {
            "words": {kind: list(numbers) for kind, numbers in self.words.items() if numbers},
            "rows": {kind: list(numbers) for kind, numbers in self.rows.items() if numbers},
        }


def together(parts: Sequence[Gone]) -> Gone:
    """What several steps removed, as one."""
    words: dict[str, set[int]] = {}
    rows: dict[str, set[int]] = {}
    for part in parts:
        for found, went in ((words, part.words), (rows, part.rows)):
            for kind, numbers in went.items():
                found.setdefault(kind, set()).update(numbers)
    return Gone(*({kind: sorted(numbers) for kind, numbers in each.items()} for each in (words, rows)))
