"""What was drawn is kept with its odds, what it was drawn from is counted, what came to nothing is forgotten whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.config import Audit
from bot.core.cases import Card, Told
from bot.core.flags import Flag, Reason, State, Step
from bot.core.messages import Channel, Withdrawn
from bot.core.ports import Kept
from bot.core.retention import Retention
from bot.core.statistics import Decided
from bot.core.tuning.audit import LetThrough, Sampling
from bot.core.tuning.evidence import Scope
from bot.store import StoreReader, audits, open_database
from bot.store.cards import announced, behind
from bot.store.forgetting import forget
from bot.store.keeping import keep
from bot.store.review import case, next_case, rule
from bot.store.statistics import handling
from tests.builders import NOW, SQUARE, bytes_beside, decision, flag, gone, ident, post, verdict

ALL = Sampling(1.0, 1000, lambda _: (0.0, 0.0))
SOME = Sampling(0.2, 1000, audits.dice_of(b"ett salt"))
LIMITS = {"flag": 0.6}
RULES = Retention(decided_days=90, pending_days=365, audit_days=14)
DAY = Scope(("1",), NOW, NOW + timedelta(days=1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_database(path, busy_seconds=0.05)
    yield opened
    opened.close()


def let_through(
    number: int, sampling: Sampling = ALL, score: float = 0.01, channel: Channel = SQUARE, **slots: str
) -> LetThrough:
    """The number-th message, which nobody flagged."""
    return sampling.let_through(post(number, channel=channel, **slots), verdict(score), LIMITS, NOW)


def batch(*changes: LetThrough | Flag | Withdrawn) -> Kept:
    """They are saved, and their channel's mark with them."""
    numbers = [int(each.message if isinstance(each, LetThrough) else ident(1)) for each in changes]
    return Kept(NOW, changes, marks={SQUARE.id: max(numbers)}, channels={SQUARE.id: SQUARE})


def table(db: Database, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute(query).fetchall()]


def test_what_is_drawn_becomes_a_case_and_everything_is_counted(db: Database) -> None:
    assert keep(db, batch(let_through(1), let_through(2, score=0.55), flag(post(3)))) == 1
    assert table(db, "SELECT flag_id, stratum, odds FROM audits") == [(1, "far", 1.0), (2, "near", 1.0)]
    assert table(db, "SELECT stratum, let_through, drawn FROM audit_counts ORDER BY stratum") == [
        ("far", 1, 1), ("near", 1, 1),
    ]  # fmt: skip
    found = [case(db, number) for number in (1, 2, 3)]
    assert [each.audited for each in found if each is not None] == [True, True, False]


def test_what_is_not_drawn_leaves_a_count_and_no_other_trace(db: Database, path: Path) -> None:
    nobody = Sampling(0.5, 20, lambda _: (0.999, 0.0))
    keep(db, batch(*(let_through(n, nobody, text=f"MARKE{n}", author=f"SKRIBENT{n}") for n in range(1, 200))))
    left = bytes_beside(path)
    assert b"MARKE" not in left
    assert b"SKRIBENT" not in left
    assert ident(150).encode() not in left
    assert table(db, "SELECT sum(let_through), sum(drawn) FROM audit_counts") == [(199, 0)]


def test_a_message_that_is_read_again_is_neither_counted_nor_drawn_again(db: Database) -> None:
    """The same batch, another batch with the same messages, and a message that stands twice in one."""
    messages = [let_through(n, SOME) for n in range(1, 300)]
    keep(db, batch(*messages))
    before = [table(db, f"SELECT * FROM {name}") for name in ("audits", "audit_counts")]
    assert before[0]
    keep(db, batch(*messages))
    keep(db, batch(*(let_through(n, ALL) for n in range(1, 300))))
    keep(db, batch(let_through(299, ALL), let_through(299, ALL)))
    assert before == [table(db, f"SELECT * FROM {name}") for name in ("audits", "audit_counts")]


def test_dice_fall_the_same_for_a_message_each_time_and_otherwise_in_every_town(db: Database, tmp_path: Path) -> None:
    mine, again = (audits.begin(db, Audit(enabled=True)) for _ in range(2))
    other_db = open_database(tmp_path / "annan.db")
    other = audits.begin(other_db, Audit(enabled=True))
    other_db.close()
    assert mine is not None and again is not None and other is not None  # noqa: PT018
    ids = [ident(n) for n in range(2000)]
    assert [mine.dice(each) for each in ids] == [again.dice(each) for each in ids]
    assert [mine.dice(each) for each in ids] != [other.dice(each) for each in ids]
    assert sum(mine.dice(each)[0] < 0.25 for each in ids) == pytest.approx(500, abs=100)


