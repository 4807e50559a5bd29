"""Where is the panel served, and how is it stopped? On one socket, by default of this machine alone."""

from __future__ import annotations

import logging

import aiohttp
from aiohttp import web

from bot.core.errors import BadInput
from bot.web import entry
from bot.web.guards import HEADERS, LONGEST_BODY, guarded, refused
from bot.web.routes import ROUTES
from bot.web.visit import Desk

log = logging.getLogger(__name__)

broken = logging.getLogger(f"{__name__}.broken")
GOODBYE = 2.0  # seconds that open requests get when the panel stops


def _without_words(record: logging.LogRecord) -> bool:
    """aiohttp logs what is no proper request with its sender's address and, in the error, a line of it: a cookie's."""
    problem = record.exc_info[1] if record.exc_info else None
    record.msg, record.args = f"a request was not understood: {type(problem).__name__}", ()
    record.exc_info = record.exc_text = None
    return True


broken.addFilter(_without_words)


class WebDesk:
    """The panel: `start` it, `close` it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # The access log would hold addresses of members' machines and what they looked at.
        self._runner = web.AppRunner(application(desk), access_log=None, logger=broken, shutdown_timeout=GOODBYE)
        self._port = 0

    async def start(self, host: str, port: int) -> int:
        """Listen; the port. BadInput where that cannot be."""
        await self._runner.setup()
        try:
            site = web.TCPSite(self._runner, host, port)
            await site.start()
        except OSError as taken:
            await self._runner.cleanup()
            where = f"{host}:{port}"
            raise BadInput(f"the panel cannot listen at {where} ({taken.strerror}); choose another port") from taken
        self._port = int(self._runner.addresses[0][1])
        return self._port

    def at(self, port: int) -> None:
        """Give links to a panel that another program serves at a port, over the same database."""
        self._port = port

    @property
    def address(self) -> str:
        """Where the panel is found."""
        return self._desk.settings.web.address.rstrip("/") or f"http://127.0.0.1:{self._port}"

    def link(self, secret: str) -> str:
        """Where somebody comes in with the secret of an invitation."""
        return f"{self.address}/in/{secret}"

    async def close(self) -> None:
        """Let open requests end, and listen no more."""
        await self._runner.cleanup()


async def is_served(host: str, port: int) -> bool:
    """Whether a panel answers at a port of this machine already."""
    ask = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=GOODBYE))
    async with ask:
        try:
            async with ask.get(f"http://{_reached(host)}:{port}/", allow_redirects=False) as answer:
                return answer.headers.get("Server") == HEADERS["Server"]
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False


def _reached(host: str) -> str:
    """How an address to listen at is reached from here."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # whoever configured it meant it
    return f"[{name}]" if ":" in name else name


def application(desk: Desk) -> web.Application:
    """Every route behind its guards."""
    app = web.Application(client_max_size=LONGEST_BODY, middlewares=[_unknown(desk)])
    entry.prepare(app)
    for route in ROUTES:
        app.router.add_route(route.method, route.path, guarded(route, desk))
    return app


def _unknown(desk: Desk):  # type: ignore[no-untyped-def]  # aiohttp's own type of a middleware says no more
    """What is no route of ours is answered with a page of ours, behind the same guards."""

    @web.middleware
    async def answer(request: web.Request, handler):  # type: ignore[no-untyped-def]  # as above
        refusal = request.match_info.http_exception
        return await (handler(request) if refusal is None else refused(request, desk, refusal.status))

    return answer
