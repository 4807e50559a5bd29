"""Can moderators take a pause at the panel and end it, and is a break suggested as in Discord, to nobody else?"""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.core.roles import Rank
from tests.builders import NOW
from tests.web.panel_cases import COLLEAGUE, MODERATOR, Case
from tests.web.panel_harness import Panel, token_in

NUDGE = re.compile(r"Du har läst (?:en flagga|[0-9]+ flaggor) i dag")


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


async def _read(client: ClientSession, path: str) -> str:
    async with client.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


async def _sent(client: ClientSession, path: str, **fields: str) -> tuple[int, str, str]:
    """A form: the status that it is answered with, where it leads, and what stands there."""
    token = token_in(await _read(client, "/pause"))
    async with client.post(path, data={"token": token, **fields}) as answer:
        first = answer.history[0].status if answer.history else answer.status
        return first, answer.url.path_qs, _plain(await answer.text())


async def test_a_pause_begins_and_ends_at_the_panel(panel: Panel) -> None:
    """It holds in Discord too, and what somebody was looking at is let go."""
    mo = await panel.sign_in()
    await _read(mo, f"/queue?case={Case.HATE:d}")
    assert panel.reviewing.reading(MODERATOR) == [Case.HATE]
    status, path, text = await _sent(mo, "/pause/hour")
    assert (status, path) == (303, "/pause")
    assert "Du har paus till 26 jan. 2026 10:00" in text
    assert panel.reviewing.reading(MODERATOR) == []
    assert await panel.desk.caring.paused(MODERATOR) == NOW + timedelta(hours=1)  # type: ignore[union-attr]
    _, path, text = await _sent(mo, "/pause/end")
    assert path == "/pause?ended=1"
    assert "Pausen är slut. Välkommen tillbaka!" in text
    assert "Fortsätt granska" in text


async def test_a_pause_lasts_till_the_morning_or_ends_by_itself(panel: Panel) -> None:
    """Seven o'clock on the next day, by Swedish clocks."""
    mo = await panel.sign_in()
    _, _, text = await _sent(mo, "/pause/morning")
    assert "Du har paus till 27 jan. 2026 07:00" in text
    panel.later(hours=20)
    assert "Avsluta pausen" in await _read(await panel.sign_in(), "/pause")
    panel.later(hours=3)
    again = await panel.sign_in()
    text = await _read(again, "/pause?ended=1")
    assert "Avsluta pausen" not in text
    status, path, text = await _sent(again, "/pause/end")
    assert (status, path) == (303, "/pause")
    assert "Du har ingen paus just nu" in text


async def test_whoever_pauses_is_given_no_case_and_can_end_the_pause_there(panel: Panel) -> None:
    """The list says so, with the button beside it; of a colleague it says nothing."""
    mo, kim = await panel.sign_in(), await panel.sign_in(who=COLLEAGUE)
    await _sent(mo, "/pause/hour")
    _, path, text = await _sent(mo, "/queue/next")
    assert path == "/queue?became=paused"
    assert "Du har paus. Kön finns kvar" in text
    assert 'action="/pause/end"' in await _read(mo, path)
    _, path, _ = await _sent(kim, "/queue/next")
    assert "case=" in path


async def test_one_sees_what_one_has_read_and_nobody_elses(panel: Panel) -> None:
    """Counts of one's own day and week, and the limit that one has set."""
    mo = await panel.sign_in()
    await _read(mo, f"/queue?case={Case.HATE:d}")
    await _read(mo, f"/queue?case={Case.UNSURE:d}")
    text = _plain(await _read(mo, "/pause"))
    assert "I dag har du läst 2 flaggor" in text
    assert "Bara du ser det här" in text
    assert "inte läst någon flagga" in _plain(await _read(await panel.sign_in(Rank.ADMIN), "/pause"))


@pytest.mark.parametrize("limit", ["", "-1", "1001", "många", "1.5", "99999999"])
async def test_a_limit_that_is_none_changes_nothing(panel: Panel, limit: str) -> None:
    """One sentence says what to write."""
    mo = await panel.sign_in()
    await _sent(mo, "/pause/limit", limit="7")
    status, _, text = await _sent(mo, "/pause/limit", limit=limit)
    assert status == 400
    assert "skriv ett helt tal från 0 till" in text
    assert 'value="7"' in await _read(mo, "/pause")


async def test_a_break_is_suggested_after_a_decision_at_most_once_an_hour(panel: Panel) -> None:
    """Past the limit that one has set, and of one's own figures, which stand in no address."""
    mo = await panel.sign_in()
    await _sent(mo, "/pause/limit", limit="2")
    told = []
    for case in (Case.HATE, Case.UNSURE, Case.WATCHED, Case.IN_THREAD):
        await _read(mo, f"/queue?case={case:d}")
        status, path, text = await _sent(mo, f"/case/{case:d}/dismiss")
        assert status == 303
        assert not re.search("cases|severe|limit", path)
        told.append(bool(NUDGE.search(text)))
        assert ("rest=1" in path) == told[-1]
    assert told == [False, True, False, False]
    panel.later(minutes=61)
    mo = await panel.sign_in()
    _, _, text = await _sent(mo, f"/case/{Case.ENDLESS:d}/dismiss")
    assert NUDGE.search(text)
    assert "Till din paus" in text


async def test_whoever_begins_anew_past_the_limit_is_told(panel: Panel) -> None:
    """As `/kö` does in Discord; an address that somebody forges tells nobody below the limit anything."""
    mo = await panel.sign_in()
    assert not NUDGE.search(await _read(mo, "/queue?rest=1"))
    await _sent(mo, "/pause/limit", limit="1")
    await _read(mo, f"/queue?case={Case.HATE:d}")
    _, path, text = await _sent(mo, "/queue/next")
    assert "rest=1" in path
    assert NUDGE.search(text)
