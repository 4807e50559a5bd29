"""What happens when a moderator finds that a report was made to get at somebody? The same wherever it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.ports import Clock, ReportStore


class Marking:
    """Marks reports of cases as abusive; `on_marked` is told, since the case weighs otherwise and somebody is told."""

    def __init__(self, store: ReportStore, clock: Clock, on_marked: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._clock = clock
        self._on_marked = on_marked

    async def mark_abusive(self, flag: int, report: int, by: str, guilds: Sequence[str]) -> bool:
        """A moderator of these servers finds a report of a case abusive; False where it was marked, or is none."""
        marked = await self._store.mark_abusive(flag, report, by, guilds, self._clock.now())
        if marked:
            self._on_marked()
        return marked
