"""Who did what? The record page: what the store has on record, and the promotions of models beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlencode

from aiohttp import web

from bot.config import Settings
from bot.core.errors import BadInput, BadModel
from bot.core.record import Asked, Entry, Kind, Looked, Place, asked, is_behind, merged, written
from bot.core.roles import Deed
from bot.web.pages import page
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
    return page(visit, "record.html", found=found, wanted=wanted, kinds=list(Kind), older=older,
                broken=promoted is None)  # fmt: skip


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
