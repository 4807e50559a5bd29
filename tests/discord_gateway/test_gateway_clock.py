"""Do the leads hear that a case's time is up, once, and without a word of the message?"""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.discord_gateway.harness import card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission


async def test_what_is_past_its_time_limit_climbs_and_the_leads_hear_of_it_once_without_a_word_of_it(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    """Its card says so too, and the statistics."""
    leads = guild.add_text_channel("ledare")
    lead = guild.add_role("Ansvarig", Permission.MANAGE_MESSAGES)
    lead.mentionable = True
    sections = {"discord": {"leads_channel": str(leads.id)}, "roles": {"lead": ["Ansvarig"]}}
    async with moderated(server, db, desk, **sections) as bot:
        await channel.post(anna, "en hemlig flagga här")
        card = await card_for(server, desk, 1)
        bot.clock.advance(hours=47)
        bot.wake()
        await asyncio.sleep(0.1)
        assert server.sent(leads) == []
        bot.clock.advance(hours=2)
        bot.wake()
        [told] = await server.wait_for_sent(leads)
        assert "Tidsgränsen för **flagga 1** har gått ut" in told.text
        assert "The time limit of **flag 1** has passed" in told.text
        assert "hemlig" not in told.text
        assert told.mentioned_roles == [lead.id]
        await eventually(lambda: "Tidsgränsen har gått ut." in card.text)
        bot.wake()
        figures = (await (await server.slash(mo, desk, "stats")).shown()).text
        assert "Ett öppet fall har passerat sin tidsgräns." in figures
        assert "BBS-lagen, lag 1998:112, 4 §" in figures
        assert len(server.sent(leads)) == 1


async def test_without_time_limits_nobody_is_told(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    """A limit of 0 is none; and under kännedom the statistics name the other provisions."""
    leads = guild.add_text_channel("ledare")
    clock = {"regime": "kännedom", "limits": {"other": 0}}
    async with moderated(server, db, desk, discord={"leads_channel": str(leads.id)}, clock=clock) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk, 1)
        bot.clock.advance(days=60)
        bot.wake()
        figures = (await (await server.slash(mo, desk, "stats")).shown()).text
        assert "4 a § och 5 §" in figures
        assert server.sent(leads) == []
