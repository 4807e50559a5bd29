"""Does the record tell who tuned what, each deed once, in its order, and to nobody whom it does not concern?"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.core.roles import Rank
from bot.store.connection import open_database
from tests.web.panel_harness import Panel, served
from tests.web.panel_tuning import tune

ROW = re.compile(r"<tr><td><time.*?</tr>", re.DOTALL)
KINDS = {"proposal": 2, "thresholds": 4, "recalibration": 2, "shadow": 1}


@pytest.fixture
def panel_db(panel_db: Path) -> Path:
    """The cases' database, in which admins have tuned."""
    tune(panel_db)
    return panel_db


async def _rows(panel: Panel, query: str = "", **slots: object) -> list[str]:
    """The rows of the record, their tags gone, and the whole page."""
    client = await panel.sign_in(Rank.ADMIN, **slots)
    async with client.get(f"/record{query}") as answer:
        text = await answer.text()
        assert answer.status == 200
    assert "<b>därför" not in text
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", row)).split()) for row in ROW.findall(text)]


async def test_each_deed_of_tuning_is_told_once_with_what_it_set_and_why(panel: Panel) -> None:
    """A change that was proposed and applied in one is one deed; what takes one back names it."""
    told = {kind: await _rows(panel, f"?kind={kind}") for kind in KINDS}
    assert {kind: len(rows) for kind, rows in told.items()} == KINDS
    proposals, steps, scales, trials = told.values()
    assert "Föreslog ändring 1 hat eller hot 0,40 (överallt) Skäl: För många missas." in proposals[1]
    assert "Föreslog ändring 2 hat eller hot 0,30 (i #torget)" in proposals[0]
    undone, at_once, withdrawn, applied = steps
    assert "Tillämpade ändring 1 hat eller hot 0,40 (överallt)" in applied
    assert "Återkallade ändring 2" in withdrawn
    assert "Tillämpade ändring 3 hat eller hot 0,70 (i #ungdom) Skäl: <b>därför</b>" in at_once
    assert "Tog tillbaka ändring 3 Skäl: Det blev för få." in undone
    assert "Räknade om hur säkert hat eller hot är (omräkning 1)" in scales[1]
    assert "Tog tillbaka omräkning 1 av hat eller hot Skäl: Nya beslut säger annat." in scales[0]
    assert "Startade skugga 1 (stoppad) hat eller hot 0,60 (i #torget) Skäl: Vi prövar." in trials[0]


async def test_tuning_stands_among_everything_else_in_its_order(panel: Panel) -> None:
    """The newest first, whatever it was, and of one person where one is asked for."""
    client = await panel.sign_in(Rank.ADMIN)
    async with client.get("/record") as answer:
        text = await answer.text()
    times = re.findall(r'<tr><td><time datetime="([^"]+)"', text)
    assert len(times) > sum(KINDS.values())
    assert times == sorted(times, reverse=True)
    assert "Eskalerade" in text
    of_one = await _rows(panel, "?by=14")
    assert len([row for row in of_one if re.search("ändring|omräkning|skugga", row)]) == 8


async def test_what_was_tuned_elsewhere_is_told_to_nobody_here(panel: Panel) -> None:
    """Thresholds of places beyond somebody's servers, and scales of another server, are not theirs to see."""
    here = await _rows(panel, guilds=("1",))
    assert [row for row in here if "ändring 2" in row]
    assert [row for row in here if "omräkning 1" in row]
    assert not [row for row in here if "ändring 3" in row or "ändring 1" in row]
    there = await _rows(panel, guilds=("2",))
    assert [row for row in there if "ändring 3" in row]
    assert not [row for row in there if "ändring 2" in row or "omräkning" in row or "skugga" in row]


async def test_the_record_is_whole_where_there_is_no_model_to_judge_by(panel_db: Path) -> None:
    """What was tuned stays on record when its model cannot be read: channels are then called by their ids."""
    async with served(panel_db, uppsikt={"model": "finns-inte"}) as panel:
        assert "Återkallade ändring 2 hat eller hot 0,30 (i #100)" in " ".join(await _rows(panel, "?kind=thresholds"))
        assert await _rows(panel, "?kind=thresholds", guilds=("1",)) == []


async def test_every_page_of_the_record_is_reached(panel: Panel) -> None:
    """Also past deeds that are hidden: nothing is told twice, and nothing is left out."""
    db = open_database(panel.db)
    many = [(f"2026-01-20T00:00:{n % 60:02}.{n:03}+00:00",) for n in range(180)]
    db.conn.executemany(
        """INSERT INTO threshold_changes
        (scope, place, thresholds, by, why, base, model, figures, proposed_at)
        VALUES ('channel', '900', '{"flag": 0.5}', 'Karin', 'x', 0, 'm', '{}', ?)""",
        many,
    )
    db.conn.commit()
    db.close()
    client, path, numbers = await panel.sign_in(Rank.ADMIN), "/record?kind=proposal", []
    while path:
        async with client.get(path) as answer:
            text = await answer.text()
        numbers += re.findall(r"/thresholds/changes/([0-9]+)", text)
        older = re.search(r'href="(/record\?[^"]+)" rel="next"', text)
        path = html.unescape(older[1]) if older else ""
    assert len(numbers) == len(set(numbers)) == 182
