"""Which appeals wait, and what happens when a moderator decides one at the panel? By the rules of everywhere.

The author's words stand on the case's page, behind a press, beside what was decided; never in the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.core.appeals import LONGEST_ANSWER, Objection
from bot.core.cases import Case
from bot.core.roles import Deed
from bot.core.statements import Appeal, Outcome
from bot.web.found import found, told, unknown
from bot.web.notices import Became, notice, rested
from bot.web.pages import page, see
from bot.web.visit import Handler, Route, Visit

PAGE = 25
PLACE = "/queue/appeals"
_NUMBER = re.compile(r"[0-9]{1,18}")
BECAME = {Outcome.GRANTED: Became.GRANTED, Outcome.REJECTED: Became.REJECTED}


@dataclass(frozen=True, slots=True)
class Shown:
    """An appeal on its case's page, and where it is open, why this visitor may not decide it: an objection's key."""

    appeal: Appeal
    objection: str = ""
    is_masked: bool = False

    @property
    def may_judge(self) -> bool:
        return self.appeal.outcome is None and not self.objection


async def appeals_shown(visit: Visit, flag: int) -> Sequence[Shown]:
    """What an author has said to decisions about a case, as this visitor is shown it."""
    return [await _shown(visit, each) for each in await visit.desk.reading.appeals(flag)]


async def _shown(visit: Visit, appeal: Appeal) -> Shown:
    said = appeal if visit.request.query.get("plain") == "1" else visit.desk.mask.said(appeal)
    if appeal.outcome is not None:
        return Shown(said, is_masked=said != appeal)
    judged = await visit.desk.reading.may_judge(appeal.id, visit.who.who)
    return Shown(said, str(judged) if isinstance(judged, Objection) else "", said != appeal)


async def _list(visit: Visit) -> web.StreamResponse:
    after = visit.request.query.get("after", "0")
    if not _NUMBER.fullmatch(after):
        raise web.HTTPNotFound
    reading, who = visit.desk.reading, visit.who
    waiting = await reading.appeals_waiting(who.guilds, who.who, int(after), PAGE + 1)
    more = waiting[PAGE - 1].statement.appeal if len(waiting) > PAGE else None
    return page(
        visit, "appeals.html", waiting=waiting[:PAGE], more=None if more is None else more.id, first=after == "0",
        here_query="", notice=await notice(visit),
    )  # fmt: skip


def _judging(outcome: Outcome) -> Handler:
    async def judge(visit: Visit) -> web.StreamResponse:
        case = await found(visit, visit.request.match_info["flag"])
        if case is None:
            return unknown(visit)
        appeal = int(visit.request.match_info["appeal"])
        if appeal not in [each.id for each in await visit.desk.reading.appeals(case.id)]:
            return told(visit, 404, visit.say(f"objection-{Objection.UNKNOWN}"))
        answer = await _answer(visit)
        if answer is None:
            return told(visit, 400, visit.say("web-unreadable"))
        if outcome is Outcome.REJECTED and not answer:
            return told(visit, 400, visit.say("web-appeal-reason-missing"))
        return await _judged(visit, case, appeal, outcome, answer if outcome is Outcome.REJECTED else "")

    return judge


async def _judged(visit: Visit, case: Case, appeal: int, outcome: Outcome, answer: str) -> web.StreamResponse:
    who, caring = visit.who.who, visit.desk.caring
    judged = await visit.desk.appealing.judge(appeal, who, outcome, answer)
    if isinstance(judged, Objection):
        if judged is not Objection.OVER or not await _is_own(visit, appeal, outcome):
            return told(visit, 409, visit.say(f"objection-{judged}"))
    elif caring is not None:
        await caring.met(who, judged.case)
    slots = {"did": str(case.id), "became": str(BECAME[outcome]), **await rested(visit)}
    return see(f"{PLACE}?" + urlencode(slots))


async def _is_own(visit: Visit, appeal: int, outcome: Outcome) -> bool:
    """Whether the same form came twice."""
    about = await visit.desk.appealing.appealed(appeal)
    found = None if about is None else about.appeal
    return found is not None and (found.by, found.outcome) == (visit.who.who.strip(), outcome)


async def _answer(visit: Visit) -> str | None:
    """What was filled in; None for what our form cannot have given."""
    given = (await visit.request.post()).get("answer", "")
    text = given.replace("\r\n", "\n").strip() if isinstance(given, str) else None
    return None if text is None or len(text) > LONGEST_ANSWER else text


_APPEAL = "/case/{flag:[0-9]{1,18}}/appeal/{appeal:[0-9]{1,18}}"
ROUTES = (
    Route("GET", PLACE, _list, Deed.APPEAL),
    Route("POST", f"{_APPEAL}/grant", _judging(Outcome.GRANTED), Deed.APPEAL),
    Route("POST", f"{_APPEAL}/reject", _judging(Outcome.REJECTED), Deed.APPEAL),
)
