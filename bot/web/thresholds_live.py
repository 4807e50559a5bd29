"""What does the slider show? For every hundredth what would have been, sent once, so that it answers at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from aiohttp import web

from bot.core.errors import Refused
from bot.core.roles import Deed
from bot.core.tuning.candidate import compared
from bot.core.tuning.changes import last
from bot.core.tuning.figures import figures
from bot.core.tuning.in_force import as_if
from bot.tuning_desk import Footing
from bot.web.thresholds_asked import asked
from bot.web.thresholds_look import Look, desk_of, looked, servers
from bot.web.thresholds_words import Words
from bot.web.visit import Route, Visit

STEPS = 101


async def _live(visit: Visit) -> web.StreamResponse:
    if visit.desk.tuning is None:
        raise web.HTTPNotFound
    try:
        wanted = replace(asked(visit.request.query, visit.say), threshold=None, level=None)
        footing = await desk_of(visit).footing()
        look = await looked(visit, wanted, servers(visit, footing))
    except Refused as problem:
        return web.json_response({"why": str(problem)}, status=400, headers={"Cache-Control": "no-store"})
    rows = await desk_of(visit).once(_key(visit, footing, look), lambda: _rows(footing, look, Words(visit)))
    answer = web.json_response({"base": last(footing.changes), "rows": rows}, headers={"Cache-Control": "no-store"})
    answer.enable_compression()
    return answer


def _key(visit: Visit, footing: Footing, look: Look) -> Hashable:
    """By all that the rows depend upon."""
    it = look.weighed
    return "live", it.evidence, it.proposal.where, look.label, last(footing.changes), visit.language


def _rows(footing: Footing, look: Look, words: Words) -> list[Sequence[str]]:
    return [_row(footing, look, step / 100, words) for step in range(STEPS)]


def _row(footing: Footing, look: Look, threshold: float, words: Words) -> Sequence[str]:
    """The threshold as it is written, then the figures in the order of the page's table."""
    it = look.weighed
    draft = replace(it.proposal, values={look.label: threshold})
    after = as_if(footing.configured, footing.changes, draft)
    found = figures(compared(it.evidence, it.before, after, it.channels))
    then = found["then"]
    assert isinstance(then, dict), "figures are by name"
    lost = found["lost"]
    assert isinstance(lost, dict), "figures are by name"
    return (
        words.limit(threshold),
        words.rate(then["flags_a_day"]),
        words.rate(then["minutes_a_day"]),
        words.share(then["precision"]),
        words.caught(look.recall, threshold),
        words.rate(then["unread_a_day"]),
        words.moved("lost", lost),
    )


ROUTES = (Route("GET", "/thresholds/live", _live, Deed.TUNE),)
