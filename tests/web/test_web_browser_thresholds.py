"""An admin changes a threshold in a real browser, in Swedish, by the keyboard alone, and takes it back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.core.roles import Rank
from tests.web.panel_browser import axe, let_in, overflows, tab
from tests.web.panel_harness import Panel, served


@pytest_asyncio.fixture
async def week(week_db: Path) -> AsyncIterator[Panel]:
    """A panel over the decided week."""
    async with served(week_db) as running:
        yield running


@pytest_asyncio.fixture
async def admin(browser: Browser, week: Panel) -> AsyncIterator[Page]:
    """An admin's tab, at the page."""
    async with tab(browser, week) as page:
        await let_in(page, week, Rank.ADMIN)
        await page.goto("/thresholds")
        yield page


async def focused(page: Page) -> str:
    """What the keyboard is at: its id, or its words."""
    return str(await page.evaluate("(at => at.id || at.textContent.trim())(document.activeElement)"))


async def to(page: Page, what: str) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await focused(page) == what:
            return
    raise AssertionError(f"Tab never comes to {what}")


async def test_an_admin_changes_a_threshold_by_the_keyboard_alone_and_takes_it_back(admin: Page) -> None:
    """The slider answers at once; why, propose, apply, take back: each is reached by Tab."""
    await expect(admin.get_by_role("slider")).to_be_visible()
    await to(admin, "slider")
    for _ in range(7):
        await admin.keyboard.press("ArrowRight")
    await expect(admin.locator("output")).to_have_text("0,90")
    await expect(admin.locator('[data-then="flags"]')).to_have_text("5,1")
    assert await admin.get_by_role("slider").get_attribute("aria-valuetext") == "0,90. Flaggor per dygn: 5,1"
    await expect(admin.locator("#weighed")).to_contain_text("hat eller hot: 0,8267 → 0,90")  # the page itself by now
    assert await focused(admin) == "slider"
    assert await axe(admin) == []
    await to(admin, "why")
    await admin.keyboard.type("Vi hinner inte läsa så många.")
    await to(admin, "Föreslå")
    await admin.keyboard.press("Enter")
    await expect(admin.get_by_role("heading", name="Ändring 1 av trösklar")).to_be_visible()
    assert await axe(admin) == []
    await to(admin, "Tillämpa")
    await admin.keyboard.press("Enter")
    await expect(admin.locator(".notice")).to_contain_text("Tillämpad")
    await to(admin, "Ta tillbaka den…")
    await admin.keyboard.press("Enter")
    await expect(admin.get_by_role("heading", name="Ta tillbaka ändring 1?")).to_be_visible()
    assert await axe(admin) == []
    await to(admin, "why")
    await admin.keyboard.type("Det blev för lite.")
    await to(admin, "Ta tillbaka")
    await admin.keyboard.press("Enter")
    await expect(admin.get_by_role("heading", name="Ändring 2 av trösklar")).to_be_visible()
    await admin.goto("/thresholds")
    assert await axe(admin) == []


async def test_a_reason_that_is_being_written_outlives_the_slider(admin: Page) -> None:
    """The form comes anew with the plots, what was written in it stays."""
    await admin.goto("/thresholds?threshold=0,9")
    await admin.get_by_label("Varför?").fill("För många falsklarm.")
    await admin.get_by_role("slider").fill("0.95")
    await expect(admin.locator(".values")).to_contain_text("0,95")
    assert await admin.get_by_label("Varför?").input_value() == "För många falsklarm."
    assert "threshold=0%2C95" in admin.url


async def test_the_plots_are_drawn_and_follow_the_threshold(admin: Page) -> None:
    """Pictures that the page's policy lets in, of their own size."""
    await admin.goto("/thresholds?threshold=0,9")
    images = admin.locator(".plot img")
    assert await images.count() == 2
    for at in range(2):
        await expect(images.nth(at)).to_have_js_property("complete", True)
        assert await images.nth(at).evaluate("each => each.naturalWidth") > 400
    await admin.get_by_role("slider").fill("0.95")
    moved = "/thresholds/precision.svg?place=&label=flag&days=28&threshold=0.95"
    await expect(images.first).to_have_attribute("src", moved)


@pytest.mark.parametrize("path", ["/thresholds?threshold=0,9", "/thresholds?level=vigilant", "/thresholds/scores"])
async def test_it_fits_a_telephone_and_axe_finds_nothing_in_the_dark(browser: Browser, week: Panel, path: str) -> None:
    """At 360 pixels of width nothing is scrolled sideways but tables."""
    dark = {"viewport": {"width": 360, "height": 640}, "color_scheme": "dark"}
    async with tab(browser, week, **dark) as page:
        await let_in(page, week, Rank.ADMIN)
        await page.goto(path)
        assert await axe(page) == []
        assert not await overflows(page)


async def test_without_script_the_same_is_done_by_typing(browser: Browser, week: Panel) -> None:
    """A number, a button, a page."""
    async with tab(browser, week, java_script_enabled=False) as page:
        await let_in(page, week, Rank.ADMIN)
        await page.goto("/thresholds")
        assert not await page.locator("#slider").is_visible()
        await page.get_by_label("Pröva tröskeln").fill("0,9")
        await page.get_by_role("button", name="Visa", exact=True).click()
        assert "hat eller hot: 0,8267 → 0,90" in await page.locator("#weighed").inner_text()
