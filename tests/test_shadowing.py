"""A candidate beside the live bot: it counts the same messages, is never in the way, and fails alone."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app
from bot.config import Settings
from bot.core.errors import BadModel
from bot.core.policy import Policy
from bot.core.tuning.pace import BEHIND
from bot.core.tuning.shadow import Beside, Candidate, Ending, Shadow
from bot.pipeline import Pipeline
from bot.shadowing import Loaded, Shadowing
from bot.store import SqliteShadows, SqliteStore, StoreReader
from classifier.verdict import Verdict
from tests.builders import FLAGGED, HARMLESS, ReplayModel, bytes_beside, line, policy, post, verdict, write_lines
from tests.fakes import FakeClassifier, FakeClock

PATIENCE = 20


class Other(FakeClassifier):
    """A candidate: flags what says so, and can be made slow or broken."""

    model_id = "ny@1"

    def __init__(self) -> None:
        super().__init__()
        self.problem: Exception | None = None
        self.threads: set[str] = set()

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        self.texts += texts
        self.threads.add(threading.current_thread().name)
        if self.problem is not None:
            raise self.problem
        return [verdict(0.9 if "nyord" in text else 0.1) for text in texts]


class Timer:
    """Seconds that pass only when a candidate reads."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 0.001
        return self.seconds


