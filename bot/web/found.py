"""Which case is meant, and may this visitor see it? One that is nobody's here is answered as one that is not there."""

from __future__ import annotations

import re

from aiohttp import web

from bot.core.cases import Case, blinded
from bot.web.pages import page
from bot.web.visit import Visit

_NUMBER = re.compile(r"[0-9]{1,18}")  # more than that SQLite does not count


async def found(visit: Visit, number: str) -> Case | None:
    """The case of that number, as it is saved."""
    case = await visit.desk.reading.case(int(number)) if _NUMBER.fullmatch(number) else None
    return case if case is not None and visit.shows(case.flag.message.channel.guild) else None


async def as_read(visit: Visit, case: Case) -> Case:
    """The case as it is shown in the queue: decided, but to be read again by this visitor, it looks open."""
    return blinded(case) if await is_reread(visit, case) else case


async def is_reread(visit: Visit, case: Case) -> bool:
    """Whether this visitor is to read a decided case again, blind."""
    if case.is_open or case.forgotten or case.decision is None:
        return False
    return await visit.desk.reading.is_reread(case, visit.who.who, visit.desk.clock.now())


def unknown(visit: Visit) -> web.Response:
    """No such case, or none of this visitor's servers."""
    return told(visit, 404, visit.say("web-case-unknown"))


def told(visit: Visit, status: int, sentence: str) -> web.Response:
    """A page of one sentence, and the way back."""
    return page(visit, "problem.html", status, sentence=sentence)
