"""The queue and the case's page, over the real server: who sees what, what a form becomes, and what is refused."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.cases import UNDO
from bot.core.context import Context, Missing
from bot.core.deeds import Deed, DeedKind
from bot.core.flags import State, Step
from bot.core.measures import Act
from bot.core.opinions import Waits
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.core.retention import Retention
from bot.core.roles import Rank
from bot.core.undertakings import Hindrance, Standing
from bot.store import SqliteReports
from bot.store.chain import note
from bot.store.forgetting import forget
from tests.builders import MARKET, NOW, post
from tests.web.desk_town import DeskTown, FakeBot, desk_town, many, raised


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[DeskTown]:
    async with desk_town(tmp_path / "uppsikt.db") as started:
        yield started


def numbers(page: str) -> list[int]:
    """The cases of a list, in its order."""
    return [int(each) for each in re.findall(r"data-row[^>]*>Flagga (\d+)", page)]


async def state(town: DeskTown, flag: int) -> State:
    case = await town.desk.reading.case(flag)
    assert case is not None
    return case.state


async def test_the_queue_stands_in_the_order_of_urgency(town: DeskTown) -> None:
    """Threats first, then the sureness of the model, then who has waited longest: as /kö in Discord gives them."""
    await town.add(raised(1, score=0.6), raised(2), raised(3), raised(4, threat=True))
    maja = await town.sign_in()
    assert numbers((await maja.get("/queue")).text) == [4, 2, 3, 1]


async def test_pages_of_the_queue_hold_every_case_once(town: DeskTown) -> None:
    """Twenty-five to a page, and what stands on one stands on no other."""
    await town.add(*many(60))
    maja = await town.sign_in()
    seen, place = [], "/queue"
    while place:
        text = (await maja.get(place)).text
        assert len(numbers(text)) <= 25
        seen += numbers(text)
        found = re.search(r'href="([^"]+)" data-more', text)
        place = found[1].replace("&amp;", "&") if found else ""
    assert sorted(seen) == list(range(1, 61))
    assert seen[:3] == [20, 40, 60]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("motive=misogyny", [2]),
        ("target=police", [3]),
        ("threat=1", [4]),
        ("channel=200", [5]),
        ("age=older", [6]),
        ("age=day", [4, 1, 2, 3, 5]),
        ("motive=misogyny&target=police", []),
    ],
)
async def test_filters_leave_what_was_asked_for(town: DeskTown, query: str, expected: list[int]) -> None:
    """Each filter narrows the list, and two narrow it more."""
    await town.add(
        raised(1), raised(2, misogyny=0.8), raised(3, police=0.7), raised(4, threat=True),
        raised(5, channel=MARKET), raised(6, minutes=60 * 24 * 8),
    )  # fmt: skip
    maja = await town.sign_in()
    assert numbers((await maja.get(f"/queue?{query}")).text) == expected


async def test_reported_cases_can_be_asked_for_and_nobody_learns_who_reported(town: DeskTown) -> None:
    """The list and the case say how many reports there are, and never whose."""
    await town.add(raised(1), raised(2))
    await report(town, 2, "hemligrapportör")
    maja = await town.sign_in()
    answer = await maja.get("/queue?reported=1")
    assert numbers(answer.text) == [2]
    case = await maja.get("/case/2")
    assert "en rapport" in answer.words
    assert "Rapport 1" in case.words
    assert "hemligrapportör" not in answer.text + case.text


async def report(town: DeskTown, number: int, who: str) -> None:
    complaint = Complaint(Category.HARASSMENT, Hurt.SOMEBODY, "det här är inte okej")
    reports = [Report(Reporter(who), complaint, raised(number), town.clock.now())]
    await SqliteReports(town.store).file(reports, Limits())


async def test_what_one_reads_and_has_asked_can_be_found_again(town: DeskTown) -> None:
    """`mine` holds what one has open, and what one has asked others of."""
    await town.add(raised(1), raised(2), raised(3))
    maja = await town.sign_in()
    await maja.post("/case/3/second?from=case", lean="unsure", note="vet inte")
    await maja.get("/queue?case=2")
    assert numbers((await maja.get("/queue?mine=reading")).text) == [2]
    assert numbers((await maja.get("/queue?mine=asked")).text) == [3]


@pytest.mark.parametrize(
    "query", ["motive=hat", "pile=alla", "age=x", "after=1", "after=x.y", "threat=ja", "channel=a%0ab", "mine=du"]
)
async def test_an_address_that_means_nothing_is_answered_in_one_sentence(town: DeskTown, query: str) -> None:
    """Whatever none of our pages can have put there is refused, and nothing is guessed."""
    maja = await town.sign_in()
    answer = await maja.get(f"/queue?{query}")
    assert answer.status == 400
    assert "Adressen går inte att tyda" in answer.words


async def test_opening_a_case_takes_the_lease_and_others_see_who_reads(town: DeskTown) -> None:
    """The list says who is reading, and one reads one case at a time."""
    await town.add(raised(1), raised(2))
    maja, karin = await town.sign_in(), await town.sign_in("Karin")
    await karin.get("/queue?case=1")
    assert "Karin läser den här" in (await maja.get("/queue")).words
    assert "Karin läser den här" in (await maja.get("/queue?case=1")).words
    await karin.get("/queue?case=2")
    assert town.desk.reviewing.reading("Karin") == [2]


async def test_the_next_case_is_one_that_nobody_else_reads(town: DeskTown) -> None:
    """Thirty hands begin at once, and none is given another's case."""
    await town.add(*many(40))
    hands = [await town.sign_in(f"m{n}") for n in range(30)]
    answers = await asyncio.gather(*(each.post("/queue/next") for each in hands))
    given = [re.search(r"case=(\d+)", answer.place) for answer in answers]
    assert len({match[1] for match in given if match}) == 30


