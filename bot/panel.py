"""How is the panel put together over a database, with a bot beside it or without one?"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.app import SystemClock
from bot.caring import Caring
from bot.config import Settings
from bot.core.errors import BadInput
from bot.core.leases import Leases
from bot.core.panel import Visitor
from bot.core.roles import Rank
from bot.locales import speak
from bot.reviewing import Reviewing
from bot.signing_in import SigningIn
from bot.store import SqliteStore
from bot.store.desk_reading import SqliteDesk
from bot.store.panel import SqlitePanel
from bot.upkeep import CardUpkeep
from bot.web import Desk, WebDesk


async def serve(db: Path, settings: Settings, port: int | None, name: str | None, tell: Callable[[str], None]) -> None:
    """Serve the panel over a database until told to stop; `name` is let in by a link."""
    if not db.exists():
        raise BadInput(f"{db}: there is no such database; check the path, or run `uppsikt demo` first")
    writing = SqliteStore.open(db)
    reading = SqliteStore.open(db)
    clock, leases = SystemClock(), Leases()
    signing_in = SigningIn(SqlitePanel(writing), clock, timedelta(hours=settings.web.session_hours))
    upkeep = CardUpkeep(writing, clock, leases)
    reviewing = Reviewing(writing, clock, leases, upkeep)
    panel = WebDesk(
        Desk(
            settings,
            clock,
            signing_in,
            reviewing,
            SqliteDesk(reading),
            mask=settings.masking(),
            caring=Caring(writing, clock, leases, upkeep),
        )
    )
    say = speak(settings.languages()[0])
    try:
        found = await panel.start(settings.web.host, settings.web.port if port is None else port)
        tell(say("web-served", address=panel.link("").removesuffix("/in/"), port=str(found)))
        if name is not None:
            visitor = Visitor(name.strip(), name.strip(), Rank.ADMIN, (), settings.languages()[0])
            tell(say("web-link", link=panel.link(await signing_in.invite(visitor))))
        await _until_told()
    finally:
        await panel.close()
        await reading.close()
        await writing.close()


async def _until_told() -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()
