"""What the map leaves out stays out: no small number stands on it, and none can be worked out from what does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain

import numpy as np
import pytest

from bot.config import ZONE
from bot.core.safety_map import (
    BLOCKS,
    SHOWN,
    STEP,
    Cell,
    Count,
    Row,
    days,
    hidden,
    is_small,
    line,
    lines,
    stretches,
    weeks_before,
)

WEEKS = weeks_before(date(2026, 1, 26))


@lru_cache
def towns() -> tuple[tuple[Row, dict[int, Count]], ...]:
    """Channels from silent to loud, with the hours that their blocks are made of."""
    return tuple(_town(seed) for seed in range(150))


def _town(seed: int) -> tuple[Row, dict[int, Count]]:
    chance = np.random.default_rng(seed)
    loud, rare = chance.choice([1, 3, 5, 15, 100]), chance.choice([0.0, 0.002, 0.02, 0.2])
    read = chance.poisson(loud * chance.choice([0.0, 0.1, 1.0], (BLOCKS * STEP, 1)), (BLOCKS * STEP, len(WEEKS)))
    upheld = chance.binomial(read, rare)

    def counts(axis: int, step: int) -> list[Count]:
        return [Count(int(r), int(u)) for r, u in zip(
            *(each.sum(axis=axis).reshape(-1, step).sum(axis=1) for each in (read, upheld)), strict=True)]  # fmt: skip

    row = Row("1", "torget", dict(enumerate(counts(1, STEP))), dict(zip(WEEKS, counts(0, 1), strict=True)))
    return row, dict(enumerate(counts(1, 1)))


def test_no_small_number_is_shown() -> None:
    """Whatever a town is like, no cell, week, hour or total with too few messages or upheld ones is shown."""
    shown = 0
    for row, hours in towns():
        own = line(row, WEEKS)
        for cell in [*own.cells, *own.trend, own.total, *chain(*days(own.cells, hours))]:
            assert cell.hidden or not is_small(cell.count)
            shown += not cell.hidden and not cell.is_empty
    assert shown > 1_000  # of what is shown at all


def test_no_difference_of_sums_tells_what_is_left_out() -> None:
    """From all sums and cells that are shown, no combination gives a cell that is left out; nor do those that are left
    out of a sum come to a number that is too small to show."""
    left_out = 0
    for row, hours in towns():
        own = line(row, WEEKS)
        by_hour = list(chain(*days(own.cells, hours)))
        for parts, truth in (
            (own.cells, [row.blocks.get(n, Count()) for n in range(BLOCKS)]),
            (own.trend, [row.weeks.get(week, Count()) for week in WEEKS]),
            *((by_hour[STEP * n :][:STEP], [hours.get(STEP * n + k, Count()) for k in range(STEP)])
              for n in range(BLOCKS) if not own.cells[n].hidden),
        ):  # fmt: skip
            gone = [count for cell, count in zip(parts, truth, strict=True) if cell.hidden]
            if own.total.hidden:  # then all of it is
                assert all(cell.hidden or cell.is_empty for cell in parts)
            elif gone:
                assert len(gone) > 1
                assert not is_small(sum(gone, Count()))
        left_out += _told(own.cells, own.trend, by_hour, own.total)
    assert left_out > 5_000


def _told(cells: Sequence[Cell], trend: Sequence[Cell], hours: Sequence[Cell], total: Cell) -> int:
    """How many cells are left out; fails if the equations of the page determine one of them."""
    unknown = {("block", n): i for i, n in enumerate(n for n, cell in enumerate(cells) if cell.hidden)}
    for kind, parts in (("week", trend), ("hour", hours)):
        for n, cell in enumerate(parts):
            if cell.hidden:
                unknown[kind, n] = len(unknown)
    if total.hidden:
        unknown["total", 0] = len(unknown)
    rows = [_equation(unknown, [("block", n) for n in range(len(cells))], ("total", 0)),
            _equation(unknown, [("week", n) for n in range(len(trend))], ("total", 0))]  # fmt: skip
    rows += [_equation(unknown, [("hour", STEP * n + k) for k in range(STEP)], ("block", n)) for n in range(BLOCKS)]
    if not unknown:
        return 0
    _, found, vectors = np.linalg.svd(np.array(rows))
    free = vectors[int((found > 1e-9).sum()) :]  # what may be added to one solution for another
    assert (np.abs(free).max(axis=0, initial=0.0) > 1e-9).all()
    return len(unknown)


def _equation(unknown: dict[tuple[str, int], int], parts: list[tuple[str, int]], whole: tuple[str, int]) -> list[float]:
    row = [0.0] * len(unknown)
    for key, sign in [*((part, 1.0) for part in parts), (whole, -1.0)]:
        if key in unknown:
            row[unknown[key]] += sign
    return row


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, set()),
        ({"a": Count(100, 5), "b": Count(100, 0)}, set()),
        ({"a": Count(100, 2), "b": Count(100, 5), "c": Count(100, 9)}, {"a", "b"}),
        ({"a": Count(100, 2), "b": Count(100, 1), "c": Count(100, 9)}, {"a", "b"}),
        ({"a": Count(10, 0), "b": Count(100, 9), "c": Count(100, 0)}, {"a", "c"}),
        ({"a": Count(100, 2), "b": Count(), "c": Count(100, 9)}, {"a", "c"}),
    ],
)
def test_another_cell_hides_one_that_would_stand_alone(counts: dict[str, Count], expected: set[str]) -> None:
    """One that is left out takes the least other with it, so that it is not the sum less the rest."""
    assert hidden(counts) == expected


def test_channels_beyond_the_busiest_share_a_row() -> None:
    """The busiest channels stand by name, and what the others are together stands last."""
    rows = [
        Row(str(n), f"kanal {n}", {0: Count(100 + n, 10)}, {WEEKS[0]: Count(100 + n, 10)}) for n in range(SHOWN + 2)
    ]
    found = lines(rows, WEEKS)
    assert len(found) == SHOWN + 1
    assert found[-1].channel == ""
    assert found[-1].total.count == Count(201, 20)


def test_a_stretch_is_by_swedish_clocks() -> None:
    """The hour after midnight on Monday is another one in UTC when summer comes."""
    march = [date(2026, 3, 23), date(2026, 3, 30)]
    winter, summer = stretches(march, 0, 0, 1, ZONE)
    assert winter == (datetime(2026, 3, 22, 23, tzinfo=UTC), datetime(2026, 3, 23, 0, tzinfo=UTC))
    assert summer == (datetime(2026, 3, 29, 22, tzinfo=UTC), datetime(2026, 3, 29, 23, tzinfo=UTC))
