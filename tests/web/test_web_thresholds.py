"""Can admins look at thresholds in the panel, change them and take that back, and is nothing ever half-done?"""

from __future__ import annotations

import asyncio
import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.config import Settings
from bot.core.roles import Rank
from bot.core.tuning.changes import State
from bot.store import SqliteStore, SqliteThresholds
from bot.tuning import Tuning
from tests.web.panel_cases import ELSEWHERE
from tests.web.panel_harness import Panel, served, token_in

WHY = "Vi hinner inte läsa så många."
NO_MODEL = {"uppsikt": {"model": "finns-inte"}}


@pytest_asyncio.fixture
async def week(week_db: Path) -> AsyncIterator[Panel]:
    """A panel over the decided week."""
    async with served(week_db) as running:
        yield running


@pytest_asyncio.fixture
async def admin(week: Panel) -> ClientSession:
    return await week.sign_in(Rank.ADMIN)


async def read(client: ClientSession, path: str, status: int = 200) -> str:
    """A page's text, its entities and tags gone."""
    async with client.get(path) as answer:
        text = await answer.text()
        assert answer.status == status, text
    return words(text)


def words(text: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r" ([:.;])", r"\1", " ".join(plain.split()))


async def sent(client: ClientSession, path: str, **fields: str) -> tuple[int, str, str]:
    """A form of the page; the status, where it led to, and the text."""
    async with client.get("/thresholds") as before:
        token = token_in(await before.text())
    async with client.post(path, data={"token": token, **fields}) as answer:
        first = answer.history[0].status if answer.history else answer.status
        return first, answer.url.path, words(await answer.text())


async def proposed(client: ClientSession, threshold: str = "0,9", **fields: str) -> tuple[int, str, str]:
    given = {"place": "", "label": "flag", "days": "28", "base": "0", "why": WHY, "threshold": threshold, **fields}
    return await sent(client, "/thresholds/propose", **given)


async def test_the_page_tells_what_holds_and_what_another_threshold_would_have_done(admin: ClientSession) -> None:
    """With a comma, as Swedes write it; beside what is in force, with cases to open and what it rests on."""
    text = await read(admin, "/thresholds?threshold=0,9")
    assert "hat eller hot: 0,8267 → 0,90" in text
    assert "Flaggor per dygn 5,8 5,1" in text
    assert "Riktiga bland de avgjorda 85 % (70–93 %) 91 % (77–97 %)" in text
    assert "Bygger på 6,7 dygn och 39 avgjorda ärenden" in text
    assert "hat eller hot 0,8267 modellen" in text
    assert "balanserad modellens egna trösklar hat eller hot 0,83 hot 0,67 5,8 11,6 gäller nu" in text


async def test_the_slider_is_given_the_figures_that_the_page_tells(admin: ClientSession) -> None:
    """Every hundredth, in the reader's numbers."""
    async with admin.get("/thresholds/live?label=flag") as answer:
        rows = json.loads(await answer.text())["rows"]
    assert len(rows) == 101
    page = await read(admin, "/thresholds?threshold=0,9")
    assert rows[90][:2] == ["0,90", "5,1"]
    assert f"Flaggor per dygn 5,8 {rows[90][1]} Moderatorernas tid, minuter per dygn 11,6 {rows[90][2]}" in page
    assert rows[90][6].replace("\N{NO-BREAK SPACE}", " ") in page


@pytest.mark.parametrize("kind", ["precision", "flags", "reliability", "workload"])
async def test_plots_are_pictures_that_our_own_policy_allows(admin: ClientSession, kind: str) -> None:
    """Well-formed, without script, style or anything from elsewhere; with the words that tell them in the page."""
    async with admin.get(f"/thresholds/{kind}.svg?threshold=0.9") as answer:
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
        text = await answer.text()
    drawn = list(ET.fromstring(text).iter())  # our own
    assert not {each.tag.rpartition("}")[2] for each in drawn} & {"script", "style", "image", "foreignObject"}
    assert not [each for each in drawn if "style" in each.attrib]
    assert [each for each in drawn if each.get("font-family")]
    page = "/thresholds/scores" if kind in ("reliability", "workload") else "/thresholds?threshold=0.9"
    async with admin.get(page) as answer:
        assert re.search(rf'<img src="/thresholds/{kind}.svg\?[^"]*" alt="[^"]{{40,}}"', await answer.text())


