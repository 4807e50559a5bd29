"""Does what a moderator escalates reach the leads, once, and is it theirs from then on?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.core.flags import State, Step
from bot.core.opinions import Waits
from bot.discord_gateway.checks import check
from tests.builders import decision
from tests.discord_gateway.harness import PATIENCE, Bot, card_for, eventually, moderated, settings_for
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, Permission, Role, pointed_at
from tests.loopback.interactions import MODAL, Interaction

ESCALATE = "Eskalera / Escalate"
UPHOLD, DISMISS = "Bifall / Uphold", "Avskriv / Dismiss"


@pytest.fixture
def leads(guild: Guild) -> Channel:
    """The leads' channel."""
    return guild.add_text_channel("ansvariga")


@pytest.fixture
def lead(guild: Guild) -> Role:
    role = guild.add_role("Ansvarig", Permission.MANAGE_MESSAGES)
    role.mentionable = True
    return role


@pytest.fixture
def lea(guild: Guild, lead: Role) -> Member:
    """Who leads the moderators."""
    return guild.add_member("lea", roles=[lead])


def told_in(leads: Channel) -> dict[str, dict[str, object]]:
    """Settings with the leads' channel and role."""
    return {"discord": {"leads_channel": str(leads.id)}, "roles": {"lead": ["Ansvarig"]}}


async def says(card: Message, *words: str) -> None:
    await eventually(lambda: all(word in card.text for word in words))


async def escalates(
    server: LoopbackDiscord, who: Member, card: Message, note: str = "", button: str = ESCALATE
) -> Interaction:
    asked = await (await server.click(who, card, button)).acknowledgement()
    return await server.submit_modal(asked, {"note": note})


async def queue(server: LoopbackDiscord, who: Member, channel: Channel) -> Message:
    return await (await server.slash(who, channel, "queue")).shown()


async def state(bot: Bot, number: int = 1) -> tuple[State, Waits]:
    case = await bot.store.case(number)
    assert case is not None
    return case.state, case.waits


