"""Where does somebody come after a decision? To the next case of the same pile, with a word on what has become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from bot.core.cases import Case
from bot.core.desk_listing import Eyes, Pile, Wanted
from bot.core.flags import Step
from bot.core.opinions import Course, course
from bot.core.roles import Deed
from bot.web.notices import REST, Became, rested
from bot.web.pages import see
from bot.web.visit import Visit

LOOKED_THROUGH = 4  # pages: more than a hundred cases are never open before as many people


def eyes(visit: Visit) -> Eyes:
    """Who looks."""
    who = visit.who
    return Eyes(who.who, who.guilds, visit.desk.reviewing.reading(who.who))


async def onward(visit: Visit, wanted: Wanted, flag: int, became: Became) -> web.Response:
    """After a form on a case: back to its page, or on to the next case."""
    told = {"did": str(flag), "became": str(became), **await rested(visit)}
    if visit.request.query.get("from") == "case":
        return see(f"/case/{flag}?" + urlencode(told))
    return await next_case(visit, wanted, told)


async def first_case(visit: Visit, wanted: Wanted) -> web.Response:
    """To the first case, for somebody who begins; with a break suggested to whoever has read enough today."""
    caring = visit.desk.caring
    enough = caring is not None and await caring.suggestion(visit.who.who) is not None
    return await next_case(visit, wanted, REST if enough else {})


async def next_case(visit: Visit, wanted: Wanted, told: Mapping[str, str]) -> web.Response:
    """To the most urgent case that this visitor can decide and nobody else looks at; else to the list."""
    caring = visit.desk.caring
    if caring is not None and await caring.paused(visit.who.who) is not None:
        return there(wanted, {"became": str(Became.PAUSED), **told})
    case = await _first(visit, wanted) or (await _first(visit, replace(wanted, after=None)) if wanted.after else None)
    if case is None:
        return there(wanted, {"became": str(Became.EMPTY), **told})
    await visit.desk.reviewing.turn_to(case.id, visit.who.who)
    return there(wanted, {"case": str(case.id), **told}, "#case")


def there(wanted: Wanted, more: Mapping[str, str], fragment: str = "") -> web.Response:
    """To the queue."""
    return see("/queue?" + urlencode({**wanted.query(), **more}) + fragment)


async def _first(visit: Visit, wanted: Wanted) -> Case | None:
    """The first that is free; where others look at all of the nearest, the first of those."""
    if wanted.pile is Pile.DECIDED:
        return None
    who, others = visit.who.who, None
    for _ in range(LOOKED_THROUGH):
        listed = await visit.desk.reading.listed(wanted, eyes(visit), visit.desk.clock.now())
        held = visit.desk.reviewing.held(case.id for case in listed.cases)
        for case in filter(partial(_is_for, visit), listed.cases):
            if case.id not in held or held[case.id].holder == who:
                return case
            others = others or case
        if listed.more is None:
            break
        wanted = replace(wanted, after=listed.more)
    return others


def _is_for(visit: Visit, case: Case) -> bool:
    who, leads = visit.who.who, visit.may(Deed.SETTLE)
    way = course(case.waits, case.opinions, Step.UPHOLD, who, leads, author=case.author)
    return case.is_open and way in (Course.DECISION, Course.OPINION)
