"""Can an admin try thresholds beside those in force from Discord, and see both side by side?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord_gateway.harness import running
from tests.discord_gateway.tuning_steps import asked, flag_numbers
from tests.loopback import Channel, LoopbackDiscord, Member


async def test_a_candidate_counts_beside_what_is_in_force_and_flags_nothing(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "poäng 0.60")
        await bot.settled()
        told = await asked(server, karin, channel, "shadow start", why="Prova", label="flag", threshold="0,3", days=7)
        assert told.text.startswith("Skugga 1 är startad och går till <t:")
        await bot.shadowing.look()
        await channel.post_many(anna, ["poäng 0.35", "poäng 0.45", "poäng 0.65", "poäng 0.10"])
        assert len(await flag_numbers(bot)) == 2, "a candidate flags nothing"
        shown = await asked(server, karin, channel, "shadow show")
        assert "Skugga 1: hat eller hot 0,30 överallt" in shown.text
        assert f"av {karin.mention}: Prova" in shown.text
        assert (
            "Tillsammans: 1 → **3** flaggor hittills (1 flaggas av båda, 0 bara av det som gäller, "
            "2 bara av det som prövas)"
        ) in shown.text
        assert f"- {channel.mention}: 1 → **3**" in shown.text
        assert "för tidigt att säga" in shown.text
        again = await asked(server, karin, channel, "shadow start", why="En till", level="vaksam")
        assert again.text.startswith("En skugga går redan")
        assert (await asked(server, karin, channel, "shadow stop")).text.startswith("Skuggan är stoppad.")
        assert (await asked(server, karin, channel, "shadow stop")).text.startswith("Ingen skugga går här.")
        assert "Skuggan är stoppad." in (await asked(server, karin, channel, "shadow show")).text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Säg vad som ska prövas"),
        ({"label": "flag"}, "Säg vad som ska prövas"),
        ({"label": "flag", "threshold": "0.5", "level": "vaksam"}, "Säg vad som ska prövas"),
        ({"label": "flag", "threshold": "2"}, "”2” är ingen tröskel"),
        ({"level": "arg"}, "Det finns ingen nivå ”arg”"),
    ],
)
async def test_a_candidate_that_is_none_is_refused_in_one_sentence(
    server: LoopbackDiscord, channel: Channel, karin: Member, db: Path, options: dict[str, str], sentence: str
) -> None:
    async with running(server, db):
        assert sentence in (await asked(server, karin, channel, "shadow start", why="Prova", **options)).text
        assert (await asked(server, karin, channel, "shadow show")).text.startswith("Ingen skugga går här.")


async def test_who_is_no_admin_may_not_try_either(
    server: LoopbackDiscord, channel: Channel, karin: Member, db: Path
) -> None:
    async with running(server, db, roles={"admin": ["Trygghetschef"]}):
        for name, options in [("start", {"why": "Prova", "level": "vaksam"}), ("stop", {}), ("show", {})]:
            refused = await asked(server, karin, channel, f"shadow {name}", **options)
            assert refused.text.startswith("Det här får bara administratörer göra")
