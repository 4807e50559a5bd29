"""What goes wrong with REST requests, when a test asks for it?

A fault meets the next requests that match its pattern, then is spent. The oldest fault that matches is taken.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from .errors import RefusedError
from .events import Payload
from .journal import matches
from .waiting import PATIENCE

Answer = web.Response | None
# A fault before the request is carried out: an answer instead of it, or None to go on.
Before = Callable[[web.Request], Awaitable[Answer]]


@dataclass
class Fault:
    pattern: str
    times: int | None  # None: until cleared
    before: Before
    drops_answer: bool = False  # carried out, but the answer never arrives

    @property
    def spent(self) -> bool:
        return self.times == 0


class Gate:
    """A request that is held: `arrived` tells that it is there, `open` lets it through."""

    def __init__(self) -> None:
        self._arrived, self._opened = asyncio.Event(), asyncio.Event()

    async def arrived(self, timeout: float = PATIENCE) -> None:
        await asyncio.wait_for(self._arrived.wait(), timeout)

    def open(self) -> None:
        self._opened.set()

    async def __call__(self, request: web.Request) -> Answer:
        self._arrived.set()
        await self._opened.wait()
        return None


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self._faults:
            if not fault.spent and matches(fault.pattern, method, path):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def answer(self, pattern: str, status: int, *, code: int = 0, message: str = "", times: int | None = 1) -> None:
        """Answers with an error instead: `answer("POST /channels/*/messages", 503)`."""
        body = RefusedError(status, code, message or f"{status}: from the loopback").body()

        async def before(request: web.Request) -> Answer:
            return json_response(body, status)

        self._add(pattern, times, before)

    def rate_limit(
        self,
        pattern: str,
        retry_after: float,
        *,
        times: int | None = 1,
        everywhere: bool = False,
        by_cloudflare: bool = False,
    ) -> None:
        """429. `everywhere`: the global limit. `by_cloudflare`: the ban, a page of HTML without a Via header."""

        async def before(request: web.Request) -> Answer:
            if by_cloudflare:
                return web.Response(text="error code: 1015", status=429, headers={"Retry-After": str(retry_after)})
            return too_many(retry_after, scope="global" if everywhere else "user")

        self._add(pattern, times, before)

    def slow(self, pattern: str, seconds: float, *, times: int | None = 1) -> None:
        async def before(request: web.Request) -> Answer:
            await asyncio.sleep(seconds)
            return None

        self._add(pattern, times, before)

    def hold(self, pattern: str, *, times: int | None = 1) -> Gate:
        """Lets matching requests wait, not carried out, until the gate is opened."""
        gate = Gate()
        self._add(pattern, times, gate)
        return gate

    def cut(self, pattern: str, *, times: int | None = 1, after: bool = False) -> None:
        """Drops the connection without an answer; with `after` Discord has done what was asked all the same."""

        async def before(request: web.Request) -> Answer:
            if not after:
                hang_up(request)
            return None if after else web.Response()

        self._faults.append(Fault(pattern, times, before, drops_answer=after))

    def _add(self, pattern: str, times: int | None, before: Before) -> None:
        self._faults.append(Fault(pattern, times, before))


def hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()


def too_many(retry_after: float, *, scope: str, headers: dict[str, str] | None = None) -> web.Response:
    body: Payload = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": scope == "global",
    }
    # discord.py takes a 429 without Via for Cloudflare's and gives up at once.
    all_headers = {"Via": "1.1 google", "Retry-After": str(retry_after), "X-RateLimit-Scope": scope}
    if scope == "global":
        all_headers["X-RateLimit-Global"] = "true"
    return json_response(body, 429, all_headers | (headers or {}))


def json_response(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # Exactly this content type: discord.py compares the whole of it, and a charset makes it read text, not JSON.
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=raw, status=status, headers={"Content-Type": "application/json", **(headers or {})})
