"""Do the pictures show what was sent, whole and escaped, and nothing that stands behind a spoiler?"""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from bot.web.pages import PLACES
from tests.builders import HOME
from tests.loopback import components as c
from tests.pictures.browser import SCALE, found, photograph
from tests.pictures.components import laid_out
from tests.pictures.made_up import QUOTED
from tests.pictures.markdown import Reader, html
from tests.pictures.page import PHONE, Shot, page
from tests.pictures.panel_pages import SCENES, photographs
from tests.pictures.scenes import shots

PICTURES = HOME / "bot" / "pages" / "pictures"
READER = Reader(users={"1": "Karin"}, places={"2": "torget"}, roles={"3": "Mod"})
HOSTILE = "<script>alert(1)</script>&\"'"


def text(markup: str) -> str:
    """What a reader sees of it, without the tags."""
    return re.sub(r"<[^>]+>", "", markup)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**fet** och *kursiv*", "<strong>fet</strong> och <em>kursiv</em>"),
        (r"\*inte\* kursiv", "*inte* kursiv"),
        ("-# liten **fet**", '<div class="small">liten <strong>fet</strong></div>'),
        ("**av <@1>**", '<strong>av <span class="mention">@Karin</span></strong>'),
        ("i <#2>, <@&3>", '<span class="mention"># torget</span>, <span class="mention">@Mod</span>'),
        ("<t:1772439240:f>", "2 mars 2026 09:14"),
        ("<t:1772439240:t>", "09:14"),
        ("<t:1772448600:R>", "om 50 minuter"),
        ("`/kö`", "<code>/kö</code>"),
        ("[läs](https://discord.com/1)", '<span class="link" title="https://discord.com/1">läs</span>'),
        ("- ett", '<div class="item">ett</div>'),
    ],
)
def test_markdown_is_shown_as_discord_shows_it(written: str, shown: str) -> None:
    assert shown in html(written, READER)


@pytest.mark.parametrize("spoiler", ["||hemligt ord||", "||hemligt\nord||", r"||hemligt \| ord||", "**||hemligt||**"])
def test_what_stands_behind_a_spoiler_is_not_written_at_all(spoiler: str) -> None:
    shown = html(f"före {spoiler} efter", READER)
    assert "hemligt" not in shown
    assert "ord" not in shown
    assert 'class="spoiler"' in shown
    assert "före" in shown
    assert "efter" in shown


@pytest.mark.parametrize(
    "component",
    [
        {"type": c.TEXT, "content": HOSTILE},
        {"type": c.TEXT, "content": f"**{HOSTILE}** [{HOSTILE}](https://x/{HOSTILE}) `{HOSTILE}`"},
        {"type": c.BUTTON, "style": 1, "label": HOSTILE, "custom_id": "x"},
        {"type": c.STRING_SELECT, "options": [{"label": HOSTILE, "value": "x", "default": True}]},
        {"type": c.USER_SELECT, "placeholder": HOSTILE},
        {"type": c.TEXT_INPUT, "style": 2, "label": HOSTILE, "value": HOSTILE},
        {"type": c.LABEL, "label": HOSTILE, "description": HOSTILE, "component": {"type": c.TEXT_INPUT, "style": 1}},
        {"type": c.RADIO_GROUP, "options": [{"label": HOSTILE, "description": HOSTILE, "value": "x"}]},
        {"type": c.CHECKBOX_GROUP, "options": [{"label": HOSTILE, "value": "x", "default": True}]},
        {"type": c.CHECKBOX, "label": HOSTILE},
        {"type": c.FILE, "name": HOSTILE},
    ],
    ids=lambda component: str(component["type"]),
)
def test_everything_from_outside_is_escaped(component: dict[str, Any]) -> None:
    section = {"type": c.SECTION, "components": [], "accessory": component}
    shown = laid_out([{"type": c.CONTAINER, "components": [component, {"type": c.SEPARATOR}, section]}], READER)
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") >= 2


def test_names_are_escaped() -> None:
    reader = Reader(users={"1": HOSTILE}, places={"2": HOSTILE}, roles={"3": HOSTILE})
    shown = page(Shot(HOSTILE, {"content": "<@1> <#2> <@&3> <@9>"}, reader, used=f"{HOSTILE} /kö"))
    assert "<script" not in shown
    assert "@9" in shown


def test_a_component_that_has_no_picture_yet_is_an_error_and_not_left_out() -> None:
    with pytest.raises(ValueError, match="type 99"):
        laid_out([{"type": c.CONTAINER, "components": [{"type": 99}]}], READER)


async def test_every_payload_of_a_moderators_day_becomes_a_page_that_says_all_of_it() -> None:
    assert "nya bron" in QUOTED
    kept = await shots()
    assert {"card", "card-phone", "uphold", "decided", "statement", "appeal", "second", "joint", "escalated"} <= set(
        kept
    )
    assert {"context", "digest", "stats", "pause", "history"} <= set(kept)
    for name, shot in kept.items():
        shown = page(shot)
        assert shot.alt, f"{name} has no words for whoever does not see it"
        assert "nya bron" not in text(shown), f"{name} shows what was flagged"
        for part in c.walk(shot.payload["components"]):
            if label := part.get("label"):
                assert label in text(shown), f"{name} does not show {label}"
    assert "Bifall / Uphold" in page(kept["card"])
    assert "bifölls av" in page(kept["decided"])
    assert "Bifall flagga 25" in page(kept["uphold"])


def test_every_place_of_the_panel_has_a_picture() -> None:
    shown = {scene.place.partition("?")[0] for scene in SCENES.values()}
    assert {place for place, _, _ in PLACES} <= shown


@pytest.mark.skipif(found() is None, reason="Chromium is not installed")
async def test_a_page_of_the_panel_becomes_a_small_picture_with_its_text_masked() -> None:
    (taken,) = (await photographs(str(found()), ["panel-queue-phone"])).values()
    with Image.open(io.BytesIO(taken)) as picture:
        assert picture.width == SCENES["panel-queue-phone"].width
    assert len(taken) < 60_000


async def test_the_same_day_gives_the_same_pages() -> None:
    first, second = await shots(), await shots()
    assert text(page(first["decided"])) == text(page(second["decided"]))


def test_the_pictures_at_hand_are_small_and_there_is_one_for_every_name_that_pages_use() -> None:
    pages = [HOME / "README.md", *(HOME / "bot" / "pages").glob("*.md")]
    used = {name for each in pages for name in re.findall(r"pictures/([\w-]+)\.png", each.read_text("utf-8"))}
    there = {file.stem: file.stat().st_size for file in PICTURES.glob("*.png")}
    assert used <= set(there)
    assert set(SCENES) <= used
    assert all(size < 60_000 for size in there.values()), there


@pytest.mark.skipif(found() is None, reason="Chromium is not installed; the pages themselves are tested above")
def test_a_page_becomes_a_small_picture_of_its_width() -> None:
    shown = {"components": [{"type": c.CONTAINER, "components": [{"type": c.TEXT, "content": "**Flagga 1** i <#2>"}]}]}
    taken = photograph(page(Shot("x", shown, READER, PHONE)), PHONE, str(found()))
    with Image.open(io.BytesIO(taken)) as picture:
        assert picture.width == PHONE * SCALE
        assert 100 < picture.height < 600
    assert len(taken) < 60_000
