"""Somebody comes in by a link, in a real browser, and the pages of the way in are usable by everyone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.web.panel_browser import axe, overflows
from tests.web.panel_harness import Panel


async def test_a_link_opened_in_a_browser_signs_in_by_one_button(page: Page, panel: Panel) -> None:
    """A member who follows the link presses one button, and is in."""
    await page.goto(await panel.link())
    await page.get_by_role("button", name="Logga in").click()
    assert await page.get_by_role("button", name="Logga ut").is_visible()


@pytest.mark.parametrize("path", ["/in/fel", "/queue", "/finns-inte"])
async def test_axe_finds_nothing_on_the_pages_for_those_outside(page: Page, path: str) -> None:
    """What somebody sees who is not signed in meets WCAG 2.2 AA, and fits a telephone."""
    await page.goto(path)
    assert await axe(page) == []
    await page.set_viewport_size({"width": 360, "height": 640})
    assert not await overflows(page)


async def test_axe_sees_what_is_wrong(page: Page) -> None:
    """A picture without words is found: an empty answer of axe's means something."""
    await page.goto("/in/fel")
    await page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [line.split(":")[0] for line in await axe(page)] == ["image-alt"]
