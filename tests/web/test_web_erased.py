"""What does the panel show of a case that is held, or erased? Over the real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.core.deeds import Deed, DeedKind
from bot.store.erasing import erase_person
from bot.store.holds import hold
from tests.builders import NOW
from tests.web.desk_town import DeskTown, desk_town, raised


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[DeskTown]:
    async with desk_town(tmp_path / "uppsikt.db") as started:
        yield started


async def test_an_erased_case_names_nobody_and_cannot_be_decided(town: DeskTown) -> None:
    await town.add(raised(1))
    maja = await town.sign_in()
    await maja.get("/queue?case=1")
    found = await town.desk.reading.case(1)
    assert found is not None
    deed = Deed(DeedKind.ERASURE, "Eva", "på egen begäran", NOW)
    await town.store.do(lambda db: erase_person(db, found.author, deed))
    assert (await maja.post("/case/1/uphold")).status == 410
    page = await maja.get("/case/1")
    assert "Uppgifterna är raderade" in page.words
    assert "erased-" not in page.text
    assert found.flag.message.id not in page.text


async def test_a_held_case_says_so(town: DeskTown) -> None:
    await town.add(raised(1))
    await town.store.do(lambda db: hold(db, [1], "Eva", "polisen", NOW))
    maja = await town.sign_in()
    assert "Bevaras: inget i ärendet gallras eller raderas." in (await maja.get("/case/1")).words
