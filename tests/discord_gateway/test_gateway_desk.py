"""Are moderators told where and when they wished? Through the loopback Discord, over restarts and refusals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.discord_gateway import check
from bot.discord_gateway.card import LONGEST, card
from bot.discord_gateway.digest import summoning
from classifier.slurs import Slurs
from tests.discord_gateway.harness import PATIENCE, Bot, card_for, eventually, moderated, running, settings_for
from tests.discord_gateway.test_card import crowded
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, Permission, Role, pointed_at

ZONE = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 2, 2, 12, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 2, 2, 23, 0, tzinfo=ZONE)


@pytest.fixture
def alarm(guild: Guild) -> Channel:
    """The channel for threats."""
    return guild.add_text_channel("hot")


@pytest.fixture
def on_call(guild: Guild) -> Role:
    role = guild.add_role("jour")
    role.mentionable = True
    return role


async def settled(bot: Bot) -> None:
    """Until everything that can be told now is told."""
    await bot.settled()
    bot.announcements.wake()
    async with asyncio.timeout(PATIENCE):
        while _woken(bot) or await _left(bot):
            await asyncio.sleep(0.005)


async def _left(bot: Bot) -> bool:
    return any([(await teller.plan()).notices for teller in bot.announcements._tellers])


def _woken(bot: Bot) -> bool:
    return any(teller.healing._news.is_set() for teller in bot.announcements._tellers)


@asynccontextmanager
async def desk_of(
    server: LoopbackDiscord, db: Path, desk: Channel, at: datetime = NOON, **wishes: Any
) -> AsyncIterator[Bot]:
    """A bot whose clock stands at a moment, with a [desk] as wished."""
    sections: dict[str, Any] = {"desk": wishes} | {key: wishes.pop(key) for key in ("uppsikt",) if key in wishes}
    async with moderated(server, db, desk, **sections) as bot:
        bot.clock.time = at
        yield bot


def heading(message: Message) -> str:
    return message.text.split("\n")[0]


# Where.


async def test_a_card_hangs_where_its_case_belongs(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, alarm: Channel, anna: Member, db: Path
) -> None:
    own = guild.add_text_channel("kvinnohat")
    async with desk_of(server, db, desk, threats_channel=str(alarm.id), channels={"misogyny": str(own.id)}) as bot:
        await channel.post_many(anna, ["en hotflagga #misogyny", "flagga #misogyny", "flagga #other"])
        await settled(bot)
        assert "**Flagga 1**" in heading(server.sent(alarm)[0])
        assert "**Flagga 2**" in heading(server.sent(own)[0])
        assert "**Flagga 3**" in heading(server.sent(desk)[0])
        assert [len(server.sent(each)) for each in (alarm, own, desk)] == [1, 1, 1]


async def test_a_card_in_another_channel_is_decided_and_brought_up_to_date_there(
    server: LoopbackDiscord, channel: Channel, desk: Channel, alarm: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with desk_of(server, db, desk, threats_channel=str(alarm.id)):
        await channel.post(anna, "en hotflagga")
        card = await card_for(server, alarm)
        shown = await (await server.slash(mo, channel, "queue")).shown()
        await server.click(mo, shown, "Avskriv")
        await eventually(lambda: "avskrevs" in card.text)
        assert not card.buttons


async def test_a_channel_that_is_gone_keeps_nothing_from_being_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, alarm: Channel, anna: Member, mo: Member, db: Path
) -> None:
    await alarm.delete()
    async with desk_of(server, db, desk, threats_channel=str(alarm.id)):
        await channel.post(anna, "en hotflagga")
        card = await card_for(server, desk)
        await server.click(mo, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)


async def test_a_channel_that_the_bot_may_not_write_in_keeps_nothing_from_being_told(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, alarm: Channel, anna: Member, db: Path
) -> None:
    alarm.deny(guild.bot_role, Permission.SEND_MESSAGES)
    async with desk_of(server, db, desk, threats_channel=str(alarm.id)):
        await channel.post(anna, "en hotflagga")
        await card_for(server, desk)


async def test_from_a_server_with_any_of_the_desks_channels_all_flags_can_be_looked_at(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    alarm = elsewhere.add_text_channel("hot")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with desk_of(server, db, desk, threats_channel=str(alarm.id)):
        await channel.post(anna, "en hotflagga")
        card = await card_for(server, alarm)
        await server.click(eve, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)


# Whoever is on call.


async def test_a_threat_mentions_whoever_is_on_call_and_nobody_else_at_any_hour(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, on_call: Role, db: Path
) -> None:
    async with desk_of(
        server, db, desk, NIGHT, ping_role=str(on_call.id), quiet_hours="22:00-07:00", digest_minutes=60
    ):
        await channel.post(anna, f"en hotflagga @everyone {anna.mention}")
        card = await card_for(server, desk)
        assert card.mentioned_roles == [on_call.id]
        assert not card.mentions
        assert not card.mentions_everyone
        assert card.allowed_mentions is not None
        assert card.allowed_mentions.get("parse", []) == []
        assert heading(card).startswith(f"{on_call.mention}: något här kan vara ett hot eller brådskar")
        assert "Bifall / Uphold" in [button["label"] for button in card.buttons]


def test_the_most_crowded_card_has_room_for_the_line_that_mentions() -> None:
    whole = summoning(card(crowded("å" * 4_000, "å" * 1_000), ["sv", "en"]), "9" * 19, ["sv", "en"])
    assert whole.content_length() <= LONGEST
    assert whole.to_components()[0]["content"].startswith("<@&")


async def test_past_the_ceiling_threats_are_told_without_a_mention_also_after_a_restart(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, on_call: Role, db: Path
) -> None:
    wishes = {"ping_role": str(on_call.id), "pings_per_hour": 2}
    async with desk_of(server, db, desk, **wishes) as bot:
        for number in (1, 2):
            await channel.post(anna, f"hotflagga {number}")
            await card_for(server, desk, number)
        await settled(bot)
    async with desk_of(server, db, desk, NOON + timedelta(minutes=59), **wishes) as bot:
        await channel.post(anna, "hotflagga 3")
        await card_for(server, desk, 3)
        await settled(bot)
        bot.clock.advance(minutes=2)
        await channel.post(anna, "hotflagga 4")
        await card_for(server, desk, 4)
    assert [bool(card.mentioned_roles) for card in server.sent(desk)] == [True, True, False, True]


async def test_a_flag_that_is_no_threat_mentions_nobody(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, on_call: Role, db: Path
) -> None:
    async with desk_of(server, db, desk, ping_role=str(on_call.id)):
        await channel.post(anna, "en flagga")
        assert not (await card_for(server, desk)).mentioned_roles


@pytest.mark.parametrize("lost", [False, True])
async def test_a_mention_that_was_refused_or_whose_answer_was_lost_is_sent_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, on_call: Role, db: Path, lost: bool
) -> None:
    if lost:
        server.faults.cut(f"POST /channels/{desk.id}/messages", times=2, after=True)
    else:
        server.faults.answer(f"POST /channels/{desk.id}/messages", 400, times=2)
    async with desk_of(server, db, desk, ping_role=str(on_call.id), pings_per_hour=1) as bot:
        await channel.post(anna, "en hotflagga")
        card = await card_for(server, desk)
        await settled(bot)
        assert card.mentioned_roles == [on_call.id]
        assert len(server.sent(desk)) == 1


async def test_a_flood_of_threats_is_one_message_that_mentions_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, on_call: Role, db: Path
) -> None:
    async with running(server, db, discord={"display_names": False}) as alone:  # nobody is told yet
        await channel.post_many(anna, [f"hotflagga {number}" for number in range(8)])
        await alone.settled()
    async with desk_of(server, db, desk, ping_role=str(on_call.id)) as bot:
        await settled(bot)
        [digest] = server.sent(desk)
        assert digest.mentioned_roles == [on_call.id]
        assert (
            "**8 nya flaggor som brådskar:** hot, eller rapporterat av betrodda medlemmar. Se dem en i taget med `/kö`."
            in digest.text
        )
        pressed = await server.click(mo, digest, "Visa nästa / Show next")
        assert "**Flagga" in (await pressed.shown()).text


# When.


async def test_the_first_after_a_calm_time_is_told_by_its_card_and_the_next_together_when_they_are_due(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with desk_of(server, db, desk, digest_minutes=30) as bot:
        await channel.post(anna, "flagga 1")
        await card_for(server, desk)
        await channel.post_many(anna, ["flagga 2", "flagga 3"])
        await settled(bot)
        assert len(server.sent(desk)) == 1
    async with desk_of(server, db, desk, NOON + timedelta(minutes=29), digest_minutes=30) as bot:
        await settled(bot)
        assert len(server.sent(desk)) == 1
        bot.clock.advance(minutes=1)
        bot.announcements.look_again()
        digest = (await eventually(lambda: server.sent(desk)[1:]))[0]
        assert digest.text.startswith("**2 nya flaggor.**")
        assert f"- {channel.mention}: 2" in digest.text
        assert "Den äldsta flaggades <t:" in digest.text
        shown = await (await server.click(mo, digest, "Visa nästa / Show next")).shown()
        assert "**Flagga 1**" in shown.text
        await settled(bot)
        assert len(server.sent(desk)) == 2


async def test_in_quiet_hours_only_threats_are_told_and_the_rest_in_the_morning(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with desk_of(server, db, desk, NIGHT, quiet_hours="22:00-07:00") as bot:
        await channel.post_many(anna, ["flagga 1", "flagga 2", "hotflagga"])
        await settled(bot)
        assert [heading(each).split(" i ")[0] for each in server.sent(desk)] == ["**Flagga 3**"]
    async with desk_of(server, db, desk, NIGHT + timedelta(hours=8), quiet_hours="22:00-07:00") as bot:
        await card_for(server, desk, 1)
        await card_for(server, desk, 2)
        await settled(bot)
        assert len(server.sent(desk)) == 3


async def test_what_was_decided_in_the_night_is_no_news_in_the_morning(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with desk_of(server, db, desk, NIGHT, quiet_hours="22:00-07:00") as bot:
        await channel.post_many(anna, ["flagga 1", "flagga 2"])
        await settled(bot)
        shown = await (await server.slash(mo, channel, "queue")).shown()
        await server.click(mo, shown, "Avskriv")
        await eventually(lambda: "avskrevs" in shown.text)
        bot.clock.advance(hours=8)
        bot.announcements.look_again()
        await card_for(server, desk, 2)
        await settled(bot)
        assert len(server.sent(desk)) == 1


async def test_looking_again_before_the_time_asks_nothing_of_the_store(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with desk_of(server, db, desk, NIGHT, quiet_hours="22:00-07:00") as bot:
        await channel.post(anna, "flagga")
        await settled(bot)
        bot.announcements.look_again()
        assert not _woken(bot)
        bot.clock.advance(hours=8)
        bot.announcements.look_again()
        await card_for(server, desk)


async def test_threats_do_not_wait_for_the_patience_that_the_rest_is_tried_with(
    server: LoopbackDiscord, channel: Channel, desk: Channel, alarm: Channel, anna: Member, db: Path
) -> None:
    server.faults.answer(f"POST /channels/{desk.id}/messages", 500, times=None)
    async with desk_of(server, db, desk, threats_channel=str(alarm.id)) as bot:

        async def patient(_seconds: float) -> None:
            await asyncio.Event().wait()

        bot.announcements._tellers[1].healing._sleep = patient
        await channel.post(anna, "flagga")
        await eventually(lambda: server.requests.matching(f"POST /channels/{desk.id}/messages"))
        await channel.post(anna, "hotflagga")
        await card_for(server, alarm, 2)


async def test_one_channel_that_fails_keeps_no_other_waiting_and_is_told_once_it_works(
    server: LoopbackDiscord, channel: Channel, desk: Channel, alarm: Channel, anna: Member, db: Path
) -> None:
    server.faults.cut(f"POST /channels/{alarm.id}/messages", times=None)
    async with desk_of(server, db, desk, threats_channel=str(alarm.id)) as bot:
        await channel.post_many(anna, ["hotflagga", "flagga"])
        await card_for(server, desk, 2)
        assert not server.sent(alarm)
        server.faults.clear()
        await card_for(server, alarm, 1)
        await settled(bot)
        assert [len(server.sent(each)) for each in (alarm, desk)] == [1, 1]


# Masking. The word is taken from the list, so that it need not stand here.


def slur() -> str:
    return next(word for word in sorted(Slurs()._list._whole) if len(word) > 6 and word.isalpha())


async def test_slurs_are_masked_on_cards_and_in_their_context_and_shown_to_whoever_asks(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    word = slur()
    hidden = f"||flagga {word[0]}{'▪' * (len(word) - 1)} här||"
    async with desk_of(server, db, desk, mask_slurs=True):
        await channel.post(anna, f"flagga {word} här")
        card = await card_for(server, desk)
        queue = await (await server.slash(mo, channel, "queue")).shown()
        case = await (await server.slash(mo, channel, "case", {"number": 1})).shown()
        for shown in (card, queue, case):
            assert hidden in shown.text
            assert word not in shown.text
            assert "Skällsord är maskerade; `/ärende` med `omaskerad`" in shown.text
        context = await (await server.click(mo, card, "Sammanhang / Context")).shown()
        assert hidden in context.text
        assert word not in context.text
        asked = await server.slash(mo, channel, "case", {"number": 1, "unmasked": True})
        whole = await asked.shown()
        assert asked.ephemeral
        assert f"||flagga {word} här||" in whole.text
        assert "maskerade" not in whole.text
        await server.click(my, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)
        assert hidden in card.text


async def test_without_a_wish_for_it_nothing_is_masked(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with desk_of(server, db, desk):
        await channel.post(anna, f"flagga {slur()}")
        card = await card_for(server, desk)
        assert f"||flagga {slur()}||" in card.text


async def test_a_member_without_the_role_sees_nothing_unmasked(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk, desk={"mask_slurs": True}, roles={"moderator": ["finns inte"]}):
        await channel.post(anna, f"flagga {slur()}")
        await card_for(server, desk)
        told = await (await server.slash(anna, channel, "case", {"number": 1, "unmasked": True})).shown()
        assert told.text.startswith("Det här får bara moderatorer")


# Would it work?


async def lines(server: LoopbackDiscord, **sections: Any) -> list[tuple[bool, str]]:
    with pointed_at(server):
        return [(line.ok, line.text) for line in await check(settings_for(server, **sections))]


async def test_check_looks_at_every_channel_of_the_desk(
    server: LoopbackDiscord, guild: Guild, desk: Channel, alarm: Channel
) -> None:
    alarm.deny(guild.bot_role, Permission.SEND_MESSAGES)
    found = await lines(
        server,
        discord={"moderators_channel": str(desk.id)},
        desk={"threats_channel": str(alarm.id), "channels": {"misogyny": "17"}},
    )
    assert (True, "Moderatorernas kanal: #moderatorer") in found
    assert (False, "Moderatorernas kanal: ge boten ”Visa kanal” och ”Skicka meddelanden” i #hot") in found
    assert (False, "Moderatorernas kanaler: 17 finns inte där boten är; rätta [desk]") in found


async def test_check_says_whether_whoever_is_on_call_can_be_mentioned(
    server: LoopbackDiscord, guild: Guild, desk: Channel, on_call: Role
) -> None:
    sections: dict[str, Any] = {"discord": {"moderators_channel": str(desk.id)}, "desk": {"ping_role": str(on_call.id)}}
    assert (True, "Jourroll vid hot: @jour, i #moderatorer") in await lines(server, **sections)
    on_call.mentionable = False
    assert any(not ok and "@jour går inte att nämna" in text for ok, text in await lines(server, **sections))
    desk.allow(guild.bot_role, Permission.MENTION_EVERYONE)
    assert (True, "Jourroll vid hot: @jour, i #moderatorer") in await lines(server, **sections)
    sections["desk"] = {"ping_role": "17"}
    assert any(not ok and "17 finns inte där hoten hamnar" in text for ok, text in await lines(server, **sections))
    found = await lines(server, desk={"ping_role": "17"})
    assert any(not ok and "ingen kanal att nämna den i" in text for ok, text in found)
