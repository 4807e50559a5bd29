"""How does somebody come in, and go? A link shows a button, which uses the link up: previews press no buttons."""

from __future__ import annotations

from aiohttp import web

from bot.core.roles import Deed
from bot.web import tries
from bot.web.guards import COOKIE, problem
from bot.web.pages import page, see
from bot.web.visit import Route, Visit

HOME = "/queue"


def prepare(app: web.Application) -> None:
    """What the way in remembers: when it was tried."""
    app[tries.KEY] = tries.Tries()


async def _door(visit: Visit) -> web.StreamResponse:
    return page(visit, "entry.html", link=visit.request.match_info["link"])


async def _enter(visit: Visit) -> web.StreamResponse:
    if visit.request.app[tries.KEY].too_often(tries.caller(visit), visit.desk.clock.now()):
        return problem(visit, 429)
    secret = await visit.desk.signing_in.enter(visit.request.match_info["link"])
    if secret is None:
        return page(visit, "out.html", 410, used=True)
    await visit.desk.signing_in.leave(visit.secret)  # what this browser was signed in as before
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


ROUTES = (
    Route("GET", "/", _home, None),
    Route("GET", "/in/{link:[A-Za-z0-9_-]{1,100}}", _door, None),
    Route("POST", "/in/{link:[A-Za-z0-9_-]{1,100}}", _enter, None),
    Route("POST", "/out", _leave, Deed.STATUS),
)
