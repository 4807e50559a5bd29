"""How does somebody come in, and go? A link shows a button, which uses the link up: previews press no buttons."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from aiohttp import web

from bot.core.roles import Deed
from bot.web.guards import COOKIE, problem
from bot.web.pages import page, see
from bot.web.visit import Route, Visit

TRIES, WITHIN = 20, timedelta(minutes=1)
HOME = "/queue"
_tried: web.AppKey[deque[datetime]] = web.AppKey("tried", deque)


def prepare(app: web.Application) -> None:
    """What the way in remembers: when it was tried."""
    app[_tried] = deque(maxlen=TRIES)


async def _door(visit: Visit) -> web.StreamResponse:
    return page(visit, "entry.html", link=visit.request.match_info["link"])


async def _enter(visit: Visit) -> web.StreamResponse:
    if _too_often(visit):
        return problem(visit, 429)
    secret = await visit.desk.signing_in.enter(visit.request.match_info["link"])
    if secret is None:
        return page(visit, "out.html", 410, used=True)
    answer = see(HOME)
    secure = visit.desk.settings.web.address.startswith("https:")
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="Strict", secure=secure, path="/")
    return answer


async def _leave(visit: Visit) -> web.StreamResponse:
    await visit.desk.signing_in.leave(visit.secret)
    answer = page(visit, "out.html", left=True)
    answer.del_cookie(COOKIE, path="/")
    return answer


async def _home(_: Visit) -> web.StreamResponse:
    return see(HOME)


def _too_often(visit: Visit) -> bool:
    """More tries a minute than people make: of all together, since behind a proxy all come from one address."""
    tried, now = visit.request.app[_tried], visit.desk.clock.now()
    if len(tried) == TRIES and timedelta() <= now - tried[0] < WITHIN:
        return True
    tried.append(now)
    return False


ROUTES = (
    Route("GET", "/", _home, None),
    Route("GET", "/in/{link:[A-Za-z0-9_-]{1,100}}", _door, None),
    Route("POST", "/in/{link:[A-Za-z0-9_-]{1,100}}", _enter, None),
    Route("POST", "/out", _leave, Deed.STATUS),
)
