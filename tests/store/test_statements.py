"""Is what an author is told, and says, kept with the decision it is about, and forgotten with the flag's text?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.appeals import Hindrance, Objection
from bot.core.cases import Card, Told
from bot.core.flags import State, Step
from bot.core.history import Standing
from bot.core.measures import Act, Measure
from bot.core.retention import Retention
from bot.core.statements import News, Outcome, Statement
from bot.store import StoreReader, appeals, open_database, statements, told
from bot.store.cards import announced, behind
from bot.store.forgetting import forget
from bot.store.history import EARLIER, history
from bot.store.keeping import keep
from bot.store.review import case
from bot.store.statistics import handling
from tests.builders import NOW, bytes_beside, decision, flag, kept, post

DELETE, WARN, HANDOVER = Measure(Act.DELETE), Measure(Act.WARN), Measure(Act.HANDOVER)
DAYS = 180


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


def flagged(db: Database, *numbers: int, author: str = "u1") -> None:
    keep(db, kept(*(flag(post(n, f"text {n}", author=author)) for n in numbers or (1,))))


def uphold(db: Database, number: int = 1, *measures: Measure, by: str = "Maja", days: float = 0) -> None:
    StoreReader(db).decide(decision(number, by=by, measures=measures, at=NOW + timedelta(days=days)))


def news(db: Database) -> list[tuple[int, str]]:
    return [(each.statement.case.id, str(each.news)) for each in told.due(db, 0, 99)]


def appealed(db: Database, number: int = 1, words: str = "nej", days: float = 1) -> Statement:
    made = appeals.appeal(db, number, "u1", words, "sv", NOW + timedelta(days=days), DAYS)
    assert isinstance(made, Statement)
    return made


def judged(db: Database, outcome: Outcome, who: str = "Mo", days: float = 2) -> Statement | Objection:
    return appeals.judge(db, 1, who, outcome, "så är det", NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("measures", "found"),
    [([], []), ([HANDOVER], []), ([WARN], [(1, "statement")]), ([DELETE, HANDOVER], [(1, "statement")])],
)
def test_a_statement_is_kept_for_every_measure_against_the_author_and_for_nothing_else(
    db: Database, measures: list[Measure], found: list[tuple[int, str]]
) -> None:
    flagged(db)
    uphold(db, 1, *measures)
    assert news(db) == found


def test_a_decision_that_cannot_be_told_is_not_kept_either(db: Database) -> None:
    flagged(db)
    db.execute("CREATE TRIGGER full BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        uphold(db, 1, WARN)
    assert StoreReader(db).flag(1).state is State.PENDING
    assert db.execute("SELECT count(*) FROM decisions").fetchone()[0] == 0
    db.execute("DROP TRIGGER full")
    uphold(db, 1, WARN)
    assert news(db) == [(1, "statement")]


def test_deciding_the_same_again_tells_nothing_again(db: Database) -> None:
    flagged(db)
    uphold(db, 1, WARN)
    uphold(db, 1, WARN)
    assert news(db) == [(1, "statement")]


def test_what_is_taken_back_otherwise_is_told(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    StoreReader(db).decide(decision(1, Step.REOPEN))
    assert news(db) == [(1, "statement")]
    StoreReader(db).decide(decision(1, Step.DISMISS))
    assert news(db) == [(1, "statement"), (1, "withdrawn")]


def test_a_decision_made_anew_has_a_statement_of_its_own_or_takes_back_the_first(db: Database) -> None:
    flagged(db, 1, 2)
    for number in (1, 2):
        uphold(db, number, DELETE)
        StoreReader(db).decide(decision(number, Step.REOPEN))
    uphold(db, 1, WARN)
    uphold(db, 2)
    assert news(db) == [(1, "statement"), (2, "statement"), (1, "statement"), (2, "withdrawn")]
    latest = told.statement(db, 1)
    assert latest is not None
    assert (latest.measures, latest.ended_at) == ((WARN,), None)


def test_granting_an_appeal_takes_the_decision_back_in_one_transaction(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db)
    db.execute(
        "CREATE TRIGGER full BEFORE INSERT ON decisions WHEN NEW.step = 'dismiss' BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    with pytest.raises(Exception, match="x"):
        judged(db, Outcome.GRANTED)
    assert StoreReader(db).flag(1).state is State.UPHELD
    assert appeals.open_appeals(db, ["1"], 9)[0] == 1
    db.execute("DROP TRIGGER full")
    after = judged(db, Outcome.GRANTED)
    assert isinstance(after, Statement)
    assert (after.case.state, after.appeal and after.appeal.outcome) == (State.DISMISSED, Outcome.GRANTED)
    assert news(db) == [(1, "statement"), (1, "granted")]
    steps = [tuple(row) for row in db.execute("SELECT step, by FROM decisions ORDER BY id").fetchall()]
    assert steps == [("uphold", "Maja"), ("reopen", "Mo"), ("dismiss", "Mo")]


def test_rejecting_an_appeal_leaves_the_flag_upheld(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db)
    judged(db, Outcome.REJECTED)
    assert StoreReader(db).flag(1).state is State.UPHELD
    assert news(db) == [(1, "statement"), (1, "rejected")]
    assert db.execute("SELECT count(*) FROM decisions").fetchone()[0] == 1


def test_an_appeal_is_made_once_and_decided_once_and_not_by_the_first_decider(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    assert appeals.appeal(db, 1, "u2", "nej", "sv", NOW, DAYS) is Hindrance.UNKNOWN
    assert appeals.appeal(db, 10**30, "u1", "nej", "sv", NOW, DAYS) is Hindrance.UNKNOWN
    appealed(db)
    assert appeals.appeal(db, 1, "u1", "nej", "sv", NOW, DAYS) is Hindrance.TWICE
    assert judged(db, Outcome.GRANTED, "Maja") is Objection.INVOLVED
    assert isinstance(judged(db, Outcome.REJECTED, "Mo"), Statement)
    assert judged(db, Outcome.GRANTED, "My") is Objection.OVER
    assert appeals.judge(db, 10**30, "My", Outcome.GRANTED, "", NOW) is Objection.UNKNOWN


def test_an_open_appeal_ends_when_its_decision_is_taken_back_otherwise(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db)
    StoreReader(db).decide(decision(1, Step.REOPEN))
    assert judged(db, Outcome.GRANTED) is Objection.REOPENED
    StoreReader(db).decide(decision(1, Step.DISMISS))
    assert judged(db, Outcome.GRANTED) is Objection.OVER
    assert news(db) == [(1, "statement"), (1, "withdrawn")]
    assert appeals.open_appeals(db, ["1"], 9) == (0, [])


def test_what_cannot_be_sent_waits_for_its_author_alone_and_the_flags_cards_say_so(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    found = case(db, 1)
    assert found is not None
    announced(db, Told([1], [Card(1, "5", "6", found.version)]), NOW)
    (notice,) = told.due(db, 0, 9)
    statements.waits(db, notice)
    assert told.due(db, 0, 9) == []
    assert [each.flag for each in behind(db, 0, 9)] == [1]
    assert told.waiting(db, "u2", 9) == []
    (waiting,) = told.waiting(db, "u1", 9)
    after = case(db, 1)
    assert after is not None
    assert after.untold
    statements.received(db, [waiting], NOW)
    after = case(db, 1)
    assert after is not None
    assert not after.untold
    assert told.waiting(db, "u1", 9) == []


def test_open_appeals_are_counted_among_the_figures(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db)
    assert handling(db, ["1"], NOW).appeals == 1
    assert handling(db, ["2"], NOW).appeals == 0


# Forgetting.


def test_an_open_appeal_keeps_the_text_it_is_about_and_a_decided_one_goes_with_it(db: Database) -> None:
    rules = Retention(90, 365)
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db, days=80)
    assert forget(db, rules, NOW + timedelta(days=100)) == 0
    judged(db, Outcome.REJECTED, days=110)
    assert forget(db, rules, NOW + timedelta(days=199)) == 0
    assert forget(db, rules, NOW + timedelta(days=201)) == 1
    after = told.appealed(db, 1)
    assert after is not None
    assert after.appeal is not None
    assert (after.appeal.words, after.appeal.answer, after.appeal.outcome) == (None, None, Outcome.REJECTED)


def test_an_appeal_that_nobody_decides_is_forgotten_at_last(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db)
    assert forget(db, Retention(90, 365), NOW + timedelta(days=365)) == 0
    assert forget(db, Retention(90, 365), NOW + timedelta(days=367)) == 1
    after = told.appealed(db, 1)
    assert after is not None
    assert after.appeal is not None
    assert after.appeal.words is None


def test_not_a_byte_of_what_was_said_outlives_the_text(db: Database, path: Path) -> None:
    for n in range(1, 30):
        keep(db, kept(flag(post(n, f"MARKETEXT{n:03d} " * n, author="u1"))))
        uphold(db, n, DELETE)
        appealed(db, n, f"MARKEORD{n:03d} " * 40)
        appeals.judge(db, n, "Mo", Outcome.REJECTED, f"MARKESVAR{n:03d} " * 20, NOW + timedelta(days=2))
    before = bytes_beside(path)
    assert all(mark in before for mark in (b"MARKETEXT007", b"MARKEORD007", b"MARKESVAR007"))
    forget(db, Retention(0, 1), NOW + timedelta(days=4000))
    after = bytes_beside(path)
    assert b"MARKE" not in after


# A member's cases.


def test_a_history_holds_what_was_upheld_and_what_became_of_it_and_nothing_that_was_dismissed(db: Database) -> None:
    flagged(db, *range(1, 8))
    for n in (1, 2, 3, 4, 5):
        uphold(db, n, DELETE, days=n)
    StoreReader(db).decide(decision(6, Step.DISMISS))
    appeals.appeal(db, 2, "u1", "nej", "sv", NOW, DAYS)
    appeals.appeal(db, 3, "u1", "nej", "sv", NOW, DAYS)
    appeals.appeal(db, 4, "u1", "nej", "sv", NOW, DAYS)
    appeals.judge(db, 1, "Mo", Outcome.GRANTED, "", NOW)
    appeals.judge(db, 2, "Mo", Outcome.REJECTED, "", NOW)
    StoreReader(db).decide(decision(5, Step.REOPEN))
    StoreReader(db).decide(decision(5, Step.DISMISS))
    found = {each.flag: each.standing for each in history(db, "u1", ["1"], 20)}
    assert found == {
        1: Standing.STANDS,
        2: Standing.PARDONED,
        3: Standing.CONFIRMED,
        4: Standing.APPEALED,
        5: Standing.REVERSED,
    }
    assert [each.flag for each in history(db, "u1", ["1"], 2)] == [5, 4]
    assert history(db, "u1", ["2"], 20) == history(db, "u2", ["1"], 20) == []


def test_a_case_knows_its_authors_other_upheld_cases_of_the_last_ninety_days(db: Database) -> None:
    flagged(db, 1, 2, 3)
    flagged(db, 4, author="u2")
    keep(db, kept(flag(post(5, "text 5", author="u1"), at=NOW + timedelta(days=95))))
    for n, days in ((1, 0), (2, 10), (4, 10)):
        uphold(db, n, days=days)
    found = case(db, 5)
    assert found is not None
    assert [each.flag for each in found.earlier] == [2]
    third = case(db, 3)
    assert third is not None
    assert [each.flag for each in third.earlier] == [1, 2]


def test_a_members_cases_are_found_by_an_index(db: Database) -> None:
    plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {EARLIER}", ["u1", "1", 1, ""]).fetchall())
    assert "flags_upheld_of_author" in plan
    assert "SCAN" not in plan


def test_the_news_of_one_statement_come_in_order(db: Database) -> None:
    flagged(db)
    uphold(db, 1, DELETE)
    appealed(db)
    judged(db, Outcome.REJECTED)
    first, second = told.due(db, 0, 9)
    assert (first.news, second.news) == (News.STATEMENT, News.REJECTED)
    assert not first.tried
    statements.trying(db, first, NOW)
    assert told.due(db, 0, 1)[0].tried
    statements.told(db, first, NOW)
    assert [each.id for each in told.due(db, 0, 9)] == [second.id]


def test_whoever_decided_the_oldest_appealed_cases_is_given_the_first_that_somebody_else_decided(db: Database) -> None:
    """A flood of appeals on one moderator's decisions keeps nobody from the others."""
    flagged(db, *range(1, 14))
    flagged(db, 14, author="9")
    for number in range(1, 13):
        uphold(db, number, WARN, by="1")
        appealed(db, number)
    uphold(db, 13, WARN, by="2")
    appealed(db, 13)
    count, oldest = appeals.open_appeals(db, ["1"], 10)
    assert (count, len(oldest)) == (13, 10)
    first = [appeals.first_for(db, ["1"], who) for who in ("1", "2", "3", "u1")]
    assert [each and each.case.id for each in first] == [13, 1, 1, None]
    assert appeals.first_for(db, ["2"], "3") is None
