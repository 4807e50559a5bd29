"""What happens to an HTTP request between the socket and its handler?

It is written down, meets whatever faults and limits a test has set, and only then is carried out.
"""

from __future__ import annotations

import base64
import mimetypes
import traceback
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from . import rest_application, rest_channels, rest_guilds, rest_interactions, rest_messages
from .errors import NOT_FOUND, RefusedError
from .faults import Faults, hang_up, json_response
from .gateway import Gateway
from .journal import Journal, Request
from .rate_limits import RateLimits
from .routing import API, Backend, Call, Created, authorize, find_route, read_body

# Importing them is what registers their routes.
HANDLERS = (rest_application, rest_channels, rest_guilds, rest_interactions, rest_messages)
CDN, GATEWAY = "/cdn", "/gateway"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Front:
    def __init__(self, backend: Backend, gateway: Gateway) -> None:
        self.backend, self.gateway = backend, gateway
        self.faults = Faults()
        self.limits = RateLimits()
        self.journal = Journal(backend.world.changes)
        self.unhandled: list[str] = []  # routes Discord may have but the loopback has not
        self.failures: list[str] = []  # mistakes of the loopback's own

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{tail:.*}", self._serve)
        return app

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        # The path as sent: an emoji in it stays quoted, as the router of a real API gets it.
        path = request.rel_url.raw_path
        if path.startswith(GATEWAY):
            return await self.gateway.serve(request)
        shown = path.removeprefix(API)
        entry = Request(request.method, shown, dict(request.query), self.backend.world.clock.now())
        if reason := request.headers.get("X-Audit-Log-Reason"):
            entry.reason = unquote(reason)
        self.journal.add(entry)
        fault = self.faults.take(request.method, shown)
        response = await fault.before(request) if fault else None
        if response is None:
            response = self._cdn(path) if path.startswith(CDN) else await self._api(request, entry)
            if fault and fault.drops_answer:
                hang_up(request)
        if request.transport is not None and not request.transport.is_closing():
            entry.status = response.status
        self.backend.world.changes.notify()
        return response

    async def _api(self, request: web.Request, entry: Request) -> web.Response:
        too_many, headers = self.limits.check(entry.method, entry.path)
        if too_many:
            return too_many
        try:
            status, body = await self._carry_out(request, entry)
        except RefusedError as refusal:
            return json_response(refusal.body(), refusal.status, headers)
        except Exception:
            self.failures.append(f"{entry.method} {entry.path} {entry.body}\n{traceback.format_exc()}")
            return json_response({"message": "the loopback failed", "code": 0}, 400, headers)
        return web.Response(status=204, headers=headers) if status == 204 else json_response(body, status, headers)

    async def _carry_out(self, request: web.Request, entry: Request) -> tuple[int, Any]:
        found = find_route(entry.method, entry.path)
        if found is None:
            self.unhandled.append(f"{entry.method} {entry.path}")
            raise NOT_FOUND
        route, params = found
        authorize(self.backend, request, route.needs_token)
        entry.body, files = await read_body(request)
        entry.files = [file.filename for file in files]
        answer = route.handler(Call(self.backend, params, entry.query, entry.body, files, entry.reason))
        if isinstance(answer, Created):
            return 201, answer.body
        return (204, None) if answer is None else (200, answer)

    def _cdn(self, path: str) -> web.Response:
        """An attachment's bytes; for every emoji, avatar and the like one grey pixel."""
        parts = path.split("/")
        if len(parts) != 6 or parts[2] != "attachments":
            return web.Response(body=PIXEL, content_type="image/png")
        file = self.backend.world.files.get(int(parts[4]) if parts[4].isdigit() else 0)
        if file is None or file.gone:
            return web.Response(status=404, text="This content is no longer available.")
        kind = file.upload.content_type or mimetypes.guess_type(file.filename)[0] or "application/octet-stream"
        return web.Response(body=file.data, headers={"Content-Type": kind})
