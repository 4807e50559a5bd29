"""Are samples of what nobody flagged read like any flag, and told from one only once they are decided?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.flags import State, Step
from bot.core.retention import Retention
from bot.store.forgetting import forget
from tests.builders import decision
from tests.discord_gateway.deciding import WARN, letters, uphold
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message

ALL = {"enabled": True, "share": 1, "per_day": 1000}
SAMPLE = "Stickprov: modellen hade släppt igenom det här."


@pytest.fixture
def lenient(guild: Guild) -> Channel:
    """A channel whose threshold is above what the model gives its word."""
    return guild.add_text_channel("mild")


def settings(lenient: Channel, **sections: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "audit": ALL,
        "thresholds": {"channels": {str(lenient.id): {"flag": 0.99, "threat": 0.99}}},
        "uppsikt": {"languages": ["sv"]},
        **sections,
    }


def bare(card: Message | Mapping[str, Any], *places: Channel) -> str:
    """A card as it came over the wire, without its number, channel, moment and link."""
    components = card.components if isinstance(card, Message) else card["components"]
    text = json.dumps(components, ensure_ascii=False, sort_keys=True)
    for place in places:
        text = text.replace(str(place.id), "KANAL")
    text = re.sub(r"/KANAL/[0-9]+", "/KANAL/ID", text)
    text = re.sub(r"<t:[0-9]+", "<t:0", text)
    text = re.sub(r"(Flagga |Flag |uppsikt:[a-z]+:)[0-9]+", r"\1N", text)
    return re.sub(r'"id": [0-9]+', '"id": 0', text)


async def is_audited(bot: Bot, number: int) -> bool:
    case = await bot.store.case(number)
    assert case is not None
    return case.audited


async def test_the_card_of_a_sample_is_that_of_a_flag_but_for_its_number_and_place(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    """On the card, in the queue and by its number; of a text that the model is sure of, and names a motive for."""
    text = "en flagga #misogyny här"
    async with moderated(server, db, desk, **settings(lenient)) as bot:
        await channel.post(anna, text)
        flagged = await card_for(server, desk, 1)
        await lenient.post(anna, text)
        drawn = await card_for(server, desk, 2)
        assert [await is_audited(bot, number) for number in (1, 2)] == [False, True]
        assert bare(flagged, channel, lenient) == bare(drawn, channel, lenient)
        for number, card in ((1, flagged), (2, drawn)):
            assert f"||{text}||" in card.text
            assert "Det kan handla om: kvinnohat, hot" in card.text
            assert "Ord som vägde" in card.text
            for telling in ("▰", "säker", "tröskel", "Stickprov", "släppt igenom"):
                assert telling not in card.text
            shown = await (await server.slash(mo, channel, "case", {"number": number})).shown()
            assert bare(shown, channel, lenient) == bare(drawn, channel, lenient)
            read = await bot.caring.of(str(mo.id))
            assert (read.today.cases, read.today.severe) == (number, 0)  # what `/pause` shows tells nothing either


async def test_nothing_is_chosen_beforehand_while_nobody_is_to_know(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **settings(lenient)):
        for number, place in ((1, channel), (2, lenient)):
            await place.post(anna, "en hotflagga #misogyny")
            card = await card_for(server, desk, number)
            asked = await (await server.click(mo, card, "Bifall")).acknowledgement()
            motives = asked.modal["components"][0]["component"]
            assert motives["custom_id"] == "motives"
            assert not any(option["default"] for option in motives["options"])


async def test_a_sample_is_drawn_read_decided_and_then_shown_as_one(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **settings(lenient)):
        await channel.post(anna, "en vanlig dag")
        card = await card_for(server, desk)
        assert "Stickprov" not in card.text
        await server.click(mo, card, "Avskriv")
        await eventually(lambda: SAMPLE in card.text)
        assert "Under tröskeln: hat eller hot 0,01 (tröskel 0,5)" in card.text
        assert "▰" in card.text
        await channel.post(anna, "en flagga")
        await server.click(mo, flagged := await card_for(server, desk, 2), "Avskriv")
        await eventually(lambda: "avskrevs" in flagged.text)
        assert "Stickprov" not in flagged.text
        assert "hat eller hot 0,95 (tröskel 0,5)" in flagged.text
        stats = await (await server.slash(mo, channel, "stats")).shown()
        assert "Avgjorda i dag: 0 bifallna, en avskriven." in stats.text


async def test_a_second_reader_is_not_told_either(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel,
    anna: Member, mo: Member, my: Member, db: Path,
) -> None:  # fmt: skip
    async with moderated(server, db, desk, **settings(lenient)) as bot:
        bot.draws = True
        await channel.post(anna, "en vanlig dag")
        card = await card_for(server, desk)
        await server.click(mo, card, "Avskriv")
        await eventually(lambda: SAMPLE in card.text)
        shown = await (await server.slash(my, channel, "queue")).shown()
        assert "en vanlig dag" in shown.text
        assert "Stickprov" not in shown.text
        assert "▰" not in shown.text


async def test_a_threat_is_told_at_once_and_a_sample_never_as_one(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel, guild: Guild, anna: Member, db: Path
) -> None:
    threats = guild.add_text_channel("hot")
    sections = settings(lenient, desk={"threats_channel": str(threats.id)})
    async with moderated(server, db, desk, **sections):
        await lenient.post(anna, "en hotflagga")
        await card_for(server, desk, 1)
        await channel.post(anna, "en hotflagga")
        await card_for(server, threats, 2)
        assert len(server.sent(threats)) == 1


async def test_whoever_wrote_an_upheld_sample_is_told_how_it_came_to_be_read(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **settings(lenient)) as bot:
        await channel.post(anna, "ord som modellen inte förstår")
        await card_for(server, desk)
        await uphold(bot, mo, 1, WARN, motives=("threat", "misogyny"))
        letter = await letters(server, anna)
        assert "Några meddelanden läses av en människa" in letter.text
        assert "automatisk läsning. En människa" not in letter.text
        assert "bryter mot serverns regler (hot, kvinnohat)" in letter.text


async def test_a_sample_that_came_to_nothing_leaves_no_name_on_its_card(
    server: LoopbackDiscord, channel: Channel, lenient: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **settings(lenient)) as bot:
        message = await channel.post(anna, "en vanlig dag")
        card = await card_for(server, desk)
        assert str(message.id) in card.text
        await bot.store.rule(decision(1, Step.DISMISS, str(mo.id), at=bot.clock.now()))
        later = bot.clock.now() + timedelta(days=15)
        await bot.store.do(lambda db: forget(db, Retention(90, 365), later))
        bot.wake()
        await eventually(lambda: "var ett stickprov. Texten är gallrad" in card.text)
        assert "en vanlig dag" not in card.text
        assert str(message.id) not in json.dumps(card.components)
        shown = await (await server.slash(mo, channel, "case", {"number": 1})).shown()
        assert "var ett stickprov" in shown.text


async def test_what_nobody_flagged_is_stored_nowhere_unless_somebody_has_switched_it_on(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        for number in range(20):
            await channel.post(anna, f"en vanlig dag {number}")
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        assert await bot.texts() == ["en flagga"]
        assert "▰" in card.text


async def test_a_human_finds_a_threat_that_the_model_did_not_see(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall")).acknowledgement()
        await server.submit_modal(asked, {"motives": ["threat", "other"]})
        await eventually(lambda: "hot, hat mot annan grupp" in card.text)
        case = await bot.store.case(1)
    assert case is not None
    assert case.decision is not None
    assert (case.state, case.decision.motives) == (State.UPHELD, ("threat", "other"))


async def test_a_threat_that_the_model_finds_likely_is_chosen_beforehand(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        await channel.post(anna, "en hotflagga")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall")).acknowledgement()
        await server.submit_modal(asked, {})
        await eventually(lambda: "bifölls" in card.text)
        case = await bot.store.case(1)
    assert case is not None
    assert case.decision is not None
    assert case.decision.motives == ("threat",)
