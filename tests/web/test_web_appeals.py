"""Can moderators decide appeals at the panel, by the rules of everywhere, and is nothing ever half-done?"""

from __future__ import annotations

import asyncio
import html
import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.core.appeals import LONGEST_ANSWER
from bot.core.flags import State
from bot.core.roles import Rank
from bot.store.appeals_waiting import EVERYWHERE, HERE
from bot.store.connection import open_database
from classifier.slur_list import SLURS
from tests.builders import NOW
from tests.web.panel_appeals import appeal, appealed, warned
from tests.web.panel_cases import COLLEAGUE, MEMBER, Case
from tests.web.panel_harness import Panel, served, token_in

LIST = "/queue/appeals"
SLUR = next(word for word in SLURS.read_text("utf-8").splitlines() if word.isalpha())
UPHELD = f"/case/{Case.UPHELD:d}"


@pytest.fixture
def panel_db(panel_db: Path) -> Path:
    """The cases' database, in which two decisions are appealed."""
    appeal(panel_db)
    return panel_db


async def _read(client: ClientSession, path: str, status: int = 200) -> str:
    async with client.get(path) as answer:
        assert answer.status == status
        return await answer.text()


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


async def _sent(client: ClientSession, path: str, **fields: str) -> tuple[int, str, str]:
    """A form: the status that it is answered with, where it leads, and what stands there."""
    token = token_in(await _read(client, "/queue"))
    async with client.post(path, data={"token": token, **fields}) as answer:
        first = answer.history[0].status if answer.history else answer.status
        return first, answer.url.path, _plain(await answer.text())


async def _outcome(panel: Panel) -> tuple[State, str | None, str, str | None]:
    """The case's state, and how its appeal ended, by whom and with which answer."""
    case = await panel.desk.reading.case(Case.UPHELD)
    (found,) = await panel.desk.reading.appeals(Case.UPHELD)
    assert case is not None
    return case.state, found.outcome, found.by, found.answer


async def test_the_queue_leads_to_what_waits_and_from_there_to_the_case(panel: Panel) -> None:
    """How many wait, which, since when, who decided them and whether one may decide them; never a word of them."""
    mo = await panel.sign_in()
    queue = await _read(mo, "/queue")
    assert re.search(r'href="/queue/appeals">Överklaganden \(2\)', queue)
    text = await _read(mo, LIST)
    assert re.search(r'href="/case/9#appeals">Flagga 9<', text)
    assert "ironi" not in text
    assert "#marknad" in text
    assert "Ja" in _plain(text)
    assert "Nej, du har varit med och beslutat" in _plain(await _read(await panel.sign_in(who=COLLEAGUE), LIST))
    assert "Nej, det är ditt eget ärende" in _plain(await _read(await panel.sign_in(who=MEMBER), LIST))


async def test_servers_are_told_of_their_own_appeals(panel: Panel) -> None:
    """Neither in the list nor by a number somebody types."""
    there = await panel.sign_in(guilds=("2",))
    assert "(1)" in await _read(there, "/queue")
    assert "/case/9" not in await _read(there, LIST)
    status, _, _ = await _sent(there, f"{UPHELD}/appeal/1/grant")
    assert status == 404
    assert (await _outcome(panel))[1] is None


async def test_an_appeal_is_granted(panel: Panel) -> None:
    """The decision is taken back: the case is dismissed, and whoever granted it comes back to what waits."""
    mo = await panel.sign_in()
    status, path, text = await _sent(mo, f"{UPHELD}/appeal/1/grant", answer="behövs inte")
    assert (status, path) == (303, LIST)
    assert "Överklagandet i ärende 9 är bifallet" in text
    assert await _outcome(panel) == (State.DISMISSED, "granted", "11", "")
    assert "(1)" in await _read(mo, "/queue")
    assert "Biföll ett överklagande" in _plain(await _read(await panel.sign_in(Rank.ADMIN), "/record?kind=appeal"))


async def test_an_appeal_is_rejected_with_a_reason(panel: Panel) -> None:
    """Without one nothing happens: whoever appealed is owed it."""
    mo = await panel.sign_in()
    for answer in ("", "  \r\n "):
        status, _, text = await _sent(mo, f"{UPHELD}/appeal/1/reject", answer=answer)
        assert status == 400
        assert "skriv varför beslutet står fast" in text
    status, _, _ = await _sent(mo, f"{UPHELD}/appeal/1/reject", answer="x" * (LONGEST_ANSWER + 1))
    assert status == 400
    assert (await _outcome(panel))[1] is None
    status, path, text = await _sent(mo, f"{UPHELD}/appeal/1/reject", answer="Det var\r\ningen ironi.")
    assert (status, path) == (303, LIST)
    assert "är avslaget" in text
    assert await _outcome(panel) == (State.UPHELD, "rejected", "11", "Det var\ningen ironi.")


