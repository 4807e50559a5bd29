"""How does an answer become a page? By a template that escapes whatever it is given, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from aiohttp import web
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.config import ZONE
from bot.core.display import displayable
from bot.core.roles import Deed
from bot.web.static import address
from bot.web.visit import Visit

# What stands in the navigation: the place, the key of its name, and who finds it there.
PLACES: list[tuple[str, str, Deed]] = [
    ("/thresholds", "web-thresholds", Deed.TUNE),
]
BABEL = {"sv": "sv_SE", "en": "en_GB"}


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["static"] = address
    environment.filters["displayable"] = displayable
    return environment


def page(visit: Visit, template: str, status: int = 200, **slots: object) -> web.Response:
    """A template filled in; never kept by a browser or anything between, since it may hold what people wrote."""
    text = _environment().get_template(template).render(**_around(visit), **slots)
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=headers)


def see(place: str) -> web.Response:
    """On to another page, after a form: coming back then sends nothing twice."""
    return web.Response(status=303, headers={"Location": place, "Cache-Control": "no-store"})


def _around(visit: Visit) -> Mapping[str, object]:
    """What every template may use: the words, the way around, the form's token, and numbers as the reader writes."""
    locale = BABEL[visit.language]
    return {
        "say": visit.say,
        "language": visit.language,
        "visitor": visit.visitor,
        "may": lambda name: visit.may(Deed(name)),
        "places": [(place, key) for place, key, deed in PLACES if visit.may(deed)],
        "here": visit.request.path,
        "token": visit.form_token,
        "number": lambda value, digits=0: format_decimal(round(value, digits), locale=locale),
        "percent": lambda value: format_percent(value, locale=locale),
        "when": lambda moment: _when(moment, locale),
        "moment": lambda moment: moment.astimezone(ZONE).isoformat(timespec="minutes"),
        "span": lambda length: _span(length, locale),
    }


def _when(moment: datetime, locale: str) -> str:
    """A moment as the reader writes it, by Swedish clocks."""
    return format_datetime(moment.astimezone(ZONE), "d MMM y HH:mm", locale=locale)


def _span(length: timedelta | None, locale: str) -> str:
    """How long something took; a dash where there was nothing to measure."""
    return "–" if length is None else format_timedelta(length, locale=locale, threshold=1.5)
