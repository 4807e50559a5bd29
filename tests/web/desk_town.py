"""A panel that is really served, over a real database, for tests: somebody signs in and has hands to press with."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.appealing import Appealing
from bot.caring import Caring
from bot.config import Settings
from bot.core.context import Context, Missing
from bot.core.flags import Flag, Reason
from bot.core.leases import Leases
from bot.core.masking import Masking
from bot.core.measures import Act
from bot.core.messages import Channel, Posted
from bot.core.panel import Visitor
from bot.core.roles import Rank
from bot.marking import Marking
from bot.reviewing import Reviewing
from bot.signing_in import SigningIn, form_token
from bot.store import SqliteReports, SqliteStatements, SqliteStore
from bot.store.connection import open_database
from bot.store.desk_reading import SqliteDesk
from bot.store.keeping import keep
from bot.store.panel import SqlitePanel
from bot.upkeep import CardUpkeep
from bot.web import Desk, WebDesk
from classifier.verdict import MOTIVES, Span
from tests.builders import NOW, SQUARE, kept, post, verdict
from tests.fakes import FakeClock

TAGS = re.compile(r"<[^>]+>")


@dataclass
class FakeBot:
    """A bot beside the panel: what stands around a message, and what may be done."""

    around: Context | Missing = Missing.GONE
    hindered_by: dict[Act, Any] = field(default_factory=dict)

    async def context(self, _: Posted) -> Context | Missing:
        return self.around

    async def means(self, _: Any) -> dict[Act, Any]:
        return {act: self.hindered_by.get(act) for act in (Act.DELETE, Act.WARN, Act.TIMEOUT)}

    async def hindered(self, _: Any, measures: Any) -> dict[Act, Any]:
        return {each.act: self.hindered_by.get(each.act) for each in measures}


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    place: str  # where it led in the end
    headers: Any

    @property
    def words(self) -> str:
        """What can be read, without the markup."""
        return " ".join(TAGS.sub(" ", self.text).split())


@dataclass
class Hands:
    """Somebody who is signed in."""

    base: str
    session: aiohttp.ClientSession
    secret: str

    async def get(self, place: str) -> Answer:
        async with self.session.get(self.base + place) as response:
            return Answer(response.status, await response.text(), str(response.url), response.headers)

    async def post(self, place: str, *, token: str | None = None, follow: bool = True, **fields: Any) -> Answer:
        form = [("token", form_token(self.secret) if token is None else token)]
        for key, value in fields.items():
            form += [(key, str(each)) for each in (value if isinstance(value, list) else [value])]
        async with self.session.post(self.base + place, data=form, allow_redirects=follow) as response:
            where = response.headers.get("Location", str(response.url))
            return Answer(response.status, await response.text(), where, response.headers)


@dataclass
class DeskTown:
    """The panel with its parts."""

    base: str
    path: Path
    store: SqliteStore
    desk: Desk
    clock: FakeClock
    sessions: list[aiohttp.ClientSession] = field(default_factory=list)

    async def sign_in(
        self, name: str = "Maja", rank: Rank = Rank.MODERATOR, guilds: Sequence[str] = ("1",), language: str = "sv"
    ) -> Hands:
        """Somebody comes in by a link."""
        link = await self.desk.signing_in.invite(Visitor(name, name, rank, tuple(guilds), language))
        secret = await self.desk.signing_in.enter(link)
        assert secret is not None
        session = aiohttp.ClientSession(cookies={"uppsikt": secret}, cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.sessions.append(session)
        return Hands(self.base, session, secret)

    async def add(self, *flags: Flag) -> None:
        """Flags are raised."""
        await self.store.do(lambda db: keep(db, kept(*flags, channels={SQUARE.id: SQUARE})))


def raised(
    number: int = 1,
    text: str = "du är en flagga och ingenting annat",
    *,
    threat: bool = False,
    channel: Channel = SQUARE,
    author: str = "u1",
    minutes: int = 30,
    score: float = 0.95,
    **labels: float,
) -> Flag:
    """The number-th flag, with the word that weighed."""
    start = text.find("flagga")
    spans = (Span(start, start + 6, 0.8),) if start >= 0 else ()
    found = replace(verdict(score, 0.95 if threat else 0.0, **labels), spans=spans)
    reasons = [Reason("threshold", "flag", score, 0.5)]
    reasons += [Reason("threshold", "threat", 0.95, 0.5)] if threat else []
    at = NOW - timedelta(minutes=minutes)
    message = post(number, text, channel, author=author, at=at)
    return Flag(message, found, tuple(reasons), {"flag": 0.5}, at)


def many(count: int) -> list[Flag]:
    """So many flags of every motive, some of them threats."""
    return [
        raised(n, f"meddelande nummer {n} är en flagga", threat=n % 20 == 0, author=f"u{n}", **{MOTIVES[n % 7]: 0.8})
        for n in range(1, count + 1)
    ]


@asynccontextmanager
async def desk_town(
    path: Path,
    settings: Settings | None = None,
    *,
    beside: FakeBot | None = None,
    busy_seconds: float = 5.0,
    **slots: Any,
) -> AsyncIterator[DeskTown]:
    """A panel over a fresh database."""
    settings, clock, leases = settings or Settings(), slots.pop("clock", None) or FakeClock(), Leases()
    store = SqliteStore(path, open_database(path, busy_seconds=busy_seconds))
    reading = SqliteStore.open(path)
    upkeep = CardUpkeep(store, clock, leases)
    statements = SqliteStatements(store)
    signing_in = SigningIn(SqlitePanel(store), clock, timedelta(hours=8))
    desk = Desk(
        settings, clock, signing_in, Reviewing(store, clock, leases, upkeep, **slots), SqliteDesk(reading),
        Appealing(statements, statements, clock, 180, lambda: None), Marking(SqliteReports(store), clock),
        names=lambda by: {"u1": "Kim"}.get(by, by), mask=Masking(), beside=beside,
        caring=Caring(store, clock, leases, upkeep),
    )  # fmt: skip
    panel = WebDesk(desk)
    port = await panel.start("127.0.0.1", 0)
    town = DeskTown(f"http://127.0.0.1:{port}", path, store, desk, clock)
    try:
        yield town
    finally:
        for session in town.sessions:
            await session.close()
        await panel.close()
        await reading.close()
        await store.close()
