"""What happens when a moderator marks a report as abusive at the panel? The same as in Discord; nobody learns whose.

It stays one's case: marking decides nothing.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from aiohttp import web

from bot.core.desk_listing import Unclear, wanted
from bot.core.roles import Deed
from bot.web.found import found, told, unknown
from bot.web.notices import Became
from bot.web.onward import there
from bot.web.pages import see
from bot.web.visit import Route, Visit

_NUMBER = re.compile(r"[0-9]{1,18}")


async def _mark(visit: Visit) -> web.StreamResponse:
    case = await found(visit, visit.request.match_info["flag"])
    if case is None:
        return unknown(visit)
    given = (await visit.request.post()).get("report", "")
    if not isinstance(given, str) or not _NUMBER.fullmatch(given):
        return told(visit, 400, visit.say("web-unreadable"))
    guild = case.flag.message.channel.guild
    if not await visit.desk.marking.mark_abusive(case.id, int(given), visit.who.who, [guild]):
        return told(visit, 409, visit.say("abuse-not-marked", number=given))
    return _back(visit, {"did": str(case.id), "became": str(Became.MARKED), "report": given})


def _back(visit: Visit, slots: dict[str, str]) -> web.Response:
    flag = visit.request.match_info["flag"]
    if visit.request.query.get("from") == "case":
        return see(f"/case/{flag}?" + urlencode(slots))
    try:
        asked = wanted(visit.request.query)
    except Unclear:  # marked it is, whatever the filter was
        return see(f"/case/{flag}?" + urlencode({"from": "queue", **slots}))
    return there(asked, {"case": flag, **slots}, "#case")


ROUTES = (Route("POST", "/case/{flag:[0-9]{1,18}}/abuse", _mark, Deed.DECIDE),)
