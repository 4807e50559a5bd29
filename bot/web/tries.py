"""How often may somebody try to come in? More seldom than a machine would; whoever does it too often waits a minute.

Secrets have 256 bits, so nobody guesses one. The limit keeps a flood off the database, caller by caller, so that one
who floods keeps nobody else out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from aiohttp import web

from bot.web.visit import Visit

TRIES, WITHIN = 20, timedelta(minutes=1)
CALLERS = 1_000  # that are told apart; more in a minute are a flood from everywhere
NEAR = ("127.0.0.1", "::1")


class Tries:
    """When the door was tried lately, and by whom."""

    def __init__(self) -> None:
        self._tried: dict[str, list[datetime]] = {}

    def too_often(self, caller: str, now: datetime) -> bool:
        """Count another try; whether it is one too many. A clock set back forgives everything."""
        lately = [at for at in self._tried.get(caller, ()) if timedelta() <= now - at < WITHIN]
        if len(lately) >= TRIES or (caller not in self._tried and not self._has_room(now)):
            return True
        self._tried[caller] = [*lately, now]
        return False

    def _has_room(self, now: datetime) -> bool:
        if len(self._tried) >= CALLERS:
            self._tried = {each: at for each, at in self._tried.items() if timedelta() <= now - at[-1] < WITHIN}
        return len(self._tried) < CALLERS


def caller(visit: Visit) -> str:
    """Who asks: the other end, or whom a proxy on this machine says that it speaks for."""
    told = visit.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    remote = visit.request.remote or ""
    return told[:64] if told and remote in NEAR and visit.desk.settings.web.address else remote


KEY: web.AppKey[Tries] = web.AppKey("tries", Tries)
