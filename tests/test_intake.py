"""A live stream is read without a hole and nothing twice, whatever happens to the connection."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot import intake as intakes
from bot import pipeline as pipelines
from bot.core.messages import Channel, Event, Posted, snowflake_at
from bot.intake import HistoryClosedError, HistoryUnavailableError, Intake, Page
from bot.pipeline import Pipeline
from bot.store import SqliteStore, StoreReader
from bot.store.queries import FlagRow
from tests.builders import FLAGGED, MARKET, NOW, SQUARE, THREAD, edit, gone, ident, policy, post
from tests.fakes import FakeClassifier, FakeClock

PATIENCE = 20  # seconds until a test that hangs is called failed
GUILD = SQUARE.guild


class PastOf:
    """What Discord still has of each channel; may be held, closed or away for a while."""

    def __init__(self) -> None:
        self.posts: dict[str, list[Posted]] = {}
        self.asked: list[tuple[str, int]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.problems: list[Exception] = []

    def add(self, *posts: Posted) -> None:
        for each in posts:
            self.posts.setdefault(each.channel.id, []).append(each)

    async def page(self, channel: Channel, after: int, limit: int) -> Page:
        self.asked.append((channel.id, after))
        if self.problems:
            raise self.problems.pop(0)
        newer = [each for each in self.posts.get(channel.id, []) if int(each.id) > after]
        page = newer[:limit]
        await self.open.wait()
        return Page(page, int(page[-1].id) if page else after, len(newer) <= limit)


class Town:
    """A live bot without Discord: pipeline, intake and history over one database, which outlives a crash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = FakeClock(NOW + timedelta(hours=1))
        self.past = PastOf()
        self.max_age = timedelta(hours=72)
        self.start()

    def start(self) -> None:
        self.store = SqliteStore.open(self.path)
        self.classifier = FakeClassifier()
        self.pipeline = Pipeline(self.classifier, self.store, policy, self.clock, patient=True)
        self.intake = Intake(self.pipeline, self.store, self.past, self.clock, self.max_age)
        self.pipeline.start()

    async def begin(self, *channels: Channel) -> int | None:
        return await self.intake.begin(GUILD, channels or (SQUARE, MARKET), "start")

    async def live(self, *events: Event) -> None:
        for event in events:
            self.intake.receive(event)
            await asyncio.sleep(0)

    async def quiet(self) -> None:
        """Until nothing is behind and nothing waits."""
        async with asyncio.timeout(PATIENCE):
            await self.intake.caught_up()
            while self.pipeline.backlog:
                await asyncio.sleep(0)

    async def crash(self) -> None:
        """Everything in memory is gone at once."""
        await self.intake.stop()
        task = self.pipeline._task
        assert task is not None
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await self.store.close()

    async def restart(self) -> None:
        await self.crash()
        self.start()

    async def stop(self) -> None:
        await self.quiet()
        await self.pipeline.finish()

    async def rows(self) -> list[FlagRow]:
        return await self.store.ask(StoreReader.flags)

    async def found(self) -> list[str]:
        return [row.message_id for row in await self.rows()]

    async def unseen(self) -> list[tuple[str, int, str]]:
        query = "SELECT channel_id, read_back, why FROM unseen ORDER BY channel_id, id"
        return await self.store.do(lambda db: [tuple(row) for row in db.execute(query).fetchall()])


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    made = Town(tmp_path / "uppsikt.db")
    yield made
    await made.crash()


def posts(*numbers: int, channel: Channel = SQUARE) -> list[Posted]:
    """Flagged messages, each with a text of its own."""
    return [post(number, f"{FLAGGED} {channel.id}-{number}", channel) for number in numbers]


def ids(*numbers: int) -> list[str]:
    return [ident(number) for number in numbers]


async def test_an_open_channels_messages_go_straight_into_the_pipeline(town: Town) -> None:
    assert await town.begin() is None
    await town.quiet()
    asked = len(town.past.asked)
    await town.live(*posts(5000, 5001))
    await town.stop()
    assert await town.found() == ids(5000, 5001)
    assert len(town.past.asked) == asked


