"""Who did what? The record page: what the store has on record, and the promotions of models beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlencode

from aiohttp import web

from bot.config import Settings
from bot.core.errors import BadInput, BadModel
from bot.core.record import Asked, Entry, Kind, Looked, Place, Tuned, asked, is_behind, merged, written
from bot.core.roles import Deed
from bot.core.tuning.changes import EVERYWHERE
from bot.tuning_desk import Footing
from bot.web.pages import page
from bot.web.thresholds_look import servers
from bot.web.thresholds_words import Words
from bot.web.visit import Route, Visit


async def _record(visit: Visit) -> web.StreamResponse:
    try:
        wanted = asked(visit.request.query)
    except BadInput as unclear:
        raise web.HTTPNotFound from unclear
    desk = visit.desk
    stored = await desk.reading.record(wanted, visit.who.guilds, visit.who.who, desk.clock.now())
    try:
        promoted = await asyncio.to_thread(_promotions, desk.settings, wanted)
    except BadModel:
        promoted = None
    found = merged([Looked(stored.entries, stored.more), Looked(promoted or ())])
    older = None if found.more is None else "/record?" + urlencode({**_filters(wanted), "after": str(found.more)})
    footing = None if desk.tuning is None else await desk.tuning.footing()
    entries = [each for each in found.entries if _sees(visit, footing, each)]
    return page(visit, "record.html", entries=entries, wanted=wanted, kinds=list(Kind), older=older,
                broken=promoted is None, sets=lambda it: _sets(visit, footing, it))  # fmt: skip


def _sees(visit: Visit, footing: Footing | None, entry: Entry) -> bool:
    """Whether what was tuned is of places that this visitor may look at; a scale is its server's, as a case is."""
    if entry.tuned is None or entry.kind is Kind.RECALIBRATION or not visit.who.guilds:
        return True
    if footing is None:
        return False
    guilds = servers(visit, footing)
    places = [where for where, _ in entry.tuned.sets] or [EVERYWHERE]  # another model is tried everywhere
    return all(footing.sees(where, guilds) for where in places)


def _sets(visit: Visit, footing: Footing | None, it: Tuned) -> list[str]:
    """Which thresholds are told of, by place."""
    words, channels = Words(visit), {} if footing is None else footing.channels
    return [
        visit.say("web-record-sets", where=words.place(where, channels), values=", ".join(
            visit.say("web-record-value", label=visit.say(f"label-{label}"), value=_limit(visit, words, value))
            for label, value in limits.items()
        ))
        for where, limits in it.sets
    ]  # fmt: skip


def _limit(visit: Visit, words: Words, value: float | None) -> str:
    return visit.say("tuned-back") if value is None else words.limit(value)


def _promotions(settings: Settings, wanted: Asked) -> Sequence[Entry]:
    """Every promotion that is asked for; there are a handful in a model's life."""
    if Kind.PROMOTION not in wanted.kinds():
        return ()
    entries = [
        Entry(Place(written(each.at), Kind.PROMOTION, number), each.at, each.by, None, each.name, (), each.reason)
        for number, each in enumerate(settings.promotions())
    ]
    return [e for e in entries if wanted.by in ("", e.by) and is_behind(e.place, wanted.after)]


def _filters(wanted: Asked) -> dict[str, str]:
    given = {"kind": str(wanted.kind or ""), "by": wanted.by}
    return {name: value for name, value in given.items() if value}


ROUTES = (Route("GET", "/record", _record, Deed.RECORD),)
