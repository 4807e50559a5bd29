"""Do a case's page and the week's show the clock: each step, how long it took, how much time is left?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.core.flags import Step
from bot.core.roles import Rank
from bot.store import clock
from bot.store.clock_store import SqliteClock
from tests.web.panel_harness import Panel, served

HOUR = timedelta(hours=1)


async def text(panel: Panel, path: str, rank: Rank = Rank.LEAD, **slots: str) -> str:
    client = await panel.sign_in(rank, **slots)  # type: ignore[arg-type]  # a language
    async with client.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


async def open_case(panel: Panel) -> int:
    query = "SELECT min(id) FROM flags WHERE state = 'pending' AND text IS NOT NULL AND urgency < 1000 AND waits = 0"
    return int(await panel.store.do(lambda db: db.execute(query).fetchone()[0]))


async def flagged_before(panel: Panel, flag: int, hours: float) -> None:
    """Let the panel's clock stand so many hours after a case was flagged."""
    found = await panel.store.do(lambda db: clock.of_flag(db, flag, panel.desk.settings.clock_rules()))
    assert found is not None
    panel.clock.time = found.moments.flagged + hours * HOUR


async def test_a_case_shows_each_step_and_how_much_time_is_left(panel: Panel) -> None:
    """With the provision that time runs from."""
    flag = await open_case(panel)
    await flagged_before(panel, flag, 1)
    page = await text(panel, f"/case/{flag}")
    for words in ("Klockan", "Flaggades", "kvar. Tidsgränsen", "lag 1998:112, 4 §"):
        assert words in page, words
    await flagged_before(panel, flag, 1000)
    assert "över tiden. Tidsgränsen" in await text(panel, f"/case/{flag}")


async def test_a_decided_case_says_whether_it_was_in_time(panel: Panel) -> None:
    """Its clock has stopped."""
    flag = await open_case(panel)
    await flagged_before(panel, flag, 2)
    await panel.reviewing.decide(flag, Step.DISMISS, "77")
    page = await text(panel, f"/case/{flag}")
    assert "Klart i tid." in page
    assert "2 tim 0 min" in page


async def test_under_knowledge_opening_a_case_is_the_first_look_and_begins_its_clock(panel_db: Path) -> None:
    """Whoever reads it knows; and the page names the other provisions."""
    async with served(panel_db, clock={"regime": "kännedom"}) as panel:
        flag = await open_case(panel)
        await panel.store.do(lambda db: db.execute("UPDATE flags SET seen_at = NULL WHERE id = ?", [flag]))
        page = await text(panel, f"/case/{flag}")
        assert "Sågs först av en människa (kännedom)" in page
        assert "kvar. Tidsgränsen" in page
        assert "4 a § och 5 §" in page


async def test_a_case_that_was_forgotten_unseen_had_no_clock_under_knowledge(panel_db: Path) -> None:
    """There is nothing left to see."""
    async with served(panel_db, clock={"regime": "kännedom"}) as panel:
        flag = await open_case(panel)
        forget = "UPDATE flags SET seen_at = NULL, text = NULL, spans = '[]' WHERE id = ?"
        await panel.store.do(lambda db: db.execute(forget, [flag]))
        assert "Ingen har sett det än." in await text(panel, f"/case/{flag}")


async def test_the_week_shows_whose_time_runs_and_how_many_are_late(panel: Panel) -> None:
    """The nearest first, each a link."""
    flag = await open_case(panel)
    waiting = SqliteClock(panel.store, panel.desk.settings.clock_rules())
    await waiting.begin(panel.clock.now())
    await waiting.climb(panel.clock.now() - 1000 * HOUR, panel.clock.now())
    page = await text(panel, "/week")
    assert "Klockor som går nu" in page
    assert 'href="/case/' in page
    assert "Passerade sin tidsgräns" in page
    panel.later(days=30)
    await waiting.climb(panel.clock.now() - 9000 * HOUR, panel.clock.now())
    assert "öppna fall har passerat sin tidsgräns." in await text(panel, "/week")
    assert "Tidsgränsen har gått ut." in await text(panel, f"/case/{flag}")
