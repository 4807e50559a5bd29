"""The bot as it runs, against the loopback Discord: real gateway, intake, pipeline and store, a fake classifier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.acting import Acting
from bot.announcing import Announcements
from bot.appealing import Appealing
from bot.caring import Caring
from bot.config import Settings
from bot.core.errors import BadModel
from bot.core.leases import Leases
from bot.discord_gateway import DiscordGateway, DiscordHistory, Status
from bot.escalating import LeadsNews
from bot.hearing_back import HearingBack
from bot.intake import Intake
from bot.own_data import OwnData
from bot.persons import own_data
from bot.pipeline import Pipeline
from bot.reporting import Reporting
from bot.reviewing import Reviewing
from bot.shadow_desk import ShadowDesk
from bot.shadowing import Loaded, Shadowing
from bot.store import (
    FlagRow,
    SqliteReports,
    SqliteShadows,
    SqliteStatements,
    SqliteStore,
    SqliteThresholds,
    StoreReader,
    audits,
)
from bot.store import clock as case_clock
from bot.store.clock_store import SqliteClock
from bot.store.evidence_store import SqliteEvidence
from bot.telling import Telling
from bot.tuning import Tuning
from bot.tuning_desk import TuningDesk
from bot.unanswered import Unanswered
from bot.upkeep import CardUpkeep
from tests.fakes import FakeClassifier, FakeClock
from tests.loopback import Channel, LoopbackDiscord, Message, pointed_at

T = TypeVar("T")
SHIPPED = {"flag": 0.5, "threat": 0.5}  # the thresholds of the model
PATIENCE = 30.0  # seconds until what should happen is called missing; generous, because machines are busy


class Now:
    """The time of day, which the loopback's ids follow too."""

    def now(self) -> datetime:
        return datetime.now(UTC)


async def soon(_seconds: float) -> None:
    """What waits between two tries, without the wait."""
    await asyncio.sleep(0.01)


