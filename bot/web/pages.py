"""How does an answer become a page? By a template that escapes whatever it is given, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from aiohttp import web
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.config import ZONE
from bot.core.display import displayable
from bot.core.flags import FINDINGS
from bot.core.roles import Deed
from bot.web.static import address
from bot.web.visit import BABEL, Visit

# What stands in the navigation: the place, the key of its name, and who finds it there.
PLACES: tuple[tuple[str, str, Deed], ...] = (
    ("/queue", "web-queue", Deed.REVIEW),
    ("/thresholds", "web-thresholds", Deed.TUNE),
    ("/map", "web-map", Deed.STATISTICS),
    ("/week", "web-week", Deed.STATISTICS),
    ("/settings", "web-settings", Deed.SETTINGS),
    ("/record", "web-record", Deed.RECORD),
)


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["static"] = address
    environment.globals["digits"] = len(FINDINGS)  # keys of their own
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
        "name": visit.name,
        "number": lambda value, digits=0: _decimal(round(value, digits), locale),
        "percent": lambda value: format_percent(value, locale=locale),
        "when": visit.when,
        "moment": lambda moment: moment.astimezone(ZONE).isoformat(timespec="minutes"),
        "rate": lambda value: _decimal(value, locale, "#,##0.0"),
        "brief": lambda length: _span(length, locale, "short"),
        "day": lambda day, form: format_date(day, form, locale=locale),
        "span": lambda length: _span(length, locale),
    }


@lru_cache(maxsize=4096)
def _decimal(value: float, locale: str, form: str | None = None) -> str:
    """A map has a thousand numbers, and few different ones."""
    return format_decimal(value, form, locale=locale)


def _span(length: timedelta | None, locale: str, form: Literal["short", "long"] = "long") -> str:
    """How long something took; a dash where there was nothing to measure."""
    return "–" if length is None else format_timedelta(length, locale=locale, threshold=1.5, format=form)
