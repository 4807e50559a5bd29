"""What happens when somebody upholds or dismisses a case, takes that back, or opens a decided one again?

The rules are those of everywhere: `Reviewing` says what a press becomes. Whoever was late is told what was decided, and
nothing is changed; the same form sent twice is one decision.
"""

from __future__ import annotations

from aiohttp import web

from bot.core.cases import Case, can_reopen
from bot.core.desk_listing import Unclear, Wanted, wanted
from bot.core.errors import BadInput
from bot.core.flags import State, Step
from bot.core.opinions import Course
from bot.core.roles import Deed
from bot.web.form import Filled, filled
from bot.web.found import found, is_reread, told, unknown
from bot.web.notices import Became
from bot.web.onward import onward, there
from bot.web.visit import Handler, Route, Visit

OUTCOMES = {Step.UPHOLD: State.UPHELD, Step.DISMISS: State.DISMISSED}


def _deciding(step: Step) -> Handler:
    async def decide(visit: Visit) -> web.StreamResponse:
        case = await found(visit, visit.request.match_info["flag"])
        if case is None:
            return unknown(visit)
        try:
            asked = wanted(visit.request.query)
            given = await filled(visit, visit.desk.settings.offered() if visit.desk.beside is not None else ())
        except BadInput:
            return told(visit, 400, visit.say("web-unreadable"))
        if case.forgotten:
            return told(visit, 410, outcome(visit, case))
        if await is_reread(visit, case):
            return await _reread(visit, asked, case, step, given)
        return await _decided(visit, asked, case, step, given)

    return decide


async def _decided(visit: Visit, asked: Wanted, case: Case, step: Step, given: Filled) -> web.StreamResponse:
    who, leads = visit.who.who, visit.may(Deed.SETTLE)
    motives, measures = (given.motives, given.measures) if step is Step.UPHOLD else ((), ())
    if not case.is_open:
        return await _late(visit, asked, case, step)
    if visit.desk.beside is not None and measures:
        problems = await visit.desk.beside.hindered(case, measures)
        if said := [visit.say(f"act-{act}") for act, why in problems.items() if why is not None]:
            return told(visit, 409, visit.say("refused-measures", what=", ".join(said)))
    ruling = await visit.desk.reviewing.decide(
        case.id, step, who, motives, given.note, measures, leads=leads, undoable=True
    )
    assert ruling is not None, "flags are never deleted"
    if ruling.changed:
        return await onward(
            visit, asked, case.id, Became.OPINION if ruling.course is Course.OPINION else Became.DECIDED
        )
    if ruling.course is not Course.DECISION:
        return told(visit, 409, visit.say(f"course-{ruling.course}", flag=str(case.id)))
    return await _late(visit, asked, ruling.case, step)


async def _late(visit: Visit, asked: Wanted, case: Case, step: Step) -> web.StreamResponse:
    """Somebody was faster, or the same form came twice."""
    last = case.decision
    if last is not None and last.by == visit.who.who.strip() and OUTCOMES[step] is case.state:
        return await onward(visit, asked, case.id, Became.DECIDED)
    return told(visit, 410 if case.forgotten else 409, visit.say("refused-decided", outcome=outcome(visit, case)))


async def _reread(visit: Visit, asked: Wanted, case: Case, step: Step, given: Filled) -> web.StreamResponse:
    motives = given.motives if step is Step.UPHOLD else ()
    done = await visit.desk.reviewing.opinions.reread(case.id, step, visit.who.who, motives, given.note)
    assert done is not None, "flags are never deleted"
    became = {True: Became.AGREED, False: Became.DISAGREED, None: Became.UNWANTED}
    return await onward(visit, asked, case.id, became[done.agreed])


async def _undo(visit: Visit) -> web.StreamResponse:
    case = await found(visit, visit.request.match_info["flag"])
    if case is None:
        return unknown(visit)
    ruling = await visit.desk.reviewing.undo(case.id, visit.who.who)
    if ruling is None or not ruling.changed:
        return told(visit, 409, visit.say("web-undo-late", outcome=outcome(visit, case)))
    return there(_asked(visit), {"case": str(case.id), "did": str(case.id), "became": str(Became.UNDONE)}, "#case")


async def _reopen(visit: Visit) -> web.StreamResponse:
    case = await found(visit, visit.request.match_info["flag"])
    if case is None:
        return unknown(visit)
    ruling = None
    if can_reopen(case, visit.who.who):
        ruling = await visit.desk.reviewing.decide(case.id, Step.REOPEN, visit.who.who)
    if ruling is None or not ruling.changed:
        return told(visit, 409, visit.say("refused-reopen", flag=str(case.id)))
    return await onward(visit, Wanted(), case.id, Became.REOPENED)


def outcome(visit: Visit, case: Case) -> str:
    """In one sentence: what a case is now."""
    if case.decision is None:
        return visit.say(f"outcome-{case.without}", flag=str(case.id))
    who, when = visit.name(case.decision.by), visit.when(case.decision.at)
    return visit.say(f"outcome-{case.state}", flag=str(case.id), who=who, when=when)


def _asked(visit: Visit) -> Wanted:
    try:
        return wanted(visit.request.query)
    except Unclear:  # undoing must not fail for a filter that is unclear
        return Wanted()


ROUTES = (
    Route("POST", "/case/{flag:[0-9]{1,18}}/uphold", _deciding(Step.UPHOLD), Deed.DECIDE),
    Route("POST", "/case/{flag:[0-9]{1,18}}/dismiss", _deciding(Step.DISMISS), Deed.DECIDE),
    Route("POST", "/case/{flag:[0-9]{1,18}}/undo", _undo, Deed.DECIDE),
    Route("POST", "/case/{flag:[0-9]{1,18}}/reopen", _reopen, Deed.DECIDE),
)
