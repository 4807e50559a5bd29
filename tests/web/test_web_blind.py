"""Is a sample read at the panel like any flag, and told from one only once it is decided?"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.flags import Flag
from bot.core.roles import Rank
from bot.core.tuning.audit import Sampling
from bot.store.keeping import keep
from tests.builders import SQUARE, kept
from tests.web.desk_town import DeskTown, desk_town, raised

TELLING = ("▰", "säker)", "tröskel", "Stickprov", "släppt igenom", "%")
FILTERS = {
    "": 2,
    "motive=misogyny": 2,
    "motive=xenophobia": 2,
    "motive=homophobia": 0,
    "target=women": 2,
    "threat=1": 0,
}
EVERYTHING = Sampling(1, 1000, lambda _: (0.0, 0.0))


def alike(number: int) -> Flag:
    """The same text with the same labels likely, for a flag and for a sample."""
    return raised(number, misogyny=0.8, xenophobia=0.6, women=0.7)


async def draw(town: DeskTown, flag: Flag) -> None:
    """A message is let through, and drawn: as sure as the flag, under a threshold of 0.99."""
    seen = EVERYTHING.let_through(flag.message, flag.verdict, {"flag": 0.99}, flag.flagged_at)
    await town.store.do(lambda db: keep(db, kept(seen, channels={SQUARE.id: SQUARE})))


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[DeskTown]:
    """A flag, number 1, and a sample, number 2."""
    async with desk_town(tmp_path / "uppsikt.db") as started:
        await started.add(alike(1))
        await draw(started, alike(2))
        yield started


def bare(text: str, number: int) -> str:
    """The page of a case, without its number, its link and its token."""
    text = re.sub(r"(channels/\d+/\d+)/\d+", r"\1/ID", text)
    text = re.sub(r'name="token" value="[^"]+"', "", text)
    return re.sub(rf"(/case/|case=|Flagga ){number}\b", r"\1N", text)


def in_list(text: str, number: int) -> str:
    """What the list says of a case."""
    entries = re.findall(r'<li[^>]*>\s*<p class="first">.*?</li>', text, re.DOTALL)
    return bare(next(each for each in entries if f">Flagga {number}<" in each), number)


async def test_the_page_of_a_sample_is_that_of_a_flag_but_for_its_number(town: DeskTown) -> None:
    """In the list and on its own page; of a text that the model is sure of, and names motives for."""
    maja = await town.sign_in()
    listed = (await maja.get("/queue")).text
    assert in_list(listed, 1) == in_list(listed, 2)
    pages = [(await maja.get(f"/case/{number}")).text for number in (1, 2)]
    flagged, drawn = (bare(page, number) for number, page in enumerate(pages, 1))
    assert flagged == drawn
    assert "Det kan handla om: kvinnohat, främlingsfientlighet" in flagged
    for shown in (in_list(listed, 2), flagged.partition("<main")[2]):
        assert [each for each in TELLING if each in shown] == []
    assert 'name="motive"' in flagged
    assert not re.search(r'name="motive"[^>]* checked', flagged)


@pytest.mark.parametrize(("query", "count"), FILTERS.items())
async def test_no_filter_of_what_is_open_tells_a_sample_from_a_flag(town: DeskTown, query: str, count: int) -> None:
    """Both are found, or neither is: by what they may be about, which is all that is shown."""
    maja = await town.sign_in()
    found = re.findall(r"data-row[^>]*>Flagga (\d+)", (await maja.get(f"/queue?{query}")).text)
    assert sorted(found) == ["1", "2"][:count]


async def test_a_decided_sample_says_that_it_was_one_and_how_sure_the_model_was(town: DeskTown) -> None:
    """All of it, with the threshold that it stayed below; the flag still waits, and still tells nothing."""
    maja = await town.sign_in(rank=Rank.LEAD)
    await maja.post("/case/2/dismiss?from=case")
    page = (await maja.get("/case/2")).words
    assert "Stickprov: modellen hade släppt igenom det här." in page
    assert "0,95 (tröskel 0,99)" in page
    assert "Stickprov" not in (await maja.get("/case/1")).words


async def test_without_samples_everything_is_shown(tmp_path: Path) -> None:
    """How sure it is, what it was flagged for, and the likely motives chosen."""
    async with desk_town(tmp_path / "uppsikt.db") as town:
        await town.add(alike(1))
        page = (await (await town.sign_in()).get("/case/1")).text
        assert "▰" in page
        assert 'value="misogyny" data-digit' in page
        assert re.search(r'value="misogyny"[^>]* checked', page)
        assert not re.search(r'value="homophobia"[^>]* checked', page)
