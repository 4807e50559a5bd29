"""Can a moderator mark a report as abusive at the panel, as in Discord, and does nobody learn whose it is?"""

from __future__ import annotations

import html
import re
from contextlib import closing

import pytest
from aiohttp import ClientSession

from bot.store.connection import open_database
from tests.web.panel_cases import Case
from tests.web.panel_harness import Panel, token_in

REPORTED = f"/case/{Case.REPORTED:d}"


async def _sent(client: ClientSession, path: str, **fields: str) -> tuple[int, str, str]:
    """A form: the status that it is answered with, where it leads, and what stands there."""
    async with client.get("/queue") as before:
        token = token_in(await before.text())
    async with client.post(path, data={"token": token, **fields}) as answer:
        first = answer.history[0].status if answer.history else answer.status
        text = " ".join(html.unescape(re.sub("<[^>]+>", " ", await answer.text())).split())
        return first, answer.url.path_qs, text


def _marked(panel: Panel) -> list[tuple[object, ...]]:
    with closing(open_database(panel.db)) as db:
        rows = db.execute("SELECT id, abusive_by FROM reports WHERE abusive_at IS NOT NULL").fetchall()
        answers = db.execute("SELECT report_id, outcome FROM answers").fetchall()
        return [tuple(row) for row in (*rows, *answers)]


@pytest.mark.parametrize("back", ["from=case", "from=queue&pile=open"])
async def test_a_report_is_marked_and_its_reporter_is_told(panel: Panel, back: str) -> None:
    """One stays with the case, which no longer offers it; nothing on the page says who reported."""
    mo = await panel.sign_in()
    status, path, text = await _sent(mo, f"{REPORTED}/abuse?{back}", report="1")
    assert status == 303
    assert path.startswith(REPORTED if back == "from=case" else f"/queue?case={Case.REPORTED:d}")
    assert "Rapport 1 är markerad" in text
    assert "Rapport 1: bedömd som missbruk" in text
    assert "Markera rapporten" not in text
    assert _marked(panel) == [(1, "11"), (1, "abusive")]


async def test_what_was_marked_is_not_marked_twice(panel: Panel) -> None:
    """Whoever is late is told, and the reporter hears of it once."""
    mo = await panel.sign_in()
    await _sent(mo, f"{REPORTED}/abuse?from=case", report="1")
    status, _, text = await _sent(mo, f"{REPORTED}/abuse?from=case", report="1")
    assert status == 409
    assert "redan markerad" in text
    assert len(_marked(panel)) == 2


@pytest.mark.parametrize(("case", "report", "expected"), [
    (Case.HATE, "1", 409), (Case.REPORTED, "2", 409), (Case.REPORTED, "", 400), (Case.REPORTED, "x", 400),
    (Case.REPORTED, "9" * 19, 400), (99, "1", 404),
])  # fmt: skip
async def test_a_forged_form_marks_nothing(panel: Panel, case: int, report: str, expected: int) -> None:
    """A report is marked on its own case alone."""
    status, _, _ = await _sent(await panel.sign_in(), f"/case/{case:d}/abuse", report=report)
    assert status == expected
    assert _marked(panel) == []


async def test_a_report_of_another_server_is_not_there(panel: Panel) -> None:
    """Nor the case that it is of."""
    status, _, _ = await _sent(await panel.sign_in(guilds=("2",)), f"{REPORTED}/abuse", report="1")
    assert status == 404
    assert _marked(panel) == []


@pytest.mark.parametrize("report", ["<script>", "1" * 19, ""])
async def test_a_forged_address_says_nothing(panel: Panel, report: str) -> None:
    """What is told after a form is made of numbers alone."""
    slots = {"did": f"{Case.REPORTED:d}", "became": "marked", "report": report}
    async with (await panel.sign_in()).get(REPORTED, params=slots) as answer:
        text = await answer.text()
    assert "är markerad" not in text
    assert "<script>" not in text