async def test_a_proposal_is_applied_holds_in_a_running_bot_and_is_taken_back(
    week: Panel, admin: ClientSession
) -> None:
    """Nothing holds before it is applied; another program over the same file sees it at its next look."""
    store = SqliteStore.open(week.db)
    bot = Tuning(SqliteThresholds(store), Settings().policy({"flag": 0.8267}))
    status, path, text = await proposed(admin)
    assert (status, path) == (303, "/thresholds/changes/1")
    assert "Föreslagen." in text
    assert WHY in text
    assert "Flaggor per dygn 5,8 5,1" in text
    assert not await bot.look()
    assert "Förslag 1 väntar" in await read(admin, "/thresholds")
    status, _, text = await sent(admin, "/thresholds/changes/1/apply")
    assert status == 303
    assert "Tillämpad" in text
    assert await bot.look()
    assert bot.policy().thresholds["flag"] == 0.9
    assert "hat eller hot 0,90 ändring 1 av" in await read(admin, "/thresholds")
    assert "överallt, hat eller hot: 0,90 → 0,83" in (await read(admin, "/thresholds/changes/1/undo")).replace(
        "0,8267", "0,83"
    )
    status, path, text = await sent(admin, "/thresholds/changes/1/undo", base="1", why="Det blev för lite.")
    assert (status, path) == (303, "/thresholds/changes/2")
    assert "Tar tillbaka ändring 1." in text
    assert await bot.look()
    assert bot.policy().thresholds["flag"] == 0.8267
    assert "tillbakatagen" in await read(admin, "/thresholds")
    await store.close()


async def test_what_a_bot_or_terminal_applies_is_seen_at_once(week: Panel, admin: ClientSession) -> None:
    """The page is of the database as it stands."""
    async with served(week.db) as other:
        colleague = await other.sign_in(Rank.ADMIN, who="99")
        await proposed(colleague)
        await sent(colleague, "/thresholds/changes/1/apply")
    assert "hat eller hot 0,90 ändring 1 av 99" in await read(admin, "/thresholds")


async def test_of_two_admins_at_once_one_wins_and_the_other_looks_again(week: Panel, admin: ClientSession) -> None:
    """Both proposed from the same figures and press *Apply* together: one change, and one clear sentence."""
    colleague = await week.sign_in(Rank.ADMIN, who="99")
    await proposed(admin, "0,9")
    await proposed(colleague, "0,7")
    answers = await asyncio.gather(
        sent(admin, "/thresholds/changes/1/apply"), sent(colleague, "/thresholds/changes/2/apply")
    )
    assert sorted(each[0] for each in answers) == [303, 409]
    lost = next(each for each in answers if each[0] == 409)
    assert "Ingenting ändrades:" in lost[2]
    assert "titta på siffrorna igen" in lost[2]
    changes = await SqliteThresholds(week.store).changes()
    assert sorted(each.state for each in changes) == [State.APPLIED, State.PROPOSED]
    waiting = next(each.number for each in changes if each.state is State.PROPOSED)
    text = await read(admin, f"/thresholds/changes/{waiting}")
    assert "kan inte tillämpas" in text
    assert "Tillämpa " not in text


async def test_a_form_that_is_sent_twice_does_once_what_it_says(week: Panel, admin: ClientSession) -> None:
    """A second *Apply* or *Withdraw* says who was first."""
    await proposed(admin)
    assert (await sent(admin, "/thresholds/changes/1/apply"))[0] == 303
    status, _, text = await sent(admin, "/thresholds/changes/1/apply")
    assert status == 409
    assert "ändring 1 är redan tillämpad" in text
    assert (await sent(admin, "/thresholds/changes/1/withdraw"))[0] == 409
    status, _, text = await proposed(admin, "0,7")
    assert status == 409
    assert "ändrade trösklarna efter att det här föreslogs" in text
    assert len(await SqliteThresholds(week.store).changes()) == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"threshold": "1,2"}, 400, "”1,2” är ingen tröskel"),
        ({"threshold": "nan"}, 400, "”nan” är ingen tröskel"),
        ({"threshold": ""}, 400, "ange minst en etikett"),
        ({"threshold": "0,83"}, 303, "0,83"),
        ({"why": " "}, 400, "skriv varför"),
        ({"why": "x" * 1001}, 400, "motiveringen är för lång"),
        ({"label": "vädret"}, 400, "Det finns ingen etikett ”vädret”"),
        ({"place": "channel:9"}, 404, "ingen kanal 9 har lästs"),
        ({"place": "group:x"}, 404, "det finns ingen grupp x"),
        ({"place": "mars"}, 400, "Stället går inte att tyda"),
        ({"days": "0"}, 400, "”0” är inget antal dygn"),
        ({"base": "x"}, 400, "Det gick inte"),
        ({"level": "modig"}, 400, "Det finns ingen nivå ”modig”"),
    ],
)
async def test_what_cannot_be_is_refused_in_one_sentence(
    week: Panel, admin: ClientSession, fields: dict[str, str], status: int, said: str
) -> None:
    """And nothing is put on record."""
    got, _, text = await proposed(admin, **fields)
    assert (got, said in text) == (status, True), text
    assert len(await SqliteThresholds(week.store).changes()) == (1 if status == 303 else 0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("threshold=7", "”7” är ingen tröskel"),
        ("days=x", "”x” är inget antal dygn"),
        ("place=channel:9", "ingen kanal 9 har lästs"),
        ("label=%3Cscript%3E", "Det finns ingen etikett"),
        ("flags=-1", "”-1” är inget antal flaggor"),
        ("precision=200", "”200” är ingen andel"),
    ],
)
async def test_what_cannot_be_looked_at_is_said_above_a_page_that_still_works(
    admin: ClientSession, query: str, said: str
) -> None:
    text = await read(admin, f"/thresholds?{query}", 400)
    assert said in text
    assert "Flaggor per dygn 5,8" in text


