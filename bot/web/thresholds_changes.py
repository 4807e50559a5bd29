"""How does an admin change thresholds at the panel? By a proposal that somebody applies, and by taking it back.

Each step is a form of its own; what is in force is asked for anew each time, by the rules of Discord and the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.core.errors import Refused
from bot.core.roles import Deed
from bot.core.tuning.changes import Change, Proposal, State, last, standing, to_undo
from bot.core.tuning.in_force import as_if, in_force, is_idle, limits_at
from bot.core.tuning.unchanged import Objection, Unchanged
from bot.tuning_desk import Footing
from bot.web.pages import page, see
from bot.web.thresholds_asked import Asked, asked
from bot.web.thresholds_look import desk_of, servers
from bot.web.thresholds_refusals import HOME, refused
from bot.web.thresholds_words import Words
from bot.web.visit import Handler, Route, Visit

CHANGES = f"{HOME}/changes"
NUMBER = "{number:[0-9]{1,9}}"


def when_it_can(handler: Handler) -> Handler:
    """What the rules refuse is told on a page; so is that there is no model to judge by."""

    async def answer(visit: Visit) -> web.StreamResponse:
        if visit.desk.tuning is None:
            return refused(visit, Refused(visit.say("thresholds-no-model")), "/")
        try:
            return await handler(visit)
        except Refused as problem:
            return refused(visit, problem)

    return answer


async def _propose(visit: Visit) -> web.StreamResponse:
    form = _form(await visit.request.post())
    wanted = asked(form, visit.say)
    values = wanted.values(desk_of(visit))
    try:
        if values is None:
            raise Unchanged(Objection.EMPTY)
        change = await desk_of(visit).propose(
            wanted.where, values, visit.who.who, form.get("why", "").strip(), await _servers(visit), _base(form),
            wanted.days,
        )  # fmt: skip
    except Unchanged as problem:
        return refused(visit, problem, f"{HOME}?{wanted.query}")
    return see(f"{CHANGES}/{change.number}")


async def _apply(visit: Visit) -> web.StreamResponse:
    return await _settle(visit, apply=True)


async def _withdraw(visit: Visit) -> web.StreamResponse:
    return await _settle(visit, apply=False)


async def _settle(visit: Visit, *, apply: bool) -> web.StreamResponse:
    desk, number = desk_of(visit), _number(visit)
    try:
        await (desk.apply if apply else desk.withdraw)(number, visit.who.who, await _servers(visit))
    except Unchanged as problem:
        known = problem.why is not Objection.UNKNOWN
        return refused(visit, problem, f"{CHANGES}/{number}" if known else HOME)
    return see(f"{CHANGES}/{number}")


async def _change(visit: Visit) -> web.StreamResponse:
    footing, change = await desk_of(visit).proposal(_number(visit), await _servers(visit))
    it, words = change.proposal, Words(visit)
    undone = next(
        (each.number for each in footing.changes if each.applied and each.proposal.undoes == change.number), 0
    )
    earlier = [each for each in footing.changes if each.number < change.number]
    return page(
        visit, "thresholds_change.html", 200, words=words, change=change, it=it, undone=undone,
        **told(it, earlier, footing, words),
        waits=change.state is State.PROPOSED, is_stale=it.base != last(footing.changes),
        can_undo=_can_undo(footing, change), is_idle=is_idle(change, footing.configured),
        again=_again(it).query,
    )  # fmt: skip


async def _look_back(visit: Visit) -> web.StreamResponse:
    back = await desk_of(visit).look_back(_number(visit), await _servers(visit))
    words = Words(visit)
    return page(
        visit, "thresholds_undo.html", 200, words=words, taken=back.taken, it=back.proposal,
        base=last(back.footing.changes), **told(back.proposal, back.footing.changes, back.footing, words),
    )  # fmt: skip


async def _undo(visit: Visit) -> web.StreamResponse:
    form, number = _form(await visit.request.post()), _number(visit)
    why = form.get("why", "").strip()
    if not why:
        raise Unchanged(Objection.REASON)
    try:
        change = await desk_of(visit).undo(number, _base(form), visit.who.who, why, await _servers(visit))
    except Unchanged as problem:
        return refused(visit, problem, f"{CHANGES}/{number}" if problem.why is not Objection.UNKNOWN else HOME)
    return see(f"{CHANGES}/{change.number}")


def told(it: Proposal, known: Sequence[Change], footing: Footing, words: Words) -> dict[str, Any]:
    """A proposal beside what is in force where some changes are known, and its figures."""
    policies = in_force(footing.configured, known), as_if(footing.configured, known, it)
    before, after = (limits_at(policy, it.where, footing.channels) for policy in policies)
    return {
        "place": words.place(it.where, footing.channels),
        "values": words.values(list(it.values), before, after),
        "rows": words.beside(it.figures) if it.figures else [],
        "moved": [words.moved(kind, moved) for kind, moved in words.told_moves(it.figures)] if it.figures else [],
        "rests": words.rests(it.figures) if it.figures else [],
    }


def _can_undo(footing: Footing, change: Change) -> bool:
    """Whether it stands, and nothing stands upon it."""
    if change not in standing(footing.changes):
        return False
    try:
        to_undo(footing.changes, change.number)
    except Unchanged:
        return False
    return True


def _again(it: Proposal) -> Asked:
    """Where the figures of a proposal can be looked at anew."""
    label, value = next(iter(it.values.items()))
    return Asked(it.where, label, threshold=value if len(it.values) == 1 else None)


async def _servers(visit: Visit) -> Sequence[str]:
    return servers(visit, await desk_of(visit).footing())


def _form(given: Mapping[str, object]) -> dict[str, str]:
    """The fields of a form; a file in place of one is none."""
    return {name: value for name, value in given.items() if isinstance(value, str)}


def _base(form: Mapping[str, str]) -> int:
    """The last change in force when the form was shown; 400 for what is none of ours."""
    text = form.get("base", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise web.HTTPBadRequest
    return int(text)


def _number(visit: Visit) -> int:
    return int(visit.request.match_info["number"])


ROUTES = (
    Route("POST", f"{HOME}/propose", when_it_can(_propose), Deed.TUNE),
    Route("GET", f"{CHANGES}/{NUMBER}", when_it_can(_change), Deed.TUNE),
    Route("POST", f"{CHANGES}/{NUMBER}/apply", when_it_can(_apply), Deed.TUNE),
    Route("POST", f"{CHANGES}/{NUMBER}/withdraw", when_it_can(_withdraw), Deed.TUNE),
    Route("GET", f"{CHANGES}/{NUMBER}/undo", when_it_can(_look_back), Deed.TUNE),
    Route("POST", f"{CHANGES}/{NUMBER}/undo", when_it_can(_undo), Deed.TUNE),
)