async def test_a_text_is_masked_until_it_is_shown_and_never_stands_in_a_title(town: DeskTown) -> None:
    """The list has the shape of the words alone; the case has the text behind a press."""
    await town.add(raised(1, "du är en flagga och ingenting annat"))
    maja = await town.sign_in()
    assert "ingenting" not in (await maja.get("/queue")).text
    case = (await maja.get("/queue?case=1")).text
    assert case.index('<details class="text"') < case.index("ingenting")
    assert "ingenting" not in re.findall(r"<title>.*</title>", case)[0]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> flagga",
        "</p></details><img src=x onerror=alert(1)> flagga",
        "\u202eflagga\u2066 \u200f",
        "flagga" + "x" * 4_000,
        "flagga e" + "\u0301" * 10_000,
        "{{ 7 * 7 }} flagga &lt;b&gt;",
        "flagga \x00\x1b[31m\ud800",
    ],
)
async def test_a_hostile_text_is_shown_and_does_nothing(town: DeskTown, text: str) -> None:
    """Markup is text, what turns directions is gone, marks do not pile up, and the page stays small."""
    await town.add(raised(1, text))
    maja = await town.sign_in()
    for place in ("/queue", "/queue?case=1", "/case/1"):
        answer = await maja.get(place)
        assert answer.status == 200
        assert not re.search("<script>alert|<img src=x|[\u202a-\u202e\u2066-\u2069\u200f\x00\x1b]", answer.text)
        assert "\u0301\u0301\u0301" not in answer.text
        assert "49 flagga" not in answer.text
        assert len(answer.text.encode()) < 60_000


@pytest.mark.parametrize(
    "place", ["/case/99", "/case/999999999999999999", "/queue?case=99", "/queue?case=x", "/case/0"]
)
async def test_a_case_that_is_not_there_is_said_not_to_be(town: DeskTown, place: str) -> None:
    """Forged numbers lead nowhere."""
    await town.add(raised(1))
    maja = await town.sign_in()
    answer = await maja.get(place)
    assert answer.status == 404
    assert "finns inte" in answer.words


async def test_another_servers_case_is_as_good_as_not_there(town: DeskTown) -> None:
    """Neither shown nor decided, and not told from a number that is free."""
    await town.add(raised(1))
    elsewhere = await town.sign_in("Karin", guilds=("2",))
    assert numbers((await elsewhere.get("/queue")).text) == []
    assert (await elsewhere.get("/case/1")).status == 404
    for deed in ("uphold", "dismiss", "second", "escalate", "undo", "reopen"):
        assert (await elsewhere.post(f"/case/1/{deed}", lean="unsure")).status == 404
    assert await state(town, 1) is State.PENDING


