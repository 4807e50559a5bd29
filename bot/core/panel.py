"""Who may come in at the panel, as what, and for how long?

    invited    a link that works once, for five minutes
    signed in  until the session's time is over, nothing was done for long, the role is gone, or somebody ends it

No password is kept anywhere, and of links and sessions only digests: whoever reads the database cannot come in by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.roles import TAKES, Deed, Rank

LINK_LIFE = timedelta(minutes=5)
IDLE = timedelta(hours=1)  # a screen that nobody has touched for so long is nobody's any more
GLANCE = timedelta(minutes=1)  # between notes of when a session was used: each page need not write to the disk


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the panel: an id of Discord's or a name from the terminal, with the rank and servers it carries."""

    who: str
    name: str
    rank: Rank
    # The servers within reach, first the one whose roles gave the rank. None: every server of the database, for
    # whoever may open the file.
    guilds: tuple[str, ...]
    language: str = "sv"

    def may(self, deed: Deed) -> bool:
        """Whether this visitor may do it: the one place where the panel asks."""
        return self.rank >= TAKES[deed]


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor who is signed in."""

    digest: str
    visitor: Visitor
    began_at: datetime
    seen_at: datetime


def works(made_at: datetime, now: datetime) -> bool:
    """Whether a link from that moment still works; one from the future, on a clock set back, does not."""
    return timedelta() <= now - made_at < LINK_LIFE


def is_live(session: Session, now: datetime, length: timedelta) -> bool:
    """Whether a session goes on."""
    return timedelta() <= now - session.began_at < length and now - session.seen_at < IDLE
