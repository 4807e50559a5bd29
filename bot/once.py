"""How is the same long figuring not done thirty times at once? Whoever asks for it meanwhile waits for that answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Once:
    """Work on a thread of its own, by keys; the last answers stay."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._known: dict[Hashable, asyncio.Future[Any]] = {}

    async def __call__(self, key: Hashable, work: Callable[[], T]) -> T:
        """What the work gives, or gave whoever asked for the same; what failed is tried anew the next time."""
        if key not in self._known:
            self._known[key] = asyncio.ensure_future(asyncio.to_thread(work))
            if len(self._known) > self._kept:
                del self._known[next(iter(self._known))]
        under_way = self._known[key]
        try:
            return await asyncio.shield(under_way)  # whoever goes away leaves it to the others  # type: ignore[no-any-return]
        except Exception:
            if self._known.get(key) is under_way:
                del self._known[key]
            raise
