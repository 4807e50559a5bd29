"""When does a link let somebody in, and when is a session over? Over a real file, with a clock moved by hand."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.core.errors import PlatformError
from bot.core.panel import GLANCE, IDLE, LINK_LIFE, Visitor
from bot.core.retention import Retention
from bot.core.roles import Rank
from bot.signing_in import form_token
from bot.store.forgetting import forget
from bot.web.guards import COOKIE
from bot.web.tries import CALLERS, TRIES, WITHIN, Tries
from tests.builders import NOW, bytes_beside
from tests.web.panel_cases import MODERATOR
from tests.web.panel_harness import Panel, served

LENGTH = timedelta(hours=8)  # of a session, as config.example.toml has it


async def entered(panel: Panel, link: str) -> int:
    """What pressing the button at a link answers."""
    async with panel.signed_out().post(link, allow_redirects=False) as answer:
        return answer.status


async def is_in(client: ClientSession) -> bool:
    async with client.get("/finns-inte") as page:
        return 'action="/out"' in await page.text()


# Links.


async def test_a_link_works_once(panel: Panel) -> None:
    """The second who comes with it is told so."""
    link = await panel.link()
    assert [await entered(panel, link) for _ in range(3)] == [303, 410, 410]


async def test_looking_at_a_link_does_not_use_it_up(panel: Panel) -> None:
    """A preview that some program fetches presses no button."""
    link = await panel.link()
    for _ in range(3):
        async with panel.signed_out().get(link) as door:
            assert door.status == 200
            assert "Set-Cookie" not in door.headers
    assert await entered(panel, link) == 303


async def test_of_many_at_once_with_one_link_one_comes_in(panel: Panel) -> None:
    """Who was first is settled in the database."""
    link = await panel.link()
    answers = await asyncio.gather(*(entered(panel, link) for _ in range(10)))
    assert sorted(answers) == [303] + [410] * 9


@pytest.mark.parametrize(
    ("age", "status"), [(LINK_LIFE - timedelta(seconds=1), 303), (LINK_LIFE, 410), (timedelta(seconds=-1), 410)]
)
async def test_a_link_works_for_five_minutes(panel: Panel, age: timedelta, status: int) -> None:
    """Not at five minutes sharp, and not before it was made: on a clock set back it would live on."""
    link = await panel.link()
    panel.clock.time += age
    assert await entered(panel, link) == status


async def test_a_new_link_ends_the_one_before_it(panel: Panel) -> None:
    """Of one member's links the last one counts; others' are theirs."""
    first, others = await panel.link(), await panel.link(who="99")
    last = await panel.link()
    assert [await entered(panel, link) for link in (first, last, others)] == [410, 303, 303]


async def test_a_second_link_works_in_a_browser_that_is_signed_in_and_ends_what_it_was(panel: Panel) -> None:
    """Signing in again needs no signing out, and leaves no session behind that nobody sees."""
    client = await panel.sign_in(Rank.MODERATOR)
    before = _cookie(client)
    async with client.post(await panel.link(Rank.ADMIN), allow_redirects=False) as answer:
        assert answer.status == 303
    assert await panel.desk.signing_in.visitor(before) is None
    now = await panel.desk.signing_in.visitor(_cookie(client))
    assert now is not None
    assert now.rank is Rank.ADMIN


# The cookie.


@pytest.mark.parametrize(("address", "secure"), [("", False), ("https://panel.example", True)])
async def test_the_cookie_is_for_this_site_and_no_script(panel_db: Path, address: str, secure: bool) -> None:
    """HttpOnly, SameSite=Strict, gone with the browser; Secure wherever the panel is found by https."""
    async with served(panel_db, web={"address": address}) as panel:
        async with panel.signed_out().post(await panel.link(), allow_redirects=False) as answer:
            (cookie,) = answer.headers.getall("Set-Cookie")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/", "SameSite=Strict"} | ({"Secure"} if secure else set())
    assert cookie.startswith(f"{COOKIE}=")


async def test_no_secret_lies_in_the_file(panel: Panel) -> None:
    """Whoever reads the database, or a copy of it, cannot come in by it."""
    link = (await panel.link()).rpartition("/")[2]
    secret = await panel.secret(who="99")
    kept = bytes_beside(panel.db)
    assert not [each for each in (link, secret, form_token(secret)) if each.encode() in kept]


@pytest.mark.parametrize("secret", ["", "x", "å" * 43, "'; DROP TABLE flags; --", "a" * 4_000])
async def test_a_made_up_cookie_opens_nothing(panel: Panel, secret: str) -> None:
    """Whatever stands in it."""
    headers = {"Cookie": f"{COOKIE}={secret}".encode().decode("latin-1")}
    async with panel.signed_out().post("/out", headers=headers) as answer:
        assert answer.status == 401


# Sessions.


async def test_a_session_ends_with_its_time_however_busy_it_is(panel: Panel) -> None:
    """Eight hours by the configuration."""
    client = await panel.sign_in()
    for _ in range(15):
        panel.later(minutes=30)
        assert await is_in(client)
    panel.later(minutes=30)
    assert panel.clock.now() - NOW == LENGTH
    assert not await is_in(client)


async def test_the_configuration_says_how_long(panel_db: Path) -> None:
    """A quarter of an hour, where that is wanted."""
    async with served(panel_db, web={"session_hours": 0.25}) as panel:
        client = await panel.sign_in()
        panel.later(minutes=14)
        assert await is_in(client)
        panel.later(minutes=1)
        assert not await is_in(client)


async def test_a_screen_that_nobody_touches_is_signed_out(panel: Panel) -> None:
    """After an hour without a page; one page in between keeps it."""
    client = await panel.sign_in()
    panel.later(minutes=59)
    assert await is_in(client)
    panel.clock.time += IDLE
    assert not await is_in(client)


async def test_whoever_is_out_is_forgotten_by_the_daily_round(panel: Panel) -> None:
    """Names of sessions that were left alone, and of links that nobody used, do not wait for the next link."""
    await panel.link(Rank.ADMIN, who="98")
    left = await panel.sign_in(who="97")
    assert await is_in(left)
    panel.clock.time += IDLE
    there = await panel.sign_in()
    panel.later(minutes=1)
    await panel.store.do(lambda db: forget(db, Retention(1, 1), panel.clock.now()))
    assert await is_in(there)
    assert await panel.store.do(lambda db: [row["who"] for row in db["panel_sessions"].rows]) == [MODERATOR]
    assert await panel.store.do(lambda db: db["panel_links"].count) == 0


async def test_an_ended_session_stays_ended_when_the_clock_is_set_back(panel: Panel) -> None:
    """And one that began in the future is none."""
    client = await panel.sign_in()
    panel.clock.time += LENGTH
    assert not await is_in(client)
    panel.clock.time = NOW + GLANCE
    assert not await is_in(client)
    other = await panel.sign_in(who="99")
    panel.clock.time -= timedelta(seconds=1)
    assert not await is_in(other)


async def test_signing_out_ends_this_session_and_takes_the_cookie_back(panel: Panel) -> None:
    """The same member's other browser stays in."""
    client, other = await panel.sign_in(), await panel.sign_in()
    secret = _cookie(client)
    async with client.post("/out", data={"token": form_token(secret)}) as answer:
        assert answer.status == 200
        assert f'{COOKIE}=""' in answer.headers["Set-Cookie"]
    assert await panel.desk.signing_in.visitor(secret) is None
    assert await is_in(other)


