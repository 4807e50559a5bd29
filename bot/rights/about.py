"""What does a document say of who answers for the data? As the configuration has it; it says what that lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept, and by which decision; `what` in Swedish, as a member understands it."""

    what: str
    days: int
    basis: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The controller, whom to ask, on which ground, how long; empty where the configuration does not say."""

    controller: str = ""
    contact: str = ""
    legal_basis: str = ""
    archive_duty: str = ""
    keeping: Sequence[Kept] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """How a document came to be: when, by which deed of the record, and whether the person fetched it alone."""

    at: datetime
    deed: int
    by_themselves: bool = False
    notes: bool = False  # whether officers' notes are in it
