"""What happens when somebody asks for a second opinion at the panel, or escalates a case? The same as in Discord."""

from __future__ import annotations

from aiohttp import web

from bot.core.cases import Case, Ruling
from bot.core.desk_listing import Wanted, wanted
from bot.core.errors import BadInput
from bot.core.opinions import Course, Waits
from bot.core.roles import Deed
from bot.web.deciding import outcome
from bot.web.form import Filled, filled
from bot.web.found import found, is_reread, told, unknown
from bot.web.notices import Became
from bot.web.onward import onward
from bot.web.visit import Route, Visit


async def _second(visit: Visit) -> web.StreamResponse:
    ready = await _ready(visit)
    if isinstance(ready, web.Response):
        return ready
    case, asked, given = ready
    if given.lean is None:
        return told(visit, 400, visit.say("web-lean-missing"))
    opinions, who = visit.desk.reviewing.opinions, visit.who.who
    ruling = await opinions.ask(case.id, who, given.lean, given.motives, given.note)
    return await _answer(visit, asked, ruling, Became.ASKED)


async def _escalate(visit: Visit) -> web.StreamResponse:
    ready = await _ready(visit)
    if isinstance(ready, web.Response):
        return ready
    case, asked, given = ready
    ruling = await visit.desk.reviewing.opinions.escalate(case.id, visit.who.who, given.note)
    return await _answer(visit, asked, ruling, Became.ESCALATED)


async def _ready(visit: Visit) -> web.Response | tuple[Case, Wanted, Filled]:
    case = await found(visit, visit.request.match_info["flag"])
    if case is None:
        return unknown(visit)
    try:
        asked, given = wanted(visit.request.query), await filled(visit, ())
    except BadInput:
        return told(visit, 400, visit.say("web-unreadable"))
    if case.forgotten:
        return told(visit, 410, outcome(visit, case))
    if await is_reread(visit, case):
        return told(visit, 409, visit.say("reread-only"))
    return case, asked, given


async def _answer(visit: Visit, asked: Wanted, ruling: Ruling | None, became: Became) -> web.StreamResponse:
    assert ruling is not None, "flags are never deleted"
    case = ruling.case
    if ruling.changed:
        return await onward(visit, asked, case.id, became)
    if not case.is_open:
        return told(visit, 409, visit.say("refused-decided", outcome=outcome(visit, case)))
    if ruling.course is not Course.DECISION:
        return told(visit, 409, visit.say(f"course-{ruling.course}", flag=str(case.id)))
    if became is Became.ESCALATED:
        return told(visit, 409, visit.say("escalate-already", flag=str(case.id)))
    own = case.waits is Waits.ANOTHER and any(opinion.by == visit.who.who for opinion in case.opinions)
    key = "second-own" if own else f"waiting-{case.waits.name.lower()}"
    return told(visit, 409, visit.say(key, flag=str(case.id)))


ROUTES = (
    Route("POST", "/case/{flag:[0-9]{1,18}}/second", _second, Deed.DECIDE),
    Route("POST", "/case/{flag:[0-9]{1,18}}/escalate", _escalate, Deed.DECIDE),
)
