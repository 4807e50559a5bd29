"""What can be wrong with the record, and where? What `uppsikt record verify` finds, in the order in which it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What does not hold."""

    GUARD = "guard"  # a trigger or table that protects the record is missing or was changed
    GAP = "gap"  # entries are missing
    ENTRY = "entry"  # an entry does not follow from the one before it
    TIP = "tip"  # the record does not end where it was left
    HEAD = "head"  # a signed head is not of this record, or not signed by who it says
    ANCHOR = "anchor"  # what was printed or posted once does not stand in the record
    FACTS = "facts"  # a row is not as it was recorded
    WORDS = "words"  # its words are not
    MISSING = "missing"  # a row that was recorded is gone, and no deed removed it
    ADDED = "added"  # a row was never recorded
    KEY = "key"  # what would show that a row is as it was is gone, and no deed removed it
    STATE = "state"  # a flag's state is not what was decided


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: at an entry of the record, or in a row of a table, or both."""

    what: What
    seq: int | None = None  # of the entry
    until: int | None = None  # the last of several entries
    table: str = ""
    row: int | None = None
    name: str = ""  # of a guard


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found."""

    entries: int
    findings: Sequence[Finding]
    heads: int = 0
    last_head: int | None = None  # up to which entry a signature reaches
    signers: Sequence[bytes] = ()  # public keys, as first used
    key_is_here: bool = False  # whether the end could be held against the secret
    backwards: int | None = None  # the first entry that is dated more than an hour before an earlier one

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed."""
        return not self.findings
