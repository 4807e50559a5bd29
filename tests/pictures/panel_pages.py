"""Which pages of the panel are shown? Each as a browser shows it over the made-up town, with every text masked."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page

from bot.core.roles import Rank
from tests.pictures import panel_town
from tests.pictures.browser import few_colours
from tests.web.panel_browser import chromium, let_in, tab
from tests.web.panel_harness import Panel, served

WIDE, PHONE, FULL = 1100, 390, 1280  # CSS pixels; a week of blocks of four hours fits into the last
COLOURS = 32  # the map has six steps, and pages two grounds
STILL = 900  # milliseconds: until the slider has fetched what it shows


@dataclass(frozen=True, slots=True)
class Scene:
    """A page; `{case}` is the one that is open. `height` cuts off what goes on below."""

    place: str
    height: int
    width: int = WIDE
    scheme: str = "light"
    language: str = "sv"


SCENES = {
    "panel-queue": Scene("/queue?case={case}", 1_240),
    "panel-queue-phone": Scene("/queue", 780, PHONE, "dark"),
    "panel-case": Scene("/case/{case}", 800),
    "panel-thresholds": Scene("/thresholds?label=flag&threshold=0.9", 1_580),
    "panel-map": Scene("/map", 820, FULL),
    "panel-map-channel": Scene("/map?channel=101", 620, scheme="dark"),
    "panel-week": Scene("/week", 880),
    "panel-record": Scene("/record", 620),
    "panel-settings": Scene("/settings", 620),
    "panel-queue-en": Scene("/queue?case={case}", 1_240, language="en"),
}


async def photographs(browser: str, names: Sequence[str] = ()) -> dict[str, bytes]:
    """PNGs by name: of all scenes, or of those that are named."""
    wanted = {name: scene for name, scene in SCENES.items() if not names or name in names}
    if not wanted:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "almkoping.db"
        case = panel_town.make(path)
        async with chromium(browser) as running, served(path) as panel:
            return {name: await _photograph(running, panel, scene, case) for name, scene in wanted.items()}


async def _photograph(browser: Browser, panel: Panel, scene: Scene, case: int) -> bytes:
    look = {"viewport": {"width": scene.width, "height": scene.height}, "color_scheme": scene.scheme}
    async with tab(browser, panel, **look) as page:
        await let_in(page, panel, Rank.ADMIN, who="Karin", language=scene.language)
        await page.goto(scene.place.format(case=case))
        await page.wait_for_timeout(STILL)
        return _small(await _taken(page))


async def _taken(page: Page) -> bytes:
    """What is seen of the page without scrolling, with no text of a member's open."""
    assert await page.locator("details[data-text][open]").count() == 0, "texts stay masked"
    return await page.screenshot()


def _small(png: bytes) -> bytes:
    with Image.open(io.BytesIO(png)) as taken:
        return few_colours(taken.convert("RGB"), COLOURS)