async def test_all_sessions_of_one_member_end_at_once(panel: Panel) -> None:
    """And nobody else's."""
    clients = [await panel.sign_in() for _ in range(3)]
    colleague = await panel.sign_in(Rank.LEAD)
    assert await panel.desk.signing_in.end("11") == 3
    assert not any([await is_in(client) for client in clients])
    assert await is_in(colleague)


async def test_a_session_outlives_a_restart(panel_db: Path) -> None:
    """The bot is updated in the middle of a shift, and nobody has to sign in again."""
    async with served(panel_db) as before:
        secret = await before.secret()
    async with served(panel_db) as after:
        assert await after.desk.signing_in.visitor(secret) is not None


async def test_the_role_is_asked_for_at_each_page(panel_db: Path) -> None:
    """A lower rank holds from the next page on; none at all ends the session for good."""
    ranks = iter([Rank.ADMIN, Rank.MODERATOR, Rank.MEMBER, Rank.ADMIN])

    async def still(visitor: Visitor) -> Visitor:
        return Visitor(visitor.who, visitor.name, next(ranks), visitor.guilds)

    async with served(panel_db, still) as panel:
        secret = await panel.secret(Rank.ADMIN)
        visitors = [await panel.desk.signing_in.visitor(secret) for _ in range(4)]
    assert [each and each.rank for each in visitors] == [Rank.ADMIN, Rank.MODERATOR, None, None]


