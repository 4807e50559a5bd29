"""How does somebody come in at the panel, and when are they out again? By a link that works once; then by a cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.panel import GLANCE, Session, Visitor, is_live
from bot.core.ports import Clock
from bot.core.ports.panel import PanelStore
from bot.core.roles import Rank

Still = Callable[[Visitor], Awaitable[Visitor | None]]


async def as_they_came(visitor: Visitor) -> Visitor:
    """What a visitor may be where no bot runs that could ask Discord."""
    return visitor


class SigningIn:
    """Makes links, and knows who is signed in."""

    def __init__(self, store: PanelStore, clock: Clock, length: timedelta, still: Still = as_they_came) -> None:
        """`still` says what a visitor may be by now: the roles may have changed. None: nobody.

        It may raise PlatformError where nobody can tell; then the session is neither used nor ended.
        """
        self._store = store
        self._clock = clock
        self._length = length
        self._still = still

    async def invite(self, visitor: Visitor) -> str:
        """The secret part of a link that lets this visitor in, once."""
        now = self._clock.now()
        await self._store.sweep(now - max(self._length, timedelta(days=1)))
        link = secrets.token_urlsafe(32)
        await self._store.invite(digest(link), visitor, now)
        return link

    async def enter(self, link: str) -> str | None:
        """The secret of a new session; None where the link was used, or its time is over."""
        secret = secrets.token_urlsafe(32)
        session = await self._store.redeem(digest(link), digest(secret), self._clock.now())
        return None if session is None else secret

    async def visitor(self, secret: str) -> Visitor | None:
        """Who is signed in by this secret; None where nobody is any more. PlatformError where nobody can tell."""
        session = await self._store.session(digest(secret))
        if session is None:
            return None
        now = self._clock.now()
        visitor = await self._still(session.visitor) if is_live(session, now, self._length) else None
        if visitor is None or visitor.rank is Rank.MEMBER:
            await self._store.end(session.digest)
            return None
        await self._note(session)
        return visitor

    async def leave(self, secret: str) -> None:
        """End one session."""
        await self._store.end(digest(secret))

    async def end(self, who: str) -> int:
        """End all of somebody's sessions; how many there were."""
        return await self._store.end_all(who)

    async def _note(self, session: Session) -> None:
        now = self._clock.now()
        if now - session.seen_at >= GLANCE:
            await self._store.used(session.digest, now)


def digest(secret: str) -> str:
    """What is kept of a secret; it has 256 bits of its own, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def form_token(secret: str) -> str:
    """What a form must bring along to be ours: it follows from the session, and tells nothing of it."""
    return hmac.new(secret.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()