async def test_a_wish_is_answered_with_the_threshold_that_keeps_it_or_why_there_is_none(admin: ClientSession) -> None:
    """And what was found can be proposed."""
    text = await read(admin, "/thresholds?flags=5")
    assert "för hat eller hot ger högst 5 flaggor per dygn." in text
    assert "Föreslå ändringen" in text
    assert "ingen har läst det som inte flaggades" in await read(admin, "/thresholds?catch=95")
    assert "Fyll i minst ett krav" in await read(admin, "/thresholds?flags=&precision=&catch=")


async def test_a_level_is_looked_at_and_proposed_as_a_whole(admin: ClientSession) -> None:
    """Both thresholds in one change."""
    assert "hat eller hot: 0,8267 → 0,91 hot: 0,6666 → 0,80" in await read(admin, "/thresholds?level=cautious")
    status, _, text = await proposed(admin, "", level="cautious")
    assert status == 303
    assert "0,91; hot: 0,6666 → 0,80" in text


async def test_without_evidence_the_page_says_so_and_a_level_may_be_chosen_all_the_same(panel: Panel) -> None:
    """Nothing was read there that thresholds could be judged by."""
    client = await panel.sign_in(Rank.ADMIN)
    text = await read(client, "/thresholds")
    assert "så det finns inget att bedöma trösklar efter" in text
    assert "Nivåer överallt" in text
    status, _, text = await proposed(client, "", level="cautious")
    assert status == 303
    assert "Inga siffror" in text
    async with client.get("/thresholds/live") as answer:
        assert answer.status == 400


async def test_an_admin_of_one_server_neither_sees_nor_changes_anothers(panel: Panel) -> None:
    """Nor what holds in both."""
    client = await panel.sign_in(Rank.ADMIN, guilds=("1",))
    assert "ungdom" not in await read(client, "/thresholds")
    assert "har lästs" in await read(client, f"/thresholds?place=channel:{ELSEWHERE.id}", 400)
    status, _, text = await proposed(client)
    assert status == 400
    assert "det gäller andra servrar också" in text
    await proposed(await panel.sign_in(Rank.ADMIN))
    await read(client, "/thresholds/changes/1", 404)
    assert (await sent(client, "/thresholds/changes/1/apply"))[0] == 404


async def test_without_a_model_only_this_page_is_missing(panel_db: Path) -> None:
    async with served(panel_db, **NO_MODEL) as panel:
        client = await panel.sign_in(Rank.ADMIN)
        assert "Det finns ingen modell" in await read(client, "/thresholds", 400)


async def test_a_reason_is_shown_as_it_was_written_and_does_nothing(admin: ClientSession) -> None:
    """Markup in it is text."""
    await proposed(admin, why="<script>alert(1)</script> \u202etxet")
    for path in ("/thresholds", "/thresholds/changes/1"):
        async with admin.get(path) as answer:
            text = await answer.text()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text
        assert "\u202e" not in text


async def test_the_page_and_all_that_it_loads_weigh_less_than_a_hundred_kilobytes(admin: ClientSession) -> None:
    """As they travel."""
    async with admin.get("/thresholds?threshold=0,9") as answer:
        text = await answer.text()
    loaded = re.findall(r'(?:src|href|data-live)="(/(?:static|thresholds/(?:live|\w+\.svg))[^"]*)"', text)
    assert len(loaded) >= 6
    weight = len(text.encode())
    for each in loaded:
        async with admin.get(html.unescape(each)) as one:
            weight += int(one.headers.get("Content-Length") or len(await one.read()))
    assert weight < 100_000
