"""Does the week tell what shifted suddenly, in which week and how it ended, and to nobody whom it does not concern?"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.core.roles import Rank
from bot.store.connection import open_database
from bot.store.week_shifts import SHIFTS
from tests.web.panel_harness import Panel
from tests.web.panel_shifts import shift

LISTED = re.compile(r'<ul class="plain shifts">(.*?)</ul>', re.DOTALL)


async def _told(panel: Panel, **slots: object) -> list[str]:
    client = await panel.sign_in(Rank.MODERATOR, **slots)
    async with client.get("/week") as answer:
        found = LISTED.search(await answer.text())
    items = re.findall("<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    told = [" ".join(html.unescape(re.sub("<[^>]+>", " ", each)).split()) for each in items]
    return [each.replace("\N{NO-BREAK SPACE}", " ") for each in told]


async def test_the_week_tells_what_shifted_and_how_it_ended(panel: Panel, panel_db: Path) -> None:
    """In the sentences of the message that admins had then; the latest first, and none from before these weeks."""
    assert await _told(panel) == []
    shift(panel_db)
    latest, fewer, unread, scores = await _told(panel)
    assert latest.startswith("v. 4 25 jan. 2026")
    assert "Fler meddelanden än vanligt flaggas i #torget: 20,0 % av det som lästs" in latest
    assert "mindre än 1 på 10 000. Det pågår fortfarande." in latest
    assert "Färre meddelanden" in fewer
    assert re.search(r"på språk som modellen inte kan läsa.* Det var över 7 jan. 2026", unread)
    assert re.search(r"andra poäng än vanligt i alla kanaler.* som det vanliga sedan 10 jan. 2026", scores)


async def test_servers_are_told_of_their_own_shifts(panel: Panel, panel_db: Path) -> None:
    """What shifted everywhere is not told to those who see a part alone: it is made of others' messages too."""
    shift(panel_db)
    assert ["#torget" in each or "#marknad" in each for each in await _told(panel, guilds=("1",))] == [True, True]
    assert ["#ungdom" in each for each in await _told(panel, guilds=("2",))] == [True]
    assert len(await _told(panel, guilds=("1", "2"))) == 4


async def test_a_channel_with_a_hostile_name_is_told_plainly(panel: Panel, panel_db: Path) -> None:
    """Nothing in it acts on the page."""
    shift(panel_db)
    db = open_database(panel_db)
    db.execute("UPDATE channels SET name = ? WHERE id = '100'", ["<b>torg\u202e\"'"])
    db.close()
    assert "i #<b>torg\"': 20,0 %" in (await _told(panel))[0]


def test_shifts_are_read_from_their_index(panel_db: Path) -> None:
    """Newest first without sorting, however many there were."""
    db = open_database(panel_db)
    rows = db.execute(f"EXPLAIN QUERY PLAN {SHIFTS}", ["[]", "", 20]).fetchall()
    plan = " ".join(row["detail"] for row in rows)
    db.close()
    assert "SEARCH shifts USING INDEX shifts_noticed" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_nothing_is_said_where_nothing_shifted(panel: Panel, language: str) -> None:
    """A sentence stands there instead, in the reader's language."""
    client = await panel.sign_in(Rank.MODERATOR, language=language)
    async with client.get("/week") as answer:
        text = await answer.text()
    assert ("Inget har ändrats plötsligt" if language == "sv" else "Nothing has shifted suddenly") in text
