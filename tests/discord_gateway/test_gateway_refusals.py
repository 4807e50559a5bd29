"""When Discord refuses the bot, does one clear line say what to do?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.core.errors import PlatformError
from bot.discord_gateway import check
from tests.discord_gateway.harness import Bot, running, settings_for
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission, pointed_at


async def refused(server: LoopbackDiscord, db: Path, token: str) -> str:
    with pointed_at(server):
        bot = Bot(server, db, settings_for(server, token=token))
        try:
            with pytest.raises(PlatformError) as refusal:
                await bot.gateway.run()
        finally:
            await bot.pipeline.drain(1)
            await bot.store.close()
    assert "\n" not in str(refusal.value)
    assert not token.strip() or token not in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("token", ["", "  ", "fel-token", "två ord", "räksmörgås", "rad\nbruten"])
async def test_a_missing_or_wrong_token_is_refused_without_showing_it(
    server: LoopbackDiscord, db: Path, token: str
) -> None:
    assert "UPPSIKT_TOKEN" in await refused(server, db, token)


async def test_a_missing_intent_is_named(db: Path) -> None:
    async with LoopbackDiscord(privileged=()) as server:
        assert "Message Content Intent" in await refused(server, db, server.token)


async def test_a_token_withdrawn_while_the_bot_runs_ends_it_with_what_to_do(
    server: LoopbackDiscord, channel: Channel, db: Path
) -> None:
    with pointed_at(server):
        bot = Bot(server, db, settings_for(server))
        await bot.start()
        assert bot.life is not None
        await server.close_all(4004)
        with pytest.raises(PlatformError, match="UPPSIKT_TOKEN"):
            await bot.life
        bot.life = None
        await bot.stop()


async def test_an_unreachable_discord_is_said_to_be_unreachable(server: LoopbackDiscord, db: Path) -> None:
    async with server.offline():
        assert "cannot be reached" in await refused(server, db, server.token)


async def test_a_bot_that_cannot_connect_can_be_closed(server: LoopbackDiscord, channel: Channel, db: Path) -> None:
    with pointed_at(server):
        bot = Bot(server, db, settings_for(server))
        gate = server.faults.hold("GET /gateway/bot")
        life = asyncio.create_task(bot.gateway.run())
        await gate.arrived()
        async with server.offline():
            gate.open()
            await bot.gateway.close()
            await asyncio.wait_for(life, 10)
        await bot.pipeline.drain(1)
        await bot.store.close()


async def test_the_token_is_never_logged(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with running(server, db) as bot:
        await channel.post(anna, "hemligt meddelande")
        await bot.settled()
    assert server.token not in caplog.text
    assert "hemligt meddelande" not in caplog.text


async def lines(server: LoopbackDiscord, **sections: object) -> dict[str, bool]:
    with pointed_at(server):
        return {line.text: line.ok for line in await check(settings_for(server, **sections))}


async def test_check_finds_all_well_without_a_gateway_session(
    server: LoopbackDiscord, guild: Guild, channel: Channel
) -> None:
    found = await lines(server, discord={"moderators_channel": str(channel.id)})
    assert found == {
        "Token: godkänd, för Uppsikt": True,
        "Message Content Intent: på": True,
        "Almköping: en kanal kan läsas": True,
        "Moderatorernas kanal: #allmänt": True,
    }
    assert not server.gateway.identifies


async def test_check_speaks_english_where_configured(server: LoopbackDiscord, guild: Guild, channel: Channel) -> None:
    assert "Message Content Intent: on" in await lines(server, uppsikt={"languages": ["en"]})


async def test_check_names_what_is_wrong(guild: Guild, server: LoopbackDiscord, channel: Channel) -> None:
    hidden = guild.add_text_channel("dold", hidden=True)
    shut = guild.add_text_channel("moderatorer")
    shut.deny(guild.bot_role, Permission.SEND_MESSAGES)
    shut.deny(guild.everyone, Permission.SEND_MESSAGES)
    found = await lines(server, discord={"moderators_channel": str(shut.id), "guilds": [str(guild.id), "17"]})
    wrong = [text for text, ok in found.items() if not ok]
    assert len(wrong) == 3
    assert f"#dold ({hidden.id})" in wrong[0]
    assert "#moderatorer" in wrong[1]
    assert "17" in wrong[2]


async def test_check_names_roles_that_are_nowhere_and_those_whose_reports_are_read_first(
    guild: Guild, server: LoopbackDiscord
) -> None:
    young, mo = guild.add_role("Ungdomar för trygghet"), guild.add_role("mo")
    found = await lines(server, roles={"trusted": [young.name], "moderator": [str(mo.id), "modd"]})
    assert found["Betrodda medlemmar, vars rapporter läses först: @Ungdomar för trygghet"]
    assert not found["Roll: modd finns inte i någon av servrarna; rätta [roles] moderator"]


async def test_check_finds_a_missing_intent_and_a_wrong_token() -> None:
    async with LoopbackDiscord(privileged=()) as server:
        server.add_guild()
        assert [ok for text, ok in (await lines(server)).items() if "Message Content Intent" in text] == [False]
        with pointed_at(server):
            (line,) = await check(settings_for(server, token="fel"))
        assert not line.ok
        assert "UPPSIKT_TOKEN" in line.text