async def test_a_decision_leads_on_to_the_next_case(town: DeskTown) -> None:
    """What was found is kept, and the next case is open."""
    await town.add(raised(1), raised(2))
    maja = await town.sign_in()
    answer = await maja.post("/case/1/uphold?from=queue", motive=["misogyny", "other"], note="se tråden")
    assert "case=2" in answer.place
    assert "Flagga 1 bifölls." in answer.words
    case = await town.desk.reading.case(1)
    assert case is not None
    assert case.decision is not None
    assert (case.decision.motives, case.decision.note) == (("misogyny", "other"), "se tråden")


async def test_the_same_form_sent_twice_is_one_decision(town: DeskTown) -> None:
    """A double submit ends where the first did."""
    await town.add(raised(1), raised(2))
    maja = await town.sign_in()
    answers = await asyncio.gather(*(maja.post("/case/1/dismiss?from=queue") for _ in range(2)))
    assert [answer.status for answer in answers] == [200, 200]
    count = await town.store.do(lambda db: db.execute("SELECT count(*) FROM decisions").fetchone()[0])
    assert count == 1


async def test_a_stale_form_is_told_what_was_decided(town: DeskTown) -> None:
    """Whoever was late learns the outcome and who decided; nothing is changed."""
    await town.add(raised(1))
    maja, karin = await town.sign_in(), await town.sign_in("Karin")
    await karin.post("/case/1/dismiss")
    for deed in ("uphold", "second", "escalate"):
        answer = await maja.post(f"/case/1/{deed}", lean="unsure")
        assert answer.status == 409
        assert "avskrevs av Karin" in answer.words
    assert await state(town, 1) is State.DISMISSED


@pytest.mark.parametrize(
    "fields", [{"motive": "hat"}, {"note": "x" * 1_001}, {"measure": "delete"}, {"length": "9y"}, {"lean": "no"}]
)
async def test_a_forged_form_changes_nothing(town: DeskTown, fields: dict[str, str]) -> None:
    """What none of our forms can send is refused whole; without a bot no measure can be chosen."""
    await town.add(raised(1))
    maja = await town.sign_in()
    answer = await maja.post("/case/1/uphold", **fields)
    assert answer.status == 400
    assert "ingenting ändrades" in answer.words
    assert await state(town, 1) is State.PENDING


async def test_a_form_without_our_token_does_nothing(town: DeskTown) -> None:
    """Another page cannot decide in somebody's name."""
    await town.add(raised(1))
    maja = await town.sign_in()
    assert (await maja.post("/case/1/dismiss", token="nej")).status == 403
    assert await state(town, 1) is State.PENDING


async def test_a_case_that_was_forgotten_meanwhile_cannot_be_decided(town: DeskTown) -> None:
    """Its page says that the text is erased, and a form is told so."""
    await town.add(raised(1))
    maja = await town.sign_in()
    await maja.get("/queue?case=1")
    await town.store.do(lambda db: forget(db, Retention(90, 30, 30), NOW + timedelta(days=400)))
    maja = await town.sign_in()  # her session was forgotten with it
    answer = await maja.post("/case/1/uphold")
    assert answer.status == 410
    assert "gallrad" in answer.words
    assert "Texten är gallrad" in (await maja.get("/queue?case=1")).words