async def test_where_nobody_can_tell_the_page_says_so_and_the_session_goes_on(panel_db: Path) -> None:
    """Discord is silent: 503 and one sentence; afterwards the same cookie works."""
    silent = [True]

    async def still(visitor: Visitor) -> Visitor:
        if silent[0]:
            raise PlatformError("Discord cannot be reached")
        return visitor

    async with served(panel_db, still) as panel:
        client = await panel.sign_in()
        async with client.get("/queue") as answer:
            assert answer.status == 503
            assert "Discord svarar inte" in await answer.text()
        silent.clear()
        silent.append(False)
        assert await is_in(client)


async def test_a_name_on_the_page_is_shown_and_never_acts(panel: Panel) -> None:
    """Display names are hostile input too."""
    visitor = Visitor("99", "<script>alert(1)</script>\u202e", Rank.MODERATOR, ())
    secret = await panel.desk.signing_in.enter(await panel.desk.signing_in.invite(visitor))
    async with panel.signed_out(cookies={COOKIE: secret}).get("/finns-inte") as answer:
        text = await answer.text()
    assert "&lt;script&gt;" in text
    assert "<script>" not in text
    assert "\u202e" not in text


# Tries.


async def test_whoever_tries_too_often_waits_a_minute(panel: Panel) -> None:
    """After that a link works again; the sentence says so."""
    for _ in range(TRIES):
        assert await entered(panel, "/in/fel") == 410
    link = await panel.link()
    async with panel.signed_out().post(link) as answer:
        assert answer.status == 429
        assert "Vänta en minut" in await answer.text()
    panel.clock.time += WITHIN
    assert await entered(panel, link) == 303


async def test_behind_a_proxy_one_who_floods_keeps_nobody_else_out(panel_db: Path) -> None:
    """Callers are told apart by what the proxy adds last; what a caller claims before it counts for nothing."""
    async with served(panel_db, web={"address": "https://panel.example"}) as panel:
        for number in range(TRIES + 1):
            forged = {"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.7"}
            async with panel.signed_out(headers=forged).post("/in/fel") as answer:
                assert answer.status == (410 if number < TRIES else 429)
        headers = {"X-Forwarded-For": "203.0.113.8"}
        async with panel.signed_out(headers=headers).post(await panel.link(), allow_redirects=False) as answer:
            assert answer.status == 303


def test_the_memory_of_tries_is_bounded() -> None:
    """From more callers than that within a minute nothing more is heard; a minute later all is forgotten."""
    tries = Tries()
    assert not any(tries.too_often(str(number), NOW) for number in range(CALLERS))
    assert tries.too_often("one more", NOW)
    assert not tries.too_often("one more", NOW + WITHIN)
    assert len(tries._tried) == 1


def _cookie(client: ClientSession) -> str:
    (secret,) = (each.value for each in client.cookie_jar if each.key == COOKIE)
    return secret
