"""What does a package for the police hold? Rows of the cases as they stand, and how each hangs on the record.

A row goes with the newest entry that was written of it and with the keys that open the entry's seals: whoever has both
sees that the row is what was recorded, without the database it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.chain import Entry, Value
from bot.core.heads import SignedHead
from bot.core.messages import File

MESSAGE_KINDS = ("flag", "course")  # one row of each a case; its number is the case's
DECISION_KINDS = ("decision", "measure", "statement", "notice", "appeal", "ruling")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands, its words and facts in the order in which they are sealed; a key is None once it is gone."""

    kind: str
    id: int
    words: Mapping[str, Value]
    facts: Mapping[str, Value]
    seq: int
    words_key: bytes | None
    facts_key: bytes | None

    def values(self) -> dict[str, Value]:
        """Every column with its value."""
        return {**self.facts, **self.words}


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A case. `asked` is false for another revision of a message that somebody asked for."""

    number: int
    asked: bool
    state: str
    rows: tuple[Row, ...]
    reports: tuple[str, ...] = ()  # when each was made, oldest first; by whom is in no package
    files: tuple[File, ...] = ()

    def of(self, kind: str) -> list[Row]:
        """The rows of a kind, oldest first."""
        return [row for row in self.rows if row.kind == kind]

    def flag(self) -> Mapping[str, Value]:
        """What was flagged."""
        return self.of("flag")[0].values()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Cases, and the part of the record from their oldest entry to a signed head. `chain` can be read once."""

    cases: tuple[CaseRows, ...]
    before: bytes  # the digest that the first entry of `chain` hangs on
    chain: Iterable[Entry]
    signed: SignedHead

    @property
    def asked(self) -> list[int]:
        """The numbers of the cases that were asked for."""
        return [case.number for case in self.cases if case.asked]


@dataclass(frozen=True, slots=True)
class Making:
    """Who made a package, why and when, with which version of the program."""

    by: str
    reason: str
    at: datetime
    program: str