async def test_what_is_escalated_is_shown_to_the_leads_who_are_mentioned_once_and_decide_it(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    leads: Channel,
    lead: Role,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    guild.add_role("Ansvarig för fikat")
    async with moderated(server, db, desk, **told_in(leads)) as bot:
        await channel.post_many(anna, ["flagga noll", "flagga ett"])
        card = await card_for(server, desk, 2)
        done = await escalates(server, mo, card, f"@everyone {anna.mention} {lead.mention} || gäller en politiker")
        assert (await done.followup()).text == "Flagga 2 ligger nu hos de ansvariga moderatorerna."
        await says(card, f"{mo.mention} eskalerade flaggan", "gäller en politiker", "escalated the flag to the leads")
        [theirs] = await server.wait_for_sent(leads)
        assert theirs.mentioned_roles == [lead.id]
        assert not theirs.mentions
        assert not theirs.mentions_everyone
        assert "**Flagga 2**" in theirs.text
        assert lead.mention in theirs.text
        [note] = [line for line in theirs.text.split("\n") if line.startswith("Anteckning")]
        assert note.replace("\\\\", "x").replace("\\|", "x").count("||") == 2
        assert [button["label"] for button in card.buttons] == [
            UPHOLD, DISMISS, "Sammanhang / Context",
        ]  # fmt: skip
        for who in (mo, my):
            refused = await server.click(who, card, DISMISS)
            assert (await refused.followup()).text.startswith("Ingenting ändrades: flagga 2 är eskalerad")
            early = await server.click(who, card, UPHOLD)
            assert (await early.shown()).text.startswith("Ingenting ändrades: flagga 2 är eskalerad")
            assert "flagga noll" in (await queue(server, who, channel)).text
        assert await state(bot, 2) == (State.PENDING, Waits.LEADS)
        assert "flagga ett" in (await queue(server, lea, channel)).text
        await server.click(lea, theirs, DISMISS)
        await says(theirs, f"avskrevs av {lea.mention}")
        await says(card, f"avskrevs av {lea.mention}", "eskalerade flaggan")
        assert theirs.buttons == card.buttons == []
        assert len(server.sent(leads)) == 1
        assert not card.mentioned_roles


async def test_without_a_channel_of_their_own_the_leads_find_it_in_their_queue(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, lea: Member, db: Path
) -> None:
    async with moderated(server, db, desk, roles={"lead": ["Ansvarig"]}):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await escalates(server, mo, card)
        await says(card, "eskalerade flaggan")
        assert "Anteckning" not in card.text
        assert (await queue(server, mo, channel)).text == "Kön är tom."
        mine = await queue(server, lea, channel)
        await server.click(lea, mine, "Avskriv")
        await says(card, "avskrevs")


async def test_escalating_twice_tells_the_leads_once(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    leads: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    async with moderated(server, db, desk, **told_in(leads)) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = [await (await server.click(who, card, ESCALATE)).acknowledgement() for who in (mo, my)]
        second = await (await server.click(my, card, "Andra ögon / Second opinion")).acknowledgement()
        told = [await (await server.submit_modal(each, {})).followup() for each in asked]
        assert [each.text.startswith("Ingenting ändrades: flagga 1 ligger redan hos") for each in told] == [False, True]
        late = await server.submit_modal(second, {"lean": "uphold"})
        assert "är eskalerad och ligger hos de ansvariga" in (await late.followup()).text
        await server.wait_for_sent(leads)
        bot.leads_news.wake()
        await says(card, f"{mo.mention} eskalerade flaggan")
        assert len(server.sent(leads)) == 1
        assert my.mention not in card.text


async def test_the_leads_are_told_when_discord_is_back_also_after_a_restart(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    leads: Channel,
    anna: Member,
    mo: Member,
    lea: Member,
    db: Path,
) -> None:
    server.faults.answer(f"POST /channels/{leads.id}/messages", 403, times=None)
    async with moderated(server, db, desk, **told_in(leads)):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await escalates(server, mo, card)
        await says(card, "eskalerade flaggan")
        await server.requests.wait_for(f"POST /channels/{leads.id}/messages", 2)
    assert server.sent(leads) == []
    server.faults.clear()
    async with moderated(server, db, desk, **told_in(leads)) as bot:
        [theirs] = await server.wait_for_sent(leads)
        await eventually_carded(bot, 2)
    async with moderated(server, db, desk, **told_in(leads)):
        await server.click(lea, theirs, DISMISS)
        await says(theirs, "avskrevs")
        await says(card, "avskrevs")
        assert len(server.sent(leads)) == 1


async def eventually_carded(bot: Bot, count: int) -> None:
    """Wait until a flag's cards are remembered."""
    async with asyncio.timeout(PATIENCE):
        while len(await bot.store.cards_of(1)) < count:
            await asyncio.sleep(0)


async def test_an_answer_that_was_lost_makes_no_second_card(
    server: LoopbackDiscord, channel: Channel, desk: Channel, leads: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **told_in(leads)) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        server.faults.cut(f"POST /channels/{leads.id}/messages", after=True)
        await escalates(server, mo, card)
        await eventually_carded(bot, 2)
        assert len(server.sent(leads)) == 1


async def test_a_card_of_the_leads_that_is_gone_is_forgotten_and_the_case_is_not(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    leads: Channel,
    anna: Member,
    mo: Member,
    lea: Member,
    db: Path,
) -> None:
    async with moderated(server, db, desk, **told_in(leads)) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await escalates(server, mo, card)
        await server.wait_for_sent(leads)
        await eventually_carded(bot, 2)
        await leads.delete()
        mine = await queue(server, lea, channel)
        await server.click(lea, mine, "Avskriv")
        await says(card, "avskrevs")


async def test_a_lead_decides_an_escalated_second_opinion_alone_and_for_good(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, lea: Member, db: Path
) -> None:
    async with moderated(server, db, desk, roles={"lead": ["Ansvarig"]}) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Andra ögon / Second opinion")).acknowledgement()
        await server.submit_modal(asked, {"lean": "uphold"})
        await says(card, "ber om andra ögon")
        await escalates(server, mo, card)
        await says(card, "eskalerade flaggan", f"{mo.mention} vill bifalla")
        bot.draws = True
        await server.click(lea, card, DISMISS)
        await says(card, f"avskrevs av {lea.mention}")
        assert await state(bot) == (State.DISMISSED, Waits.LEADS)
        assert (await queue(server, mo, channel)).text == "Kön är tom."


async def test_a_lead_who_is_alone_decides_a_dispute_of_ones_own(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, lea: Member, db: Path
) -> None:
    async with moderated(server, db, desk, roles={"lead": ["Ansvarig"]}):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Andra ögon / Second opinion")).acknowledgement()
        await server.submit_modal(asked, {"lean": "uphold"})
        await says(card, "ber om andra ögon")
        told = await server.click(lea, card, DISMISS)
        assert "är inte överens" in (await told.followup()).text
        await says(card, "Två har läst")
        assert "Två har läst" in (await queue(server, lea, channel)).text
        await server.click(lea, card, DISMISS)
        await says(card, f"avskrevs av {lea.mention}", f"{mo.mention} vill bifalla")


async def test_escalating_what_was_decided_meanwhile_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, leads: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, **told_in(leads)) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, ESCALATE)).acknowledgement()
        await bot.store.rule(decision(1, Step.DISMISS, "Maja"))
        late = await server.submit_modal(asked, {})
        assert (await late.followup()).text.startswith("Ingenting ändrades: Flagga 1 avskrevs av Maja")
        assert await state(bot) == (State.DISMISSED, Waits.ANYONE)
        assert server.sent(leads) == []


