"""What the panel tells and does beside decisions, in a real browser: usable by everyone, on a telephone too."""

from __future__ import annotations

from playwright.async_api import Browser, Page

from bot.core.roles import Rank
from tests.web.panel_browser import axe, let_in, overflows, tab
from tests.web.panel_harness import Panel
from tests.web.panel_shifts import shift
from tests.web.panel_tuning import tune


async def _is_for_everyone(page: Page, address: str) -> None:
    """In light and in dark axe finds nothing, and on a telephone no page is scrolled sideways as a whole."""
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.goto(address)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
        assert await axe(page) == [], (address, scheme)
    await page.set_viewport_size({"width": 360, "height": 640})
    assert not await overflows(page), address


async def test_the_record_of_tuning_is_for_everyone(browser: Browser, panel: Panel) -> None:
    """With a reason that somebody hostile wrote."""
    tune(panel.db)
    async with tab(browser, panel) as page:
        await let_in(page, panel, Rank.ADMIN)
        await _is_for_everyone(page, "/record")
        assert "<b>därför" in await page.inner_text("main")


async def test_the_week_with_its_shifts_is_for_everyone(browser: Browser, panel: Panel) -> None:
    """Sentences, each with its week."""
    shift(panel.db)
    async with tab(browser, panel) as page:
        await let_in(page, panel, Rank.ADMIN)
        await _is_for_everyone(page, "/week")
        assert "v. 4" in await page.inner_text(".shifts")


async def test_the_settings_with_their_thresholds_are_for_everyone(browser: Browser, panel: Panel) -> None:
    """A table of its own, with who set each."""
    tune(panel.db)
    async with tab(browser, panel) as page:
        await let_in(page, panel, Rank.ADMIN)
        await _is_for_everyone(page, "/settings")