def test_the_days_number_lowers_the_odds_and_the_odds_of_each_are_kept(db: Database) -> None:
    few = Sampling(1.0, 8, audits.dice_of(b"ett salt"))
    for start in range(1, 2000, 100):  # batch after batch, as the day goes
        keep(db, batch(*(let_through(n, few) for n in range(start, start + 100))))
    strata = audits.strata(db, DAY)
    assert sum(each.let_through for each in strata) == 2000
    assert 8 <= sum(each.drawn for each in strata) <= 20
    assert [each.odds for each in strata] == sorted({1 / 2**n for n in range(len(strata))}, reverse=True)
    assert all(each.drawn <= each.let_through for each in strata)
    next_day = let_through(24 * 3600)
    keep(db, batch(next_day))
    assert table(db, "SELECT odds FROM audits ORDER BY flag_id DESC LIMIT 1") == [(1.0,)]


def test_strata_say_what_humans_found_in_the_scope_alone(db: Database) -> None:
    keep(db, batch(*(let_through(n) for n in range(1, 5)), let_through(5, score=0.55)))
    elsewhere = Channel("900", "annan", guild="2")
    keep(db, Kept(NOW, [let_through(6, channel=elsewhere)], channels={"900": elsewhere}))
    rule(db, decision(1, motives=("threat", "misogyny")))
    rule(db, decision(2, Step.DISMISS))
    rule(db, decision(5, motives=("misogyny",)))
    near, far = sorted(audits.strata(db, DAY), key=lambda each: each.let_through)
    assert (near.name, near.let_through, near.drawn, near.read) == ("near", 1, 1, 1)
    assert (far.name, far.let_through, far.drawn, far.read) == ("far", 4, 4, 2)
    assert {label: count for label, count in far.found.items() if count} == {"flag": 1, "threat": 1, "misogyny": 1}
    assert {label: count for label, count in near.found.items() if count} == {"flag": 1, "misogyny": 1}
    assert audits.strata(db, Scope(("1",), NOW, NOW + timedelta(days=1), ("200",))) == []
    assert audits.strata(db, Scope(("1",), NOW - timedelta(days=2), NOW - timedelta(days=1))) == []


def test_where_nothing_was_ever_drawn_there_are_no_strata(db: Database) -> None:
    assert audits.strata(db, DAY) == []


def test_a_case_that_only_members_made_of_it_is_drawn_too_and_a_flag_is_not(db: Database) -> None:
    reported = Flag(post(1), verdict(0.01), (Reason("report", "hate"),), {}, NOW)
    keep(db, Kept(NOW, [reported, flag(post(2))], channels={SQUARE.id: SQUARE}))
    keep(db, batch(let_through(1), let_through(2)))
    assert table(db, "SELECT flag_id FROM audits") == [(1,)]
    assert table(db, "SELECT sum(let_through), sum(drawn) FROM audit_counts") == [(2, 1)]


def test_a_withdrawal_in_the_same_batch_reaches_the_sample(db: Database) -> None:
    keep(db, batch(let_through(1), gone(1)))
    (row,) = StoreReader(db).flags()
    assert row.withdrawn_at is not None


# Nobody can tell.


def test_while_samples_are_drawn_or_wait_open_cases_are_veiled_and_decided_ones_are_not(db: Database) -> None:
    keep(db, batch(flag(post(1)), let_through(2)))
    audits.end(db)
    assert [each.is_veiled for each in (case(db, 1), case(db, 2)) if each is not None] == [True, True]
    rule(db, decision(2, Step.DISMISS))
    assert [each.is_veiled for each in (case(db, 1), case(db, 2)) if each is not None] == [False, False]
    audits.begin(db, Audit(enabled=True))
    assert [each.is_veiled for each in (case(db, 1), case(db, 2)) if each is not None] == [True, False]


def test_without_the_audit_nothing_is_veiled(db: Database) -> None:
    audits.end(db)
    assert audits.begin(db, Audit()) is None
    keep(db, batch(flag(post(1))))
    found = case(db, 1)
    assert found is not None
    assert not found.is_veiled
    assert table(db, "SELECT * FROM auditing") == []


def test_switching_it_on_brings_the_cards_that_hang_there_up_to_date(db: Database) -> None:
    keep(db, batch(flag(post(1)), flag(post(2))))
    rule(db, decision(2, Step.DISMISS))
    for number in (1, 2):
        now = case(db, number)
        assert now is not None
        announced(db, Told([number], [Card(number, "5", str(number), now.version)]), NOW)
    assert behind(db, 0, 9) == []
    audits.begin(db, Audit(enabled=True))
    assert [card.flag for card in behind(db, 0, 9)] == [1]
    audits.begin(db, Audit(enabled=True))
    assert [card.flag for card in behind(db, 0, 9)] == [1]


