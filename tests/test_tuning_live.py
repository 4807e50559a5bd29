"""Thresholds change while the bot works: at once for what comes next, and nothing is lost, doubled or judged by two."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot import app
from bot import pipeline as pipelines
from bot.config import Settings
from bot.core.errors import StoreBusy
from bot.core.flags import Flag
from bot.core.ports import Kept
from bot.core.tuning.changes import EVERYWHERE, Proposal, Values, Where
from bot.pipeline import Pipeline
from bot.store import SqliteStore, SqliteThresholds, StoreReader, open_database, threshold_changes
from bot.tuning import LOOK_SECONDS, Tuning
from classifier.verdict import Verdict
from tests.builders import FLAGGED, MARKET, NOW, SQUARE, ReplayModel, ident, line, policy, post, verdict, write_lines
from tests.fakes import FakeClassifier, FakeClock

MESSAGES, ROUNDS = 4_000, 8
RULES = policy(thresholds={"flag": 0.5})
PATIENCE = 20


class ReadsNumbers(FakeClassifier):
    """Each text is its own score."""

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        return [verdict(float(text)) for text in texts]

    def explain(self, texts: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
        return list(verdicts)


class Watching:
    """A store over a real one that remembers by which thresholds each batch was judged."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.used: list[set[float]] = []

    async def keep(self, kept: Kept) -> int:
        self.used.append({flag.thresholds["flag"] for flag in kept.changes if isinstance(flag, Flag)})
        return await self.store.keep(kept)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uppsikt.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore.open(path)
    await opened.begin_channels([SQUARE], {})
    yield opened
    await opened.close()


def from_elsewhere(path: Path, values: Values, where: Where = EVERYWHERE) -> None:
    """A change as a terminal makes it: another connection, another thread."""
    with closing(open_database(path, busy_seconds=30)) as own:
        base = threshold_changes.last_applied(own)
        threshold_changes.change(own, Proposal(where, values, "Karin", NOW, "för många missas", base), RULES)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0)


async def followed(tuning: Tuning, value: float) -> None:
    await until(lambda: tuning.policy().thresholds["flag"] == value)


def limit(round_: int) -> float:
    return round(0.2 + 0.03 * round_, 2)


