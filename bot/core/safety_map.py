"""When and where does hate reach the talk? Upheld messages for each 1,000 read, by channel and time of the week.

Small numbers are left out, so that no ring on the map points at one person. What is left out cannot be worked out from
what is shown either: where cells and their sum both stand there, at least two are left out or none, and those left out
are together as many as a cell that is shown (complementary suppression, Willenborg & de Waal 2001, ch. 6). Each cell
is part of two sums at most, its channel's and its block's; sums across channels are not shown, since they would cross
the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

FEW = 3  # upheld messages, below which a cell is left out
LITTLE = 30  # messages read, below which a share of 1,000 says nothing
WEEKS = 8  # the map is of so many whole weeks
DAYS, HOURS, STEP = 7, 24, 4
BLOCKS = DAYS * HOURS // STEP  # columns: four hours each
SHOWN = 15  # channels with a row of their own; the rest share one
REST = ""  # the id of the row that they share
# Upheld for each 1,000 read: from which on a cell has that step. Fixed, so that two maps can be held side by side.
SCALE = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Count:
    """Messages read, and how many of them were upheld."""

    read: int = 0
    upheld: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.read + other.read, self.upheld + other.upheld)

    @property
    def per_thousand(self) -> float:
        """Upheld for each 1,000 read."""
        return 1000 * self.upheld / self.read

    @property
    def step(self) -> int:
        """Where it stands on the scale, from 0."""
        return sum(self.per_thousand >= least for least in SCALE[1:])


@dataclass(frozen=True, slots=True)
class Row:
    """A channel's counts as they were saved: by block of the week, and by week."""

    channel: str
    name: str
    blocks: Mapping[int, Count]
    weeks: Mapping[date, Count]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown: a count, nothing written at all, or (`hidden`) too few to show."""

    count: Count = field(default_factory=Count)
    hidden: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was written then."""
        return not self.hidden and self.count == Count()


@dataclass(frozen=True, slots=True)
class Line:
    """A channel's row of the map."""

    channel: str
    name: str
    cells: Sequence[Cell]  # by block
    trend: Sequence[Cell]  # by week, the oldest first
    total: Cell


def weeks_before(monday: date) -> list[date]:
    """The Mondays of the map's whole weeks before one, the oldest first."""
    return [monday - timedelta(weeks=number) for number in range(WEEKS, 0, -1)]


def is_small(count: Count) -> bool:
    """Whether a count is too small to show. Nought of many is not: it points at nobody."""
    return count != Count() and (0 < count.upheld < FEW or count.read < LITTLE)


def hidden(counts: Mapping[Key, Count]) -> set[Key]:
    """Which of the parts of a sum are left out, so that those left out cannot be worked out from sum and rest."""
    left_out = {key for key, count in counts.items() if is_small(count)}
    shown = {key for key, count in counts.items() if count != Count()} - left_out
    while left_out and shown and not _is_safe(counts, left_out):
        another = _least(counts, left_out, shown)
        left_out.add(another)
        shown.remove(another)
    return left_out


def line(row: Row, weeks: Sequence[date]) -> Line:
    """A channel's row with what is too small left out."""
    blocks = {block: row.blocks.get(block, Count()) for block in range(BLOCKS)}
    by_week = {week: row.weeks.get(week, Count()) for week in weeks}
    total = sum(by_week.values(), Count())
    cells, trend = _cells(blocks), _cells(by_week)
    return Line(row.channel, row.name, list(cells.values()), list(trend.values()), Cell(total, is_small(total)))


def days(blocks: Sequence[Cell], hours: Mapping[int, Count]) -> list[list[Cell]]:
    """One channel by day and hour. Within a block that is left out, every hour is."""
    found: list[Cell] = []
    for number, block in enumerate(blocks):
        within = {slot: hours.get(slot, Count()) for slot in range(STEP * number, STEP * (number + 1))}
        found += [Cell(hidden=True)] * STEP if block.hidden else _cells(within).values()
    return [found[day : day + HOURS] for day in range(0, len(found), HOURS)]


def lines(rows: Sequence[Row], weeks: Sequence[date]) -> list[Line]:
    """The rows of the channels in which most is written, by name, and what the others are together."""
    ordered = sorted(rows, key=lambda row: (-_read(row), row.channel))
    own, others = ordered[:SHOWN], ordered[SHOWN:]
    found = [line(row, weeks) for row in sorted(own, key=lambda row: (row.name.casefold(), row.channel))]
    return found + ([line(_together(others), weeks)] if others else [])


def _cells(counts: Mapping[Key, Count]) -> dict[Key, Cell]:
    left_out = hidden(counts)
    return {key: Cell(hidden=True) if key in left_out else Cell(count) for key, count in counts.items()}


def _is_safe(counts: Mapping[Key, Count], left_out: set[Key]) -> bool:
    return len(left_out) > 1 and not is_small(sum((counts[key] for key in left_out), Count()))


def _least(counts: Mapping[Key, Count], left_out: set[Key], shown: set[Key]) -> Key:
    """What is left out next: the smallest with upheld ones where too few are, a nought where they are enough."""
    wants_upheld = 0 < sum(counts[key].upheld for key in left_out) < FEW
    order = {key: place for place, key in enumerate(counts)}
    return min(
        shown,
        key=lambda key: ((counts[key].upheld == 0) == wants_upheld, counts[key].upheld, counts[key].read, order[key]),
    )


def _read(row: Row) -> int:
    return sum(count.read for count in row.weeks.values())


def _together(rows: Sequence[Row]) -> Row:
    blocks: dict[int, Count] = {}
    weeks: dict[date, Count] = {}
    for row in rows:
        for block, count in row.blocks.items():
            blocks[block] = blocks.get(block, Count()) + count
        for week, count in row.weeks.items():
            weeks[week] = weeks.get(week, Count()) + count
    return Row(REST, "", blocks, weeks)


def stretches(
    weeks: Sequence[date], weekday: int, hour: int, hours: int, zone: tzinfo
) -> list[tuple[datetime, datetime]]:
    """From when to when that time of the week was in each of the weeks, by the clocks of a zone."""
    found = []
    for monday in weeks:
        midnight = datetime.combine(monday + timedelta(days=weekday), time(), zone)
        begin, end = (midnight + timedelta(hours=each) for each in (hour, hour + hours))  # by the wall's clock
        found.append((begin.astimezone(UTC), end.astimezone(UTC)))
    return found
