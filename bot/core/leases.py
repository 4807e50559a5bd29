"""Who is looking at which flag? Short leases that lapse by themselves, in memory alone.

A lease keeps two people from reading the same thing at once; it forbids nothing. It is no part of the record: claims
and their ends would drown the decisions there, and a restart may forget them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LENGTH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Lease:
    """A flag is being looked at by somebody, until a moment at the latest."""

    flag: int
    holder: str
    until: datetime


class Leases:
    """The leases in force. The time is told with every question."""

    def __init__(self, length: timedelta = LENGTH) -> None:
        self._length = length
        self._leases: dict[int, Lease] = {}

    def take(self, flag: int, who: str, now: datetime) -> Lease:
        """The lease in force afterwards: one's own, begun anew; or somebody else's that has not lapsed yet."""
        held = self.of(flag, now)
        if held is None or held.holder == who:
            held = self._leases[flag] = Lease(flag, who, now + self._length)
        return held

    def of(self, flag: int, now: datetime) -> Lease | None:
        """The lease on a flag, if one is in force."""
        lease = self._leases.get(flag)
        return lease if lease is not None and lease.until > now else None

    def of_others(self, who: str, now: datetime) -> list[int]:
        """The flags that others are looking at."""
        return [lease.flag for lease in self._leases.values() if lease.holder != who and lease.until > now]

    def of_holder(self, who: str, now: datetime) -> list[int]:
        """The flags that somebody is looking at."""
        return [lease.flag for lease in self._leases.values() if lease.holder == who and lease.until > now]

    def end(self, flag: int, who: str | None = None) -> None:
        """Nobody is looking at it any more; or `who` is not, and somebody else's lease stays."""
        if flag in self._leases and who in (None, self._leases[flag].holder):
            del self._leases[flag]

    def lapse(self, now: datetime) -> list[int]:
        """Forget the leases whose time is over; the flags they were on."""
        over = [lease.flag for lease in self._leases.values() if lease.until <= now]
        for flag in over:
            del self._leases[flag]
        return over

    def let_go(self, who: str) -> list[int]:
        """Somebody looks at nothing any more; the flags that were looked at."""
        held = [lease.flag for lease in self._leases.values() if lease.holder == who]
        for flag in held:
            del self._leases[flag]
        return held
