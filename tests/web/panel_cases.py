"""Which cases does a panel under test show? One of each state that a page must have words for, all of them made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

from sqlite_utils import Database

from bot.core.flags import Flag, Reason, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Channel, Edited, Posted, Withdrawn, snowflake_at
from bot.core.opinions import Escalation, Kind, Lean, Opinion
from bot.core.ports import Kept
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.core.retention import Retention
from bot.store import opining, reports, review
from bot.store.connection import open_database
from bot.store.forgetting import forget
from bot.store.keeping import keep
from classifier.verdict import Span
from tests.builders import FLAGGED, MARKET, NOW, SQUARE, THREAD, decision, verdict

ELSEWHERE = Channel("900", "ungdom", guild="2")
MODERATOR, COLLEAGUE, LEAD, ADMIN = "11", "12", "13", "14"  # ids of those who work at the panel
MEMBER = "21"  # who writes, where nothing else is said
KEPT = Retention(90, 365)


class Case(IntEnum):
    """The number of each case, and so its name."""

    THREAT = 1
    HATE = 2
    UNSURE = 3
    WATCHED = 4
    IN_THREAD = 5
    REPORTED = 6
    ASKED = 7  # the colleague has asked for a second opinion
    ESCALATED = 8
    UPHELD = 9
    DISMISSED = 10
    FORGOTTEN = 11
    WITHDRAWN = 12
    EDITED = 13
    HOSTILE = 14
    ENDLESS = 15
    ELSEWHERE = 16  # in the other server
    OWN = 17  # the moderator's own message


HOSTILE = "flagga <script>alert(1)</script> \"'&amp; </main> \u202etxet tdnäv\u202c \u200b\u2066osynlig\u2069"
ENDLESS = "flagga" + "å" * 3_994  # as long as a message can be, without a space
_TEXTS = {Case.HOSTILE: HOSTILE, Case.ENDLESS: ENDLESS}
_PLACES = {Case.IN_THREAD: THREAD, Case.ELSEWHERE: ELSEWHERE, Case.HATE: MARKET, Case.UPHELD: MARKET}
_SCORES = {Case.UNSURE: 0.62, Case.HATE: 0.97}
_THREATS = {Case.THREAT: 0.93, Case.ESCALATED: 0.81}
_MOTIVES = {
    Case.HATE: {"xenophobia": 0.91, "newly_arrived": 0.84},
    Case.UPHELD: {"misogyny": 0.88, "women": 0.86},
    Case.ESCALATED: {"contempt_for_society": 0.78, "politicians": 0.82},
}


def make(path: Path) -> None:
    """Write the database of the cases above."""
    db = open_database(path)
    keep(db, Kept(NOW, [_flag(case) for case in Case], channels={each.id: each for each in _channels()}))
    _say_more(db)
    _decide(db)
    db.execute("UPDATE flags SET announced_at = flagged_at")
    forget(db, KEPT, NOW)
    db.close()


def flagged_at(case: Case) -> datetime:
    """When it was flagged: the threat an hour ago, each later one another four hours before it."""
    return NOW - (timedelta(days=400) if case is Case.FORGOTTEN else timedelta(hours=4 * case - 3))


def _channels() -> tuple[Channel, ...]:
    return SQUARE, MARKET, THREAD, ELSEWHERE


def _flag(case: Case) -> Flag:
    at = flagged_at(case)
    text = _TEXTS.get(case, f"{FLAGGED} nummer {case:d}")
    author = MODERATOR if case is Case.OWN else MEMBER
    posted = Posted(str(snowflake_at(at) + 1), _PLACES.get(case, SQUARE), author, at - timedelta(seconds=2), text)
    score, threat = _SCORES.get(case, 0.9), _THREATS.get(case, 0.02)
    found = verdict(score, threat, **_MOTIVES.get(case, {}))
    return Flag(posted, replace(found, spans=(Span(0, 6, 0.8),)), _reasons(case, score, threat), {"flag": 0.5}, at)


def _reasons(case: Case, score: float, threat: float) -> tuple[Reason, ...]:
    if case is Case.WATCHED:
        return (Reason("watchlist", "flagga det"),)
    found = [Reason("threshold", "flag", score, 0.5)]
    return (*found, Reason("threshold", "threat", threat, 0.5)) if threat > 0.5 else tuple(found)


def _say_more(db: Database) -> None:
    """What colleagues, members and authors have done since."""
    hate = Complaint(Category.HATE, Hurt.SOMEBODY, "Jag blev ledsen av det här.", ("misogyny",))
    report = Report(Reporter("31"), hate, _flag(Case.REPORTED), flagged_at(Case.REPORTED) + timedelta(minutes=9))
    reports.file_all(db, [report], Limits())
    asked = flagged_at(Case.ASKED) + timedelta(minutes=15)
    opining.ask(db, Opinion(Case.ASKED, Kind.ASKED, COLLEAGUE, Lean.UPHOLD, asked, ("misogyny",), "Är det ironi?"))
    opining.escalate(db, Escalation(Case.ESCALATED, COLLEAGUE, flagged_at(Case.ESCALATED), "Ett hot, tror jag."))
    ids = {case: _flag(case).message for case in (Case.WITHDRAWN, Case.EDITED)}
    gone = Withdrawn(ids[Case.WITHDRAWN].id, SQUARE, NOW - timedelta(hours=1))
    edited = Edited(ids[Case.EDITED].id, int((NOW - timedelta(hours=1)).timestamp() * 1000))
    keep(db, Kept(NOW, [gone, edited]))


def _decide(db: Database) -> None:
    later = timedelta(minutes=20)
    slots = {"motives": ("misogyny",), "note": "Mot vår ordning.", "measures": (Measure(Act.WARN),)}
    review.rule(db, decision(Case.UPHELD, Step.UPHOLD, COLLEAGUE, at=flagged_at(Case.UPHELD) + later, **slots))
    review.rule(db, decision(Case.DISMISSED, Step.DISMISS, COLLEAGUE, at=flagged_at(Case.DISMISSED) + later))
