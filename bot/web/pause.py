"""What has somebody read, and how does that person take a pause? For that person's own eyes, as in Discord."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.caring import Caring
from bot.core.care import MOST
from bot.core.roles import Deed
from bot.web.found import told
from bot.web.pages import page, see
from bot.web.visit import Route, Visit

_CASES = re.compile(r"[0-9]{1,5}")
ENDED = "/pause?ended=1"


async def _pause(visit: Visit) -> web.StreamResponse:
    caring, who = _caring(visit), visit.who.who
    care = await caring.of(who)
    until = care.pause(visit.desk.clock.now())
    ended = until is None and visit.request.query.get("ended") == "1"
    return page(visit, "pause.html", care=care, until=until, ended=ended, most=MOST)


async def _hour(visit: Visit) -> web.Response:
    await _caring(visit).pause(visit.who.who, 1)
    return see("/pause")


async def _morning(visit: Visit) -> web.Response:
    await _caring(visit).pause_till_morning(visit.who.who)
    return see("/pause")


async def _end(visit: Visit) -> web.Response:
    was_paused = await _caring(visit).paused(visit.who.who) is not None
    await _caring(visit).end_pause(visit.who.who)
    return see(ENDED if was_paused else "/pause")


async def _limit(visit: Visit) -> web.Response:
    given = (await visit.request.post()).get("limit", "")
    if not isinstance(given, str) or not _CASES.fullmatch(given.strip()) or int(given) > MOST:
        return told(visit, 400, visit.say("web-pause-limit-unclear", most=MOST))
    await _caring(visit).limit(visit.who.who, int(given))
    return see("/pause")


def _caring(visit: Visit) -> Caring:
    assert visit.desk.caring is not None, "whoever serves the panel looks after those who work at it"
    return visit.desk.caring


DEEDS: Mapping[str, Callable[[Visit], Awaitable[web.Response]]] = {
    "hour": _hour, "morning": _morning, "end": _end, "limit": _limit,
}  # fmt: skip
ROUTES = (
    Route("GET", "/pause", _pause, Deed.PAUSE),
    *(Route("POST", f"/pause/{name}", handler, Deed.PAUSE) for name, handler in DEEDS.items()),
)