async def test_whoever_took_part_or_wrote_it_does_not_decide(panel: Panel) -> None:
    """The page says so instead of asking, and a form that comes all the same changes nothing."""
    for who, sentence in ((COLLEAGUE, "Du har varit med och beslutat"), (MEMBER, "Det är ditt eget ärende")):
        client = await panel.sign_in(who=who)
        text = await _read(client, UPHELD)
        assert sentence in _plain(text)
        assert "/appeal/1/" not in text
        status, _, _ = await _sent(client, f"{UPHELD}/appeal/1/grant")
        assert status == 409
    assert (await _outcome(panel))[1] is None


async def test_of_two_at_once_one_decides_and_the_other_is_told(panel: Panel) -> None:
    """The same form sent twice by one person is one decision."""
    mo, lea = await panel.sign_in(), await panel.sign_in(Rank.LEAD)
    answers = await asyncio.gather(
        _sent(mo, f"{UPHELD}/appeal/1/grant"), _sent(lea, f"{UPHELD}/appeal/1/reject", answer="Nej.")
    )
    assert sorted(status for status, _, _ in answers) == [303, 409]
    won = mo if answers[0][0] == 303 else lea
    again = await _sent(won, f"{UPHELD}/appeal/1/{'grant' if won is mo else 'reject'}", answer="Nej.")
    assert again[:2] == (303, LIST)


@pytest.mark.parametrize("path", [f"/case/{Case.HATE:d}/appeal/1/grant", f"{UPHELD}/appeal/999999999999999999/reject"])
async def test_a_forged_number_decides_nothing(panel: Panel, path: str) -> None:
    """An appeal is decided on the case that it is about."""
    status, _, text = await _sent(await panel.sign_in(), path, answer="x")
    assert status == 404
    assert "finns inte här" in text
    assert (await _outcome(panel))[1] is None


async def test_words_of_an_author_are_only_words(panel: Panel) -> None:
    """Behind a press, escaped; masked like the text where slurs are, until somebody asks to see it plainly."""
    text = await _read(await panel.sign_in(), UPHELD)
    assert re.search(r"<details><summary>Den som skrev säger</summary><p class=\"said\">&lt;script&gt;", text)
    assert "<script>alert(2)" not in text
    assert "\u202e" not in text


async def test_an_appeal_is_masked_as_its_case_is(panel_db: Path) -> None:
    """The author's own words may repeat what was flagged."""
    with closing(open_database(panel_db)) as db:
        warned(db, Case.HATE, NOW - timedelta(hours=1))
        appealed(db, Case.HATE, words=f"Jag skrev bara {SLUR}.")
    async with served(panel_db, desk={"mask_slurs": True}) as panel:
        mo = await panel.sign_in()
        hidden = await _read(mo, f"/case/{Case.HATE:d}")
        assert SLUR not in hidden
        assert "plain=1" in hidden
        assert SLUR in await _read(mo, f"/case/{Case.HATE:d}?plain=1")


async def test_pages_of_appeals_hold_every_one_once(panel: Panel) -> None:
    """The oldest first; what stands on one page stands on no other."""
    with closing(open_database(panel.db)) as db:
        for number in range(60):
            at = f"2026-01-20T00:{number:02}:00.000+00:00"
            decided = (
                "INSERT INTO decisions (flag_id, step, by, motives, decided_at) VALUES (9, 'uphold', '12', '[]', ?)"
            )
            made = db.execute(decided, [at]).lastrowid
            told = "INSERT INTO statements (flag_id, author_id, decision_id) VALUES (9, '21', ?)"
            appeals = """INSERT INTO appeals (statement_id, flag_id, guild_id, words, language, made_at)
                VALUES (?, 9, '1', 'x', 'sv', ?)"""
            db.execute(appeals, [db.execute(told, [made]).lastrowid, at])
    client, path, rows = await panel.sign_in(guilds=("1", "2")), LIST, []
    while path:
        text = await _read(client, path)
        rows += re.findall(r'<time datetime="([^"]+)"', text)
        older = re.search(r'href="(/queue/appeals\?[^"]+)" rel="next"', text)
        path = html.unescape(older[1]) if older else ""
    assert len(rows) == 62
    assert len(set(rows[2:])) == 60


@pytest.mark.parametrize("after", ["x", "-1", "1" * 19])
async def test_a_made_up_place_among_appeals_is_not_there(panel: Panel, after: str) -> None:
    """What no page of ours links to is not found."""
    await _read(await panel.sign_in(), f"{LIST}?after={after}", 404)


def test_appeals_are_listed_from_their_index(panel_db: Path) -> None:
    """The oldest first without sorting, however many were decided."""
    with closing(open_database(panel_db)) as db:
        for query, slots in ((EVERYWHERE, [0, 26]), (HERE, ["1", 0, 26])):
            plan = " ".join(row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {query}", slots).fetchall())
            assert re.match("SEARCH appeals USING (COVERING )?INDEX", plan)
            assert "TEMP B-TREE" not in plan
