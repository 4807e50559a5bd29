"""Do the leads hear of a sudden shift: once, in plain words, with nobody's name, even when Discord was away?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.ports import Tally
from bot.core.tuning.drift import Kind, Shift
from bot.drifting import Drifting
from bot.store import SqliteShifts
from bot.store.keeping import keep
from tests.builders import kept
from tests.discord_gateway.harness import PATIENCE, Bot, eventually, moderated, soon
from tests.loopback import Channel, Guild, LoopbackDiscord


@pytest.fixture
def leads(guild: Guild) -> Channel:
    """The leads' channel."""
    return guild.add_text_channel("ansvariga")


@asynccontextmanager
async def drifting(bot: Bot) -> AsyncIterator[Drifting]:
    """What looks for shifts, as the live bot runs it."""
    made = Drifting(SqliteShifts(bot.store), bot.clock, soon)
    task = asyncio.create_task(made.run(bot.gateway))
    try:
        yield made
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def a_campaign(bot: Bot, channel: Channel) -> None:
    """Four weeks with a flag now and then, and five hours in which most is flagged."""
    hour = bot.clock.now().replace(minute=0, second=0, microsecond=0)
    tallies = [
        Tally(str(channel.id), hour - timedelta(hours=back), 40, 30 if back <= 5 else back % 2)
        for back in range(1, 24 * 28)
    ]
    await bot.store.do(lambda db: keep(db, kept(tallies=tallies)))


async def test_a_campaign_is_told_once_in_the_leads_channel_whatever_restarts(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, leads: Channel, db: Path
) -> None:
    told = {"discord": {"leads_channel": str(leads.id)}}
    async with moderated(server, db, desk, **told) as bot:
        await a_campaign(bot, channel)
        async with drifting(bot) as looking:
            [message] = await server.wait_for_sent(leads)
            assert "**Något har ändrats plötsligt**" in message.text
            assert f"Fler meddelanden än vanligt flaggas i <#{channel.id}>: 75,0\xa0%" in message.text.replace(
                " %", "\xa0%"
            )
            assert "-# More messages than usual are flagged" in message.text
            assert "/trösklar" in message.text
            assert "/kö" in message.text
            assert not message.mentions
            assert not message.mentioned_roles
            for _ in range(3):
                bot.clock.advance(hours=1)
                looking.wake()
                hour = bot.clock.now().replace(minute=0, second=0, microsecond=0)
                await eventually(lambda hour=hour: looking.looked_up_to == hour)  # type: ignore[misc]
        async with drifting(bot) as again:
            await eventually(lambda: again.looked_up_to is not None)
        assert len(server.sent(leads)) == 1
        assert server.sent(desk) == []


async def test_where_the_leads_have_no_channel_the_moderators_are_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await a_campaign(bot, channel)
        async with drifting(bot):
            [message] = await server.wait_for_sent(desk)
            assert "Något har ändrats plötsligt" in message.text


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_kind_of_shift_is_told_in_both_languages(
    server: LoopbackDiscord, channel: Channel, desk: Channel, db: Path, kind: Kind
) -> None:
    async with moderated(server, db, desk) as bot:
        now = bot.clock.now()
        shift = Shift(kind, "", now - timedelta(hours=24), 24, 0.03, 0.3, 1e-7)
        await SqliteShifts(bot.store).noticed([shift], now)
        async with drifting(bot):
            [message] = await server.wait_for_sent(desk)
        assert "alla kanaler" in message.text
        assert "all channels" in message.text
        assert "mindre än 1 på 1 000 000" in message.text.replace("\xa0", " ")
        assert "shift-" not in message.text


async def test_what_could_not_be_told_is_told_later_and_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, leads: Channel, db: Path
) -> None:
    server.faults.answer(rf"POST /channels/{leads.id}/messages", 403, code=50001, message="Missing Access", times=2)
    async with moderated(server, db, desk, discord={"leads_channel": str(leads.id)}) as bot:
        await a_campaign(bot, channel)
        async with drifting(bot):
            [message] = await server.wait_for_sent(leads)
            assert "Något har ändrats plötsligt" in message.text
            untold = SqliteShifts(bot.store).shifts_untold
            async with asyncio.timeout(PATIENCE):
                while await untold():
                    await asyncio.sleep(0.002)
        assert len(server.sent(leads)) == 1