class Bot:
    """A running bot with what a test looks at."""

    def __init__(self, server: LoopbackDiscord, db: Path, settings: Settings) -> None:
        self.server = server
        self.settings = settings
        self.classifier = FakeClassifier()
        self.store = SqliteStore.open(db)
        self.shipped = SHIPPED
        thresholds = SqliteThresholds(self.store)
        self.tuning = Tuning(thresholds, settings.policy(self.shipped))
        policy = self.tuning.policy
        self.clock = FakeClock(Now().now())
        leases = Leases()
        self.announcements = Announcements(
            self.store, self.clock, soon, desk=settings.channels_of_desk(), rhythm=settings.rhythm()
        )
        self.upkeep = CardUpkeep(self.store, self.clock, leases, soon)
        shadows = SqliteShadows(self.store)
        self.shadowing = Shadowing(
            shadows, self.clock, self.classifier.model_id, policy, self._no_model, settings.policy, sleep=soon
        )
        self.pipeline = Pipeline(
            self.classifier,
            self.store,
            policy,
            Now(),
            on_saved=self.wake,
            patient=True,
            beside=self.shadowing,
            sampling=audits.begin(self.store._db, settings.audit),
        )
        history = DiscordHistory(settings.discord)
        max_age = timedelta(hours=settings.discord.catch_up_hours)
        self.intake = Intake(self.pipeline, self.store, history, Now(), max_age)
        self.acting = Acting(self.store, self.clock, self.upkeep.wake, soon)
        self.caring = Caring(self.store, self.clock, leases, self.upkeep)
        self.draws = False  # whether decisions are to be read again
        self.leads_news = LeadsNews(self.store, self.clock, soon)
        self.reviewing = Reviewing(
            self.store,
            self.clock,
            leases,
            self.upkeep,
            self.wake,
            draw=lambda: self.draws,
            again_within=timedelta(days=settings.second_opinion.days),
            on_escalated=self.leads_news.wake,
        )
        statements = SqliteStatements(self.store)
        self.telling = Telling(
            statements, self.clock, self.upkeep.wake, by_message=settings.statements.enabled, sleep=soon
        )
        days = settings.statements.appeal_days
        self.appealing = Appealing(statements, statements, self.clock, days, self.wake, soon)
        filed = SqliteReports(self.store)
        self.hearing_back = HearingBack(filed, self.clock, soon)
        within = timedelta(hours=settings.reports.unanswered_hours)
        waiting = SqliteClock(self.store, settings.clock_rules())
        case_clock.begin(self.store._db, settings.clock_rules(), self.clock.now())
        self.unanswered = Unanswered(waiting, self.clock, within, self.upkeep.wake, soon)
        self.reporting = Reporting(filed, self.classifier, policy, self.clock, settings.limits(), self.wake)
        self.tuning_desk = TuningDesk(
            SqliteEvidence(self.store), thresholds, self.tuning, self.clock, self.classifier.model_id, self.shipped
        )
        self.gateway = DiscordGateway(
            settings,
            self.intake,
            history,
            self.status,
            self.reviewing,
            self.caring,
            self.appealing,
            self.reporting,
            self.tuning_desk,
            ShadowDesk(shadows, self.tuning_desk, self.clock),
        )
        every = timedelta(minutes=settings.persons.mydata_minutes)
        self.gateway.offer_own_data(OwnData(own_data(settings, db), self.clock, every))
        self.life: asyncio.Task[None] | None = None
        self.desk: list[asyncio.Task[None]] = []

    def _no_model(self, name: str) -> Loaded:
        raise BadModel(f"{name} is not on this shelf")

    def wake(self) -> None:
        """As the live bot does whenever something was saved, and every few seconds."""
        self.announcements.wake()
        self.upkeep.wake()
        self.telling.wake()
        self.appealing.wake()
        self.acting.wake()
        self.hearing_back.wake()
        self.unanswered.wake()

    def keep_desk(self) -> None:
        """Announce, keep cards up to date, tell authors, carry out measures."""
        loops = (
            self.announcements.run(self.gateway),
            self.upkeep.run(self.gateway),
            self.telling.run(self.gateway.messenger),
            self.appealing.run(self.gateway.appeal_wall),
            self.acting.run(self.gateway),
            self.leads_news.run(self.gateway),
            self.unanswered.run(self.gateway),
            self.hearing_back.run(self.gateway.report_messenger),
        )
        self.desk = [asyncio.create_task(loop) for loop in loops]

    async def status(self) -> Status:
        totals = await self.store.ask(StoreReader.totals)
        unseen = await self.store.ask(lambda reader: reader.unseen_since(Now().now() - timedelta(days=1)))
        return Status(totals["read"], totals.get("pending", 0), self.classifier.model_id, unseen)

    async def start(self, *, wait: bool = True) -> None:
        """Connect; with `wait` read everything back too."""
        await self.tuning.look()
        self.pipeline.start()
        self.life = asyncio.create_task(self.gateway.run())
        await first_of(self.life, self.server.wait_until_ready())
        await (self.settled() if wait else eventually(self._is_listening))

    async def settled(self) -> None:
        """Until everything Discord has told so far is saved, and every channel is caught up."""
        await self.server.caught_up()
        await eventually(self._is_listening)
        await eventually(lambda: not any(self.intake.backlog.values()))
        await self.intake.caught_up()
        await eventually(lambda: not any(self.intake.backlog.values()))

    def _is_listening(self) -> bool:
        """Whether every server's session has begun; before that its events are only held."""
        wanted = set(self.settings.discord.guilds) or {
            str(guild.id) for guild in self.server.world.guilds.values() if guild.available
        }
        return wanted <= self.intake._open

    async def stop(self) -> None:
        """An orderly stop."""
        for task in self.desk:
            task.cancel()
        await asyncio.gather(*self.desk, return_exceptions=True)
        await self.gateway.close()
        await self.intake.stop()
        if self.life is not None:
            await self.life
        await self.pipeline.drain(PATIENCE)
        await self.store.close()

    async def flags(self) -> list[FlagRow]:
        return await self.store.ask(lambda reader: reader.flags())

    async def texts(self) -> list[str | None]:
        """The flagged texts, settled and in the order of their flags."""
        await self.settled()
        return [flag.text for flag in await self.flags()]

    async def unseen(self) -> list[tuple[str, int]]:
        """Why channels were unseen, and how many messages were read back."""
        rows = await self.store.ask(lambda reader: reader._db.execute("SELECT why, read_back FROM unseen").fetchall())
        return [tuple(row) for row in rows]


def settings_for(server: LoopbackDiscord, **sections: Any) -> Settings:
    return Settings.model_validate({"token": server.token, **sections})


@asynccontextmanager
async def running(server: LoopbackDiscord, db: Path, *, wait: bool = True, **sections: Any) -> AsyncIterator[Bot]:
    """A bot that is connected and, with `wait`, has caught up; stopped in order afterwards."""
    with pointed_at(server):
        bot = Bot(server, db, settings_for(server, **sections))
        try:
            await bot.start(wait=wait)
            yield bot
        finally:
            await bot.stop()


@asynccontextmanager
async def moderated(server: LoopbackDiscord, db: Path, desk: Channel, /, **sections: Any) -> AsyncIterator[Bot]:
    """A bot as `running` gives it, that tells the moderators of flags and keeps their cards up to date."""
    sections["discord"] = {"moderators_channel": str(desk.id), "display_names": False} | sections.get("discord", {})
    async with running(server, db, **sections) as bot:
        bot.keep_desk()
        yield bot


async def first_of(life: asyncio.Task[None], ready: Any) -> None:
    """Wait for readiness, or raise what ended the bot before."""
    waiting = asyncio.ensure_future(ready)
    await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if life.done():
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        life.result()
        raise RuntimeError("the bot ended before it was ready")
    waiting.result()


async def eventually(holds: Callable[[], T | None], timeout: float = PATIENCE) -> T:
    """Wait until something holds that nobody announces."""
    async with asyncio.timeout(timeout):
        while not (value := holds()):
            await asyncio.sleep(0.002)
        return value


async def card_for(server: LoopbackDiscord, desk: Channel, number: int = 1) -> Message:
    """The card of a flag, once it hangs there and is known to hang there."""

    def found() -> Message | None:
        return next((card for card in server.sent(desk) if f"**Flagga {number}**" in card.text), None)

    return await eventually(found)
