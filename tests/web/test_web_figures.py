"""The map, the week, the settings and the record as they are served: who may see what, and nothing that is hostile."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.flags import Step
from bot.core.roles import Rank
from bot.store.connection import open_database
from bot.store.queries import StoreReader
from bot.store.unmasking import reporters
from classifier.shelf import Promotion, Shelf
from tests.builders import NOW, decision
from tests.web import panel_weeks
from tests.web.panel_harness import Panel, served

PAGES = ("/map", "/map?channel=100", "/week", "/settings", "/record")
CELL = re.compile(r'href="(/map/cases\?channel=100[^"]+)"')
SECRET = "a-token-that-is-not-shown"  # made up
HOSTILE_NAME = "<i>Mo</i>\u202e\"'"


@pytest.fixture(scope="module")
def weeks_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weeks' database; made once, copied for each test."""
    path = tmp_path_factory.mktemp("weeks") / "made-up.db"
    panel_weeks.make(path)
    return path


@pytest_asyncio.fixture
async def town(weeks_made: Path, tmp_path: Path) -> AsyncIterator[Panel]:
    """A panel over nine weeks."""
    path = Path(shutil.copy(weeks_made, tmp_path / "uppsikt.db"))
    slots = {"uppsikt": {"models": str(tmp_path)}, "watchlist": {"phrases": ["<script>alert(1)</script>"]}}
    async with served(path, token=SECRET, **slots) as running:
        yield running


async def _text(panel: Panel, path: str, rank: Rank = Rank.ADMIN, **slots: object) -> str:
    response = await (await panel.sign_in(rank, **slots)).get(path)
    assert response.status == 200, path
    return await response.text()


@pytest.mark.parametrize("path", PAGES)
async def test_pages_are_small_and_for_those_who_may(town: Panel, path: str) -> None:
    """Each is for its ranks, weighs little, and lets nothing hostile through."""
    least = Rank.ADMIN if path in ("/settings", "/record") else Rank.MODERATOR
    for rank in Rank:
        response = await (await town.sign_in(rank)).get(path)
        assert response.status == (200 if rank >= least else 403 if rank > Rank.MEMBER else 401), rank
    text = await _text(town, path)
    assert len(text) < 60_000
    assert "<b>ung" not in text
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "style=" not in text


async def test_a_click_on_a_cell_leads_to_the_cases_behind_it(town: Panel) -> None:
    """As many cases as the cell was made of stand behind it, each of them leading to its page."""
    for path in ("/map", "/map?channel=100"):
        links = [found.replace("&amp;", "&") for found in CELL.findall(await _text(town, path))]
        assert links
        for link in links[:5]:
            cases = set(re.findall(r'href="/case/([0-9]+)"', await _text(town, link)))
            assert len(cases) >= 3
            db = open_database(town.db)
            states = {db.execute("SELECT state, channel_id FROM flags WHERE id = ?", [n]).fetchone()[:] for n in cases}
            db.close()
            assert states == {("upheld", "100")}


async def test_what_the_map_leaves_out_has_no_cases_behind_it(town: Panel) -> None:
    """An address that somebody writes by hand says no more than the map does."""
    text = await _text(town, "/map")
    linked = set(re.findall(r"block=([0-9]+)", "".join(CELL.findall(text))))
    hidden = 0
    for block in range(42):
        if str(block) not in linked:
            for cell in (f"block={block}", f"weekday={block // 6}&hour={block % 6 * 4}&hours=4"):
                page = await _text(town, f"/map/cases?channel=100&{cell}")
                assert "/case/" not in page
                hidden += "för få" in page
    assert hidden


@pytest.mark.parametrize(
    "query",
    ["channel=nope", "channel=", "channel=100&weekday=7&hour=0&hours=4", "channel=100&weekday=0&hour=3&hours=4",
     "channel=100&weekday=-1&hour=0&hours=1", "channel=100&block=42",
     "channel=100&weekday=0&hour=0&hours=9", "channel=100", ""],
)  # fmt: skip
async def test_made_up_cells_are_not_there(town: Panel, query: str) -> None:
    """What no page of ours links to is not found."""
    client = await town.sign_in(Rank.MODERATOR)
    assert (await client.get(f"/map/cases?{query}")).status == 404


async def test_servers_are_apart_on_the_screen(town: Panel) -> None:
    """Whoever belongs to one server sees nothing of another: no channel, no figure, no deed."""
    assert "annan ort" in await _text(town, "/map")
    assert "annan ort" not in await _text(town, "/map", guilds=("1",))
    client = await town.sign_in(Rank.MODERATOR, guilds=("1",))
    assert (await client.get("/map?channel=900")).status == 404
    assert "/case/" not in await _text(town, "/record", guilds=("3",))
    assert ">0</td>" in await _text(town, "/week", guilds=("3",))