async def test_a_busy_database_is_a_503_and_nothing_is_half_done(tmp_path: Path) -> None:
    """One clear sentence, and the case is as it was."""
    async with desk_town(tmp_path / "busy.db", busy_seconds=0.05) as town:
        await town.add(raised(1))
        maja = await town.sign_in()
        other = sqlite3.connect(town.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = await maja.post("/case/1/uphold")
        assert answer.status == 503
        assert "upptagen" in answer.words
        assert numbers((await maja.get("/queue")).text) == [1]
        other.execute("ROLLBACK")
        other.close()
        assert await state(town, 1) is State.PENDING


async def test_a_slip_can_be_taken_back_for_ten_seconds(town: DeskTown) -> None:
    """The page says so, the flag is open again, and the next decision is whatever it is."""
    await town.add(raised(1), raised(2))
    maja = await town.sign_in()
    answer = await maja.post("/case/1/dismiss?from=queue")
    assert 'data-undo="10"' in answer.text
    town.clock.advance(seconds=9)
    undone = await maja.post("/case/1/undo")
    assert "är ångrat" in undone.words
    assert await state(town, 1) is State.PENDING
    assert (await maja.post("/case/1/uphold")).status == 200
    assert await state(town, 1) is State.UPHELD


async def test_nothing_is_taken_back_after_ten_seconds_or_by_somebody_else(town: DeskTown) -> None:
    """The server's clock says so, whatever the page shows."""
    await town.add(raised(1))
    maja, karin = await town.sign_in(), await town.sign_in("Karin")
    await maja.post("/case/1/dismiss")
    assert (await karin.post("/case/1/undo")).status == 409
    town.clock.advance(seconds=UNDO.total_seconds() + 0.001)
    answer = await maja.post("/case/1/undo")
    assert answer.status == 409
    assert "Det gick inte att ångra" in answer.words
    assert await state(town, 1) is State.DISMISSED


async def test_what_was_chosen_begins_when_it_can_no_longer_be_taken_back(tmp_path: Path) -> None:
    """No message is deleted and no author told within the ten seconds; taken back, none ever is."""
    async with desk_town(tmp_path / "held.db", beside=FakeBot()) as town:
        await town.add(raised(1), raised(2))
        maja = await town.sign_in()
        await report(town, 1, "r1")
        await maja.post("/case/1/uphold", measure=["delete", "warn"])
        assert await waits(town) == (0, 0, 0)
        town.clock.advance(seconds=UNDO.total_seconds())
        assert await waits(town) == (1, 1, 1)
        await maja.post("/case/2/uphold", measure=["delete"])
        await maja.post("/case/2/undo")
        town.clock.advance(seconds=60)
        assert await waits(town) == (1, 1, 1)


async def waits(town: DeskTown) -> tuple[int, int, int]:
    """How many measures, statements and answers to reporters are to be carried out now."""
    from bot.store import measures, report_answers, told

    now = town.clock.now()
    return (
        len(await town.store.do(lambda db: measures.ready(db, now, (), 9))),
        len(await town.store.do(lambda db: told.due(db, 0, 9, now))),
        len(await town.store.do(lambda db: report_answers.due(db, 0, 9, now))),
    )


async def test_measures_are_offered_where_a_bot_can_carry_them_out(tmp_path: Path) -> None:
    """What stands in the way of one is said, and a forged choice of it decides nothing."""
    bot = FakeBot(hindered_by={Act.TIMEOUT: Hindrance.OUTRANKED})
    async with desk_town(tmp_path / "means.db", beside=bot) as town:
        await town.add(raised(1))
        maja = await town.sign_in()
        page = await maja.get("/queue?case=1")
        assert "Radera meddelandet" in page.words
        assert "författarens högsta roll står inte under botens" in page.words
        assert (await maja.post("/case/1/uphold", measure="timeout", length="1h")).status == 409
        await maja.post("/case/1/uphold?from=case", measure="delete")
        case = await town.desk.reading.case(1)
        assert case is not None
        assert [(each.measure.act, each.state) for each in case.undertakings] == [(Act.DELETE, Standing.DUE)]
        assert "Meddelandet ska raderas." in (await maja.get("/case/1")).words


async def test_nobody_decides_about_a_message_of_their_own(town: DeskTown) -> None:
    """No form is offered, and a forged one is told why not."""
    await town.add(raised(1, author="Maja"))
    maja = await town.sign_in()
    page = await maja.get("/queue?case=1")
    assert "/case/1/uphold" not in page.text
    answer = await maja.post("/case/1/uphold")
    assert answer.status == 409
    assert "ditt eget meddelande" in answer.words
    assert "Kön är tom" in (await maja.post("/queue/next")).words


async def test_the_asked_one_does_not_learn_how_the_asker_leans(town: DeskTown) -> None:
    """Neither in the queue nor on the case's page, until somebody else has answered; then both are told."""
    await town.add(raised(1))
    maja, karin, lead = await town.sign_in(), await town.sign_in("Karin"), await town.sign_in("Lisa", Rank.LEAD)
    await maja.post("/case/1/second", lean="dismiss", note="menas inte så")
    assert (await maja.post("/case/1/dismiss")).status == 409
    for place in ("/queue?case=1", "/case/1"):
        page = await karin.get(place)
        assert "Maja ber om andra ögon" in page.words
        assert "menas inte så" not in page.text
        assert "Maja vill avskriva" not in page.words
    answer = await karin.post("/case/1/uphold")
    assert "inte överens" in answer.words
    page = await lead.get("/case/1")
    assert "Maja vill avskriva" in page.words
    assert "Karin vill bifalla" in page.words
    assert (await karin.post("/case/1/uphold")).status == 409
    await lead.post("/case/1/dismiss")
    assert await state(town, 1) is State.DISMISSED


async def test_a_blind_second_reading_looks_like_an_open_case(tmp_path: Path) -> None:
    """For whoever has not decided it, it stands in the queue without a trace of the decision, also on its page."""
    async with desk_town(tmp_path / "blind.db", draw=lambda: True) as town:
        await town.add(raised(1), raised(2))
        maja, karin = await town.sign_in(), await town.sign_in("Karin")
        await maja.post("/case/1/uphold?from=case", motive="misogyny", note="tydligt nog")
        assert numbers((await maja.get("/queue")).text) == [2]
        assert numbers((await karin.get("/queue")).text) == [1, 2]
        assert numbers((await karin.get("/queue?pile=decided")).text) == []
        for place in ("/queue?case=1", "/case/1?from=queue"):
            page = await karin.get(place)
            assert "/case/1/uphold" in page.text
            assert not re.search("Maja|tydligt nog|bif[öa]ll(en|s|it)", page.words)
        assert (await karin.post("/case/1/second", lean="unsure")).status == 409
        answer = await karin.post("/case/1/dismiss")
        assert "ni är inte överens" in answer.words
        case = await town.desk.reading.case(1)
        assert case is not None
        assert (case.state, case.waits) == (State.PENDING, Waits.JOINT)


async def test_an_escalated_case_is_for_the_leads(town: DeskTown) -> None:
    """A moderator is refused in one sentence, and a lead decides it."""
    await town.add(raised(1))
    maja, lead = await town.sign_in(), await town.sign_in("Lisa", Rank.LEAD)
    await maja.post("/case/1/escalate", note="stort")
    assert (await maja.post("/case/1/escalate")).status == 409
    assert (await maja.post("/case/1/dismiss")).status == 409
    assert "Kön är tom" in (await maja.post("/queue/next")).words
    assert "case=1" in (await lead.post("/queue/next")).place
    await lead.post("/case/1/uphold")
    assert await state(town, 1) is State.UPHELD


async def test_a_decided_case_can_be_opened_again_from_its_page(town: DeskTown) -> None:
    """And its timeline tells all of it, in order."""
    await town.add(raised(1))
    maja, karin = await town.sign_in(), await town.sign_in("Karin")
    await maja.get("/queue?case=1")
    town.clock.advance(seconds=5)
    await maja.post("/case/1/uphold", motive="misogyny")
    town.clock.advance(seconds=60)
    assert "/case/1/reopen" in (await karin.get("/case/1")).text
    answer = await karin.post("/case/1/reopen?from=case")
    assert "är öppen igen" in answer.words
    told = ["Flaggades", "Öppnades av en moderator", "Maja biföll flaggan: kvinnohat", "Karin öppnade flaggan igen"]
    places = [answer.words.index(each) for each in told]
    assert places == sorted(places)
    assert (await karin.post("/case/1/reopen")).status == 409


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        (Missing.SILENT, "Discord svarar inte just nu"),
        (Context("0", [post(7, "vad menar du <b>")]), "vad menar du &lt;b&gt;"),
    ],
)
async def test_the_context_is_fetched_when_it_is_asked_for(
    tmp_path: Path, around: Context | Missing, expected: str
) -> None:
    """What stood around the message, as it reads now; or why it cannot be shown."""
    async with desk_town(tmp_path / "around.db", beside=FakeBot(around)) as town:
        await town.add(raised(1))
        maja = await town.sign_in()
        assert expected not in (await maja.get("/queue?case=1")).text
        assert expected in (await maja.get("/queue?case=1&context=1")).text
        assert expected in (await maja.get("/case/1?context=1")).text