async def test_a_server_met_for_the_first_time_is_read_from_now_on_and_has_missed_nothing(town: Town) -> None:
    town.past.add(*posts(1, 2))
    await town.begin()
    await town.stop()
    assert await town.found() == []
    assert await town.unseen() == []


async def test_after_a_crash_what_was_said_meanwhile_is_read_once_and_in_order(town: Town) -> None:
    await town.begin()
    await town.quiet()
    before = posts(4000, 4001)
    town.past.add(*before)
    await town.live(*before)
    await town.quiet()
    await town.restart()
    town.past.add(*posts(*range(4002, 4300)))
    await town.begin()
    await town.stop()
    assert await town.found() == ids(*range(4000, 4300))
    assert [text.split("-")[1] for text in town.classifier.texts] == [str(n) for n in range(4002, 4300)]
    assert ("100", 298, "start") in await town.unseen()


async def test_the_time_that_nobody_watched_is_noted_from_the_mark_to_the_end_of_reading_back(town: Town) -> None:
    await town.begin(SQUARE)
    await town.quiet()
    await town.live(*posts(4000))
    await town.quiet()
    await town.restart()
    town.clock.advance(hours=2)
    await town.begin(SQUARE)
    await town.stop()
    query = "SELECT since, until, read_back FROM unseen"
    (row,) = await town.store.do(lambda db: [tuple(row) for row in db.execute(query).fetchall()])
    assert row == ("2026-01-26T09:06:40.000+00:00", "2026-01-26T11:00:00.000+00:00", 0)


async def test_what_comes_while_history_is_read_follows_it_and_nothing_is_read_twice(town: Town) -> None:
    await behind(town)
    town.past.add(*posts(4002, 4003))
    await town.live(*posts(4002, 4003, 4004))  # history has the first two as well
    assert town.classifier.texts == []
    assert town.intake.backlog["behind"] == 1
    assert town.intake.backlog["held"] == 3
    town.past.open.set()
    await town.stop()
    assert await town.found() == ids(4000, 4001, 4002, 4003, 4004)
    assert len(town.classifier.texts) == len(set(town.classifier.texts)) == 4
    assert town.intake.backlog == {"waiting": 0, "behind": 0, "held": 0}


async def behind(town: Town) -> None:
    """A restart after message 4000; history, which has 4001, is held."""
    await town.begin(SQUARE)
    await town.quiet()
    await town.live(*posts(4000))
    await town.quiet()
    await town.restart()
    town.past.open.clear()
    town.past.add(*posts(4000, 4001))
    await town.begin(SQUARE)


async def test_a_held_edit_and_deletion_do_not_overtake_the_post_that_history_gives(town: Town) -> None:
    await behind(town)
    await town.live(edit(4001, f"{FLAGGED} ändrat"), gone(4001))
    for _ in range(20):
        await asyncio.sleep(0)
    assert await town.found() == ids(4000)
    town.past.open.set()
    await town.stop()
    rows = [row for row in await town.rows() if row.message_id == ident(4001)]
    assert [row.revision for row in rows] == [0, 1]
    assert all(row.withdrawn_at for row in rows)


async def test_a_message_posted_and_deleted_while_its_channel_is_behind_is_still_read(town: Town) -> None:
    await behind(town)
    await town.live(*posts(4005), gone(4005))  # history does not have it any more
    town.past.open.set()
    await town.stop()
    row = (await town.rows())[-1]
    assert row.message_id == ident(4005)
    assert row.withdrawn_at is not None


async def test_other_channels_do_not_wait_for_one_that_is_behind(town: Town) -> None:
    await behind(town)
    await town.live(*posts(4100, channel=MARKET))
    while not town.classifier.texts:
        await asyncio.sleep(0)
    assert town.classifier.texts == [f"{FLAGGED} 200-4100"]
    town.past.open.set()
    await town.stop()


