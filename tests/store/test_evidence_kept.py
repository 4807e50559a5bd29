"""What is kept of scores is what was read: counts of what was let through, flags one by one, decisions mirrored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.flags import Flag, Reason, Step
from bot.core.messages import Posted
from bot.core.ports import Tally
from bot.core.tuning.evidence import DISMISSED, PENDING, UPHELD, Evidence, Scope, bin_of, place
from bot.core.tuning.spreads import spreads
from bot.store import StoreReader, open_database
from bot.store.evidence import evidence
from bot.store.keeping import keep
from bot.store.schema import migrations
from bot.store.scores import DAYS_KEPT, roll_up
from classifier.verdict import LABELS, Verdict
from tests.builders import MARKET, NOW, SQUARE, decision, edit, flag, kept, post, verdict

MODEL = "fake@0"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "uppsikt.db")


def through(db: Database, *read: tuple[Posted, Verdict]) -> None:
    """Keep messages that were let through."""
    channels = {each.channel.id: each.channel for each, _ in read}
    tallies = [Tally(each.channel.id, each.at.replace(minute=0, second=0), 1, 0) for each, _ in read]
    keep(db, kept(tallies=tallies, spreads=spreads(read), channels=channels))


def known(db: Database, days: int = 28, **slots: object) -> Evidence:
    scope = Scope(("1",), NOW - timedelta(days=days), NOW + timedelta(hours=1), **slots)  # type: ignore[arg-type]
    return evidence(db, scope, MODEL)


def test_every_label_of_every_message_that_was_let_through_is_counted_in_its_bin(db: Database) -> None:
    """A message counts once for each label: in all, as many as were read, whatever the label."""
    through(db, (post(1), verdict(0.291, 0.6, misogyny=0.07)), (post(2, channel=MARKET), verdict(0.0, 0.6)))
    it = known(db)
    assert it.names == ("marknad", "torget")
    assert it.below.sum(axis=2).tolist() == [[1] * len(LABELS)] * 2
    assert it.below[1, place("flag"), 29] == it.below[1, place("misogyny"), 7] == it.below[0, place("flag"), 0] == 1
    assert it.below[:, place("threat"), 60].tolist() == [1, 1]
    assert it.read.tolist() == [1, 1]


def test_an_edit_is_not_one_more_message(db: Database) -> None:
    through(db, (post(1), verdict(0.2)), (edit(1, "annat"), verdict(0.3)))
    assert known(db).read.tolist() == [1]


def test_of_what_was_let_through_neither_author_nor_message_is_kept(db: Database) -> None:
    through(db, (post(1, "hemligt ord", author="u-hemlig"), verdict(0.2)))
    dump = "\n".join(db.conn.iterdump())
    assert "hemlig" not in dump
    assert post(1).id not in dump


def test_a_batch_that_fails_leaves_no_counts(db: Database) -> None:
    broken = kept(flag(score=7.0), spreads=spreads([(post(1), verdict(0.2))]))
    with pytest.raises(sqlite3.IntegrityError):
        keep(db, broken)
    assert db.execute("SELECT count(*) FROM score_bins").fetchone()[0] == 0


@given(st.lists(st.tuples(st.integers(0, 70), st.floats(0, 1), st.floats(0, 1)), max_size=30), st.integers(0, 4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rolling_up_changes_no_count(tmp_path: Path, read: list[tuple[int, float, float]], days: int) -> None:
    """Hours become days, twice over and with more of the same day between; what they say stays the same."""
    messages = [(post(n, at=NOW - timedelta(hours=h)), verdict(f, t)) for n, (h, f, t) in enumerate(read)]
    half = len(messages) // 2
    with closing(Database(memory=True)) as db:
        db.conn.isolation_level = None
        db.conn.row_factory = sqlite3.Row
        migrations.apply(db)
        through(db, *messages[:half])
        roll_up(db, NOW + timedelta(days=days))
        through(db, *messages[half:])
        roll_up(db, NOW + timedelta(days=days))
        it = known(db)
        expected = np.zeros((len(LABELS), 100), np.int64)
        for _, said in messages:
            for label, value in said.items():
                expected[place(label), bin_of(value)] += 1
        assert it.below.sum(axis=0).tolist() == expected.tolist()


def test_counts_are_removed_in_the_end(db: Database) -> None:
    through(db, (post(1), verdict(0.2)))
    roll_up(db, NOW + DAYS_KEPT + timedelta(days=2))
    assert db.execute("SELECT (SELECT count(*) FROM score_days) + (SELECT count(*) FROM score_bins)").fetchone()[0] == 0


def test_a_decision_is_mirrored_and_a_reopening_too(db: Database) -> None:
    """The latest decision stands; what is reopened is pending, and nothing is found in it."""
    keep(db, kept(flag(post(1)), flag(post(2)), channels={SQUARE.id: SQUARE}))
    reader = StoreReader(db)
    reader.decide(decision(1, motives=("misogyny",)))
    reader.decide(decision(2, Step.DISMISS))
    cases = known(db).cases
    assert cases.state.tolist() == [UPHELD, DISMISSED]
    assert cases.found[:, place("misogyny")].tolist() == cases.found[:, place("flag")].tolist() == [True, False]
    reader.decide(decision(1, Step.REOPEN))
    cases = known(db).cases
    assert cases.state.tolist() == [PENDING, DISMISSED]
    assert not cases.found.any()


def test_scores_are_those_of_the_flag(db: Database) -> None:
    said = verdict(0.95, 0.31, misogyny=0.2, police=0.4)
    keep(db, kept(Flag(post(1), said, (Reason("threshold", "flag", 0.95, 0.5),), {}, NOW), channels={"100": SQUARE}))
    assert np.allclose(known(db).cases.scores[0], [value for _, value in said.items()], atol=1e-6)


@pytest.mark.parametrize(
    ("rules", "anyway", "reported"),
    [(["threshold"], False, False), (["threshold", "watchlist"], True, False), (["report"], True, True),
     (["threshold", "report"], True, False), (["audit"], False, False)],
)  # fmt: skip
def test_it_is_known_why_a_case_came(db: Database, rules: list[str], anyway: bool, reported: bool) -> None:
    reasons = tuple(Reason(rule, "low") for rule in rules)
    keep(db, kept(Flag(post(1), verdict(0.9), reasons, {}, NOW), channels={SQUARE.id: SQUARE}))
    cases = known(db).cases
    assert (cases.anyway.tolist(), cases.reported.tolist()) == ([anyway], [reported])


def test_another_models_scores_are_left_out_and_said(db: Database) -> None:
    keep(db, kept(flag(post(1)), channels={SQUARE.id: SQUARE}))
    it = evidence(db, Scope(("1",), NOW - timedelta(days=1), NOW + timedelta(hours=1)), "other@1")
    assert it.nothing
    assert it.other_models == 1


def test_another_servers_are_left_out(db: Database) -> None:
    keep(db, kept(flag(post(1)), channels={SQUARE.id: SQUARE}))
    through(db, (post(2), verdict(0.2)))
    assert evidence(db, Scope(("2",), NOW - timedelta(days=1), NOW + timedelta(hours=1)), MODEL).nothing


def test_the_time_a_decision_takes_is_measured_from_when_the_case_was_opened(db: Database) -> None:
    """In the median, and only once enough were opened first and decided after."""
    keep(db, kept(*(flag(post(n)) for n in range(1, 21)), channels={SQUARE.id: SQUARE}))
    reader = StoreReader(db)
    assert known(db).minutes_each is None
    for number in range(1, 21):
        db.execute("UPDATE flags SET seen_at = ? WHERE id = ?", [NOW.isoformat(), number])
        reader.decide(decision(number, at=NOW + timedelta(seconds=90)))
    assert known(db).minutes_each == 1.5


def test_flags_of_an_earlier_version_keep_their_scores_and_decisions(tmp_path: Path) -> None:
    """The migration fills the narrow table from what is there."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="m010_scores")
        connection.execute("INSERT INTO channels (id, name, guild_id) VALUES ('100', 'torget', '1')")
        reasons = json.dumps([{"rule": "report", "label": "hate", "value": None, "limit": None}])
        connection.execute(
            """INSERT INTO flags (message_id, guild_id, channel_id, channel, author_id, score, threat, motives, targets,
            spans, reasons, thresholds, language, model, posted_at, flagged_at) VALUES ('1', '1', '100', 'torget', 'u1',
            0.25, 0.5, '{"other": 0.75}', '{}', '[]', ?, '{}', 'sv', ?, ?, ?)""",
            [reasons, MODEL, NOW.isoformat(), NOW.isoformat()],
        )
        for step in ("dismiss", "reopen", "uphold"):
            connection.execute(
                """INSERT INTO decisions (flag_id, step, by, motives, decided_at)
                VALUES (1, ?, 'Maja', '["other"]', ?)""",
                [step, NOW.isoformat()],
            )
    with closing(open_database(path)) as db:
        it = known(db)
        assert it.cases.scores[0, [0, 1, place("other")]].tolist() == [0.25, 0.5, 0.75]
        assert it.cases.missed.tolist() == [True]
        assert it.cases.found[0, place("other")]
        assert it.days_counted == 0.0


def test_a_reports_case_comes_whatever_the_thresholds(db: Database) -> None:
    """What is flagged and then reported too would reach a human by the report alone."""
    keep(db, kept(flag(post(1)), channels={SQUARE.id: SQUARE}))
    db.execute(
        """INSERT INTO reports (flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt, trusted,
        weight, made_at) VALUES (1, '1', 'u1', '100', '1', 'hate', '[]', 'me', 0, 1, ?)""",
        [NOW.isoformat()],
    )
    cases = known(db).cases
    assert (cases.anyway.tolist(), cases.reported.tolist()) == ([True], [False])