async def test_without_a_bot_one_sentence_stands_for_the_context(town: DeskTown) -> None:
    """It says where the context comes from."""
    await town.add(raised(1))
    maja = await town.sign_in()
    assert "när boten är i gång" in (await maja.get("/case/1?context=1")).words


async def test_a_pause_is_kept_at_the_panel_too(town: DeskTown) -> None:
    """No next case is opened for whoever pauses."""
    await town.add(raised(1))
    maja = await town.sign_in()
    assert town.desk.caring is not None
    await town.desk.caring.pause("Maja", 1)
    answer = await maja.post("/queue/next")
    assert "Du har paus" in answer.words
    assert town.desk.reviewing.reading("Maja") == []


async def test_what_was_read_is_counted_for_the_reader_alone(town: DeskTown) -> None:
    """Opening a case counts, once."""
    await town.add(raised(1))
    maja = await town.sign_in()
    await maja.get("/queue?case=1")
    await maja.get("/case/1")
    assert town.desk.caring is not None
    assert (await town.desk.caring.of("Maja")).today.cases == 1


async def test_the_pages_speak_english_too(town: DeskTown) -> None:
    """By the language that the visitor came in with."""
    await town.add(raised(1))
    maja = await town.sign_in(language="en")
    page = await maja.get("/queue?case=1")
    assert "Waiting for a decision" in page.words
    assert "web-" not in page.words.replace("web-desk", "")


