"""The whole way into the panel and out again: `/panel` in Discord, a link, a page, and the end of it all."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from yarl import URL

from bot.core.panel import Visitor
from bot.core.roles import Rank
from bot.discord_gateway.membership import AT_MOST, FRESH
from bot.panel import PanelBeside, desk_over
from bot.store import SqliteStore
from bot.web.guards import COOKIE
from tests.discord_gateway.harness import Bot, settings_for
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission, pointed_at

IN = 'action="/out"'  # whoever is signed in finds the button that signs out on every page
LINK = re.compile(r"<(http://127\.0\.0\.1:[0-9]+/in/[A-Za-z0-9_-]{43})>")


class Town(Bot):
    """A bot with a panel beside it."""

    def __init__(self, server: LoopbackDiscord, db: Path, port: int = 0, **sections: Any) -> None:
        sections["web"] = {"port": port} | sections.get("web", {})
        super().__init__(server, db, settings_for(server, folder=db.parent, **sections))
        reading = SqliteStore.open(db)
        asks, names = self.gateway.still(self.clock), self.gateway.name_of
        desk = desk_over(self.settings, self.clock, self.store, reading, self.reviewing, self.caring, asks, names)
        self.panel = PanelBeside(desk, reading)
        self.gateway.offer_panel(self.panel.signing_in, self.panel.link)

    def later(self, **duration: float) -> None:
        self.clock.advance(**duration)

    async def visitor(self, browser: ClientSession) -> Visitor | None:
        """Who a browser's cookie stands for by now."""
        (cookie,) = (each for each in browser.cookie_jar if each.key == COOKIE)
        return await self.panel.signing_in.visitor(cookie.value)


@asynccontextmanager
async def town(server: LoopbackDiscord, db: Path, port: int = 0, **sections: Any) -> AsyncIterator[Town]:
    """A connected bot with its panel."""
    with pointed_at(server):
        bot = Town(server, db, port, **sections)
        try:
            await bot.panel.start()
            await bot.start()
            yield bot
        finally:
            await bot.panel.close()
            await bot.stop()


@asynccontextmanager
async def browser_at(link: str) -> AsyncIterator[ClientSession]:
    """A browser that has come in by a link, by its button."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        async with browser.get(link) as door:
            assert door.status == 200
        async with browser.post(link, allow_redirects=False) as entered:
            assert (entered.status, entered.headers["Location"]) == (303, "/queue")
        yield browser


async def asked(server: LoopbackDiscord, who: Member, channel: Channel, **options: Any) -> str:
    """What `/panel` answers, to whoever asked alone."""
    interaction = await server.slash(who, channel, "panel", options)
    shown = await interaction.shown()
    assert interaction.ephemeral
    return shown.text


async def link_for(server: LoopbackDiscord, who: Member, channel: Channel) -> str:
    found = LINK.search(await asked(server, who, channel))
    assert found is not None
    return found[1]


async def is_in(browser: ClientSession, link: str) -> bool:
    async with browser.get(URL(link).origin() / "queue") as page:
        assert page.status < 500
        return IN in await page.text()


async def test_the_command_gives_a_link_that_leads_to_a_page(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """A moderator writes `/panel`, follows the link, presses a button and is at the desk, by name."""
    async with town(server, db):
        link = await link_for(server, mo, channel)
        async with browser_at(link) as browser:
            async with browser.get(URL(link).origin() / "queue") as page:
                text = await page.text()
            assert IN in text
            assert f"<bdi>{mo.name}</bdi>" in text


async def test_whoever_loses_the_role_is_out_within_half_a_minute(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """The role goes in Discord; at the next page after FRESH the session has ended, and stays so."""
    async with town(server, db) as bot:
        link = await link_for(server, mo, channel)
        async with browser_at(link) as browser:
            assert await is_in(browser, link)
            roles = mo.roles
            await mo.set_roles([])
            bot.later(seconds=FRESH.total_seconds() + 1)
            assert not await is_in(browser, link)
            await mo.set_roles(roles)
            bot.later(seconds=FRESH.total_seconds() + 1)
            assert not await is_in(browser, link)
        again = await link_for(server, mo, channel)
        async with browser_at(again) as browser:
            assert await is_in(browser, again)


async def test_whoever_gets_the_role_back_comes_in_at_once(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """A no of Discord's is not remembered: the next session is asked about anew."""
    async with town(server, db):
        link, roles = await link_for(server, mo, channel), mo.roles
        await mo.set_roles([])
        async with browser_at(link) as browser:
            assert not await is_in(browser, link)
        await mo.set_roles(roles)
        again = await link_for(server, mo, channel)
        async with browser_at(again) as browser:
            assert await is_in(browser, again)


