"""What stands between a request and its page? Headers, the session, the rank, the form's token: in one place, for all.

In that order: whoever is not signed in is shown the way in, whoever may not is told so, and a form that did not come
from one of our own pages does nothing (synchroniser token, OWASP). Host names that are not ours are refused, so that a
page elsewhere cannot reach the panel by a name that leads to it (DNS rebinding).
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from yarl import URL

from bot.core.errors import PlatformError, StoreError
from bot.healing import place
from bot.locales import language_of
from bot.web.pages import page
from bot.web.visit import Desk, Route, Visit

log = logging.getLogger(__name__)

COOKIE = "uppsikt"
TOKEN = "token"  # noqa: S105  # a field's name
LONGEST_BODY = 64 * 1024
POLICY = "; ".join(
    (
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Server": "Uppsikt",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NAMES = {400: "web-broken", 403: "web-forbidden", 404: "web-not-found", 405: "web-not-found", 409: "web-stale",
         413: "web-too-large", 421: "web-other-host", 429: "web-too-often", 503: "web-busy"}  # fmt: skip
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(route: Route, desk: Desk) -> Answer:
    """A route's handler behind everything that keeps others out."""

    async def answer(request: web.Request) -> web.StreamResponse:
        visit = Visit(request, desk, None, _language(request))
        try:
            visit = await _met(visit)
            response = await _let_in(visit, route)
        except web.HTTPException as refusal:
            response = problem(visit, refusal.status)
        except StoreError as busy:
            log.warning("a page was not shown: %s", busy)
            response = problem(visit, 503)
        except PlatformError as silence:
            log.warning("a page was not shown: %s", silence)
            response = problem(visit, 503, "web-unsure")
        except Exception as mistake:  # a mistake of ours: told and logged, without a word of what somebody wrote
            log.error("a page was not shown: %s %s", type(mistake).__name__, place(mistake))
            response = problem(visit, 500)
        response.headers.update(HEADERS)
        return response

    return answer


async def refused(request: web.Request, desk: Desk, status: int) -> web.StreamResponse:
    """The answer where nothing of ours was asked for."""

    async def unknown(visit: Visit) -> web.StreamResponse:
        return problem(visit, status)

    return await guarded(Route("", "", unknown, None), desk)(request)


def problem(visit: Visit, status: int, key: str = "") -> web.Response:
    """One clear sentence, and the way back."""
    return page(visit, "problem.html", status, sentence=visit.say(key or NAMES.get(status, "web-mistake")))


def is_ours(host: str, settings_address: str, port: int) -> bool:
    """Whether a Host header names the panel: this machine, or where the configuration says that it is found."""
    ours = [URL(f"http://{name}:{port}") for name in ("127.0.0.1", "localhost", "[::1]")]
    ours += [URL(settings_address)] if settings_address else []
    return any(host.lower() in _as_hosts(each) for each in ours)


def _as_hosts(url: URL) -> tuple[str, ...]:
    """How browsers name an address: without the port where it goes without saying, international names in ASCII."""
    name = url.host_subcomponent or ""
    return (f"{name}:{url.port}", name) if url.is_default_port() else (f"{name}:{url.port}",)


async def _met(visit: Visit) -> Visit:
    """The same visit, with whoever the cookie says it is."""
    secret = visit.request.cookies.get(COOKIE, "")
    visitor = await visit.desk.signing_in.visitor(secret) if secret else None
    if visitor is None:
        return visit
    return Visit(visit.request, visit.desk, visitor, visitor.language, secret)


async def _let_in(visit: Visit, route: Route) -> web.StreamResponse:
    if not _is_at_home(visit):
        return problem(visit, 421)
    if route.deed is not None and visit.visitor is None:
        return page(visit, "out.html", 401)
    if route.deed is not None and not visit.may(route.deed):
        return problem(visit, 403)
    if route.method == "POST" and not await _is_own_form(visit, route):
        return problem(visit, 403)
    return await route.handler(visit)


def _is_at_home(visit: Visit) -> bool:
    return _is_ours(visit, visit.request.host)


def _is_ours(visit: Visit, host: str) -> bool:
    found = visit.request.transport.get_extra_info("sockname") if visit.request.transport else None
    return is_ours(host, visit.desk.settings.web.address, int(found[1]) if found else 0)


async def _is_own_form(visit: Visit, route: Route) -> bool:
    """Sent by one of our pages: browsers say from where, and the form brings the session's token."""
    headers = visit.request.headers
    if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    if (origin := headers.get("Origin", "null")) != "null" and not _is_ours(visit, origin.rpartition("//")[2]):
        return False  # a browser too old for the header above; ours say "null", because they tell no referrer
    if route.deed is None:  # the way in needs no session, and must work for whoever has one; its link is the secret
        return True
    given = (await _form(visit)).get(TOKEN, "")
    return isinstance(given, str) and hmac.compare_digest(_bytes(given), _bytes(visit.form_token))


async def _form(visit: Visit) -> Mapping[str, object]:
    """What a form holds; 400 for what is none."""
    try:
        return await visit.request.post()
    except (ValueError, LookupError, AssertionError) as mistake:  # what aiohttp says of broken parts and charsets
        raise web.HTTPBadRequest from mistake


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _language(request: web.Request) -> str:
    return language_of(request.headers.get("Accept-Language", "sv"))
