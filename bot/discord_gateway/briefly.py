"""How long may be asked before a modal is shown? A modal cannot follow a deferral, so a moment only: far less than the
three seconds that Discord waits, also where the disk is slow. What is not known by then is asked again for the deed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

MOMENT = 0.1  # seconds

T = TypeVar("T")


async def briefly(question: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Ask, and wait a moment; the answer may still be under way, and then its failure is nobody's concern."""
    asked = asyncio.ensure_future(question)
    await asyncio.wait({asked}, timeout=MOMENT)
    if not asked.done():
        asked.add_done_callback(lambda done: done.cancelled() or done.exception())
    return asked
