"""How is an admin told that nothing was changed, or that nothing can be said? In one clear sentence, and the way on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.core.errors import Refused
from bot.core.tuning.no_evidence import NoEvidence
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.web.pages import page
from bot.web.thresholds_words import clean
from bot.web.visit import Visit

HOME = "/thresholds"
FASTER = (Objection.STALE, Objection.APPLIED, Objection.WITHDRAWN, Objection.UNDONE, Objection.OVERTAKEN,
          Objection.MODEL, Objection.NOTHING)  # fmt: skip  # what was so when the form was shown is so no more
GONE = (Objection.UNKNOWN, Objection.CHANNEL, Objection.GROUP)


def sentence(problem: Refused, visit: Visit) -> str:
    """Why nothing was changed, or nothing can be said."""
    if isinstance(problem, Unchanged):
        slots = _clean(problem.slots)
        if "by" in slots:
            slots["by"] = clean(visit.desk.names(str(problem.slots["by"])))
        return visit.say("tune-unchanged", why=visit.say("unchanged-" + problem.why, **slots))
    if isinstance(problem, NoEvidence):
        return visit.say("tune-lack-" + problem.why, **_clean(problem.slots))
    return str(problem)


def refused(visit: Visit, problem: Refused, back: str = HOME) -> web.Response:
    """A page that says so, with the way back to what can be looked at again."""
    return page(visit, "thresholds_refused.html", _status(problem), sentence=sentence(problem, visit), back=back)


def _status(problem: Refused) -> int:
    if not isinstance(problem, Unchanged):
        return 400
    if problem.why in GONE:
        return 404
    return 409 if problem.why in FASTER else 400


def _clean(slots: Mapping[str, Any]) -> dict[str, Any]:
    return {name: clean(str(value)) for name, value in slots.items()}
