"""Which settings are in force, section by section, and where did each come from?"""

from __future__ import annotations

from itertools import groupby

from aiohttp import web

from bot.core.roles import Deed
from bot.settings_shown import shown
from bot.web.pages import page
from bot.web.visit import Route, Visit


async def _settings(visit: Visit) -> web.StreamResponse:
    found = shown(visit.desk.settings)
    sections = [(name, list(group)) for name, group in groupby(found, key=lambda setting: setting.section)]
    # Thresholds that were changed since stand in the database; where each is from is said by core/tuning.
    return page(visit, "settings.html", sections=sections)


ROUTES = (Route("GET", "/settings", _settings, Deed.SETTINGS),)