class Bench:
    """A pipeline with a candidate beside it, over a real file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = SqliteStore.open(path)
        self.shadows = SqliteShadows(self.store)
        self.clock = FakeClock()
        self.live, self.other = FakeClassifier(), Other()
        self.rules: Policy = policy()
        self.refusal: Exception | None = None
        self.beside = self.restarted()

    def restarted(self) -> Shadowing:
        self.beside = Shadowing(
            self.shadows, self.clock, "fake@0", lambda: self.rules, self.load, self.over, timer=Timer()
        )
        return self.beside

    def load(self, name: str) -> Loaded:
        if self.refusal is not None:
            raise self.refusal
        return self.other, {"flag": 0.8}

    def over(self, shipped: Mapping[str, float]) -> Policy:
        return policy(thresholds=dict(shipped))

    async def start(self, model: str = "", **limits: float) -> Shadow:
        until = self.clock.now() + timedelta(days=7)
        places = {"": limits} if limits else {}
        shadow = await self.shadows.start(
            Candidate(places, model, "ny@1" if model else "", "Maja", "prova", self.clock.now(), until)
        )
        await self.beside.look()
        return shadow

    async def read(self, *texts: str, begin: int = 1) -> Pipeline:
        pipeline = Pipeline(self.live, self.store, lambda: self.rules, self.clock, beside=self.beside)
        for number, text in enumerate(texts, begin):
            pipeline.take(post(number, text))
        pipeline.start()
        await pipeline.finish()
        return pipeline

    async def counts(self) -> Beside:
        (row,) = await self.shadows.counts(1)
        return row

    async def latest(self) -> Shadow:
        latest = await self.shadows.latest()
        assert latest is not None
        return latest


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "uppsikt.db")
    yield made
    await made.store.close()


async def test_other_thresholds_are_counted_beside_those_in_force_and_raise_no_flag(bench: Bench) -> None:
    await bench.start(flag=0.0)
    done = await bench.read(HARMLESS, FLAGGED, HARMLESS)
    row = await bench.counts()
    assert (row.read, row.live, row.candidate, row.common, row.skipped) == (3, 1, 3, 1, 0)
    assert done.totals.new_flags == 1
    assert len(bench.live.texts) == 3  # nothing is read twice for thresholds


async def test_another_model_reads_on_the_classifiers_thread_and_is_judged_by_its_own_thresholds(bench: Bench) -> None:
    await bench.start("ny")
    await bench.read(HARMLESS, FLAGGED, "nyord")
    row = await bench.counts()
    assert (row.read, row.live, row.candidate, row.common) == (3, 1, 1, 0)
    assert row.seconds > 0
    assert {name.split("_")[0] for name in bench.other.threads} == {"classifier"}


async def test_nothing_of_a_message_is_kept_for_a_candidate_but_counts(bench: Bench) -> None:
    secret = "nyord och ett alldeles särskilt hemligt ord"
    await bench.start("ny")
    await bench.read(secret)
    assert (await bench.counts()).candidate == 1
    data = bytes_beside(bench.path)
    assert secret.encode() not in data
    assert await bench.store.ask(StoreReader.flags) == []


async def test_when_the_bot_is_behind_the_candidate_stands_back_and_says_so(bench: Bench) -> None:
    await bench.start("ny")
    await bench.read(*[HARMLESS] * (BEHIND + 1))
    row = await bench.counts()
    assert (row.read, row.skipped, bench.other.texts) == (0, BEHIND + 1, [])


async def test_live_flags_are_saved_in_order_and_none_is_lost_beside_a_slow_candidate(bench: Bench) -> None:
    """However slow it is, a load of messages has it read no more than a handful."""
    await bench.start("ny")
    pipeline = Pipeline(bench.live, bench.store, lambda: bench.rules, bench.clock, beside=bench.beside)
    pipeline.start()
    for number in range(1, 1501):
        await pipeline.submit(post(number, f"{FLAGGED} {number}" if number % 10 == 0 else HARMLESS))
    async with asyncio.timeout(PATIENCE):
        await pipeline.finish()
    flags = await bench.store.ask(StoreReader.flags)
    assert pipeline.totals.new_flags == len(flags) == 150
    row = sum((each.read + each.skipped for each in await bench.shadows.counts(1)), 0)
    assert row == 1500
    assert len(bench.other.texts) < 300


async def test_a_candidate_that_fails_ends_alone(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    await bench.start("ny")
    bench.other.problem = ValueError("texten var: nyord och hemligheter")
    with caplog.at_level(logging.INFO):
        done = await bench.read(FLAGGED, "nyord")
        await bench.beside.look()
    assert done.totals.new_flags == 1
    latest = await bench.latest()
    assert (latest.ending, latest.problem.split()[0]) == (Ending.FAILED, "ValueError")
    assert "shadow 1 ended: failed, ValueError" in caplog.text
    assert "hemligheter" not in caplog.text + latest.problem
    assert (await bench.read(FLAGGED, begin=10)).totals.new_flags == 1


@pytest.mark.parametrize("problem", [BadModel("models/ny: is torn"), OSError("läsfel")])
async def test_a_candidate_that_cannot_be_loaded_ends_with_the_reason(bench: Bench, problem: Exception) -> None:
    bench.refusal = problem
    await bench.start("ny")
    latest = await bench.latest()
    assert latest.ending is Ending.FAILED
    assert latest.problem
    assert (await bench.read(FLAGGED)).totals.new_flags == 1


async def test_another_model_of_the_same_name_is_not_taken_for_the_candidate(bench: Bench) -> None:
    await bench.start("ny")
    bench.other.model_id = "ny@2"  # type: ignore[misc]  # somebody put another one there
    await bench.restarted().look()
    assert (await bench.latest()).problem == "ny is ny@2 now, no longer ny@1"


async def test_it_goes_on_after_a_restart(bench: Bench) -> None:
    await bench.start(flag=0.0)
    await bench.read(HARMLESS)
    await bench.restarted().look()
    await bench.read(HARMLESS, begin=2)
    assert (await bench.counts()).read == 2


async def test_it_ends_when_its_time_is_up(bench: Bench) -> None:
    await bench.start(flag=0.0)
    bench.clock.advance(days=7)
    await bench.beside.look()
    await bench.read(HARMLESS)
    assert (await bench.latest()).ending is Ending.FINISHED
    assert await bench.shadows.counts(1) == []


async def test_it_ends_when_what_is_in_force_changes(bench: Bench) -> None:
    """Its counts would compare two things at once."""
    await bench.start(flag=0.9)
    await bench.read(FLAGGED)
    bench.rules = policy(thresholds={"flag": 0.99, "threat": 0.5})
    await bench.read(FLAGGED, begin=2)
    await bench.beside.look()
    assert (await bench.latest()).ending is Ending.CHANGED
    assert (await bench.counts()).read == 1


async def test_a_policy_that_says_the_same_in_another_object_changes_nothing(bench: Bench) -> None:
    await bench.start(flag=0.0)
    bench.rules = policy()
    await bench.read(HARMLESS)
    assert (await bench.counts()).candidate == 1


async def test_what_changed_while_the_bot_was_away_ends_it_too(bench: Bench) -> None:
    await bench.start(flag=0.9)
    bench.rules = policy(thresholds={"flag": 0.1})
    await bench.restarted().look()
    assert (await bench.latest()).ending is Ending.CHANGED


async def test_started_and_stopped_while_the_bot_runs_it_is_taken_up_and_let_go(bench: Bench) -> None:
    running = asyncio.create_task(bench.beside.run())
    until = bench.clock.now() + timedelta(days=1)
    try:
        for begin in (1, 2):
            await bench.shadows.start(Candidate({"": {"flag": 0.0}}, "", "", "Maja", "prova", bench.clock.now(), until))
            bench.beside.wake()
            async with asyncio.timeout(PATIENCE):
                while bench.beside.comparing is None:
                    await asyncio.sleep(0.002)
            await bench.read(HARMLESS, begin=10 * begin)
            assert await bench.shadows.end(begin, Ending.STOPPED, bench.clock.now())
            bench.beside.wake()
            async with asyncio.timeout(PATIENCE):
                while bench.beside.comparing is not None:
                    await asyncio.sleep(0.002)
            await bench.read(HARMLESS, begin=10 * begin + 1)
            (row,) = await bench.shadows.counts(begin)
            assert row.read == 1
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_a_replay_counts_for_the_shadow_that_runs_in_its_database(tmp_path: Path) -> None:
    db = tmp_path / "uppsikt.db"
    model, settings = ReplayModel(), Settings()

    async def begin() -> None:
        store = SqliteStore.open(db)
        now = app.SystemClock().now()
        wanted = Candidate({"": {"flag": 0.0}}, "", "", "Maja", "prova", now, now + timedelta(days=1))
        await SqliteShadows(store).start(wanted)
        await store.close()

    async def counted() -> Sequence[Beside]:
        store = SqliteStore.open(db)
        try:
            return await SqliteShadows(store).counts(1)
        finally:
            await store.close()

    asyncio.run(begin())
    file = write_lines(tmp_path / "veckan.jsonl", [line(1), line(2, FLAGGED)])
    app.replay(file, db, settings, skip=lambda _: None, model=model)  # type: ignore[arg-type]  # as small as it needs
    (row,) = asyncio.run(counted())
    assert (row.read, row.live, row.candidate, row.common) == (2, 1, 2, 1)
