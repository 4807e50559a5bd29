"""How long does a trained hand take for sixty masked cases, by keys alone, in a real browser?"""

from __future__ import annotations

import time

from playwright.async_api import Page

from tests.pictures.browser import found
from tests.web.panel_browser import chromium

CASES = 60


async def sixty_cases(address: str, secret: str) -> dict[str, float]:
    """Seconds, with no time to think; nothing where no Chromium is."""
    path = found()
    if path is None:
        return {}
    async with chromium(path) as browser:
        context = await browser.new_context(base_url=address, locale="sv-SE")
        await context.add_cookies([{"name": "uppsikt", "value": secret, "url": address}])
        page = await context.new_page()
        await page.goto("/queue")
        began = time.perf_counter()
        await page.keyboard.press("j")
        for number in range(CASES):
            await _decide(page, number)
        return {"hand_s": time.perf_counter() - began}


async def _decide(page: Page, number: int) -> None:
    """Every other case is given a motive and upheld, the rest are dismissed; the next one opens by itself."""
    await page.wait_for_url("**/queue?*case=*")
    await page.wait_for_selector("#case:focus")
    before = page.url
    if number % 2:
        await page.keyboard.press("5")
    await page.keyboard.press("u" if number % 2 else "d")
    await page.wait_for_url(lambda url: url != before)
