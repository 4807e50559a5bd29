"""Does the bot keep to the rate limits it is told of?

Off until a test sets a limit. Then matching requests carry Discord's headers, and one too many gets a 429 and is
counted as a violation. Buckets go by real time, whatever clock the world has, since a client really sleeps.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from hashlib import sha1

from aiohttp import web

from .faults import too_many
from .journal import matches


@dataclass
class Bucket:
    remaining: int
    resets_at: float


@dataclass
class Limit:
    pattern: str
    requests: int
    per: float
    buckets: dict[str, Bucket] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        return sha1(self.pattern.encode()).hexdigest()[:32]

    def use(self, path: str) -> tuple[bool, dict[str, str]]:
        """Takes one request from the bucket of the path's channel, guild, or webhook with its token; False if empty."""
        now = time.monotonic()
        key = "/".join(path.split("/")[: 4 if path.startswith("/webhooks/") else 3])
        bucket = self.buckets.get(key)
        if bucket is None or now >= bucket.resets_at:
            bucket = self.buckets[key] = Bucket(self.requests, now + self.per)
        allowed = bucket.remaining > 0
        bucket.remaining -= allowed
        left = bucket.resets_at - now
        return allowed, {
            "X-RateLimit-Limit": str(self.requests),
            "X-RateLimit-Remaining": str(bucket.remaining),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": self.hash,
        }


class RateLimits:
    def __init__(self) -> None:
        self._limits: list[Limit] = []
        self.violations: list[str] = []

    def limit(self, pattern: str, requests: int, per: float) -> None:
        """`limit("POST /channels/*/messages", 5, per=1.0)`: so many in so many seconds, for each channel by itself."""
        self._limits.append(Limit(pattern, requests, per))

    def as_discord(self) -> None:
        """What Discord tells bots of writing and editing, as of today; its answers to interactions have no more."""
        self.limit("POST /channels/*/messages", 5, per=5.0)
        self.limit("PATCH /channels/*/messages/*", 5, per=5.0)
        self.limit("PATCH /webhooks/*/*/messages/*", 5, per=2.0)
        self.limit("POST /webhooks/*/*", 5, per=2.0)

    def clear(self) -> None:
        self._limits.clear()

    def check(self, method: str, path: str) -> tuple[web.Response | None, dict[str, str]]:
        for limit in self._limits:
            if matches(limit.pattern, method, path):
                allowed, headers = limit.use(path)
                if allowed:
                    return None, headers
                self.violations.append(f"{method} {path}")
                retry_after = float(headers["X-RateLimit-Reset-After"])
                return too_many(retry_after, scope="user", headers=headers), headers
        return None, {}