async def test_a_post_that_finds_no_room_is_read_back_later(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines, "CAPACITY", 5)
    await town.begin()
    await town.quiet()
    storm = posts(*range(4000, 4050))
    town.past.add(*storm)
    for each in storm:  # no pause in between
        town.intake.receive(each)
    assert town.intake.backlog["behind"] == 1
    await town.stop()
    assert await town.found() == ids(*range(4000, 4050))
    assert len(town.classifier.texts) == 50
    assert await town.unseen() == []  # somebody watched all the time


async def test_more_than_can_be_held_is_read_back_later(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intakes, "HELD", 10)
    await behind(town)
    storm = posts(*range(4010, 4060))
    town.past.add(*storm)
    await town.live(*storm)
    assert town.intake.backlog["held"] == 10
    town.past.open.set()
    await town.stop()
    assert await town.found() == ids(4000, 4001, *range(4010, 4060))
    assert len(town.classifier.texts) == 51


async def test_more_than_can_be_held_before_a_server_is_open_is_read_back_in_order(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark must not pass what is only held: a crash would lose that."""
    monkeypatch.setattr(intakes, "HELD", 3)
    await town.begin()
    await town.quiet()
    town.intake.interrupted([GUILD])
    storm = posts(*range(4000, 4010))
    town.past.add(*storm)
    await town.live(*storm)
    town.intake.resumed([GUILD])
    await town.stop()
    assert await town.found() == ids(*range(4000, 4010))
    assert len(town.classifier.texts) == 10


async def test_a_long_absence_is_read_back_page_by_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intakes, "PAGE", 7)
    await behind(town)
    town.past.add(*posts(*range(4010, 4060)))
    town.past.open.set()
    await town.stop()
    assert await town.found() == ids(4000, 4001, *range(4010, 4060))
    assert len(town.past.asked) >= 8


async def test_what_is_older_than_the_configured_age_is_not_read_and_that_is_noted(town: Town) -> None:
    await behind(town)
    town.past.open.set()
    await town.restart()
    town.clock.time = NOW + timedelta(seconds=4500) + town.max_age
    town.past.add(*posts(4400, 4600))
    await town.begin(SQUARE)
    await town.stop()
    assert await town.found() == ids(4000, 4600)
    assert await town.unseen() == [("100", 1, "start, older messages not read")]


async def test_a_channel_whose_history_is_closed_is_live_all_the_same(town: Town) -> None:
    await behind(town)
    await town.live(*posts(4005))
    town.past.problems = [HistoryClosedError("no permission")]
    await town.intake.begin(GUILD, [SQUARE], "start")
    town.past.open.set()
    await town.stop()
    assert ident(4005) in await town.found()
    assert [why for _, _, why in await town.unseen()] == ["start, history closed"]


async def test_history_that_is_away_is_asked_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def at_once(seconds: float) -> None:
        waits.append(seconds)

    await behind(town)
    await town.restart()
    monkeypatch.setattr(intakes.asyncio, "sleep", at_once)
    town.past.problems = [HistoryUnavailableError("503") for _ in range(8)]
    town.past.open.set()
    await town.begin(SQUARE)
    async with asyncio.timeout(PATIENCE):
        await town.intake.caught_up()
    monkeypatch.undo()
    await town.stop()
    assert await town.found() == ids(4000, 4001)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_an_interruption_that_is_resumed_goes_on_in_order_without_asking_history(town: Town) -> None:
    await town.begin()
    await town.quiet()
    asked = len(town.past.asked)
    town.intake.interrupted([GUILD])
    await town.live(*posts(4000), gone(4000), *posts(4001))
    assert town.classifier.texts == []
    assert town.intake.backlog["held"] == 3
    town.intake.resumed([GUILD])
    await town.stop()
    assert await town.found() == ids(4000, 4001)
    assert [bool(row.withdrawn_at) for row in await town.rows()] == [True, False]
    assert len(town.past.asked) == asked


async def test_an_interruption_that_ends_in_a_new_session_is_read_back(town: Town) -> None:
    await town.begin(SQUARE)
    await town.quiet()
    await town.live(*posts(4000))
    await town.quiet()
    town.intake.interrupted([GUILD])
    lost_at = town.clock.now()
    town.past.add(*posts(4000, 4001))
    town.clock.advance(minutes=10)
    await town.begin(SQUARE)
    await town.live(*posts(4002))
    await town.stop()
    assert await town.found() == ids(4000, 4001, 4002)
    query = "SELECT since, read_back FROM unseen"
    (row,) = await town.store.do(lambda db: [tuple(each) for each in db.execute(query).fetchall()])
    assert row == (lost_at.isoformat(timespec="milliseconds"), 1)


async def test_what_comes_before_a_server_has_begun_waits_for_it(town: Town) -> None:
    await town.live(*posts(4000), gone(4000))
    assert town.classifier.texts == []
    await town.begin()
    await town.stop()
    (row,) = await town.rows()
    assert row.withdrawn_at is not None


async def test_a_channel_that_nobody_told_of_has_its_mark_before_anything_newer_is_saved(town: Town) -> None:
    """Else a crash would leave its first post behind the newest mark of its server."""
    await town.begin(SQUARE)
    await town.quiet()
    town.past.open.clear()
    whole = posts(4000, channel=MARKET)
    town.past.add(*whole)
    town.intake.receive(*whole, whole=False)  # waits for history, while others go on
    await town.live(*posts(5000))
    while ident(5000) not in await town.found():
        await asyncio.sleep(0)
    await town.restart()
    town.past.open.set()
    town.past.add(*posts(5000))
    await town.begin(SQUARE, MARKET)
    await town.stop()
    assert await town.found() == ids(5000, 4000)


async def test_a_channel_made_while_nobody_watched_is_read_from_where_its_server_was_last_read(town: Town) -> None:
    await behind(town)
    town.past.open.set()
    await town.restart()
    town.past.add(*posts(4100, 4101, channel=MARKET))
    await town.begin(SQUARE, MARKET)
    await town.stop()
    assert sorted(await town.found()) == sorted(ids(4000, 4001, 4100, 4101))


async def test_an_archived_thread_found_later_is_read_whole(town: Town) -> None:
    thread = Channel(str(snowflake_at(NOW)), "tråden", GUILD, SQUARE.id, SQUARE.name)
    town.past.add(*posts(10, 20, channel=thread))
    await town.begin()
    await town.intake.also([thread], "archived")
    await town.stop()
    assert await town.found() == ids(10, 20)


async def test_a_post_that_only_history_has_whole_is_read_from_there(town: Town) -> None:
    await town.begin()
    await town.quiet()
    town.past.open.clear()
    town.past.add(post(4000, f"{FLAGGED} och filen"))
    town.intake.receive(post(4000, "utan filen"), whole=False)
    await town.live(*posts(4001))
    town.past.open.set()
    await town.stop()
    assert [row.text for row in await town.rows()] == [f"{FLAGGED} och filen", f"{FLAGGED} 100-4001"]
    assert "utan filen" not in town.classifier.texts


async def test_stopping_leaves_what_was_held_to_the_next_start(town: Town) -> None:
    await behind(town)
    late = posts(4005)
    town.past.add(*late)
    await town.live(*late)
    await town.intake.stop()
    await town.pipeline.drain(PATIENCE)
    assert await town.found() == ids(4000)
    town.past.open.set()
    await town.restart()
    await town.begin(SQUARE)
    await town.stop()
    assert await town.found() == ids(4000, 4001, 4005)


class Life:
    """Whatever can happen, at random; remembers what a bot could know of it."""

    def __init__(self, town: Town, seed: int, *, crashes: bool) -> None:
        self.town = town
        self.dice = random.Random(seed)
        self.channels = (SQUARE, MARKET, THREAD)
        self.number = 3600
        self.connected = False
        self.wire: list[Event] = []  # what is on its way from the gateway; history may be quicker
        self.missed: list[Event] = []  # what a resumed session would replay
        self.edited: set[str] = set()
        self.said: list[Posted] = []
        self.deleted: set[str] = set()
        self.told: set[str] = set()  # deletions that reached the intake
        self.crashes = crashes

    def happens(self) -> Callable[[], object]:
        deeds = {
            self.say: 12,
            self.change: 2,
            self.delete: 2,
            self.drop: 1,
            self.resume: 2,
            self.renew: 1,
            self.pause: 6,
        }
        if self.crashes:
            deeds[self.crash] = 1
        return self.dice.choices(list(deeds), list(deeds.values()))[0]

    async def run(self, deeds: int) -> None:
        await self.renew()
        for _ in range(deeds):
            done = self.happens()()
            if asyncio.iscoroutine(done):
                await done
        self.arrive()
        if not self.connected:
            await self.renew()
        await self.town.stop()

    def tell(self, event: Event) -> None:
        (self.wire if self.connected else self.missed).append(event)
        if self.dice.random() < 0.7:
            self.arrive()

    def arrive(self) -> None:
        wire, self.wire = self.wire, []
        for event in wire:
            self.deliver(event)

    def deliver(self, event: Event) -> None:
        self.town.intake.receive(event)
        if not isinstance(event, Posted):
            self.told.add(event.id)

    def say(self) -> None:
        for _ in range(self.dice.choice([1, 1, 5, 30])):
            self.number += 1
            (said,) = posts(self.number, channel=self.dice.choice(self.channels))
            self.said.append(said)
            self.town.past.add(said)
            self.tell(said)

    def change(self) -> None:
        if self.said:
            old = self.dice.choice(self.said[-20:])
            if old.id not in self.deleted | self.edited:
                self.edited.add(old.id)
                new = edit(self.number_of(old), f"{old.text} igen", old.channel)
                past = self.town.past.posts[old.channel.id]
                past[past.index(old)] = post(self.number_of(old), new.text, old.channel, revision=1)
                self.tell(new)

    def number_of(self, said: Posted) -> int:
        return int((said.at - NOW).total_seconds())

    def delete(self) -> None:
        if self.said:
            old = self.dice.choice(self.said[-20:])
            if old.id not in self.deleted:
                self.deleted.add(old.id)
                past = self.town.past.posts[old.channel.id]
                past[:] = [each for each in past if each.id != old.id]
                self.tell(gone(self.number_of(old), old.channel))

    def drop(self) -> None:
        if self.connected:
            self.connected = False
            self.missed, self.wire = self.wire, []
            self.town.intake.interrupted([GUILD])

    async def resume(self) -> None:
        if not self.connected:
            self.connected = True
            for event in self.missed:
                self.deliver(event)
            self.missed = []
            self.town.intake.resumed([GUILD])

    async def renew(self) -> None:
        self.drop()
        self.connected, self.missed = True, []
        await self.town.begin(*self.channels)

    async def crash(self) -> None:
        self.connected, self.wire = False, []
        await self.town.restart()
        await self.renew()

    async def pause(self) -> None:
        if self.dice.random() < 0.5:
            self.arrive()
        for _ in range(self.dice.randrange(30)):
            await asyncio.sleep(0)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("crashes", [False, True])
async def test_whatever_happens_each_message_that_stays_is_flagged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, crashes: bool
) -> None:
    monkeypatch.setattr(pipelines, "CAPACITY", 20)
    monkeypatch.setattr(intakes, "HELD", 20)
    monkeypatch.setattr(intakes, "PAGE", 7)
    town = Town(tmp_path / "uppsikt.db")
    life = Life(town, seed, crashes=crashes)
    await life.run(60)
    rows = await town.rows()
    flagged = [(row.message_id, row.revision) for row in rows]
    stayed = [said.id for said in life.said if said.id not in life.deleted | life.edited]
    assert len(flagged) == len(set(flagged))
    assert sorted(set(stayed) - {number for number, _ in flagged}) == []
    if not crashes:
        assert len(town.classifier.texts) == len(set(town.classifier.texts))
        forgotten = [row.message_id for row in rows if row.message_id in life.told and row.withdrawn_at is None]
        assert forgotten == []
    await town.crash()
