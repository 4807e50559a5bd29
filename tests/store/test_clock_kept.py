"""Does what is past its time limit climb, once, and only while it waits? On real files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.config import Audit
from bot.core.clock import Regime, Rules
from bot.core.flags import Decision, Flag, Reason, Step
from bot.core.measures import Act, Measure
from bot.core.supervision import Period
from bot.core.urgency import THREAT
from bot.store import audits, clock, open_database, unanswered
from bot.store.clock_running import late, next_deadline, running
from bot.store.keeping import keep
from bot.store.queries import StoreReader
from bot.store.review import case, next_case, seen
from bot.store.supervising import supervision
from tests.builders import FLAGGED, NOW, decision, flag, kept, post, verdict

HOUR = timedelta(hours=1)
RULES = Rules(limits={"threat": 4 * HOUR, "other": 48 * HOUR})
KNOWN = Rules(Regime.KNOWLEDGE, RULES.limits)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "uppsikt.db")
    keep(opened, kept(flag(), flag(post(2, FLAGGED), score=0.99)))
    yield opened
    opened.close()


def threat(number: int) -> Flag:
    over = Reason("threshold", "threat", 0.95, 0.5)
    return Flag(post(number, FLAGGED), verdict(0.95, 0.95), (over,), {"threat": 0.5}, NOW)


def later(db: Database, hours: float, rules: Rules = RULES) -> int:
    return clock.climb(db, rules, NOW + hours * HOUR)


def urgency(db: Database, number: int) -> int:
    return int(db.execute("SELECT urgency FROM flags WHERE id = ?", [number]).fetchone()[0])


def is_late(db: Database, number: int = 1) -> bool:
    found = case(db, number)
    assert found is not None
    return found.late_at is not None


def decide(db: Database, number: int, step: Step, at: datetime, *measures: Act) -> None:
    StoreReader(db).decide(Decision(number, step, "Maja", at, measures=tuple(Measure(act) for act in measures)))


def test_what_is_past_its_time_limit_goes_first_among_its_like(db: Database) -> None:
    """But never before a threat, and a late threat goes before others."""
    keep(db, kept(threat(3), threat(4)))
    assert later(db, 3) == 0
    assert later(db, 5) == 2
    assert urgency(db, 3) >= THREAT
    keep(db, kept(threat(5)))
    assert later(db, 49) == 3
    assert urgency(db, 1) < urgency(db, 5)
    assert [urgency(db, number) < THREAT for number in (1, 2)] == [True, True]
    first = next_case(db, ["1"], [])
    assert first is not None
    assert first.id == 3


def test_it_climbs_once_and_the_leads_are_told_once(db: Database) -> None:
    """However often it is looked for."""
    later(db, 49)
    found = unanswered.unanswered(db)
    assert found is not None
    for number in (1, 2):
        unanswered.told(db, number, (), NOW + 50 * HOUR)
    assert unanswered.unanswered(db) is None
    assert later(db, 99) == 0


def test_a_decided_case_is_never_late(db: Database) -> None:
    """Its clock has stopped."""
    decide(db, 1, Step.DISMISS, NOW + HOUR)
    decide(db, 2, Step.UPHOLD, NOW + HOUR)
    assert later(db, 99) == 0


def test_what_was_decided_and_not_carried_out_is_late_too(db: Database) -> None:
    """The message stands there still, and the leads hear of it."""
    later(db, 1)
    decide(db, 1, Step.UPHOLD, NOW + HOUR, Act.DELETE)
    decide(db, 2, Step.DISMISS, NOW + HOUR)
    assert later(db, 49) == 1
    found = unanswered.unanswered(db)
    assert found is not None
    assert (found.id, found.is_open) == (1, False)
    db.execute("UPDATE measures SET state = 'done', done_at = ?", [(NOW + 50 * HOUR).isoformat()])
    assert unanswered.unanswered(db) is None


def test_under_knowledge_time_begins_with_the_first_look(db: Database) -> None:
    """What nobody has seen is never late; what is seen is, so long after."""
    assert later(db, 99, KNOWN) == 0
    seen(db, 1, NOW + 100 * HOUR)
    assert later(db, 147, KNOWN) == 0
    assert later(db, 149, KNOWN) == 1
    assert (is_late(db, 1), is_late(db, 2)) == (True, False)


def test_a_case_that_is_opened_anew_is_late_no_more_until_its_new_time_is_up(db: Database) -> None:
    """It climbs again then."""
    later(db, 49)
    decide(db, 1, Step.UPHOLD, NOW + 50 * HOUR)
    decide(db, 1, Step.REOPEN, NOW + 60 * HOUR)
    assert not is_late(db)
    assert later(db, 100) == 0
    assert later(db, 109) == 1


def test_a_report_of_a_threat_makes_the_time_shorter(db: Database) -> None:
    """The case is worked out anew, though it had its time already."""
    later(db, 1)
    db.execute("""INSERT INTO reports (flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt,
        trusted, weight, made_at) VALUES (1, '1', 'u1', '100', '', 'threat', '[]', 'me', 0, 0.5, ?)""",
        [NOW.isoformat()])  # fmt: skip
    assert later(db, 5) == 1
    assert is_late(db, 1)


def test_that_other_rules_hold_is_on_record_once_and_holds_for_what_waits(db: Database) -> None:
    """What was late by the old ones is not by the new."""
    clock.begin(db, RULES, NOW)
    clock.begin(db, RULES, NOW + HOUR)
    later(db, 49)
    clock.begin(db, KNOWN, NOW + 50 * HOUR)
    rows = db.execute("SELECT by, facts FROM deeds WHERE kind = 'clock' ORDER BY id").fetchall()
    assert [json.loads(row["facts"])["regime"] for row in rows] == ["uppsikt", "kännedom"]
    assert not is_late(db)
    assert urgency(db, 1) < 1000
    assert later(db, 51, KNOWN) == 0


def test_the_nearest_deadline_is_first_and_what_is_late_is_counted(db: Database) -> None:
    """Whether the bot has noticed or not."""
    keep(db, kept(threat(3)))
    clock.work_out(db, RULES)
    found = running(db, ["1"], RULES, NOW + 5 * HOUR, 10)
    assert ([each.flag for each in found.cases], found.late) == ([3, 1, 2], 1)
    assert next_deadline(db, ["1"]) == NOW + 4 * HOUR
    later(db, 5)
    assert (late(db, ["1"]), late(db, ["2"])) == (1, 0)
    assert running(db, ["2"], RULES, NOW, 10).cases == []


@pytest.mark.parametrize("query", [clock.UNDATED, clock.PASSED])
def test_looking_costs_the_same_however_many_wait(db: Database, query: str) -> None:
    """By the index on the moment."""
    plan = db.execute(f"EXPLAIN QUERY PLAN {query}", ["1"] * query.count("?")).fetchall()
    assert ["flags_passing" in row[3] for row in plan] == [True]


def test_a_month_stays_as_it_was_whatever_comes_after(db: Database) -> None:
    """Decided in January, opened anew and dismissed in February: January says that it was upheld in time."""
    january = Period(NOW - 24 * HOUR, NOW + 24 * HOUR)
    seen(db, 1, NOW + HOUR)
    decide(db, 1, Step.UPHOLD, NOW + 2 * HOUR, Act.DELETE)
    db.execute("UPDATE measures SET state = 'done', done_at = ?", [(NOW + 3 * HOUR).isoformat()])
    before = supervision(db, january, RULES)
    decide(db, 1, Step.REOPEN, NOW + 30 * HOUR)
    decide(db, 1, Step.DISMISS, NOW + 99 * HOUR)
    StoreReader(db).decide(decision(2, Step.DISMISS, by="Nils", at=NOW + 99 * HOUR))
    after = supervision(db, january, RULES)
    assert after == before
    assert (after.counts.upheld, after.counts.dismissed, after.counts.people, after.counts.seen) == (1, 0, 1, 1)
    assert (after.total.decided, after.total.within, after.total.open, after.total.overdue) == (1, 1, 1, 0)
    assert after.counts.acted == {"delete": 1}


def test_while_samples_are_drawn_time_tells_nothing_of_what_a_case_is_about(db: Database) -> None:
    """A sample and a flag have the same time, the shortest of the motives'; a threat its own."""
    audits.begin(db, Audit(enabled=True))
    about = [(Reason("threshold", "misogyny", 0.9, 0.5),), (Reason("audit", "low", 0.1),)]
    for number, reasons in enumerate(about, 3):
        keep(db, kept(Flag(post(number, FLAGGED), verdict(0.9, misogyny=0.9), reasons, {"flag": 0.5}, NOW)))
    rules = Rules(limits={"threat": HOUR, "misogyny": 9 * HOUR, "other": 48 * HOUR})
    found = list(clock.of_flags(db, [1, 3, 4], rules))
    assert {(each.category, each.limit) for each in found} == {("other", 9 * HOUR)}
    decide(db, 3, Step.UPHOLD, NOW + HOUR)
    told = clock.of_flag(db, 3, rules)
    assert told is not None
    assert told.category == "misogyny"
