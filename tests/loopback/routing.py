"""How does a REST request reach the function that answers it?

Handlers are plain functions from a `Call` to the answer's JSON, registered under Discord's own paths. Here is what
they have in common: the token, the body, refusals, and what cannot be parsed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from .attachments import Upload
from .errors import UNAUTHORIZED, RefusedError, invalid

if TYPE_CHECKING:
    from .commands import Commands
    from .interactions import Interactions
    from .world import World

API = "/api/v10"


@dataclass
class Backend:
    """All that the handlers act on."""

    world: World
    commands: Commands
    interactions: Interactions
    token: str
    gateway_url: Callable[[], str]
    shards: Callable[[], int]


@dataclass
class Call:
    """One request, taken apart."""

    backend: Backend
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    files: list[Upload] = field(default_factory=list)
    reason: str | None = None

    @property
    def world(self) -> World:
        return self.backend.world

    def id(self, name: str) -> int:
        return snowflake(self.params[name], name)

    def query_id(self, name: str) -> int | None:
        return snowflake(self.query[name], name) if name in self.query else None

    def query_int(self, name: str, default: int, least: int, most: int) -> int:
        text = self.query.get(name, str(default))
        if not text.isdigit() or not least <= int(text) <= most:
            raise invalid(name, "NUMBER_TYPE_MAX", f"int value should be between {least} and {most}.")
        return int(text)


@dataclass
class Created:
    """An answer with 201 where others have 200."""

    body: Any


Handler = Callable[[Call], Any]


@dataclass
class Route:
    method: str
    path: str
    handler: Handler
    needs_token: bool


ROUTES: list[Route] = []


def route(method: str, path: str, *, needs_token: bool = True) -> Callable[[Handler], Handler]:
    """Registers a handler; what its token in the path lets in needs no bot token."""

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, path, handler, needs_token))
        return handler

    return register


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    for candidate, regex in _compiled_routes():
        if candidate.method == method and (match := regex.fullmatch(path)):
            return candidate, match.groupdict()
    return None


_compiled: list[tuple[Route, re.Pattern[str]]] = []


def _compiled_routes() -> list[tuple[Route, re.Pattern[str]]]:
    if len(_compiled) != len(ROUTES):
        # A path without parameters goes before one with: /users/@me is no user's id.
        ordered = sorted(ROUTES, key=lambda each: each.path.count("{"))
        _compiled[:] = [(each, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", each.path))) for each in ordered]
    return _compiled


def authorize(backend: Backend, request: web.Request, needs_token: bool) -> None:
    if needs_token and request.headers.get("Authorization") != f"Bot {backend.token}":
        raise UNAUTHORIZED


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """JSON, or a form with `payload_json` and `files[n]`."""
    if not request.can_read_body:
        return None, []
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        if not raw:
            return None, []
        try:
            return json.loads(raw), []
        except ValueError:
            raise RefusedError(400, 50109, "The request body contains invalid JSON.") from None
    body: Any = None
    files: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(data)
        elif match := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            files[int(match[1])] = Upload(part.filename or "file", data)
    return body, [files[number] for number in sorted(files)]


def snowflake(text: Any, path: str) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        raise invalid(path, "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.') from None
