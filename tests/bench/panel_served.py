"""How are two panels asked alike? Each by `uppsikt web`, a process of its own, to thirty who are signed in."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.app import SystemClock
from bot.core.panel import Visitor
from bot.core.roles import Rank
from bot.signing_in import SigningIn, form_token
from bot.store import SqliteStore
from bot.store.panel import SqlitePanel
from tests.bench.panel_seed import OPEN
from tests.bench.reading import HOME

MODERATORS = 30
_LISTENS = re.compile(rb"http://127\.0\.0\.1:(\d+)")
_LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"|data-live="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who is signed in, with an open case of their own."""

    session: aiohttp.ClientSession
    secret: str
    own: int

    async def look(self, place: str) -> float:
        """How many milliseconds a page took."""
        started = time.perf_counter()
        async with self.session.get(place) as response:
            await response.read()
            assert response.status == 200, (place, response.status)
        return 1000 * (time.perf_counter() - started)

    async def send(self, place: str, **fields: str) -> float:
        """How many milliseconds a form took, with the page that it leads to."""
        started = time.perf_counter()
        async with self.session.post(place, data={"token": form_token(self.secret), **fields}) as response:
            await response.read()
            assert response.status == 200, (place, response.status)
        return 1000 * (time.perf_counter() - started)

    async def weight(self, place: str) -> float:
        """How many KB come with a page: itself, its style, scripts, pictures and figures, as they are sent."""
        total = 0
        async with self.session.get(place) as response:
            html = await response.text()
            total += len(html.encode())
        loaded = {(one or other).replace("&amp;", "&") for one, other in _LOADED.findall(html)}
        for each in loaded:
            async with self.session.get(each) as response:
                total += int(response.headers.get("Content-Length", 0)) or len(await response.read())
        return total / 1024


@dataclass(slots=True)
class Served:
    """A panel over so many flags, and whom it knows."""

    size: int
    address: str
    hands: Sequence[Hand]
    _asked: int = 0

    async def look(self, place: str) -> list[float]:
        """Everybody asks at once; `{flag}` is another open one each time, over the whole of the file."""
        places = [place.format(flag=self._next_flag()) for _ in self.hands]
        return list(await asyncio.gather(*(each.look(at) for each, at in zip(self.hands, places, strict=True))))

    async def uphold(self) -> list[float]:
        """Everybody upholds a case of their own."""
        sent = (each.send(f"/case/{each.own}/uphold?from=queue", motive="misogyny") for each in self.hands)
        return list(await asyncio.gather(*sent))

    async def reopen(self) -> list[float]:
        """Everybody opens it again."""
        return list(await asyncio.gather(*(each.send(f"/case/{each.own}/reopen?from=case") for each in self.hands)))

    def _next_flag(self) -> int:
        self._asked += 1
        return (self._asked * 7919 * OPEN) % self.size or OPEN


@asynccontextmanager
async def served(path: Path, size: int) -> AsyncIterator[Served]:
    """A panel as `uppsikt web` serves it, and thirty admins: they may see every page."""
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(_process("bot", "web", "--db", str(path), "--port", "0", at=path.parent))
        address = f"http://127.0.0.1:{port}"
        store = SqliteStore.open(path)
        stack.push_async_callback(store.close)
        signing_in = SigningIn(SqlitePanel(store), SystemClock(), timedelta(hours=8))
        hands = []
        for number in range(MODERATORS):
            link = await signing_in.invite(Visitor(f"m{number}", f"m{number}", Rank.ADMIN, ()))
            secret = str(await signing_in.enter(link))
            jar = aiohttp.CookieJar(unsafe=True)
            session = aiohttp.ClientSession(address, cookies={"uppsikt": secret}, cookie_jar=jar)
            hands.append(Hand(await stack.enter_async_context(session), secret, size - size % OPEN - number * OPEN))
        yield Served(size, address, hands)


@asynccontextmanager
async def streaming(paths: Sequence[Path]) -> AsyncIterator[None]:
    """While messages come in at all of these, from one more process."""
    async with _process("tests.bench.panel_stream", *map(str, paths), at=paths[0].parent):
        yield


@asynccontextmanager
async def _process(module: str, *words: str, at: Path) -> AsyncIterator[int]:
    """A process of ours; the port that it says it listens at."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *words, cwd=at, env={**os.environ, "PYTHONPATH": str(HOME)},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None, "it is a pipe"
    try:
        line = await asyncio.wait_for(child.stdout.readline(), 60)
        found = _LISTENS.search(line)
        assert found is not None or module != "bot", line
        yield 0 if found is None else int(found[1])
        assert child.returncode is None, f"{module} ended by itself"
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
