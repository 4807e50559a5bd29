"""How does the live bot start, stay up and stop? Built from the store outwards, stopped from Discord inwards.

Stopping is ordered and says what it does: no new events, what waits is worked off within the deadline, the store is
closed last. Whatever the deadline leaves is read back from history at the next start.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import signal
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from itertools import chain, repeat

from bot.acting import Acting
from bot.anchoring import Anchoring
from bot.announcing import Announcements
from bot.app import SystemClock, load_model, policy_of, shadow_of
from bot.appealing import Appealing
from bot.backup_rounds import Backups
from bot.caring import Caring
from bot.config import Settings
from bot.core.errors import PlatformError
from bot.core.leases import Leases
from bot.discord_gateway import DiscordGateway, DiscordHistory, Status, check_token
from bot.drifting import Drifting
from bot.escalating import LeadsNews
from bot.hearing_back import HearingBack
from bot.intake import Intake
from bot.own_data import OwnData
from bot.panel import PanelBeside, desk_over
from bot.persons import own_data
from bot.pipeline import Pipeline
from bot.private_files import guard
from bot.reporting import Reporting
from bot.reviewing import Reviewing
from bot.rounds import forget_daily, kept_up
from bot.shadow_desk import ShadowDesk
from bot.shadowing import Shadowing
from bot.store import (
    SqliteReports,
    SqliteShadows,
    SqliteShifts,
    SqliteStatements,
    SqliteStore,
    SqliteThresholds,
    StoreReader,
    audits,
)
from bot.store.anchor_store import SqliteAnchors
from bot.store.clock_store import SqliteClock
from bot.store.evidence_store import SqliteEvidence
from bot.store.forgetting import forget
from bot.telling import Telling
from bot.tuning import Tuning
from bot.tuning_desk import TuningDesk
from bot.unanswered import Unanswered
from bot.upkeep import CardUpkeep

log = logging.getLogger(__name__)

REPORT_SECONDS = 60  # between lines on what waits, while anything waits
# Between looks for what nobody has told us of; the last is repeated. Soon at first, because what an earlier run left
# undone was tried before Discord was there.
LOOK_AGAIN_SECONDS = (1, 2, 4, 15)
UNSEEN_HOURS = 24  # that /status looks back


async def live(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. UppsiktError where it cannot start or go on."""
    guard(settings)
    check_token(settings.token.get_secret_value())  # before the model is loaded, which takes a while
    clock = SystemClock()
    store = SqliteStore.open(settings.database)
    try:
        model = await asyncio.to_thread(load_model, settings)
        tuning = Tuning(SqliteThresholds(store), policy_of(settings, model))
        await tuning.look()
        announcements = Announcements(store, clock, desk=settings.channels_of_desk(), rhythm=settings.rhythm())
        leases = Leases()
        upkeep = CardUpkeep(store, clock, leases)
        acting = Acting(store, clock, upkeep.wake)
        statements = SqliteStatements(store)
        telling = Telling(statements, clock, upkeep.wake, by_message=settings.statements.enabled)

        filed = SqliteReports(store)
        hearing_back = HearingBack(filed, clock)

        def decided() -> None:
            acting.wake()
            telling.wake()
            appealing.wake()  # an appeal may have nothing left to decide
            upkeep.wake()
            hearing_back.wake()

        appealing = Appealing(statements, statements, clock, settings.statements.appeal_days, decided)
        leads_news = LeadsNews(store, clock)
        second = settings.second_opinion
        reviewing = Reviewing(
            store,
            clock,
            leases,
            upkeep,
            decided,
            draw=lambda: random.random() < second.share,
            again_within=timedelta(days=second.days),
            on_escalated=leads_news.wake,
        )

        def saved() -> None:
            announcements.wake()
            upkeep.wake()

        def reported() -> None:
            saved()
            hearing_back.wake()

        within = timedelta(hours=settings.reports.unanswered_hours)
        waiting = SqliteClock(store, settings.clock_rules())
        unanswered = Unanswered(waiting, clock, within, upkeep.wake)
        reporting = Reporting(filed, model, tuning.policy, clock, settings.limits(), reported)
        drifting = Drifting(SqliteShifts(store), clock)
        every = timedelta(days=settings.record.anchor_days)
        anchoring = Anchoring(SqliteAnchors(store, settings.database), clock, every)
        if not settings.audit.enabled:
            await store.do(audits.end)
        sampling = await store.do(lambda db: audits.begin(db, settings.audit))
        await waiting.begin(clock.now())  # once it is known whether samples are drawn
        shadowing = shadow_of(settings, store, model, tuning.policy)
        pipeline = Pipeline(
            model, store, tuning.policy, clock, on_saved=saved, patient=True, sampling=sampling, beside=shadowing
        )
        history = DiscordHistory(settings.discord)
        intake = Intake(pipeline, store, history, clock, timedelta(hours=settings.discord.catch_up_hours))

        async def status() -> Status:
            since = clock.now() - timedelta(hours=UNSEEN_HOURS)
            totals = await store.ask(StoreReader.totals)
            unseen = await store.ask(lambda reader: reader.unseen_since(since))
            return Status(totals["read"], totals.get("pending", 0), model.model_id, unseen)

        backups = Backups(settings, clock)

        async def forget_old() -> int:
            count = await store.do(lambda db: forget(db, settings.keeping(), clock.now()))
            await backups.forget()
            return count

        caring = Caring(store, clock, leases, upkeep)
        desk = TuningDesk(
            SqliteEvidence(store), SqliteThresholds(store), tuning, clock, model.model_id, model.manifest.thresholds
        )
        tried = ShadowDesk(SqliteShadows(store), desk, clock)
        gateway = DiscordGateway(
            settings, intake, history, status, reviewing, caring, appealing, reporting, desk, tried
        )
        gateway.offer_own_data(OwnData(own_data(settings), clock, timedelta(minutes=settings.persons.mydata_minutes)))
        panel: PanelBeside | None = None
        if settings.web.enabled:
            reading = SqliteStore.open(settings.database)
            asks, names = gateway.still(clock), gateway.name_of
            window = desk_over(
                settings, clock, store, reading, reviewing, caring, asks, names, gateway.beside, tuning, appealing,
                reporting.marking,
            )  # fmt: skip
            panel = PanelBeside(window, reading)
            gateway.offer_panel(panel.signing_in, panel.link)
            await panel.start()
        pipeline.start()
        gc.freeze()  # what is loaded stays: to look through it again and again took a third of a busy bot's time
        log.info("ready with %s; connecting", model.model_id)
        keeping = [
            kept_up(announcements.run(gateway), "announcements"),
            kept_up(upkeep.run(gateway), "cards"),
            kept_up(acting.run(gateway), "measures"),
            kept_up(leads_news.run(gateway), "leads"),
            kept_up(telling.run(gateway.messenger), "statements"),
            kept_up(appealing.run(gateway.appeal_wall), "appeals"),
            kept_up(unanswered.run(gateway), "what waits too long"),
            kept_up(shadowing.run(), "shadow"),
            kept_up(anchoring.run(gateway), "record"),
            *([kept_up(drifting.run(gateway), "shifts")] if settings.drift.enabled else []),
            kept_up(hearing_back.run(gateway.report_messenger), "answers"),
            kept_up(
                _look_again(
                    upkeep,
                    acting,
                    announcements,
                    telling,
                    appealing,
                    hearing_back,
                    unanswered,
                    shadowing,
                    drifting,
                    anchoring,
                ),
                "looking again",
            ),
            kept_up(tuning.run(), "thresholds"),
            kept_up(forget_daily(forget_old), "retention"),
            *([kept_up(backups.run(), "backups")] if settings.backup.folder else []),
            kept_up(_report(intake), "backlog"),
        ]
        try:
            await _until_told(gateway.run(), pipeline)
        finally:
            if panel is not None:
                await panel.close()
            for task in keeping:  # what is saved from here on is announced at the next start
                task.cancel()
            await asyncio.gather(*keeping, return_exceptions=True)
            await gateway.close()
            await intake.stop()
            left = await pipeline.drain(settings.discord.drain_seconds)
            log.info("stopped; %d events are left to be read back", left)
    finally:
        await store.close()


