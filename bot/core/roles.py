"""Who may do what? Three ranks, each with all that the ones below it may; a rank comes from a role or a permission.

Where a list of roles is empty, Discord's own permissions stand in for it, so that a server works before anybody has
configured anything: Manage Messages makes a moderator, Manage Server a lead and an admin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Rank(IntEnum):
    """What somebody is to the bot; a higher one includes the lower ones."""

    MEMBER = 0
    MODERATOR = 1
    LEAD = 2
    ADMIN = 3


class Deed(StrEnum):
    """What somebody may ask the bot to do."""

    STATUS = "status"
    REVIEW = "review"  # look at flags
    DECIDE = "decide"
    STATISTICS = "statistics"
    PAUSE = "pause"  # one's own
    SETTLE = "settle"  # decide what was escalated or is in dispute
    AGREEMENT = "agreement"  # see how much moderators agree
    APPEAL = "appeal"  # decide one
    HISTORY = "history"
    TUNE = "tune"  # change thresholds, and take such a change back
    SETTINGS = "settings"  # see what is in force
    RECORD = "record"  # see who did what


TAKES: Mapping[Deed, Rank] = {
    Deed.STATUS: Rank.MODERATOR,
    Deed.REVIEW: Rank.MODERATOR,
    Deed.DECIDE: Rank.MODERATOR,
    Deed.STATISTICS: Rank.MODERATOR,
    Deed.PAUSE: Rank.MODERATOR,
    Deed.SETTLE: Rank.LEAD,
    Deed.AGREEMENT: Rank.ADMIN,
    Deed.APPEAL: Rank.MODERATOR,
    Deed.HISTORY: Rank.MODERATOR,
    Deed.TUNE: Rank.ADMIN,
    Deed.SETTINGS: Rank.ADMIN,
    Deed.RECORD: Rank.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as ranks go: ids and names of the roles held, and two permissions in the whole server."""

    roles: frozenset[str]
    manages_messages: bool = False
    manages_server: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Which roles, by id or name, make a moderator, a lead, an admin."""

    moderator: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    admin: frozenset[str] = frozenset()

    def rank(self, person: Person) -> Rank:
        """The highest rank of a person."""
        found = [
            (Rank.ADMIN, self.admin, person.manages_server),
            (Rank.LEAD, self.lead, person.manages_server),
            (Rank.MODERATOR, self.moderator, person.manages_messages),
        ]
        for rank, wanted, permitted in found:
            if person.roles & wanted or (not wanted and permitted):
                return rank
        return Rank.MEMBER

    def allow(self, person: Person, deed: Deed) -> bool:
        """Whether a person may do it."""
        return self.rank(person) >= TAKES[deed]
