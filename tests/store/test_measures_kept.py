"""Measures are saved with their decision, tried until they have worked, and called off by a decision without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.cases import Card, CardKind
from bot.core.flags import Step
from bot.core.measures import Act, Measure
from bot.core.undertakings import Event, Hindrance, Posting, Report, Standing, Undertaking
from bot.store import StoreReader, open_database
from bot.store.cards import behind, of_flag, shown
from bot.store.keeping import keep
from bot.store.measures import READY, ready, reported
from bot.store.review import case, rule
from bot.store.schema import migrations
from tests.builders import NOW, decision, flag, kept, post

DAY = Measure(Act.TIMEOUT, timedelta(days=1))
DELETE, WARN, HANDOVER = Measure(Act.DELETE), Measure(Act.WARN), Measure(Act.HANDOVER)
LATER = NOW + timedelta(minutes=10)
DONE = Report(Event.DONE)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    opened = open_database(tmp_path / "uppsikt.db")
    keep(opened, kept(flag(post(1)), flag(post(2))))
    return opened


def uphold(db: Database, *measures: Measure, number: int = 1, at: datetime = NOW) -> None:
    rule(db, decision(number, Step.UPHOLD, measures=measures, at=at))


def reopen(db: Database) -> None:
    rule(db, decision(1, Step.REOPEN))


def standing(db: Database, number: int = 1) -> list[tuple[str, str]]:
    found = case(db, number)
    assert found is not None
    return [(str(each.measure.act), str(each.state)) for each in found.undertakings]


def due(db: Database, now: datetime = NOW, under_way: Sequence[int] = ()) -> list[Undertaking]:
    return ready(db, now, under_way, 50)


def tell(db: Database, undertaking: Undertaking, report: Report, again_at: datetime = LATER) -> None:
    reported(db, undertaking, report, NOW, again_at)


def all_done(db: Database) -> None:
    for each in due(db):
        tell(db, each, DONE)


def test_measures_are_there_to_carry_out_as_soon_as_the_flag_is_upheld(db: Database) -> None:
    uphold(db, DELETE, WARN, DAY, HANDOVER)
    assert standing(db) == [("delete", "due"), ("warn", "done"), ("timeout", "due"), ("handover", "due")]
    assert [each.measure for each in due(db)] == [DELETE, DAY, HANDOVER]
    assert due(db)[1].until == NOW + timedelta(days=1)


def test_a_decision_that_fails_leaves_no_measure(db: Database) -> None:
    db.execute("CREATE TRIGGER broken BEFORE INSERT ON measures BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        StoreReader(db).decide(decision(1, Step.UPHOLD, measures=(DELETE,)))
    found = case(db, 1)
    assert found is not None
    assert found.is_open
    assert found.decision is None


def test_only_the_measures_of_the_first_of_two_decisions_are_there(db: Database) -> None:
    uphold(db, WARN)
    uphold(db, DELETE, DAY)
    assert standing(db) == [("warn", "done")]


def test_what_is_done_is_not_ready_again_and_its_time_is_kept(db: Database) -> None:
    uphold(db, DELETE)
    [measure] = due(db)
    tell(db, measure, DONE)
    assert due(db, LATER) == []
    found = case(db, 1)
    assert found is not None
    assert found.undertakings[0].done_at == NOW


def test_what_failed_is_ready_again_at_its_time_with_its_reason_and_holds_up_nothing(db: Database) -> None:
    uphold(db, DELETE, DAY)
    failed, other = due(db)
    tell(db, failed, Report(None, Hindrance.MANAGE_MESSAGES))
    assert due(db) == [other]
    again = due(db, LATER)
    assert [(each.id, each.tries, each.hindrance) for each in again] == [
        (other.id, 0, None),
        (failed.id, 1, Hindrance.MANAGE_MESSAGES),
    ]
    assert due(db, LATER, [failed.id]) == [other]


def test_a_card_is_due_when_a_measure_comes_further_and_not_when_it_fails_again_for_the_same_reason(
    db: Database,
) -> None:
    def shows() -> None:
        found = case(db, 1)
        assert found is not None
        shown(db, Card(1, "5", "6", found.version))

    uphold(db, DELETE)
    shows()
    for reason in (Hindrance.AWAY, Hindrance.MANAGE_MESSAGES):
        tell(db, due(db, LATER)[0], Report(None, reason))
        assert behind(db, 0, 9)
        shows()
    tell(db, due(db, LATER)[0], Report(None, Hindrance.MANAGE_MESSAGES))
    assert not behind(db, 0, 9)
    tell(db, due(db, LATER)[0], DONE)
    assert behind(db, 0, 9)
    assert case(db, 1).undertakings[0].hindrance is None  # type: ignore[union-attr]


def test_a_reopened_flags_measures_stand_and_those_not_carried_out_wait(db: Database) -> None:
    uphold(db, DELETE, DAY)
    tell(db, due(db)[0], DONE)
    reopen(db)
    assert standing(db) == [("delete", "done"), ("timeout", "due")]
    assert due(db) == []


def test_dismissed_after_all_what_can_be_undone_is_to_be_undone(db: Database) -> None:
    uphold(db, DELETE, WARN, DAY, HANDOVER)
    all_done(db)
    reopen(db)
    rule(db, decision(1, Step.DISMISS))
    assert standing(db) == [("delete", "done"), ("warn", "undone"), ("timeout", "undoing"), ("handover", "undone")]
    found = case(db, 1)
    assert found is not None
    assert found.undertakings[0].hindrance is Hindrance.IRREVERSIBLE
    [measure] = due(db)
    tell(db, measure, Report(Event.UNDONE))
    assert standing(db)[2] == ("timeout", "undone")


def test_upheld_anew_what_is_chosen_again_stays_and_the_rest_is_undone(db: Database) -> None:
    uphold(db, DELETE, DAY)
    all_done(db)
    reopen(db)
    uphold(db, DELETE, WARN, at=LATER)
    assert standing(db) == [("delete", "done"), ("timeout", "undoing"), ("warn", "done")]
    found = case(db, 1)
    assert found is not None
    assert (found.undertakings[0].done_at, found.undertakings[0].hindrance) == (NOW, None)


def test_a_time_out_of_another_length_takes_the_place_of_the_first(db: Database) -> None:
    uphold(db, DAY)
    all_done(db)
    reopen(db)
    uphold(db, Measure(Act.TIMEOUT, timedelta(hours=1)), at=LATER)
    assert standing(db) == [("timeout", "undoing"), ("timeout", "due")]
    assert [each.state for each in due(db, LATER)] == [Standing.UNDOING, Standing.DUE]


def test_a_time_out_that_had_not_begun_is_counted_from_the_decision_that_chooses_it_again(db: Database) -> None:
    uphold(db, DAY)
    reopen(db)
    uphold(db, DAY, at=LATER)
    assert standing(db) == [("timeout", "undoing"), ("timeout", "due")]
    assert due(db, LATER)[1].until == LATER + timedelta(days=1)


def test_what_lands_after_it_was_called_off_is_undone(db: Database) -> None:
    uphold(db, DAY)
    [under_way] = due(db)
    reopen(db)
    rule(db, decision(1, Step.DISMISS))
    tell(db, under_way, DONE)
    assert [each.state for each in due(db)] == [Standing.UNDOING]


def test_a_handed_over_case_has_a_card_that_is_remembered_with_what_it_shows(db: Database) -> None:
    uphold(db, HANDOVER)
    tell(db, due(db)[0], Report(Event.DONE, card=Posting("7", "8", 2)))
    [card] = of_flag(db, 1)
    assert (card.channel, card.message, card.kind) == ("7", "8", CardKind.HANDOVER)
    assert behind(db, 0, 9) == [card], "that it was handed over is not on it yet"


def test_when_a_flag_was_acted_on_is_when_the_last_measure_was_carried_out(db: Database) -> None:
    uphold(db, DELETE, DAY)
    first, second = due(db)
    reported(db, first, DONE, NOW, NOW)
    assert acted(db) is None
    reported(db, second, Report(Event.IMPOSSIBLE, Hindrance.LEFT), LATER, LATER)
    assert acted(db) == NOW
    uphold(db, WARN, number=2)
    assert acted(db, 2) == NOW


def acted(db: Database, number: int = 1) -> datetime | None:
    at = db.execute("SELECT acted_at FROM flags WHERE id = ?", [number]).fetchone()[0]
    return None if at is None else datetime.fromisoformat(at)


def test_what_is_ready_is_found_by_its_index_however_many_are_done(db: Database) -> None:
    plan = " ".join(str(row["detail"]) for row in db.execute(f"EXPLAIN QUERY PLAN {READY}", ["", "[]", 1]).fetchall())
    assert "measures_open" in plan
    assert "TEMP B-TREE" not in plan


def test_what_was_there_before_measures_stays_as_it_was(tmp_path: Path) -> None:
    old = Database(tmp_path / "old.db")
    migrations.apply(old, stop_before="m005_measures")
    old.execute("INSERT INTO channels (id, name, guild_id) VALUES ('1', 'torget', '1')")
    columns = "kind, message_id, guild_id, channel_id, channel, author_id, score, threat, motives, targets, spans"
    rest = "reasons, thresholds, language, model, state, posted_at, flagged_at"
    old.execute(
        f"""INSERT INTO flags ({columns}, {rest}) VALUES ('message', '9', '1', '1', 'torget', 'u1', 0.9, 0.0, '{{}}',
        '{{}}', '[]', '[]', '{{}}', 'sv', 'fake@0', 'upheld', ?, ?)""",
        [NOW.isoformat(), NOW.isoformat()],
    )
    old.execute("INSERT INTO cards (flag_id, channel_id, message_id, shown, due) VALUES (1, '5', '6', 1, 1)")
    old.conn.commit()
    old.close()
    db = open_database(tmp_path / "old.db")
    assert [card.kind for card in of_flag(db, 1)] == [CardKind.REVIEW]
    assert case(db, 1).undertakings == []  # type: ignore[union-attr]
    assert not behind(db, 0, 9)
