"""Can an admin answer what tuning is about, in Discord and in Swedish, by a week that was replayed and decided?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app import manifest_of
from bot.config import load
from bot.core.tuning.changes import EVERYWHERE
from tests.decided_week import decided_week, flagged_at, lines
from tests.discord_gateway import harness
from tests.discord_gateway.harness import Bot, eventually, running
from tests.discord_gateway.tuning_steps import asked, pressed, proposed
from tests.fakes import FakeClassifier
from tests.loopback import Channel, Guild, LoopbackDiscord, Member


@pytest.fixture
def debate(guild: Guild) -> Channel:
    return guild.add_text_channel("val-debatt")


@pytest.fixture
async def week(guild: Guild, debate: Channel, db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The week as if it had been written in this server, scored by the shipped model."""
    names = sorted({line["channel"].removeprefix("#") for line in lines()} - {debate.name})
    places = {debate.name: debate, **{name: guild.add_text_channel(name) for name in names}}
    here = {f"#{name}": {"guild": str(guild.id), "channel": str(place.id)} for name, place in places.items()}
    manifest = manifest_of(load(None, {}))
    monkeypatch.setattr(FakeClassifier, "model_id", manifest.model_id)
    monkeypatch.setattr(harness, "SHIPPED", dict(manifest.thresholds))
    return await asyncio.to_thread(decided_week, db, lambda line: {**line, **here[line["channel"]]})


async def test_an_admin_answers_what_tuning_is_about_and_undoes_the_change(
    server: LoopbackDiscord, guild: Guild, debate: Channel, karin: Member, olle: Member, week: Path
) -> None:
    leads = guild.add_text_channel("ledning")
    async with running(server, week, discord={"leads_channel": str(leads.id)}) as bot:
        # How many flags would 0.8 have given in #val-debatt?
        first = await asked(server, karin, debate, "simulate", label="hat eller hot", threshold="0,8", channel=debate)
        days = 6.2  # from the first hour with a message there to the last
        expected = f"{await asyncio.to_thread(flagged_at, 0.8, '#val-debatt') / days:.1f}".replace(".", ",")
        assert f"i {debate.mention}" in first.text
        assert "Bygger på 6,2 dygn" in first.text
        assert f"→ **{expected}**" in first.text.split("Flaggor per dygn")[1].split("\n")[0]

        # What are we missing?
        second = await asked(server, karin, debate, "show", channel=debate)
        assert "**Det som missas:** okänt. Ingen har läst det som inte flaggades. Slå på stickprovet" in second.text
        assert len(second.attachments) == 2

        # What should it be if we can handle 20 a day?
        third = await asked(server, karin, debate, "suggest", label="flag", flags=20)
        assert "för hat eller hot ger högst 20 flaggor per dygn.\n" in third.text
        wanted = float(third.text.split("**")[1].replace(",", "."))
        assert await flags_a_day(bot, guild, wanted) <= 20 < await flags_a_day(bot, guild, round(wanted - 0.01, 2))
        told = await (await proposed(server, karin, third, why="Vi hinner 20 om dagen")).shown()
        assert "hänger här" in told.text
        (card,) = server.sent(leads)
        await pressed(server, olle, card, "Tillämpa")
        await eventually(lambda: "**Tillämpad**" in card.text)
        assert bot.tuning.policy().thresholds["flag"] == wanted

        # Undo the change.
        fourth = await asked(server, karin, debate, "undo")
        done = await (await proposed(server, karin, fourth, "Ta tillbaka", "Vi väntar")).shown()
        assert done.text.startswith("Ändring 1 är tillbakatagen")
        assert bot.tuning.policy().thresholds == bot.shipped
        past = (await asked(server, olle, debate, "history")).text
        assert "Vi hinner 20 om dagen" in past
        assert "Vi väntar" in past


async def flags_a_day(bot: Bot, guild: Guild, threshold: float) -> float:
    """At most, with a threshold for everywhere."""
    weighed = await bot.tuning_desk.weigh(EVERYWHERE, {"flag": threshold}, [str(guild.id)])
    return weighed.simulation.then.flags.most
