"""What does an admin see of thresholds? Those in force, what others would have done, levels, promises, and the past.

What is looked at stands in the address; nothing here changes anything. Without evidence the page says so and stays of
use: a level may be chosen before anything was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from bot.core.errors import Refused
from bot.core.roles import Deed
from bot.core.tuning.changes import Change, State, Where, last
from bot.core.tuning.figures import figures
from bot.core.tuning.in_force import Origin, limits_at
from bot.core.tuning.no_evidence import NoEvidence
from bot.tuning_desk import Footing, Offer
from bot.web.pages import page
from bot.web.thresholds_asked import WISHED, Asked, asked, place_of, wishes
from bot.web.thresholds_changes import told, when_it_can
from bot.web.thresholds_look import Look, desk_of, looked, places, servers
from bot.web.thresholds_plots import LIVE, SCORES, plots
from bot.web.thresholds_refusals import HOME, sentence
from bot.web.thresholds_words import Words, channel_name, clean
from bot.web.visit import Route, Visit
from classifier.verdict import LABELS

SHOWN = 20  # changes on one page, the newest first
MIDDLE = 0.5  # where the slider stands for a label without a threshold


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in the list of them."""

    change: Change
    state: str
    what: Mapping[str, object]


async def _page(visit: Visit) -> web.StreamResponse:
    footing = await desk_of(visit).footing()
    guilds = servers(visit, footing)
    try:
        wanted = asked(visit.request.query, visit.say)
        desk_of(visit).placed(footing, wanted.where, guilds, changing=False)
        wanted, promise = await _promised(visit, wanted, guilds)
        look, lack = await _look(visit, wanted, guilds)
    except Refused as refusal:
        wanted, problem = Asked(), sentence(refusal, visit)
        look, lack = await _look(visit, wanted, guilds)
        slots = await _slots(visit, footing, wanted, guilds, look)
        return page(visit, "thresholds.html", 400, problem=problem, lack=lack, promise="", **slots)
    slots = await _slots(visit, footing, wanted, guilds, look)
    return page(visit, "thresholds.html", problem="", lack=lack, promise=promise, **slots)


async def _look(visit: Visit, wanted: Asked, guilds: Sequence[str]) -> tuple[Look | None, str]:
    """What is known, or in one sentence why nothing is."""
    try:
        return await looked(visit, wanted, guilds), ""
    except NoEvidence as lack:
        return None, sentence(lack, visit)


async def _promised(visit: Visit, wanted: Asked, guilds: Sequence[str]) -> tuple[Asked, str]:
    """What is asked with the threshold that keeps what is wished for, and what it keeps, or why there is none."""
    wished = wishes(visit.request.query, visit.say)
    if wished is None:
        return wanted, visit.say("thresholds-no-wish") if _is_wish(visit) else ""
    try:
        found = await desk_of(visit).suggest(wanted.label, wished, wanted.where, guilds, wanted.days)
    except NoEvidence as lack:
        return wanted, sentence(lack, visit)
    promise = Words(visit).suggestion(found, wanted.label, wished)
    if found.threshold is None:
        return wanted, promise
    return replace(wanted, threshold=round(found.threshold, 2), level=None), promise


def _is_wish(visit: Visit) -> bool:
    return any(name in visit.request.query for name in WISHED)


async def _slots(
    visit: Visit, footing: Footing, wanted: Asked, guilds: Sequence[str], look: Look | None
) -> dict[str, Any]:
    """All that the page shows."""
    words, desk = Words(visit), desk_of(visit)
    limits = limits_at(footing.policy, wanted.where, footing.channels)
    shown = wanted.threshold if wanted.threshold is not None else limits.get(wanted.label)
    values = wanted.values(desk) or {}
    after = {**limits, **{label: value for label, value in values.items() if value is not None}}
    may_change = footing.sees(wanted.where, guilds)
    return {
        "words": words, "asked": wanted, "labels": LABELS, "look": look,
        "wheres": [
            (place_of(where), _name(words, where, footing)) for where in places(footing, guilds, wanted.where)
        ],
        "place": words.place(wanted.where, footing.channels), "chosen_place": place_of(wanted.where),
        "origins": desk.origins(footing, wanted.where), "source": lambda each: _source(words, each),
        "shown": MIDDLE if shown is None else round(shown, 2), "today": limits.get(wanted.label),
        "values": words.values(list(values), limits, after), "chosen": bool(values), "may_change": may_change,
        "differs": any(limits.get(label) != value for label, value in values.items()),
        "base": last(footing.changes),
        **await _seen(visit, look, words),
        "offers": await desk.levels(wanted.where, guilds, wanted.days) if may_change else [],
        "cost": lambda offer: _cost(words, offer),
        **_wished(visit),
        **_past(footing, words, guilds),
    }  # fmt: skip


