"""Is the evidence read once for somebody who looks at one figure after another?"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.core.tuning.evidence import Evidence, Scope
from bot.lasting_evidence import KEPT, LastingEvidence
from bot.store import SqliteStore
from bot.store.evidence_store import SqliteEvidence
from tests.builders import NOW
from tests.fakes import FakeClock


class Counted(SqliteEvidence):
    """Counts how often it is read."""

    readings = 0

    async def evidence(self, scope: Scope, model: str) -> Evidence:
        self.readings += 1
        return await super().evidence(scope, model)


def scope(days: int = 28) -> Scope:
    return Scope(("1",), NOW - timedelta(days=days), NOW)


async def test_a_minutes_questions_are_answered_by_one_reading(tmp_path: Path) -> None:
    """Asked at once or one after another; a minute later, and of another scope, it is read again."""
    store, clock = SqliteStore.open(tmp_path / "some.db"), FakeClock()
    counted = Counted(store)
    lasting = LastingEvidence(counted, clock)
    first, second = await asyncio.gather(lasting.evidence(scope(), "m"), lasting.evidence(scope(), "m"))
    assert first is second
    assert counted.readings == 1
    await lasting.evidence(scope(7), "m")
    assert counted.readings == 2
    clock.advance(seconds=61)
    assert await lasting.evidence(scope(), "m") is not first
    assert counted.readings == 3
    clock.advance(seconds=-120)  # a clock set back does not make it last for ever
    await lasting.evidence(scope(), "m")
    assert counted.readings == 4
    await store.close()


async def test_what_is_kept_stays_small(tmp_path: Path) -> None:
    """The oldest answer makes room."""
    store = SqliteStore.open(tmp_path / "some.db")
    counted = Counted(store)
    lasting = LastingEvidence(counted, FakeClock())
    for days in range(1, KEPT + 2):
        await lasting.evidence(scope(days), "m")
    await lasting.evidence(scope(KEPT + 1), "m")
    assert counted.readings == KEPT + 1
    await lasting.evidence(scope(1), "m")
    assert counted.readings == KEPT + 2
    await store.close()
