"""A browser at the panel: Chromium without a window, driven by Playwright, looked over by axe, photographed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.core.roles import Rank
from bot.web.guards import COOKIE
from tests.web.panel_harness import Panel

WIDTHS = (360, 800, 1280)
HEIGHT = 900
# WCAG 2.2 A and AA, and what axe calls good practice; the size of targets is the rule that 2.2 brought, and off by
# itself in axe.
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """Debian's Chromium. Its sandbox wants rights that a container's root lacks, and sees only our own pages."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def tab(browser: Browser, panel: Panel, **slots: Any) -> AsyncIterator[Page]:
    """An empty tab, whose `goto("/queue")` counts from the panel; fails at the end if a script of ours did, or if
    something was refused by the page's own security policy.

    `slots` are Playwright's for a new context, such as `viewport`, `color_scheme`, `java_script_enabled`, `locale`.
    """
    slots = {"viewport": {"width": 1280, "height": HEIGHT}, "locale": "sv-SE", "reduced_motion": "reduce"} | slots
    context = await browser.new_context(base_url=panel.address, timezone_id="Europe/Stockholm", **slots)
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if _is_policy(line.text) else None)
    try:
        yield page
    finally:
        await context.close()
    assert not problems, problems


def _is_policy(line: str) -> bool:
    return "Content Security Policy" in line


async def let_in(page: Page, panel: Panel, rank: Rank = Rank.MODERATOR, **slots: Any) -> None:
    """Give a tab the cookie of somebody of a rank; slots as `Panel.sign_in` has them."""
    await give_cookie(page.context, panel, await panel.secret(rank, **slots))


async def give_cookie(context: BrowserContext, panel: Panel, secret: str) -> None:
    await context.add_cookies([{"name": COOKIE, "value": secret, "url": panel.address}])


async def axe(page: Page) -> list[str]:
    """What axe finds on a page as it stands, a line each: its rule, why, and where. Empty: nothing.

    Axe comes in through the browser's debugger, which no policy of a page's binds: the page is looked at as it is,
    with its content-security-policy on.
    """
    found = await Axe().run(page, options=RULES)
    return [_line(violation) for violation in found.response["violations"]]


def _line(violation: Mapping[str, Any]) -> str:
    where = "; ".join(json.dumps(node["target"]) for node in violation["nodes"][:5])
    why = violation["nodes"][0].get("failureSummary", "").replace("\n", " ")
    return f"{violation['id']}: {violation['help']} at {where}: {why}"


async def overflows(page: Page) -> bool:
    """Whether a page has to be scrolled sideways (WCAG 1.4.10 Reflow, at 360 px of width; elements `.wide` may)."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


async def photographs(page: Page, folder: Path, name: str, widths: tuple[int, ...] = WIDTHS) -> list[Path]:
    """Pictures of a whole page at each width, light and dark: `name-360-light.png` and so on."""
    taken = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
        for width in widths:
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            taken.append(folder / f"{name}-{width}-{scheme}.png")
            await page.screenshot(path=taken[-1], full_page=True)
    return taken