async def test_switching_thresholds_under_load_loses_and_doubles_nothing(
    path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each flag tells the thresholds that it was judged by, and is one exactly by those; a batch has one policy."""
    monkeypatch.setattr(pipelines, "RETRY_SECONDS", (0,))
    watching, tuning = Watching(store), Tuning(SqliteThresholds(store), RULES)
    pipeline = Pipeline(ReadsNumbers(), watching, tuning.policy, FakeClock(), patient=True)  # type: ignore[arg-type]
    pipeline.start()
    looking = asyncio.create_task(tuning.run(lambda _: asyncio.sleep(0)))
    posts = [post(n, f"{n * 7919 % 1000 / 1000}", (SQUARE, MARKET)[n % 2]) for n in range(MESSAGES)]
    each = MESSAGES // ROUNDS
    for number in range(ROUNDS):
        change = asyncio.create_task(asyncio.to_thread(from_elsewhere, path, {"flag": limit(number)}))
        for one in posts[number * each : (number + 1) * each]:
            await pipeline.submit(one)
        await change
        await followed(tuning, limit(number))
    await pipeline.finish()
    looking.cancel()

    rows = {row.message_id: row for row in await store.ask(StoreReader.flags)}
    assert len(rows) == len(await store.ask(StoreReader.flags)) == pipeline.totals.new_flags
    assert pipeline.totals.read == MESSAGES
    limits = [0.5, *map(limit, range(ROUNDS))]
    for row in rows.values():
        assert row.score >= row.thresholds["flag"] == row.reasons[0].limit
        assert row.thresholds["flag"] in limits
    at = [rows[one.id].thresholds["flag"] if one.id in rows else None for one in posts]
    for n, one in enumerate(posts):  # what was let through was judged as what was flagged beside it
        if at[n] is None:
            beside = [next(filter(None, at[n::-1]), limits[0]), next(filter(None, at[n:]), limits[-1])]
            assert float(one.text) < max(beside)
    assert all(len(used) <= 1 for used in watching.used)
    order = [value for used in watching.used for value in used]
    assert order == sorted(order, key=limits.index)  # no batch goes back to thresholds that were replaced
    assert len(set(order)) > ROUNDS / 2
    totals = await store.ask(StoreReader.totals)
    assert totals["read"] == MESSAGES
    assert await store.marks() == {SQUARE.id: int(posts[-2].id), MARKET.id: int(posts[-1].id)}


class Held(ReadsNumbers):
    """Is in the middle of a batch until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        self.begun.set()
        assert self.go.wait(PATIENCE)
        return super().read(texts, explain=explain)


async def test_a_batch_that_is_being_read_when_thresholds_change_is_judged_by_those_it_began_with(
    path: Path, store: SqliteStore
) -> None:
    classifier, tuning = Held(), Tuning(SqliteThresholds(store), RULES)
    pipeline = Pipeline(classifier, store, tuning.policy, FakeClock())
    pipeline.start()
    await pipeline.submit(post(1, "0.6"))
    assert await asyncio.to_thread(classifier.begun.wait, PATIENCE)
    await asyncio.to_thread(from_elsewhere, path, {"flag": 0.4})
    assert await tuning.look()
    await pipeline.submit(post(2, "0.6"))
    classifier.go.set()
    await pipeline.finish()
    rows = await store.ask(StoreReader.flags)
    assert [(row.message_id, row.thresholds["flag"]) for row in rows] == [(ident(1), 0.5), (ident(2), 0.4)]


async def test_a_change_from_a_terminal_is_in_force_after_the_next_glance_and_taking_it_back_too(
    path: Path, store: SqliteStore
) -> None:
    tuning = Tuning(SqliteThresholds(store), RULES)
    assert not await tuning.look()
    before = tuning.policy()
    await asyncio.to_thread(from_elsewhere, path, {"flag": 0.1}, Where(channel=SQUARE.id))
    assert tuning.policy() is before
    assert await tuning.look()
    assert (tuning.policy().limits(SQUARE)["flag"], tuning.policy().limits(MARKET)["flag"]) == (0.1, 0.5)
    assert before.limits(SQUARE)["flag"] == 0.5
    assert not await tuning.look()
    await SqliteThresholds(store).undo(1, "Karin", NOW, "ångrat")
    assert await tuning.look()
    assert tuning.policy().limits(SQUARE)["flag"] == 0.5


async def test_a_proposal_that_waits_changes_nothing(store: SqliteStore) -> None:
    thresholds, tuning = SqliteThresholds(store), Tuning(SqliteThresholds(store), RULES)
    made = await thresholds.propose(Proposal(EVERYWHERE, {"flag": 0.1}, "Karin", NOW, "kanske"), RULES)
    assert not await tuning.look()
    await thresholds.withdraw(made.number, "Karin", NOW)
    assert not await tuning.look()
    assert [each.state for each in await thresholds.changes()] == ["withdrawn"]


class Busy(SqliteThresholds):
    """Locked for its first glances."""

    def __init__(self, store: SqliteStore, times: int) -> None:
        super().__init__(store)
        self.times = times

    async def last_applied(self) -> int:
        self.times -= 1
        if self.times >= 0:
            raise StoreBusy("locked")
        return await super().last_applied()


async def test_while_the_database_is_busy_what_was_in_force_stays_and_then_the_change_comes(
    path: Path, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    await asyncio.to_thread(from_elsewhere, path, {"flag": 0.1})
    tuning = Tuning(Busy(store, 3), RULES)
    looking = asyncio.create_task(tuning.run(sleep))
    await until(lambda: tuning.policy().thresholds["flag"] == 0.1)
    looking.cancel()
    assert caplog.text.count("thresholds not looked at: locked") == 3
    assert set(slept) == {LOOK_SECONDS}


def flagged(db: Path, file: Path) -> Mapping[str, float]:
    """What a replay into a database flags, with the threshold that it was held against."""
    app.replay(file, db, Settings(), skip=lambda _: None, model=ReplayModel())  # type: ignore[arg-type]
    return {row.message_id: row.thresholds["flag"] for row in app.ask(db, lambda reader: reader.flags())}


def test_a_replay_is_judged_by_what_was_applied_in_its_database(tmp_path: Path, path: Path) -> None:
    with closing(open_database(path)):
        from_elsewhere(path, {"flag": 0.99})
    file = write_lines(tmp_path / "week.jsonl", [line(1, FLAGGED)])
    assert flagged(path, file) == {}
    with closing(open_database(path)) as own:
        threshold_changes.undo(own, 1, "Karin", NOW, "ångrat")
    write_lines(file, [line(1, FLAGGED), line(2, FLAGGED)])
    assert flagged(path, file) == {ident(2): 0.5}
