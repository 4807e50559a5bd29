"""What the panel tells and does beside decisions, in a real browser: usable by everyone, on a telephone too."""

from __future__ import annotations

from playwright.async_api import Browser, Page

from bot.core.roles import Rank
from tests.web.panel_appeals import appeal
from tests.web.panel_browser import axe, let_in, overflows, tab
from tests.web.panel_cases import Case
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


async def test_an_appeal_is_decided_by_keyboard_alone(browser: Browser, panel: Panel) -> None:
    """From the queue to the list, to the case, to the reason: without a mouse; and without one nothing is sent."""
    appeal(panel.db)
    async with tab(browser, panel) as page:
        await let_in(page, panel)
        await _is_for_everyone(page, "/queue/appeals")
        await _is_for_everyone(page, f"/case/{Case.UPHELD:d}")
        await page.goto("/queue")
        await page.get_by_role("link", name="Överklaganden").press("Enter")
        await page.get_by_role("link", name=f"Flagga {Case.UPHELD:d}", exact=True).press("Enter")
        await page.get_by_text("Den som skrev säger").press("Enter")
        assert "Det var ironi." in await page.inner_text("#appeals .said")
        reject = page.get_by_role("button", name="Avslå överklagandet")
        await reject.press("Enter")
        assert await page.evaluate("document.activeElement.name") == "answer"
        await page.keyboard.type("Det var ingen ironi.")
        await reject.press("Enter")
        await page.wait_for_url("**/queue/appeals?**")
        assert "är avslaget" in await page.inner_text("main")
        assert await axe(page) == []


async def test_a_pause_and_a_suggested_break_are_for_everyone(browser: Browser, panel: Panel) -> None:
    """The page of the pause, while it lasts and when it is over; and the suggestion above the queue."""
    async with tab(browser, panel) as page:
        await let_in(page, panel)
        await _is_for_everyone(page, "/pause")
        await page.get_by_role("spinbutton").fill("1")
        await page.get_by_role("button", name="Spara").press("Enter")
        await page.goto(f"/queue?case={Case.HATE:d}")
        await _is_for_everyone(page, "/queue?rest=1")
        await page.get_by_role("link", name="Till din paus").press("Enter")
        await page.get_by_role("button", name="Pausa en timme").press("Enter")
        await page.get_by_role("button", name="Avsluta pausen").wait_for()
        await _is_for_everyone(page, "/pause")
        await _is_for_everyone(page, "/queue?became=paused")
        await page.get_by_role("button", name="Avsluta pausen").press("Enter")
        await page.get_by_text("Välkommen tillbaka!").wait_for()
        assert await axe(page) == []


async def test_a_report_is_marked_by_keyboard_alone(browser: Browser, panel: Panel) -> None:
    """From the open case, and one stays there."""
    async with tab(browser, panel) as page:
        await let_in(page, panel)
        await page.goto(f"/queue?case={Case.REPORTED:d}")
        await page.get_by_text("Missbrukad rapport").press("Enter")
        assert await axe(page) == []
        await page.get_by_role("button", name="Markera rapporten").press("Enter")
        await page.get_by_text("Rapport 1 är markerad").first.wait_for()
        assert "case=6" in page.url
