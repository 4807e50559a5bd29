"""What happens in one transaction when somebody asks for a second opinion, escalates, or reads a case again?

Who may is asked of core.opinions with what is saved at that moment: of two at once, one is first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.cases import Card, Case, Reread, Ruling
from bot.core.flags import Decision, Step
from bot.core.opinions import Course, Escalation, Kind, Lean, Opinion, Waits, agrees, may_ask
from bot.store import cards, opinions, readings
from bot.store.keeping import stamp
from bot.store.queries import StoreReader
from bot.store.review import case
from bot.store.transaction import at_once

# By escalations_untold; what was decided meanwhile is told if it is ever reopened.
UNTOLD = """SELECT flag_id FROM escalations INDEXED BY escalations_untold CROSS JOIN flags ON flags.id = flag_id
    WHERE told_at IS NULL AND state = 'pending' AND text IS NOT NULL AND restricted_at IS NULL
    ORDER BY escalations.id LIMIT ?"""


def ask(db: Database, opinion: Opinion) -> Ruling | None:
    """Ask somebody else, and save how the asker leans; unchanged where the case waits for somebody already."""
    with at_once(db):
        before = case(db, opinion.flag)
        if before is None or not before.is_open or not may_ask(before.waits):
            return None if before is None else Ruling(before, False)
        if opinion.by == before.author:
            return Ruling(before, False, Course.OWN)
        opinions.save(db, opinion)
        opinions.wait_for(db, opinion.flag, Waits.ANOTHER)
        return Ruling(_known(db, opinion.flag), True)


def escalate(db: Database, escalation: Escalation) -> Ruling | None:
    """Hand an open case to the leads; unchanged where it is theirs already."""
    with at_once(db):
        before = case(db, escalation.flag)
        if before is None or not before.is_open or before.waits is Waits.LEADS:
            return None if before is None else Ruling(before, False)
        if escalation.by == before.author:
            return Ruling(before, False, Course.OWN)
        opinions.save_escalation(db, escalation)
        return Ruling(_known(db, escalation.flag), True)


def reread(db: Database, answer: Decision) -> Reread | None:
    """A blind second reading: an opinion, and where it differs from the decision, the flag is open again."""
    with at_once(db):
        before = case(db, answer.flag)
        if before is None:
            return None
        reading = readings.of_flag(db, answer.flag, answer.at)
        if reading is None or answer.by in (reading.by, before.author) or before.decision is None:
            return Reread(before, None)
        lean = Lean(answer.step.value)
        agreed = agrees(lean, before.decision.step)
        readings.end(db, answer.flag, answer.at)
        if not agreed:
            StoreReader(db).decide(Decision(answer.flag, Step.REOPEN, answer.by, answer.at))
            opinions.wait_for(db, answer.flag, Waits.JOINT)
        opinion = Opinion(answer.flag, Kind.DRAWN, answer.by, lean, answer.at, answer.motives, answer.note)
        opinions.save(db, opinion, reading.decision)
        return Reread(_known(db, answer.flag), agreed)


def untold(db: Database, limit: int) -> list[Case]:
    """The oldest escalations that the leads were not told of."""
    return [_known(db, row["flag_id"]) for row in db.execute(UNTOLD, [limit]).fetchall()]


def told(db: Database, flag: int, shown: Sequence[Card], at: datetime) -> None:
    """Note that the leads were told, and by which card."""
    with at_once(db):
        db.execute("UPDATE escalations SET told_at = ? WHERE flag_id = ?", [stamp(at), flag])
        for card in shown:
            cards.shown(db, card)


def _known(db: Database, flag: int) -> Case:
    found = case(db, flag)
    assert found is not None, "flags are never deleted"
    return found
