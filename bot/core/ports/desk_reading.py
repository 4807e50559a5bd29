"""What does the panel read? Questions that are answered on a connection of their own, beside the one that writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.agreement import Pair
from bot.core.appeals import Objection, Waiting
from bot.core.cases import Case
from bot.core.clock import Rules, Running, Timed
from bot.core.desk_listing import Eyes, Listed, Wanted
from bot.core.record import Asked, Page
from bot.core.safety_map import Count, Row
from bot.core.statements import Appeal, Statement
from bot.core.timeline import Happening
from bot.core.tuning.drift import Event
from bot.core.weeks import Week


class DeskReading(Protocol):
    """Reading for screens: costs the same however many flags there are, and never keeps a message waiting."""

    async def case(self, flag: int) -> Case | None:
        """One flag with what became of it."""
        ...

    async def listed(self, wanted: Wanted, eyes: Eyes, now: datetime) -> Listed:
        """A page of cases, the most urgent first; what somebody is to read again, blind, as if it were open."""
        ...

    async def is_reread(self, case: Case, who: str, now: datetime) -> bool:
        """Whether somebody is to read a decided case again, blind."""
        ...

    async def timeline(self, flag: int) -> Sequence[Happening]:
        """What has happened to a case, the oldest first; what may be seen of it is said by core.timeline."""
        ...

    async def clock(self, flag: int, rules: Rules) -> Timed | None:
        """When what happened to a case, and how much time it has by these rules."""
        ...

    async def running(self, guilds: Sequence[str], rules: Rules, now: datetime, limit: int) -> Running:
        """Whose time runs now, the least left first; of every server where none is given."""
        ...

    async def appeals(self, flag: int) -> Sequence[Appeal]:
        """What the author has said to decisions about a case, the oldest first."""
        ...

    async def may_judge(self, appeal: int, who: str) -> Statement | Objection:
        """What an appeal is about, or why this person may not decide it."""
        ...

    async def appeals_waiting(self, guilds: Sequence[str], who: str, after: int, limit: int) -> Sequence[Waiting]:
        """Open appeals behind a number, the oldest first; of every server where none is given."""
        ...

    async def appeals_count(self, guilds: Sequence[str], most: int) -> int:
        """How many appeals are open, as far as `most`."""
        ...

    async def channels(self, guilds: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Ids and names of channels that flags can be chosen by; of every server where none is given."""
        ...

    async def map_rows(self, guilds: Sequence[str], weeks: Sequence[date]) -> Sequence[Row]:
        """What was read and upheld by channel and four hours of the week; of every server where none is given."""
        ...

    async def map_hours(self, channel: str, weeks: Sequence[date]) -> Mapping[int, Count]:
        """One channel by hour of the week, from 0 (Monday, midnight)."""
        ...

    async def behind(
        self, channel: str, stretches: Sequence[tuple[datetime, datetime]], limit: int
    ) -> Sequence[tuple[int, datetime]]:
        """A channel's upheld cases, by when they were written, the latest first."""
        ...

    async def weeks(self, guilds: Sequence[str], mondays: Sequence[date]) -> Sequence[Week]:
        """What was counted in these weeks, of these servers together."""
        ...

    async def shifts(self, guilds: Sequence[str], since: datetime, limit: int) -> Sequence[tuple[Event, str]]:
        """Sudden shifts that were noticed since a moment, the latest first, each with its channel's name."""
        ...

    async def latest_pairs(self, guilds: Sequence[str], since: datetime, limit: int) -> Sequence[Pair]:
        """What two readers made of the same case, each blind to the other; the latest."""
        ...

    async def record(self, asked: Asked, guilds: Sequence[str], who: str, now: datetime) -> Page:
        """Who did what, the newest first, as `who` may see it; models are promoted elsewhere."""
        ...
