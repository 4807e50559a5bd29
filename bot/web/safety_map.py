"""Where and when: the map of all channels by four hours, one channel by the hour, and the cases behind a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from aiohttp import web

from bot.config import ZONE
from bot.core.roles import Deed
from bot.core.safety_map import (
    BLOCKS,
    DAYS,
    FEW,
    HOURS,
    LITTLE,
    REST,
    SCALE,
    SHOWN,
    STEP,
    WEEKS,
    Cell,
    Row,
    days,
    line,
    lines,
    stretches,
    weeks_before,
)
from bot.core.weeks import monday_of
from bot.web.pages import page
from bot.web.visit import Route, Visit

LISTED = 100  # cases behind a cell
_NUMBER = re.compile(r"[0-9]{1,2}")
_RULE = {"few": FEW, "little": LITTLE, "weeks": WEEKS, "own": SHOWN}


async def _map(visit: Visit) -> web.StreamResponse:
    """All channels, or the one that was asked for."""
    weeks = _weeks(visit)
    rows = await visit.desk.reading.map_rows(visit.who.guilds, weeks)
    if "channel" in visit.request.query:
        return await _channel(visit, rows, weeks)
    found = lines(rows, weeks)
    return page(visit, "map.html", lines=found, channel=None, days=None, **_frame(weeks))


async def _channel(visit: Visit, rows: Sequence[Row], weeks: list[date]) -> web.StreamResponse:
    own = line(_row(visit, rows), weeks)
    hours = await visit.desk.reading.map_hours(own.channel, weeks)
    found = days(own.cells, hours)
    return page(visit, "map.html", lines=[own], channel=own, days=found, **_frame(weeks))


async def _cases(visit: Visit) -> web.StreamResponse:
    """The cases behind a cell; behind none that the map leaves out."""
    weeks = _weeks(visit)
    own = line(_row(visit, await visit.desk.reading.map_rows(visit.who.guilds, weeks)), weeks)
    weekday, hour, length = _when(visit)
    if weekday >= DAYS or hour >= HOURS or length not in (1, STEP) or (length == STEP and hour % STEP):
        raise web.HTTPNotFound
    cell: Cell = own.cells[(weekday * HOURS + hour) // STEP]
    if length == 1:
        cell = days(own.cells, await visit.desk.reading.map_hours(own.channel, weeks))[weekday][hour]
    cases = []
    if not cell.hidden:
        times = stretches(weeks, weekday, hour, length, ZONE)
        cases = list(await visit.desk.reading.behind(own.channel, times, LISTED))
    slots: dict[str, Any] = {
        "weekday": weekday,
        "hour": hour,
        "end": hour + length,
        "hidden": cell.hidden,
        "most": LISTED,
    }
    return page(visit, "map_cases.html", channel=own, cases=cases, **slots, **_frame(weeks))


def _weeks(visit: Visit) -> list[date]:
    return weeks_before(monday_of(visit.desk.clock.now().astimezone(ZONE).date()))


def _row(visit: Visit, rows: Sequence[Row]) -> Row:
    """The channel that was asked for: one of those that its visitor may see, or there is no such page."""
    wanted = visit.request.query.get("channel", REST)
    for row in rows:
        if row.channel == wanted:
            return row
    raise web.HTTPNotFound


def _when(visit: Visit) -> tuple[int, int, int]:
    """Weekday, first hour and how many of them; a block of the week has one number, since a map links to hundreds."""
    if "block" in visit.request.query:
        weekday, block = divmod(_number(visit, "block"), BLOCKS // DAYS)
        return weekday, block * STEP, STEP
    return _number(visit, "weekday"), _number(visit, "hour"), _number(visit, "hours")


def _number(visit: Visit, name: str) -> int:
    value = visit.request.query.get(name, "")
    if not _NUMBER.fullmatch(value):
        raise web.HTTPNotFound
    return int(value)


def _frame(weeks: list[date]) -> dict[str, Any]:
    return {"weeks": weeks, "rule": _RULE, "scale": SCALE, "step": STEP, "blocks": BLOCKS, "rest": REST}


ROUTES = (
    Route("GET", "/map", _map, Deed.STATISTICS),
    Route("GET", "/map/cases", _cases, Deed.REVIEW),
)
