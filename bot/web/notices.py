"""What is said first on a page, after a form? The address holds numbers and a key of ours; the words are made here.

A break is suggested as in Discord: to one person, of that person's own figures, which stand in no address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.cases import UNDO, Case, can_undo
from bot.web.found import found
from bot.web.visit import Visit

_NUMBER = re.compile(r"[0-9]{1,18}")
REST = {"rest": "1"}  # in an address: a break is to be suggested


class Became(StrEnum):
    """What a form has done."""

    DECIDED = "decided"
    OPINION = "opinion"
    ASKED = "asked"
    ESCALATED = "escalated"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    UNWANTED = "unwanted"
    REOPENED = "reopened"
    UNDONE = "undone"
    GRANTED = "granted"  # an appeal
    REJECTED = "rejected"
    MARKED = "marked"  # a report, as abusive
    EMPTY = "empty"
    PAUSED = "paused"


SENTENCES: Mapping[Became, str] = {
    Became.OPINION: "course-opinion",
    Became.ASKED: "second-asked",
    Became.ESCALATED: "escalate-done",
    Became.AGREED: "reread-agreed",
    Became.DISAGREED: "reread-disagreed",
    Became.UNWANTED: "reread-unwanted",
    Became.REOPENED: "reopened",
    Became.UNDONE: "web-undone",
    Became.GRANTED: "judged-granted",
    Became.REJECTED: "judged-rejected",
    Became.EMPTY: "web-queue-empty",
    Became.PAUSED: "web-paused",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence; of a decision, of which case and for how many more seconds it can be undone. `rest` suggests a
    break."""

    sentence: str = ""
    undo_seconds: int = 0
    case: str = ""
    rest: str = ""
    is_paused: bool = False


async def notice(visit: Visit) -> Notice:
    """What to say first; nothing for what is not ours."""
    query, rest = visit.request.query, await _rest(visit)
    if query.get("became") not in list(Became):
        return Notice(rest=rest)
    became = Became(query["became"])
    if became in (Became.EMPTY, Became.PAUSED):
        return Notice(visit.say(SENTENCES[became]), rest=rest, is_paused=became is Became.PAUSED)
    case = await found(visit, query.get("did", ""))
    if case is None:
        return Notice(rest=rest)
    sentence, seconds = _told(visit, became, case)
    return Notice(sentence, seconds, str(case.id) if sentence else "", rest)


async def rested(visit: Visit) -> Mapping[str, str]:
    """What an address is given where a break is to be suggested after a decision: at most once an hour."""
    caring = visit.desk.caring
    if caring is None or await caring.suggestion_after_deciding(visit.who.who) is None:
        return {}
    return REST


def _told(visit: Visit, became: Became, case: Case) -> tuple[str, int]:
    if became is Became.DECIDED:
        return _decided(visit, case)
    if became is Became.MARKED:
        report = visit.request.query.get("report", "")
        return visit.say("abuse-marked", number=report) if _NUMBER.fullmatch(report) else "", 0
    return visit.say(SENTENCES[became], flag=str(case.id)), 0


def _decided(visit: Visit, case: Case) -> tuple[str, int]:
    if case.decision is None or case.decision.by != visit.who.who.strip():
        return "", 0
    now = visit.desk.clock.now()
    left = (case.decision.at + UNDO - now).total_seconds() if can_undo(case, visit.who.who, now) else 0
    return visit.say("web-did-" + case.decision.step, flag=str(case.id)), max(0, int(left))


async def _rest(visit: Visit) -> str:
    caring = visit.desk.caring
    if caring is None or visit.request.query.get("rest") != "1":
        return ""
    read = await caring.suggestion(visit.who.who)
    return "" if read is None else visit.say("web-pause-nudge", cases=read.cases, severe=read.severe)