async def test_the_week_counts_what_was_decided(town: Panel) -> None:
    """A decision that is taken now stands in this week's figures on the next look, and one reopened no more."""
    row = re.compile(r'Bifallna</th><td class="figure now">([0-9]+)</td>')
    before = int(row.findall(await _text(town, "/week"))[0])
    db = open_database(town.db)
    (number,) = db.execute("SELECT id FROM flags WHERE state = 'pending' AND guild_id = '1' LIMIT 1").fetchone()
    StoreReader(db).decide(decision(number))
    assert int(row.findall(await _text(town, "/week"))[0]) == before + 1
    StoreReader(db).decide(decision(number, Step.REOPEN))
    assert int(row.findall(await _text(town, "/week"))[0]) == before
    db.close()


async def test_agreement_is_for_admins(town: Panel) -> None:
    """How much readers agree is shown to those who may see it, and to nobody else."""
    assert "Överensstämmelse" in await _text(town, "/week")
    assert "Överensstämmelse" not in await _text(town, "/week", Rank.LEAD)


async def test_settings_say_where_they_come_from_and_keep_secrets(town: Panel) -> None:
    """What the file says is told from what is by default; the token is never on the page."""
    text = await _text(town, "/settings")
    assert SECRET not in text
    assert "angiven, men visas inte" in text
    assert re.search(r'class="given"><th scope="row"><code>phrases</code>', text)
    assert not re.search(r'class="given"><th scope="row"><code>port</code>', text)
    assert re.search(r"<code>port</code></th><td>\s*8017\s*</td><td>förvalet</td>", text)


async def test_the_record_is_walked_to_its_end(town: Panel) -> None:
    """Page after page, the newest first, each deed once."""
    client, path, told = await town.sign_in(Rank.ADMIN), "/record", []
    while path:
        text = await (await client.get(path)).text()
        told += re.findall(r'<tr><td><time datetime="([^"]+)"', text)
        older = re.search(r'href="(/record\?[^"]+)" rel="next"', text)
        path = older[1].replace("&amp;", "&") if older else ""
    db = open_database(town.db)
    deeds = sum(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("decisions", "measures"))
    db.close()
    assert len(told) == deeds
    assert told == sorted(told, reverse=True)


async def test_the_record_can_be_narrowed(town: Panel) -> None:
    """To a kind, and to a person, by name."""
    db = open_database(town.db)
    (number,) = db.execute("SELECT id FROM flags WHERE state = 'pending' LIMIT 1").fetchone()
    StoreReader(db).decide(decision(number, by=HOSTILE_NAME))
    reporters(db, number, "Ada", "Polisen har frågat.", NOW)
    db.close()
    text = await _text(town, "/record?kind=unmasking")
    assert "Polisen har frågat." in text
    assert len(re.findall("/case/", text)) == 1
    found = await (await (await town.sign_in(Rank.ADMIN)).get("/record", params={"by": HOSTILE_NAME})).text()
    assert len(re.findall("/case/", found)) == 1
    assert "&lt;i&gt;Mo" in found
    assert "<i>Mo" not in found


async def test_models_that_were_promoted_stand_in_the_record(town: Panel, tmp_path: Path) -> None:
    """Who put which model to use, and why; a history that cannot be read is said so, and the rest is shown."""
    Shelf(tmp_path, tmp_path).promote(Promotion("better", "0" * 8, "Ada", NOW, "Träffar oftare."), ())
    text = await _text(town, "/record")
    assert "Träffar oftare." in text
    assert "better" in text
    (tmp_path / "promoted.json").write_text("{")
    broken = await _text(town, "/record")
    assert "går inte att läsa" in broken
    assert "/case/" in broken


@pytest.mark.parametrize("query", ["kind=nope", "after=x", "after=2026-01-01T00:00:00.000%2B00:00~nope~1", "by=%00"])
async def test_a_made_up_place_in_the_record_is_not_there(town: Panel, query: str) -> None:
    """What no page of ours links to is not found."""
    assert (await (await town.sign_in(Rank.ADMIN)).get(f"/record?{query}")).status == 404


async def test_english_is_there_for_those_who_read_it(town: Panel) -> None:
    """Each page in English, with the numbers as English has them."""
    assert "Safety map" in await _text(town, "/map", language="en")
    for path in PAGES:
        assert not re.search(r"web-[a-z-]+", re.sub(r'(href|src|class|id|aria-[a-z]+)="[^"]*"', "",
                             await _text(town, path, language="en")))  # fmt: skip