async def _seen(visit: Visit, look: Look | None, words: Words) -> dict[str, Any]:
    """Figures and plots of what was looked at."""
    if look is None:
        return {"rows": [], "moved": [], "rests": [], "plots": []}
    found: Mapping[str, Any] = figures(look.weighed.simulation)
    caught = words.caught(look.recall, look.today), words.caught(look.recall, look.proposed)
    return {
        "rows": words.beside(found, caught),
        "moved": [(words.moved(kind, it), it["flags"][:SHOWN]) for kind, it in words.told_moves(found)],
        "rests": words.rests(found),
        "plots": await plots(look, LIVE, visit.language),
    }


def _name(words: Words, where: Where, footing: Footing) -> str:
    if where.group:
        return words.visit.say("thresholds-group", group=clean(where.group))
    return f"#{channel_name(where.channel, footing.channels)}"


def _source(words: Words, each: Origin) -> str:
    slots = {"number": str(each.change.number), "by": words.who(each.change.proposal.by)} if each.change else {}
    return words.visit.say(f"source-{each.source}", **slots)


def _cost(words: Words, offer: Offer) -> tuple[str, str] | None:
    """Flags and minutes a day; None where nothing is known."""
    if offer.simulation is None:
        return None
    then: Any = figures(offer.simulation)["then"]
    return words.rate(then["flags_a_day"]), words.rate(then["minutes_a_day"])


def _wished(visit: Visit) -> dict[str, Any]:
    """What was typed as wishes, to stand there again."""
    return {"wished": {name: visit.request.query.get(name, "")[:10] for name in WISHED}}


def _past(footing: Footing, words: Words, guilds: Sequence[str]) -> dict[str, Any]:
    """The latest changes."""
    found = [each for each in footing.changes if footing.sees(each.proposal.where, guilds)]
    undone = {each.proposal.undoes for each in footing.changes if each.applied}
    entries = []
    for each in reversed(found[-SHOWN:]):
        earlier = [other for other in footing.changes if other.number < each.number]
        what = told(each.proposal, earlier, footing, words)
        entries.append(Entry(each, words.change_state(each, each.number in undone), what))
    return {"entries": entries, "older": len(found) > SHOWN, "waiting": _waiting(entries)}


def _waiting(entries: Sequence[Entry]) -> list[Entry]:
    return [each for each in entries if each.change.state is State.PROPOSED]


async def _scores(visit: Visit) -> web.StreamResponse:
    """Whether scores can be taken at their word, and when what reaches a human comes in."""
    desk, problem = desk_of(visit), ""
    footing = await desk.footing()
    wanted, drawn = Asked(), []
    try:
        wanted = replace(asked(visit.request.query, visit.say), threshold=None, level=None)
        look = await looked(visit, wanted, servers(visit, footing))
        drawn = await plots(look, SCORES, visit.language)
    except Refused as refusal:
        problem = sentence(refusal, visit)
    return page(
        visit, "thresholds_scores.html", words=Words(visit), asked=wanted, plots=drawn, problem=problem,
        place=Words(visit).place(wanted.where, footing.channels), look=None,
    )  # fmt: skip


ROUTES = (
    Route("GET", HOME, when_it_can(_page), Deed.TUNE),
    Route("GET", f"{HOME}/scores", when_it_can(_scores), Deed.TUNE),
)
