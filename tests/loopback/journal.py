"""What has the bot asked of the REST API, when, and what did it get?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .waiting import PATIENCE, Changes


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[str | None, re.Pattern[str]]:
    method, _, path = pattern.rpartition(" ")
    # `*` is one step of a path, `**` any number of them.
    regex = re.escape(path).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return method or None, re.compile(regex)


def matches(pattern: str, method: str, path: str) -> bool:
    """Whether `POST /channels/*/messages`, or without a method any of them, means this request."""
    wanted, regex = _compiled(pattern)
    return wanted in (None, method) and regex.fullmatch(path) is not None


@dataclass
class Request:
    method: str
    path: str  # without /api/v10; of the CDN as /cdn/...
    query: dict[str, str]
    time: float
    reason: str | None = None  # X-Audit-Log-Reason, decoded
    body: Any = None
    files: list[str] = field(default_factory=list)
    status: int | None = None  # None: not answered, or the connection was cut

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


class Journal:
    """Every request, oldest first."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._requests: list[Request] = []

    def __len__(self) -> int:
        return len(self._requests)

    def __iter__(self) -> Iterator[Request]:
        return iter(self._requests)

    def __getitem__(self, index: int) -> Request:
        return self._requests[index]

    def add(self, request: Request) -> None:
        self._requests.append(request)
        self._changes.notify()

    def clear(self) -> None:
        self._requests.clear()

    def matching(self, pattern: str) -> list[Request]:
        return [request for request in self._requests if matches(pattern, request.method, request.path)]

    async def wait_for(self, pattern: str, count: int = 1, timeout: float = PATIENCE) -> list[Request]:
        """Waits until that many matching requests have been answered."""

        def answered() -> list[Request]:
            found = [request for request in self.matching(pattern) if request.status is not None]
            return found if len(found) >= count else []

        return await self._changes.until(answered, f"{count} x {pattern}", timeout)