async def _until_told(work: Coroutine[None, None, None], pipeline: Pipeline) -> None:
    """Run until a signal, an error of the work, or an error of the pipeline."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    running = asyncio.create_task(work, name="gateway")
    others = [asyncio.create_task(told.wait()), asyncio.create_task(pipeline.ended())]
    try:
        await asyncio.wait([running, *others], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        if problem := pipeline.failed():
            raise problem
    finally:
        for task in others:
            task.cancel()
        if not running.done():
            running.cancel()
            with suppress(asyncio.CancelledError, PlatformError):
                await running


async def _look_again(
    *keepers: CardUpkeep
    | Acting
    | Announcements
    | Telling
    | Appealing
    | HearingBack
    | Unanswered
    | Shadowing
    | Drifting
    | Anchoring,
) -> None:
    """Nobody announces decisions in the terminal, forgotten texts, lapsed leases, quiet hours' ends, another try."""
    for seconds in chain(LOOK_AGAIN_SECONDS, repeat(LOOK_AGAIN_SECONDS[-1])):
        await asyncio.sleep(seconds)
        for keeper in keepers:
            keeper.look_again() if isinstance(keeper, Announcements) else keeper.wake()


async def _report(intake: Intake) -> None:
    """Make the backlog visible in the log."""
    while True:
        await asyncio.sleep(REPORT_SECONDS)
        waits = intake.backlog
        if any(waits.values()):
            log.info("backlog: %s", ", ".join(f"{count} {name}" for name, count in waits.items()))
