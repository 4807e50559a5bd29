"""What waits, in which order, and what does the one that is opened say? The page where most of the work is done."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.core.desk_listing import Age, Mine, Pile, Unclear, Wanted, wanted
from bot.core.roles import Deed
from bot.web.case_shown import Shown, opened
from bot.web.found import as_read, found, told, unknown
from bot.web.notices import notice
from bot.web.onward import eyes, first_case
from bot.web.pages import page
from bot.web.visit import Route, Visit
from classifier.verdict import MOTIVES, TARGETS

MOST_COUNTED = 99  # appeals
# What can be chosen by, and the key of its words.
CHOICES = {
    "pile": [(str(each), "web-pile-" + each) for each in Pile],
    "motive": [(each, "label-" + each) for each in MOTIVES],
    "target": [(each, "label-" + each) for each in TARGETS],
    "age": [(str(each), "web-age-" + each) for each in Age],
    "mine": [(str(each), "web-mine-" + each) for each in Mine],
}


async def _queue(visit: Visit) -> web.StreamResponse:
    try:
        asked = wanted(visit.request.query)
    except Unclear as problem:
        return told(visit, 400, visit.say("web-unclear", what=visit.say(f"web-filter-{problem.what}")))
    number = visit.request.query.get("case", "")
    shown = None
    if number:
        case = await found(visit, number)
        if case is None:
            return unknown(visit)
        around = visit.request.query.get("context") == "1"
        shown = await opened(visit, await as_read(visit, case), around=around)
    return await _page(visit, asked, shown)


async def _page(visit: Visit, asked: Wanted, shown: Shown | None) -> web.Response:
    desk = visit.desk
    listed = await desk.reading.listed(asked, eyes(visit), desk.clock.now())
    return page(
        visit,
        "queue.html",
        wanted=asked,
        here_query=urlencode(asked.query()),
        first_query=urlencode(asked.query(first=True)),
        more_query=None if listed.more is None else _more(asked, listed.more.rank, listed.more.flag),
        listed=listed,
        rows=[Shown(each) for each in listed.cases],
        held={flag: lease.holder for flag, lease in desk.reviewing.held(each.id for each in listed.cases).items()},
        channels=await desk.reading.channels(visit.who.guilds),
        shown=shown,
        came_from="queue",
        now=desk.clock.now(),
        notice=await notice(visit),
        appeals=await desk.reading.appeals_count(visit.who.guilds, MOST_COUNTED),
        most_counted=MOST_COUNTED,
        choices=CHOICES,
    )


def _more(asked: Wanted, rank: int, flag: int) -> str:
    return urlencode({**asked.query(first=True), "after": f"{rank}.{flag}"})


async def _next(visit: Visit) -> web.StreamResponse:
    try:
        return await first_case(visit, wanted(visit.request.query))
    except Unclear as problem:
        return told(visit, 400, visit.say("web-unclear", what=visit.say(f"web-filter-{problem.what}")))


ROUTES = (
    Route("GET", "/queue", _queue, Deed.REVIEW),
    Route("POST", "/queue/next", _next, Deed.REVIEW),
)
