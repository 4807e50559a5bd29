"""Do cards tell how sure it is by this community's decisions, as soon as somebody says so, and veil it as before?"""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from pathlib import Path

from bot.core.flags import Step
from bot.core.tuning.recalibrations import Recalibration
from bot.core.tuning.scale import Scale
from bot.store import open_database, recalibrations
from bot.terminal import flags_json
from tests.builders import NOW, decision
from tests.discord_gateway.harness import card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member

LOWER = Scale(0.5, -1.0, 0.5)  # what the model is 95 percent sure of is right in 62 of 100 cases
TOLD = "räknats om efter besluten här"
SWEDISH = {"uppsikt": {"languages": ["sv"]}}


def from_elsewhere(db: Path, guild: Guild, model: str = "fake@0") -> None:
    """As a terminal does it: another connection, another thread."""
    with closing(open_database(db, busy_seconds=30)) as own:
        recalibrations.recalibrate(own, Recalibration(str(guild.id), "flag", model, LOWER, "Karin", NOW, "för säkra"))


def taken_back(db: Path) -> None:
    with closing(open_database(db, busy_seconds=30)) as own:
        recalibrations.take_back(own, 1, "Karin", NOW, "ångrat")


async def test_cards_follow_a_recalibration_and_its_undoing_without_a_restart(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    """The thresholds and what stands beside them stay in the model's own score."""
    async with moderated(server, db, desk, **SWEDISH):
        await channel.post(anna, "en flagga")
        first = (await card_for(server, desk, 1)).text
        await asyncio.to_thread(from_elsewhere, db, guild)
        await channel.post(anna, "en flagga till")
        second = (await card_for(server, desk, 2)).text
        await asyncio.to_thread(taken_back, db)
        await channel.post(anna, "en tredje flagga")
        third = (await card_for(server, desk, 3)).text
    for text in (first, third):
        assert "▰▰▰▰▰ hat eller hot (mycket säker)" in text
        assert TOLD not in text
    assert "▰▰▰▱▱ hat eller hot (osäker)" in second
    assert TOLD in second
    for text in (first, second, third):
        assert "0,95" in text


async def test_another_models_recalibration_does_not_show(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **SWEDISH):
        await asyncio.to_thread(from_elsewhere, db, guild, "older@1")
        await channel.post(anna, "en flagga")
        text = (await card_for(server, desk, 1)).text
    assert "mycket säker" in text
    assert TOLD not in text


async def test_a_card_that_hides_how_sure_it_is_goes_on_hiding_it_until_it_is_decided(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    audit = {"enabled": True, "share": 1, "per_day": 1000}
    lenient = guild.add_text_channel("mild")
    strict = {"channels": {str(lenient.id): {"flag": 0.99, "threat": 0.99}}}
    async with moderated(server, db, desk, audit=audit, thresholds=strict, **SWEDISH) as bot:
        await asyncio.to_thread(from_elsewhere, db, guild)
        await channel.post(anna, "en flagga")
        await card_for(server, desk, 1)
        await lenient.post(anna, "en flagga")
        for number in (1, 2):
            card = await card_for(server, desk, number)
            assert TOLD not in card.text
            assert "säker" not in card.text
            assert json.loads(flags_json(await bot.flags()))[number - 1]["recalibrated"] == {}
            await bot.store.rule(decision(number, Step.DISMISS))
            bot.wake()
            await eventually(lambda card=card: TOLD in card.text)
            assert "▰▰▰▱▱ hat eller hot (osäker)" in card.text
