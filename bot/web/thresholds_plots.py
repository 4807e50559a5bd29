"""Where do the plots of the thresholds page come from? Drawn for each reader off the event loop, served as pictures.

The policy of all our answers forbids style within a file, so that what stands there as style is said by attributes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from aiohttp import web

from bot.core.errors import Refused
from bot.core.roles import Deed
from bot.core.tuning.candidate import limits_in
from bot.core.tuning.evidence import Evidence
from bot.core.tuning.recall import Recall
from bot.core.tuning.wishes import curve_of
from bot.plots import Lines, Picture, of_flags, of_precision, of_reliability, of_workload
from bot.web.thresholds_asked import asked
from bot.web.thresholds_look import Frozen, Look, desk_of, frozen, looked, servers
from bot.web.visit import Handler, Route, Visit

LIVE, SCORES = ("precision", "flags"), ("reliability", "workload")  # that move with the threshold, and that do not
KEPT = 32  # pictures, of some tens of kilobytes each
_PEN = Lock()  # whoever asks for the same picture meanwhile finds it drawn
_STYLE = re.compile(r' style="([^"]*)"')
_SHEET = re.compile(r'<style type="text/css">\*\{([^}]*)\}</style>')


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture, or why there is none."""

    kind: str
    picture: Picture | None
    missing: str = ""


async def plots(look: Look, kinds: Sequence[str], language: str) -> list[Plot]:
    """Pictures of what was looked at."""
    return await asyncio.to_thread(lambda: [_plot(look, kind, language) for kind in kinds])


def as_attributes(svg: str) -> str:
    """The same picture without a style sheet or a style attribute, which `style-src 'self'` forbids."""
    sheet = _SHEET.search(svg)
    said = "" if sheet is None else _attributes(sheet[1])
    plain = _STYLE.sub(lambda found: _attributes(found[1]), _SHEET.sub("", svg))
    return plain.replace("<svg ", f"<svg{said} ", 1)


def _plot(look: Look, kind: str, language: str) -> Plot:
    it = look.weighed
    limits = frozen(limits_in(it.before, it.evidence, it.channels))
    compared = (look.today, look.proposed if look.proposed != look.today else None) if kind in LIVE else (None, None)
    try:
        with _PEN:
            return Plot(kind, _drawn(kind, it.evidence, look.label, compared, limits, look.recall, language))
    except Refused as problem:
        return Plot(kind, None, str(problem))


@lru_cache(maxsize=KEPT)
def _drawn(
    kind: str,
    evidence: Evidence,
    label: str,
    compared: tuple[float | None, float | None],
    limits: Frozen,
    recall: Recall | None,
    language: str,
) -> Picture:
    """Drawn once for the page that describes it and the request that fetches it."""
    lines = Lines(*compared, [dict(each) for each in limits])
    draw: Mapping[str, Callable[[], Picture]] = {
        "precision": lambda: of_precision(evidence, label, lines, language=language, recall=curve_of(recall)),
        "flags": lambda: of_flags(evidence, label, lines, language=language),
        "reliability": lambda: of_reliability(evidence, label, language=language),
        "workload": lambda: of_workload(evidence, language=language),
    }
    return draw[kind]()


def _attributes(style: str) -> str:
    pairs = (each.partition(":") for each in style.split(";") if each.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)


def _served(kind: str) -> Handler:
    """The answer with pictures of one kind."""

    async def picture(visit: Visit) -> web.StreamResponse:
        drawn = await _asked_for(visit, kind)
        if drawn is None:  # the page says why, where its picture would stand
            raise web.HTTPNotFound
        answer = web.Response(text=as_attributes(drawn.drawn.decode()), content_type="image/svg+xml", charset="utf-8")
        answer.headers["Cache-Control"] = "no-store"
        answer.enable_compression()
        return answer

    return picture


async def _asked_for(visit: Visit, kind: str) -> Picture | None:
    if visit.desk.tuning is None:
        return None
    try:
        wanted = asked(visit.request.query, visit.say)
        footing = await desk_of(visit).footing()
        look = await looked(visit, wanted, servers(visit, footing))
    except Refused:
        return None
    return (await plots(look, (kind,), visit.language))[0].picture


ROUTES = tuple(Route("GET", f"/thresholds/{kind}.svg", _served(kind), Deed.TUNE) for kind in (*LIVE, *SCORES))
