"""Which settings and which thresholds are in force, and where did each come from?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from aiohttp import web

from bot.core.roles import Deed
from bot.core.tuning.in_force import Origin, is_idle
from bot.settings_shown import shown
from bot.tuning_desk import Footing, TuningDesk
from bot.web.pages import page
from bot.web.thresholds_look import servers
from bot.web.thresholds_words import Words, channel_name
from bot.web.visit import Route, Visit


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold that is set somewhere, in words; `change` is the number of one that may be looked at, or 0."""

    place: str
    label: str
    value: str
    source: str
    change: int
    is_idle: bool
    is_given: bool  # by a person, in the configuration or since


async def _settings(visit: Visit) -> web.StreamResponse:
    found = shown(visit.desk.settings)
    sections = [(name, list(group)) for name, group in groupby(found, key=lambda setting: setting.section)]
    tuning = visit.desk.tuning
    limits = None if tuning is None else await _limits(visit, tuning)
    return page(visit, "settings.html", sections=sections, limits=limits)


async def _limits(visit: Visit, tuning: TuningDesk) -> list[Limit]:
    footing = await tuning.footing()
    guilds = servers(visit, footing)
    return [_limit(visit, footing, guilds, each) for each in tuning.every_origin(footing, guilds)]


def _limit(visit: Visit, footing: Footing, guilds: Sequence[str], each: Origin) -> Limit:
    words, change = Words(visit), each.change
    return Limit(
        _place(words, footing, each),
        visit.say(f"label-{each.label}"),
        words.limit(each.value),
        _source(words, each),
        change.number if change is not None and footing.sees(each.where, guilds) else 0,
        change is not None and is_idle(change, footing.configured),
        each.source != "model",
    )


def _place(words: Words, footing: Footing, each: Origin) -> str:
    """A name that stands alone, not in a sentence."""
    if each.where.channel:
        return f"#{channel_name(each.where.channel, footing.channels)}"
    place = words.place(each.where, footing.channels)
    return place[:1].upper() + place[1:]


def _source(words: Words, each: Origin) -> str:
    change, say = each.change, words.visit.say
    if change is None or change.at is None:
        return say(f"source-{each.source}")
    told = say("source-change", number=str(change.number), by=words.who(change.proposal.by))
    return f"{told}, {words.visit.when(change.at)}"


ROUTES = (Route("GET", "/settings", _settings, Deed.SETTINGS),)
