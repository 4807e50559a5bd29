"""How is the panel put together over a database, with a bot beside it or without one?"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.app import SystemClock, manifest_of
from bot.appealing import Appealing
from bot.caring import Caring
from bot.config import Settings
from bot.core.errors import BadInput, BadModel
from bot.core.leases import Leases
from bot.core.panel import Visitor
from bot.core.ports import Clock
from bot.core.ports.beside import BotBeside
from bot.core.roles import Rank
from bot.lasting_evidence import LastingEvidence
from bot.locales import speak
from bot.marking import Marking
from bot.private_files import guard
from bot.reviewing import Reviewing
from bot.signing_in import SigningIn, Still, as_they_came
from bot.store import SqliteStore, SqliteThresholds
from bot.store.clock_store import SqliteClock
from bot.store.desk_reading import SqliteDesk
from bot.store.evidence_store import SqliteEvidence
from bot.store.panel import SqlitePanel
from bot.store.report_store import SqliteReports
from bot.store.statement_store import SqliteStatements
from bot.tuning import Tuning
from bot.tuning_desk import TuningDesk
from bot.upkeep import CardUpkeep
from bot.web import Desk, WebDesk, is_served

log = logging.getLogger(__name__)

LONGEST_NAME = 100


def desk_over(
    settings: Settings,
    clock: Clock,
    writing: SqliteStore,
    reading: SqliteStore,
    reviewing: Reviewing,
    caring: Caring,
    still: Still = as_they_came,
    names: Callable[[str], str] = str,
    beside: BotBeside | None = None,
    tuning: Tuning | None = None,
    appealing: Appealing | None = None,
    marking: Marking | None = None,
) -> Desk:
    """What the panel is a window to: `writing` is the store of whoever decides; by `reading` nothing is written.

    `tuning`, `appealing` and `marking` are those of a running bot, so that it follows at once; without one, whichever
    bot runs over the same file finds what was saved when it looks again.
    """
    signing_in = SigningIn(SqlitePanel(writing), clock, timedelta(hours=settings.web.session_hours), still)
    thresholds = tuning_over(settings, clock, writing, reading, tuning)
    mask, read = settings.masking(), SqliteDesk(reading)
    judging = appealing or _appealing(settings, clock, writing)
    marks = marking or Marking(SqliteReports(writing), clock)
    return Desk(settings, clock, signing_in, reviewing, read, judging, marks, names, mask, beside, caring, thresholds)


def _appealing(settings: Settings, clock: Clock, writing: SqliteStore) -> Appealing:
    statements = SqliteStatements(writing)
    return Appealing(statements, statements, clock, settings.statements.appeal_days, lambda: None)


def tuning_over(
    settings: Settings, clock: Clock, writing: SqliteStore, reading: SqliteStore, tuning: Tuning | None
) -> TuningDesk | None:
    """Thresholds, looked at without a model being loaded; None where none is there, which costs only this page."""
    try:
        manifest = manifest_of(settings)
    except BadModel as problem:
        log.warning("going on without thresholds in the panel: %s", problem)
        return None
    store = SqliteThresholds(writing)
    tuning = tuning or Tuning(store, settings.policy(manifest.thresholds))
    evidence = LastingEvidence(SqliteEvidence(reading), clock)
    return TuningDesk(evidence, store, tuning, clock, manifest.model_id, manifest.thresholds)


class PanelBeside:
    """The panel of a running bot. Where it cannot be served the bot goes on without it, and says why."""

    def __init__(self, desk: Desk, reading: SqliteStore) -> None:
        """`reading` is the desk's, and closed with the panel."""
        self._where = desk.settings.web
        self._reading = reading
        self.signing_in = desk.signing_in
        self._web = WebDesk(desk)
        self._served = False

    async def start(self) -> None:
        """Serve it, if that can be."""
        try:
            await self._web.start(self._where.host, self._where.port)
        except BadInput as problem:
            log.warning("going on without a panel: %s", problem)
            return
        self._served = True
        log.info("the panel is at %s", self._web.address)

    def link(self, secret: str) -> str | None:
        """Where somebody comes in with the secret of an invitation; None while nothing is served."""
        return self._web.link(secret) if self._served else None

    async def close(self) -> None:
        """Let open requests end, and listen no more."""
        self._served = False
        await self._web.close()
        await self._reading.close()


async def serve(db: Path, settings: Settings, port: int | None, name: str | None, tell: Callable[[str], None]) -> None:
    """Serve the panel over a database until told to stop; `name` is let in by a link."""
    if not db.exists():
        raise BadInput(f"{db}: there is no such database; check the path, or run `uppsikt demo` first")
    visitor = None if name is None else visitor_named(name, settings)
    guard(settings, db)
    writing = SqliteStore.open(db)
    reading = SqliteStore.open(db)
    clock, leases = SystemClock(), Leases()
    upkeep = CardUpkeep(writing, clock, leases)
    reviewing = Reviewing(writing, clock, leases, upkeep)
    caring = Caring(writing, clock, leases, upkeep)
    desk = desk_over(settings, clock, writing, reading, reviewing, caring, from_the_terminal)
    panel = WebDesk(desk)
    say = speak(settings.languages()[0])
    host, port = settings.web.host, settings.web.port if port is None else port
    try:
        await SqliteClock(writing, settings.clock_rules()).work_out()
        served_by_us = visitor is None or not await is_served(host, port)
        if served_by_us:
            await panel.start(host, port)
        else:
            panel.at(port)
        tell(say("web-served" if served_by_us else "web-there-already", address=panel.address))
        if visitor is not None:
            tell(say("web-link", link=panel.link(await desk.signing_in.invite(visitor))))
        if served_by_us:
            await _until_told()
    finally:
        await panel.close()
        await reading.close()
        await writing.close()


def visitor_named(name: str, settings: Settings) -> Visitor:
    """Whoever may open the database lets in whom they like; BadInput for what is no name."""
    if not any(map(str.isalnum, name)) or len(name) > LONGEST_NAME:
        raise BadInput(f"--sign-in: give a name that colleagues know, of at most {LONGEST_NAME} characters")
    return Visitor(name.strip(), name.strip(), Rank.ADMIN, (), settings.languages()[0])


async def from_the_terminal(visitor: Visitor) -> Visitor | None:
    """Without a bot nobody can ask Discord whether a role still holds: only those let in here come in."""
    return None if visitor.guilds else visitor


async def _until_told() -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()
