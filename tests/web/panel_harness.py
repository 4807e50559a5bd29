"""The panel as it runs: the real server on a loopback port over a real file, with a clock that stands still."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar
from yarl import URL

from bot.config import Settings
from bot.core.leases import Leases
from bot.core.panel import Visitor
from bot.core.roles import Rank
from bot.panel import desk_over
from bot.reviewing import Reviewing
from bot.signing_in import Still, as_they_came
from bot.store import SqliteStore
from bot.upkeep import CardUpkeep
from bot.web import Desk, WebDesk
from bot.web.guards import COOKIE
from tests.builders import NOW
from tests.fakes import FakeClock
from tests.web.panel_cases import ADMIN, LEAD, MEMBER, MODERATOR

WHO = {Rank.MEMBER: MEMBER, Rank.MODERATOR: MODERATOR, Rank.LEAD: LEAD, Rank.ADMIN: ADMIN}
NAMES = {Rank.MEMBER: "Sam", Rank.MODERATOR: "Mo Lind", Rank.LEAD: "Lea Ek", Rank.ADMIN: "Ada Björk"}
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


class Panel:
    """A running panel with what a test looks at."""

    def __init__(self, db: Path, settings: Settings, still: Still = as_they_came) -> None:
        self.db = db
        self.clock = FakeClock(NOW)
        self.store = SqliteStore.open(db)  # the writer's
        self.reading = SqliteStore.open(db)
        self.leases = Leases()
        upkeep = CardUpkeep(self.store, self.clock, self.leases)
        self.reviewing = Reviewing(self.store, self.clock, self.leases, upkeep)
        self.desk: Desk = desk_over(settings, self.clock, self.store, self.reading, self.reviewing, still=still)
        self.web = WebDesk(self.desk)
        self.address = ""
        self._sessions: list[ClientSession] = []

    async def start(self) -> None:
        self.address = f"http://127.0.0.1:{await self.web.start('127.0.0.1', 0)}"

    async def stop(self) -> None:
        for session in self._sessions:
            await session.close()
        await self.web.close()
        await self.reading.close()
        await self.store.close()

    def visitor(self, rank: Rank, who: str = "", guilds: tuple[str, ...] = (), language: str = "sv") -> Visitor:
        """Somebody of a rank; `guilds` are the servers within reach, none of them all."""
        return Visitor(who or WHO[rank], NAMES[rank], rank, guilds, language)

    async def link(self, rank: Rank = Rank.MODERATOR, **slots: Any) -> str:
        """The path of a link that lets somebody in, once."""
        return f"/in/{await self.desk.signing_in.invite(self.visitor(rank, **slots))}"

    async def secret(self, rank: Rank = Rank.MODERATOR, **slots: Any) -> str:
        """The secret of a new session: the value of the cookie `COOKIE`."""
        secret = await self.desk.signing_in.enter((await self.link(rank, **slots)).rpartition("/")[2])
        assert secret is not None
        return secret

    def signed_out(self, **slots: Any) -> ClientSession:
        """A client without a cookie; `get("/queue")` and the like count from the panel's address."""
        jar = CookieJar(unsafe=True)  # "unsafe" is what aiohttp calls cookies of an address without a name
        self._sessions.append(ClientSession(self.address, cookie_jar=jar, **slots))
        return self._sessions[-1]

    async def sign_in(self, rank: Rank = Rank.MODERATOR, **slots: Any) -> ClientSession:
        """A client of somebody who is signed in: `who`, `guilds` and `language` may be given."""
        client = self.signed_out()
        client.cookie_jar.update_cookies({COOKIE: await self.secret(rank, **slots)}, URL(self.address))
        return client

    def later(self, **duration: float) -> None:
        """Let time pass."""
        self.clock.time += timedelta(**duration)


def token_in(html: str) -> str:
    """The token that the forms of a page bring along."""
    found = _TOKEN.search(html)
    assert found is not None, "there is no form on this page"
    return found[1]


@asynccontextmanager
async def served(db: Path, still: Still = as_they_came, **sections: Any) -> AsyncIterator[Panel]:
    """A panel over a file, with a configuration's sections; stopped in order afterwards."""
    panel = Panel(db, Settings.model_validate(sections), still)
    try:
        await panel.start()
        yield panel
    finally:
        await panel.stop()
