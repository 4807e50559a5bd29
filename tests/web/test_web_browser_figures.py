"""The map, the week, the settings and the record in a real browser: usable by everyone, on a telephone too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.core.roles import Rank
from tests.web import panel_weeks
from tests.web.panel_browser import axe, let_in, overflows, tab
from tests.web.panel_harness import served

PATHS = ("/map", "/map?channel=100", "/map/cases?channel=100&weekday=1&hour=16&hours=4", "/week", "/settings",
         "/record", "/record?kind=unmasking")  # fmt: skip


@pytest.fixture(scope="module")
def weeks_in_browser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weeks' database; made once."""
    path = tmp_path_factory.mktemp("weeks") / "made-up.db"
    panel_weeks.make(path, weeks=3)
    return path


async def test_axe_finds_nothing_on_pages_of_figures(browser: Browser, weeks_in_browser: Path, tmp_path: Path) -> None:
    """In light and in dark, and none of them is scrolled sideways as a whole."""
    path = Path(shutil.copy(weeks_in_browser, tmp_path / "uppsikt.db"))
    async with served(path) as panel, tab(browser, panel) as page:
        await let_in(page, panel, Rank.ADMIN)
        for address in PATHS:
            await page.set_viewport_size({"width": 1280, "height": 900})
            await page.goto(address)
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
                assert await axe(page) == [], (address, scheme)
            await page.set_viewport_size({"width": 360, "height": 640})
            assert not await overflows(page), address


async def test_a_cell_is_reached_by_keyboard_and_leads_to_its_cases(
    browser: Browser, weeks_in_browser: Path, tmp_path: Path
) -> None:
    """Without a mouse and without script: tab to a cell, and Enter shows the cases behind it."""
    path = Path(shutil.copy(weeks_in_browser, tmp_path / "uppsikt.db"))
    async with served(path) as panel, tab(browser, panel, java_script_enabled=False) as page:
        await let_in(page, panel, Rank.MODERATOR)
        await page.goto("/map")
        await page.locator(".map td a").first.focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/map/cases?**")
        assert await page.locator(".cases a").count() >= 3