async def test_whoever_leaves_the_server_is_out(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """A member who is no longer there has no session either."""
    async with town(server, db) as bot:
        link = await link_for(server, mo, channel)
        async with browser_at(link) as browser:
            assert await is_in(browser, link)
            await mo.leave()
            bot.later(minutes=1)
            assert not await is_in(browser, link)


async def test_a_link_of_somebody_who_lost_the_role_meanwhile_opens_nothing(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """The link carries a rank, but Discord has the last word."""
    async with town(server, db):
        link = await link_for(server, mo, channel)
        await mo.set_roles([])
        async with browser_at(link) as browser:
            assert not await is_in(browser, link)


async def test_a_rank_follows_the_roles(
    server: LoopbackDiscord, guild: Guild, channel: Channel, mo: Member, db: Path
) -> None:
    """Who becomes an admin in Discord is one at the panel, without signing in again."""
    async with town(server, db) as bot:
        async with browser_at(await link_for(server, mo, channel)) as browser:
            before = await bot.visitor(browser)
            await mo.set_roles([guild.add_role("chef", Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES)])
            bot.later(minutes=1)
            after = await bot.visitor(browser)
        assert before is not None
        assert after is not None
        assert (before.rank, after.rank) == (Rank.MODERATOR, Rank.ADMIN)


async def test_members_are_told_in_one_sentence_that_it_is_not_for_them(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    """Where [roles] names moderators Discord offers the command to all; whoever is none gets no link."""
    async with town(server, db, roles={"moderator": ["mod"]}):
        answer = await asked(server, anna, channel)
    assert "\n" not in answer
    assert "http" not in answer


async def test_the_choice_end_ends_every_session_and_the_link_in_hand(
    server: LoopbackDiscord, channel: Channel, mo: Member, my: Member, db: Path
) -> None:
    """`/panel end` signs its member out everywhere, and nobody else."""
    async with town(server, db):
        mine, others = await link_for(server, mo, channel), await link_for(server, my, channel)
        async with browser_at(mine) as browser, browser_at(others) as colleague:
            unused = await link_for(server, mo, channel)
            assert await asked(server, mo, channel, do="end") == (
                "Du är utloggad. Har du en länk som inte är använd gäller den inte längre."
            )
            assert not await is_in(browser, mine)
            assert await is_in(colleague, others)
            async with browser.post(unused) as late:
                assert late.status == 410


async def test_the_answer_is_in_the_members_language(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """English for whoever reads Discord in English, and the panel after it."""
    mo.user.locale = "en-GB"
    async with town(server, db):
        answer = await asked(server, mo, channel)
        found = LINK.search(answer)
        assert answer.startswith("Open the review desk: ")
        assert found is not None
        async with browser_at(found[1]) as browser, browser.get(URL(found[1]).origin() / "queue") as page:
            assert '<html lang="en">' in await page.text()


async def test_from_the_moderators_server_all_servers_are_within_reach(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    """As for every command: from where moderators have their channel, all; from elsewhere, that server alone."""
    other = server.add_guild("Björkby")
    theirs = other.add_text_channel("torget")
    guest = other.add_member(mo.user, roles=[other.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with town(server, db, discord={"moderators_channel": str(desk.id)}) as bot:
        async with browser_at(await link_for(server, mo, channel)) as browser:
            here = await bot.visitor(browser)
        async with browser_at(await link_for(server, guest, theirs)) as browser:
            there = await bot.visitor(browser)
    assert here is not None
    assert there is not None
    assert (here.guilds, there.guilds) == ((str(guild.id), str(other.id)), (str(other.id),))


async def test_while_discord_is_silent_the_last_answer_holds_for_a_while_and_no_longer(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """An outage of Discord's ends no session, and after AT_MOST it lets nobody in on an old answer either."""
    async with town(server, db) as bot:
        link = await link_for(server, mo, channel)
        async with browser_at(link) as browser:
            assert await is_in(browser, link)
            server.faults.answer("GET /guilds/*/members/*", 403, code=50001, times=None)
            bot.later(seconds=AT_MOST.total_seconds() - 1)
            assert await is_in(browser, link)
            bot.later(seconds=2 + FRESH.total_seconds())
            async with browser.get(URL(link).origin() / "queue") as page:
                assert page.status == 503
                assert "Discord svarar inte" in await page.text()
            server.faults.clear()
            assert await is_in(browser, link)


async def test_of_many_pages_at_once_one_asks_discord(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    """Discord's rate limit is not spent on what is known."""
    async with town(server, db):
        link = await link_for(server, mo, channel)
        async with browser_at(link) as browser:
            before = _asked_of_members(server)
            assert all(await asyncio.gather(*(is_in(browser, link) for _ in range(10))))
            assert _asked_of_members(server) - before == 1


async def test_where_the_port_is_taken_the_bot_goes_on_and_says_so(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One clear line in the log, one clear sentence to whoever asks; all else works."""
    with socket.create_server(("127.0.0.1", 0)) as taken, caplog.at_level(logging.WARNING):
        async with town(server, db, port=taken.getsockname()[1]):
            assert "Panelen är inte igång" in await asked(server, mo, channel)
    (line,) = [each.getMessage() for each in caplog.records if each.name == "bot.panel"]
    assert line.startswith("going on without a panel: the panel cannot listen at 127.0.0.1:")


async def test_whoever_was_let_in_from_the_terminal_needs_no_role(server: LoopbackDiscord, db: Path) -> None:
    """A name that Discord does not know stays signed in: whoever may open the file let it in."""
    async with town(server, db) as bot:
        secret = await bot.panel.signing_in.invite(Visitor("Karin", "Karin", Rank.ADMIN, ()))
        link = bot.panel.link(secret)
        assert link is not None
        async with browser_at(link) as browser:
            bot.later(minutes=5)
            assert await is_in(browser, link)


async def test_names_are_those_that_discord_told_last(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    """Whoever has written is called by name; an id that was not heard stays an id."""
    async with town(server, db) as bot:
        channel.write(anna, "hej")
        await bot.settled()
        assert bot.gateway.name_of(str(anna.id)) == anna.name
        assert bot.gateway.name_of("4711") == "4711"


def _asked_of_members(server: LoopbackDiscord) -> int:
    return sum(bool(re.search(r"/guilds/\d+/members/\d+$", str(each.path))) for each in server.requests)
