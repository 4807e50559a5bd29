"""A panel over made-up cases, and a browser where there is one."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.decided_week import decided_week
from tests.pictures.browser import found
from tests.web import panel_cases
from tests.web.panel_browser import chromium, tab
from tests.web.panel_harness import Panel, served


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cases' database; made once, copied for each test."""
    path = tmp_path_factory.mktemp("panel") / "made-up.db"
    panel_cases.make(path)
    return path


@pytest.fixture
def panel_db(made_up: Path, tmp_path: Path) -> Path:
    """A test's own copy of the cases."""
    return Path(shutil.copy(made_up, tmp_path / "uppsikt.db"))


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled week, replayed by the shipped model and decided; made once, copied for each test."""
    return decided_week(tmp_path_factory.mktemp("week") / "week.db")


@pytest.fixture
def week_db(decided: Path, tmp_path: Path) -> Path:
    """A test's own copy of the week."""
    return Path(shutil.copy(decided, tmp_path / "week.db"))


@pytest_asyncio.fixture
async def panel(panel_db: Path) -> AsyncIterator[Panel]:
    """A running panel with the default configuration; `served(panel_db, web={…})` gives one with another."""
    async with served(panel_db) as running:
        yield running


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium, a fresh one each test."""
    path = found()
    if path is None:
        pytest.skip("there is no Chromium here: apt install chromium")
    async with chromium(path) as running:
        yield running


@pytest_asyncio.fixture
async def page(browser: Browser, panel: Panel) -> AsyncIterator[Page]:
    """An empty tab at the panel, signed out; `let_in(page, panel, Rank.LEAD)` signs it in."""
    async with tab(browser, panel) as opened:
        yield opened
