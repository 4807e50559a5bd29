"""How does a test wait for something without sleeping?

Whatever happens in the loopback ends in `notify`; whoever waits looks again each time that it does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 30.0
# What is waited for may lie on the bot's side, where nobody notifies: so look again this often in any case.
GLANCE = 0.02
# Where all that is waited for is notified of, a glance is for mistakes alone; a thousand who wait glance often enough.
RARE = 0.25


class Changes:
    def __init__(self, glance: float = GLANCE) -> None:
        self._glance = glance
        self._waiting: list[asyncio.Future[None]] = []

    def notify(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], T | None], what: str = "the condition", timeout: float = PATIENCE) -> T:
        """Waits until `holds()` is truthy and returns what it gave."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        future: asyncio.Future[None] | None = None
        while not (value := holds()):
            if loop.time() >= deadline:
                raise TimeoutError(f"waited {timeout:g} s in vain for {what}")
            if future is None or future.done():
                future = loop.create_future()
                self._waiting.append(future)
            await asyncio.wait([future], timeout=self._glance)
        return value