async def test_visitors_of_every_server_see_every_server(town: DeskTown) -> None:
    """Whoever may open the file is held to no server, and sees its channels to choose among."""
    await town.add(raised(1))
    admin = await town.sign_in("Admin", Rank.ADMIN, guilds=())
    page = await admin.get("/queue")
    assert numbers(page.text) == [1]
    assert "#torget" in page.words


async def test_an_old_form_still_undoes_what_the_same_person_decided_in_discord(town: DeskTown) -> None:
    """It is one's own decision, wherever it was taken; somebody's newer one is not."""
    await town.add(raised(1))
    maja = await town.sign_in()
    await town.desk.reviewing.decide(1, Step.UPHOLD, "Maja")
    assert (await maja.post("/case/1/undo")).status == 200
    await town.desk.reviewing.decide(1, Step.UPHOLD, "Karin")
    assert (await maja.post("/case/1/undo")).status == 409


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "-1", "1e3", "\N{ARABIC-INDIC DIGIT ONE}"])
async def test_a_number_that_no_case_can_have_is_no_case(town: DeskTown, number: str) -> None:
    """However long it is: said plainly, and no mistake of ours."""
    maja = await town.sign_in()
    assert (await maja.get(f"/queue?case={number}")).status == 404
    assert (await maja.get(f"/queue?became=decided&did={number}")).status == 200


async def test_a_restricted_case_shows_its_word_and_cannot_be_decided(town: DeskTown) -> None:
    """Neither the list nor the page holds the text, and a form that somebody had open changes nothing."""
    await town.add(raised(1), raised(2))
    maja = await town.sign_in()
    text = (await town.desk.reading.case(1)).flag.message.text  # type: ignore[union-attr]
    deed = Deed(DeedKind.RESTRICTION, "karin", "begäran 7", NOW)
    await town.store.do(lambda db: note(db, replace(deed, facts={"cases": [1]})))
    assert "Begränsad" in (await maja.get("/queue")).words
    page = await maja.get("/case/1")
    assert "Begränsad" in page.words
    assert text not in page.text
    done = await maja.post("/case/1/dismiss")
    assert done.status == 410
    assert "begränsad" in done.words
    assert await state(town, 1) is State.PENDING
    assert (await town.store.next_case(["1"], [])).id == 2  # type: ignore[union-attr]
