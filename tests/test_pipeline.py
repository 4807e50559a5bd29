"""From message to saved flag: in order, in batches, without a hole, and without anybody waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot import pipeline as pipelines
from bot.core.errors import StoreBusy, StoreError, StoreFull
from bot.core.messages import Event, Kind
from bot.core.policy import Policy
from bot.core.ports import Kept, Progress
from bot.pipeline import BATCH, CAPACITY, Pipeline
from bot.store import SqliteStore, StoreReader
from classifier.verdict import Verdict
from tests.builders import FLAGGED, HARMLESS, MARKET, SQUARE, bytes_beside, edit, gone, ident, policy, post
from tests.fakes import FakeClassifier, FakeClock

PATIENCE = 20  # seconds until a test that hangs is called failed


class HeldClassifier(FakeClassifier):
    """Reads nothing before it is let go; remembers each batch."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()
        self.batches: list[int] = []

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        self.batches.append(len(texts))
        self.begun.set()
        assert self.go.wait(PATIENCE)
        return super().read(texts, explain=explain)


class RecordingStore:
    """A store over a real one that remembers every batch, and fails where it is told to."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.kept: list[Kept] = []
        self.failures: list[StoreError] = []
        self.tries = 0

    async def keep(self, kept: Kept) -> int:
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)
        self.kept.append(kept)
        return await self.store.keep(kept)


class Bench:
    """A pipeline with everything that it is built of at hand."""

    def __init__(self, path: Path, store: SqliteStore) -> None:
        self.path = path
        self.disk = store
        self.store = RecordingStore(store)
        self.classifier = FakeClassifier()
        self.rules: Policy = policy()
        self.saved = 0

    def begin(self, **slots: bool) -> Pipeline:
        pipeline = Pipeline(
            self.classifier, self.store, lambda: self.rules, FakeClock(), on_saved=self.on_saved, **slots
        )
        pipeline.start()
        return pipeline

    def on_saved(self) -> None:
        self.saved += 1

    async def run(self, *events: Event) -> Pipeline:
        pipeline = self.begin()
        for event in events:
            await pipeline.submit(event)
        await pipeline.finish()
        return pipeline

    async def reopen(self) -> None:
        await self.disk.close()
        self.disk = self.store.store = SqliteStore.open(self.path)

    async def flags(self) -> list[tuple[str, int]]:
        return [(row.message_id, row.revision) for row in await self.disk.ask(StoreReader.flags)]


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    path = tmp_path / "uppsikt.db"
    store = SqliteStore.open(path)
    made = Bench(path, store)
    yield made
    await made.disk.close()


def held(bench: Bench) -> HeldClassifier:
    bench.classifier = HeldClassifier()
    return bench.classifier


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, PATIENCE)


# What is kept.


async def test_what_a_human_should_look_at_is_saved_with_its_reasons_and_spans(bench: Bench) -> None:
    done = await bench.run(post(1), post(2, FLAGGED), post(3))
    (row,) = await bench.disk.ask(StoreReader.flags)
    assert (row.message_id, row.text, row.state) == (ident(2), FLAGGED, "pending")
    assert [reason.label for reason in row.reasons] == ["flag"]
    assert row.spans == [(0, 6, 1.0)]
    assert (done.totals.read, done.totals.flagged, done.totals.new_flags) == (3, 1, 1)


async def test_a_message_that_is_not_flagged_leaves_nothing_but_counts(bench: Bench) -> None:
    secret, name = "ett alldeles särskilt hemligt ord", "författaren-u4711"
    name_change = post(4, secret, kind=Kind.NAME, advances=False)
    await bench.run(post(1, secret, author=name), edit(2, secret, author=name), post(3, FLAGGED), name_change)
    assert dict(await bench.disk.ask(StoreReader.totals)) == {"read": 2, "flagged": 1, "unread": 0, "pending": 1}
    for moment in ("open", "reopened"):
        data = bytes_beside(bench.path)
        assert FLAGGED.encode() in data
        assert secret.encode() not in data, moment
        assert name.encode() not in data, moment
        assert ident(1).encode() not in data, moment
        await bench.reopen()


async def test_an_edit_a_title_or_a_name_is_not_one_more_message_but_may_be_flagged(bench: Bench) -> None:
    await bench.run(post(1), edit(1, FLAGGED), post(2, FLAGGED, kind=Kind.TITLE, advances=False))
    totals = await bench.disk.ask(StoreReader.totals)
    assert (totals["read"], totals["flagged"]) == (1, 2)


async def test_each_hour_of_each_channel_is_counted(bench: Bench) -> None:
    await bench.run(post(1), post(2, FLAGGED), post(3600), post(3, channel=MARKET))
    rows = await bench.disk.do(
        lambda db: [tuple(r) for r in db.execute("SELECT channel_id, hour, read, flagged FROM counts ORDER BY 1, 2")]
    )
    assert rows == [
        ("100", "2026-01-26T08:00Z", 2, 1),
        ("100", "2026-01-26T09:00Z", 1, 0),
        ("200", "2026-01-26T08:00Z", 1, 0),
    ]


async def test_exempt_authors_and_other_channels_are_not_read_and_leave_no_counts(bench: Bench) -> None:
    bench.rules = policy(exempt_roles=frozenset({"Polisen"}), exclude=frozenset({"#marknad"}))
    done = await bench.run(
        post(1, FLAGGED, roles=frozenset({"Polisen"})), post(2, FLAGGED, MARKET), post(3, FLAGGED), post(4)
    )
    assert bench.classifier.texts == [FLAGGED, HARMLESS]
    assert await bench.flags() == [(ident(3), 0)]
    assert (done.totals.read, done.totals.exempt) == (2, 1)
    assert (await bench.disk.ask(StoreReader.totals))["read"] == 2


async def test_only_new_flags_are_told_of(bench: Bench) -> None:
    await bench.run(post(1), post(2))
    assert bench.saved == 0
    await bench.run(post(3, FLAGGED))
    assert bench.saved == 1
    again = await bench.run(post(3, FLAGGED))
    assert bench.saved == 1
    assert (again.totals.flagged, again.totals.new_flags) == (1, 0)


# Order and marks.


async def test_edits_and_withdrawals_never_overtake_their_post(bench: Bench) -> None:
    events: list[Event] = []
    for number in range(1, 400):
        events += [post(number, FLAGGED), edit(number, f"{FLAGGED}!"), gone(number)]
    await bench.run(*events)
    kept = [change for batch in bench.store.kept for change in batch.changes]
    assert [getattr(change, "message", change) for change in kept] == events
    rows = await bench.disk.ask(StoreReader.flags)
    assert len(rows) == 2 * 399
    assert all(row.withdrawn_at for row in rows)


async def test_the_mark_moves_with_the_flags_of_its_batch_and_not_for_edits_titles_or_names(bench: Bench) -> None:
    await bench.run(
        post(5, FLAGGED),
        edit(9, FLAGGED),
        post(8, FLAGGED, kind=Kind.TITLE, advances=False),
        post(7, channel=MARKET),
        post(3),
    )
    (batch,) = bench.store.kept
    assert batch.marks == {SQUARE.id: int(ident(5)), MARKET.id: int(ident(7))}
    assert await bench.disk.marks() == dict(batch.marks)


async def test_an_exempt_authors_message_moves_the_mark_all_the_same(bench: Bench) -> None:
    bench.rules = policy(exempt_roles=frozenset({"Polisen"}))
    await bench.run(post(5, roles=frozenset({"Polisen"})))
    assert await bench.disk.marks() == {SQUARE.id: int(ident(5))}


async def test_a_changed_policy_holds_from_the_next_batch_on(bench: Bench) -> None:
    classifier = held(bench)
    pipeline = bench.begin()
    pipeline.offer(post(1, FLAGGED))
    await until(classifier.begun)
    bench.rules = policy(thresholds={"flag": 0.99})
    pipeline.offer(post(2, FLAGGED))
    classifier.go.set()
    await pipeline.finish()
    assert await bench.flags() == [(ident(1), 0)]


# Batches, load and waiting.


async def test_an_idle_message_waits_for_no_other_and_batches_grow_under_load(bench: Bench) -> None:
    classifier = held(bench)
    pipeline = bench.begin()
    pipeline.offer(post(1))
    await until(classifier.begun)
    for number in range(2, 302):
        assert pipeline.offer(post(number))
    assert pipeline.backlog == 301
    classifier.go.set()
    await pipeline.finish()
    assert classifier.batches == [1, BATCH, 300 - BATCH]
    assert pipeline.backlog == 0


async def test_a_post_finds_no_room_beyond_capacity_but_its_edit_and_withdrawal_do(bench: Bench) -> None:
    classifier = held(bench)
    pipeline = bench.begin()
    taken = sum(pipeline.offer(post(number)) for number in range(1, CAPACITY + 100))
    assert taken == CAPACITY
    assert pipeline.offer(edit(1, FLAGGED))
    assert pipeline.offer(gone(1))
    classifier.go.set()
    await pipeline.finish()
    assert pipeline.totals.read == CAPACITY  # an edit is not one more message
    assert await bench.flags() == [(ident(1), 1)]


async def test_whoever_submits_waits_for_room_and_nothing_is_dropped(bench: Bench) -> None:
    classifier = held(bench)
    pipeline = bench.begin()
    count = CAPACITY + 300

    async def submit() -> None:
        for number in range(1, count + 1):
            await pipeline.submit(post(number, FLAGGED))

    submitting = asyncio.create_task(submit())
    await until(classifier.begun)
    for _ in range(50):
        await asyncio.sleep(0)
    assert not submitting.done()
    assert pipeline.backlog == CAPACITY
    classifier.go.set()
    async with asyncio.timeout(PATIENCE):
        await submitting
        await pipeline.finish()
    assert await bench.flags() == [(ident(number), 0) for number in range(1, count + 1)]


async def test_the_event_loop_is_free_while_the_classifier_is_slow(bench: Bench) -> None:
    classifier = held(bench)
    pipeline = bench.begin()
    pipeline.offer(post(1, FLAGGED))
    await until(classifier.begun)
    for _ in range(1000):  # would not come to an end, were the classifier on this thread
        await asyncio.sleep(0)
    assert not classifier.go.is_set()
    assert pipeline.offer(post(2, FLAGGED))
    classifier.go.set()
    await pipeline.finish()
    assert len(await bench.flags()) == 2


async def test_the_classifier_runs_on_a_thread_of_its_own(bench: Bench) -> None:
    threads: set[int] = set()

    class Curious(FakeClassifier):
        def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
            threads.add(threading.get_ident())
            return super().read(texts, explain=explain)

    bench.classifier = Curious()
    await bench.run(*(post(number) for number in range(1, 3 * BATCH)))
    assert len(threads) == 1
    assert threads.isdisjoint({threading.get_ident()})


async def test_the_events_of_one_line_are_saved_together(bench: Bench) -> None:
    """Else a run broken off between them would leave the second one out, or count the first one twice."""
    pipeline = bench.begin()
    lines = [Progress("file", n, n, "") for n in range(1, BATCH + 2)]
    for number, progress in enumerate(lines, 1):
        events: list[Event] = [post(number, FLAGGED)]
        if number >= BATCH:
            events.append(gone(number))
        await pipeline.submit_all(events, progress)
    await pipeline.finish()
    first, second = bench.store.kept
    assert (first.progress, len(first.changes)) == (lines[BATCH - 1], BATCH + 1)
    assert (second.progress, len(second.changes)) == (lines[BATCH], 2)


# A store that fails.


@pytest.mark.parametrize("failure", [StoreBusy, StoreFull])
async def test_a_patient_pipeline_saves_when_the_store_works_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, failure: type[StoreError]
) -> None:
    monkeypatch.setattr(pipelines, "RETRY_SECONDS", (0,))
    bench.store.failures = [failure("no"), failure("no")]
    pipeline = bench.begin(patient=True)
    for number in range(1, 4):
        pipeline.offer(post(number, FLAGGED))
    async with asyncio.timeout(PATIENCE):
        await pipeline.finish()
    assert bench.store.tries == 3
    assert await bench.flags() == [(ident(1), 0), (ident(2), 0), (ident(3), 0)]
    assert (pipeline.totals.read, pipeline.totals.new_flags) == (3, 3)


async def test_an_impatient_pipeline_ends_with_the_stores_error_and_saves_nothing_after_it(bench: Bench) -> None:
    bench.store.failures = [StoreBusy("locked")]
    pipeline = bench.begin()
    pipeline.offer(post(1, FLAGGED))
    await pipeline.ended()
    assert isinstance(pipeline.failed(), StoreBusy)
    with pytest.raises(StoreBusy):
        await pipeline.finish()
    assert await bench.flags() == []
    assert await bench.disk.marks() == {}


async def test_even_a_patient_pipeline_ends_where_waiting_does_not_help(bench: Bench) -> None:
    bench.store.failures = [StoreError("torn")]
    pipeline = bench.begin(patient=True)
    pipeline.offer(post(1, FLAGGED))
    with pytest.raises(StoreError, match="torn"):
        await pipeline.finish()


async def test_whoever_waits_for_room_hears_of_the_error_instead_of_waiting_for_ever(bench: Bench) -> None:
    classifier = held(bench)
    bench.store.failures = [StoreError("torn")]
    pipeline = bench.begin()
    for number in range(1, CAPACITY + 1):
        pipeline.offer(post(number))
    waiting = asyncio.create_task(pipeline.submit(post(CAPACITY + 1)))
    await until(classifier.begun)
    classifier.go.set()
    with pytest.raises(StoreError, match="torn"):
        async with asyncio.timeout(PATIENCE):
            await waiting
    with pytest.raises(StoreError):
        await pipeline.finish()


# Stopping.


async def test_draining_works_off_what_waits(bench: Bench) -> None:
    pipeline = bench.begin()
    for number in range(1, 600):
        pipeline.offer(post(number, FLAGGED))
    assert await pipeline.drain(PATIENCE) == 0
    assert len(await bench.flags()) == 599


async def test_draining_keeps_its_deadline_and_what_is_left_moves_no_mark(bench: Bench) -> None:
    classifier = held(bench)
    pipeline = bench.begin()
    for number in range(1, 11):
        pipeline.offer(post(number, FLAGGED))
    await until(classifier.begun)
    async with asyncio.timeout(PATIENCE / 2):  # the classifier would hold out longer
        left = await pipeline.drain(0.05)
    assert left == 10
    classifier.go.set()
    assert bench.store.tries == 0
    assert await bench.disk.marks() == {}


async def test_draining_a_store_that_stays_busy_keeps_its_deadline(bench: Bench) -> None:
    bench.store.failures = [StoreBusy("locked")] * 1000
    pipeline = bench.begin(patient=True)
    pipeline.offer(post(1, FLAGGED))
    async with asyncio.timeout(PATIENCE / 2):
        assert await pipeline.drain(0.05) == 1


async def test_a_run_without_messages_still_saves_how_far_its_file_was_read(bench: Bench) -> None:
    pipeline = bench.begin()
    progress = Progress("file", 3, 30, "digest")
    await pipeline.finish(progress)
    assert await bench.disk.ask(StoreReader.files) == [progress]


async def test_hostile_texts_pass_through_and_are_found_again(bench: Bench) -> None:
    texts = ["", " \t", "\0flagga", "\u202eflagga", "flagga" + "\u0301" * 10_000, "flagga" * 17_000, "\ud800flagga"]
    await bench.run(*(post(number, text) for number, text in enumerate(texts, 1)))
    found = [row.text for row in await bench.disk.ask(StoreReader.flags)]
    assert found == [text.encode("utf-8", "replace").decode() for text in texts[2:]]
    assert replace(post(1), text="").text == ""