def test_samples_are_mixed_among_the_flags_of_the_queue(db: Database) -> None:
    """Neither all before nor all after, and where they stand is not told by their number."""
    mixed = Sampling(1.0, 10**6, audits.dice_of(b"ett salt"))
    flags = [flag(post(n), score=0.6 + 0.4 * (n % 10) / 10) for n in range(0, 60, 2)]
    keep(db, batch(*flags, *(let_through(n, mixed) for n in range(1, 60, 2))))
    order: list[bool] = []
    while (found := next_case(db, ["1"], [])) is not None:
        order.append(found.audited)
        rule(db, decision(found.id, Step.DISMISS))
    assert len(order) == 60
    assert all(5 <= sum(order[third : third + 20]) <= 15 for third in (0, 20, 40))


# They are no flags.


def test_a_sample_is_counted_as_a_flag_nowhere_once_it_is_decided(db: Database) -> None:
    keep(db, batch(flag(post(1)), let_through(2), let_through(3), let_through(4)))
    waiting = StoreReader(db).totals()
    assert (waiting["flagged"], waiting["pending"]) == (0, 4)  # what waits is work, whatever it is
    rule(db, decision(1, at=NOW + timedelta(minutes=1)))
    rule(db, decision(2, at=NOW + timedelta(minutes=1)))
    rule(db, decision(3, Step.DISMISS, at=NOW + timedelta(minutes=1)))
    totals = StoreReader(db).totals()
    assert (totals["upheld"], totals["dismissed"], totals["pending"]) == (1, 0, 1)
    known = handling(db, ["1"], NOW)
    assert known.decided == [Decided(State.UPHELD, NOW, NOW + timedelta(minutes=1))]
    assert (known.open, known.missed) == (1, 0)


# They are forgotten.


def test_a_sample_that_came_to_nothing_is_forgotten_after_its_days_and_not_a_day_sooner(db: Database) -> None:
    keep(db, batch(*(let_through(n, text=f"text {n}") for n in (1, 2, 3, 4)), flag(post(5, "text 5"))))
    rule(db, decision(2, Step.DISMISS))
    rule(db, decision(3))
    rule(db, decision(4))
    rule(db, decision(4, Step.REOPEN))
    rule(db, decision(4, Step.DISMISS))
    assert forget(db, RULES, NOW + timedelta(days=14)) == 0
    assert forget(db, RULES, NOW + timedelta(days=14, seconds=1)) == 2
    left = {row.id: row.text for row in StoreReader(db).flags()}
    assert left == {1: None, 2: None, 3: "text 3", 4: "text 4", 5: "text 5"}  # what was upheld is an ordinary case
    assert forget(db, RULES, NOW + timedelta(days=90, seconds=1)) == 2


def test_not_a_byte_says_who_wrote_what_and_what_estimates_need_is_left(db: Database, path: Path) -> None:
    written = {"text": "MARKENISTORA", "author": "765432109876543210", "reply_to": "345678901234567890"}
    sample = let_through(1234, score=0.4, **written)
    keep(db, batch(sample))
    rule(db, decision(1, Step.DISMISS))
    secrets = [value.encode() for value in (*written.values(), ident(1234))]
    assert all(secret in bytes_beside(path) for secret in secrets)
    before = audits.strata(db, DAY)
    db.execute("UPDATE channels SET mark = mark + 1")  # the mark is the last message's id, whosever it was
    forget(db, RULES, NOW + timedelta(days=15))
    left = bytes_beside(path)
    assert not [secret for secret in secrets if secret in left]
    assert audits.strata(db, DAY) == before
    (row,) = StoreReader(db).flags()
    assert (row.score, row.channel_id, row.author_id, row.state) == (0.4, SQUARE.id, "", State.DISMISSED)
    assert (row.posted_at, row.flagged_at) == (NOW, NOW)  # the hour of it
    assert forget(db, RULES, NOW + timedelta(days=16)) == 0


def test_a_sample_that_members_reported_is_kept_as_their_case(db: Database) -> None:
    keep(db, batch(let_through(1, text="text")))
    db.execute(
        """INSERT INTO reports (flag_id, guild_id, target_id, channel_id, message_id, category, against, hurt, words,
        trusted, weight, made_at) VALUES (1, '1', 'u1', '100', 'x', 'hate', '[]', 'nobody', '', 0, 1.0, ?)""",
        [NOW.isoformat()],
    )
    assert forget(db, RULES, NOW + timedelta(days=15)) == 0
