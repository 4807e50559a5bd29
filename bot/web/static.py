"""How does a page get its style and its script? From two files of ours, by an address that changes with them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from bot.web.visit import Route, Visit

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
YEAR = 365 * 24 * 3600


@lru_cache
def _content(name: str) -> bytes | None:
    file = FOLDER / name
    return file.read_bytes() if file.suffix in KINDS and name in {each.name for each in FOLDER.iterdir()} else None


@lru_cache
def address(name: str) -> str:
    """Where a file is found; kept by browsers until it changes."""
    content = _content(name)
    assert content is not None, f"{name} is not among our files"
    return f"/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"


async def _file(visit: Visit) -> web.StreamResponse:
    name = visit.request.match_info["name"]
    content = _content(name)
    if content is None:
        raise web.HTTPNotFound
    kind = KINDS[Path(name).suffix]
    headers = {"Cache-Control": f"public, max-age={YEAR}, immutable", "Content-Type": f"{kind}; charset=utf-8"}
    return web.Response(body=content, headers=headers)


ROUTES = (Route("GET", "/static/{stamp:[0-9a-f]{12}}/{name:[a-z.-]{1,40}}", _file, None),)
