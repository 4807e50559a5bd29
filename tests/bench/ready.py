"""How long does the bot take from the start of its process to a live session?"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.bench.town import town


def ready() -> dict[str, float]:
    """From the start of the process to a live session with a Discord."""
    return asyncio.run(_ready())


async def _ready() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder)) as place, place.bot() as seconds:
            return {"seconds": seconds}
