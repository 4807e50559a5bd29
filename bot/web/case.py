"""What is there to know of one case? All of the card, and what has happened to it; decided or not."""

from __future__ import annotations

from aiohttp import web

from bot.core.cases import can_reopen
from bot.core.desk_listing import Wanted
from bot.core.roles import Deed
from bot.core.timeline import visible
from bot.web.appeals import appeals_shown
from bot.web.case_shown import opened
from bot.web.clock import shown_clock
from bot.web.found import as_read, found, unknown
from bot.web.notices import notice
from bot.web.pages import page
from bot.web.visit import Route, Visit


async def _case(visit: Visit) -> web.StreamResponse:
    saved = await found(visit, visit.request.match_info["flag"])
    if saved is None:
        return unknown(visit)
    desk, query = visit.desk, visit.request.query
    # Whoever comes from the queue goes on reading as it was read there: blind, where it is read again.
    case = await as_read(visit, saved) if query.get("from") == "queue" else saved
    decided_at = None if saved.decision is None else saved.decision.at
    return page(
        visit,
        "case.html",
        shown=await opened(visit, case, around=query.get("context") == "1"),
        happenings=visible(await desk.reading.timeline(case.id), case, decided_at),
        clock=None if case.is_reread else await shown_clock(visit, case.id),
        appeals=() if case.is_reread else await appeals_shown(visit, case.id),
        can_reopen=visit.may(Deed.DECIDE) and can_reopen(case, visit.who.who),
        came_from="queue" if query.get("from") == "queue" else "case",
        here_query="",
        wanted=Wanted(),
        now=desk.clock.now(),
        notice=await notice(visit),
    )


ROUTES = (Route("GET", "/case/{flag:[0-9]{1,18}}", _case, Deed.REVIEW),)