@pytest.mark.parametrize("custom_id", ["uppsikt:escalate:2", "uppsikt:escalate:", "uppsikt:escalate:1:zz"])
async def test_a_forged_button_is_answered_and_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path, custom_id: str
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        card.buttons[1]["custom_id"] = custom_id
        told = await (await server.click(mo, card, custom_id)).shown()
        assert "finns inte här" in told.text or "går inte att tyda" in told.text
        forged = {"custom_id": "uppsikt:escalated:1", "components": [{"component": {"custom_id": "note", "value": []}}]}
        sent = server.interactions.begin(MODAL, anna, desk, forged, card)
        assert (await sent.acknowledgement()) is sent
        assert await state(bot) == (State.PENDING, Waits.ANYONE)


async def test_a_member_without_the_role_escalates_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    anna.user.locale = "en-GB"
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        refused = await server.click(anna, card, ESCALATE)
        assert (await refused.shown()).text.startswith("Only moderators may do this")
        sent = server.interactions.begin(
            MODAL, anna, desk, {"custom_id": "uppsikt:escalated:1", "components": []}, card
        )
        assert (await sent.followup()).text.startswith("Only moderators may do this")
        assert await state(bot) == (State.PENDING, Waits.ANYONE)


async def test_a_flag_of_another_server_is_neither_escalated_nor_asked_about(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        await place.post(elsewhere.add_member("otto"), "flagga hos oss")
        await card_for(server, desk, 2)
        mine = await queue(server, eve, place)
        for button, custom_id in enumerate(("uppsikt:escalate:1", "uppsikt:second:1")):
            mine.buttons[button + 2]["custom_id"] = custom_id
            told = await server.click(eve, mine, custom_id)
            assert "finns inte här" in (await told.shown()).text
        assert await state(bot) == (State.PENDING, Waits.ANYONE)


async def test_check_says_whether_the_bot_can_write_where_the_leads_are(
    server: LoopbackDiscord, guild: Guild, channel: Channel, leads: Channel
) -> None:
    async def found(place: str) -> dict[str, bool]:
        with pointed_at(server):
            lines = await check(settings_for(server, discord={"leads_channel": place}))
        return {line.text: line.ok for line in lines if line.text.startswith("De ansvarigas kanal")}

    assert await found("") == {}
    assert await found(str(leads.id)) == {"De ansvarigas kanal: #ansvariga": True}
    assert list((await found("17")).values()) == [False]
    leads.deny(guild.bot_role, Permission.SEND_MESSAGES)
    leads.deny(guild.everyone, Permission.SEND_MESSAGES)
    assert list((await found(str(leads.id))).values()) == [False]
