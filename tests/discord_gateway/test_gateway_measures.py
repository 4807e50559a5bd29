"""Does the bot do what a moderator chose, no more and no less, and say on the card how far it has come?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.cases import Case
from bot.core.flags import State, Step
from bot.core.measures import Act, Measure
from bot.core.undertakings import TRANSITIONS, Hindrance, Standing, Undertaking
from bot.discord_gateway.card import LONGEST, card
from bot.discord_gateway.checks import check
from bot.discord_gateway.handover_card import handover_card
from bot.discord_gateway.measure_fields import LENGTHS, cannot
from bot.discord_gateway.measure_lines import measure_line
from bot.locales import LANGUAGES, speak
from classifier.verdict import MOTIVES
from tests.builders import NOW, decision, flag, post
from tests.discord_gateway.harness import PATIENCE, Bot, card_for, eventually, moderated, settings_for
from tests.loopback import Channel, Guild, Interaction, LoopbackDiscord, Member, Message, Permission, pointed_at
from tests.loopback.interactions import MODAL
from tests.loopback.permissions import BOT

UPHOLD = "Bifall / Uphold"
DELETE, DAY = Measure(Act.DELETE), Measure(Act.TIMEOUT, timedelta(days=1))
SILENT = BOT & ~Permission.MODERATE_MEMBERS
MILD = BOT & ~Permission.MANAGE_MESSAGES


@pytest.fixture
def coordinator(guild: Guild) -> Channel:
    """The safety coordinator's channel."""
    return guild.add_text_channel("samordnaren")


async def says(card: Message, *words: str) -> None:
    """Wait until a card says all of it."""
    await eventually(lambda: all(word in card.text for word in words))


async def asked(server: LoopbackDiscord, mo: Member, card: Message) -> Interaction:
    """The modal that a press of the button opens."""
    return await (await server.click(mo, card, UPHOLD)).acknowledgement()


async def upheld(
    server: LoopbackDiscord, mo: Member, card: Message, *measures: str, length: str = "24h"
) -> Interaction:
    """Uphold with measures."""
    shown = await asked(server, mo, card)
    lengths = {"length": [length]} if "timeout" in measures else {}
    return await server.submit_modal(shown, {"measures": list(measures), **lengths})


async def standing(bot: Bot, number: int = 1) -> dict[str, str]:
    """How far the measures of a flag have come."""
    case = await bot.store.case(number)
    assert case is not None
    return {str(each.measure.act): str(each.state) for each in case.undertakings}


async def becomes(bot: Bot, wanted: dict[str, str]) -> None:
    async with asyncio.timeout(PATIENCE):
        while await standing(bot) != wanted:
            await asyncio.sleep(0.002)


async def decide(bot: Bot, *steps: Step, measures: Sequence[Measure] = ()) -> None:
    """Decisions that are made elsewhere: an appeal, a second reading."""
    for step in steps:
        chosen = tuple(measures) if step is Step.UPHOLD else ()
        await bot.store.rule(decision(1, step, measures=chosen, at=bot.clock.now()))
    bot.wake()


def offered(modal: dict[str, Any]) -> list[str]:
    """The measures that a modal offers."""
    for part in modal["components"]:
        if part.get("component", {}).get("custom_id") == "measures":
            return [option["value"] for option in part["component"]["options"]]
    return []


def words_of(modal: dict[str, Any]) -> str:
    """What a modal says beside its fields."""
    return " ".join(str(part.get("description") or part.get("content") or "") for part in modal["components"])


def silenced_until(member: Member) -> datetime | None:
    return None if member.timed_out_until is None else datetime.fromtimestamp(member.timed_out_until).astimezone()


# From the modal to the deed.


async def test_what_was_chosen_is_done_and_the_card_says_so(
    server: LoopbackDiscord, channel: Channel, desk: Channel, coordinator: Channel, anna: Member, mo: Member, db: Path
) -> None:
    measures = {"coordinator_channel": str(coordinator.id)}
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}, measures=measures) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        modal = (await (await server.click(mo, shown, "Bifall")).acknowledgement()).modal
        assert offered(modal) == ["delete", "warn", "timeout", "handover"]
        assert "Väljer du ingen blir det ingen åtgärd." in words_of(modal)
        assert len(modal["components"]) == 4
        asked = await (await server.click(mo, shown, "Bifall")).acknowledgement()
        fields = {"measures": ["delete", "warn", "timeout", "handover"], "length": ["1h"], "motives": ["misogyny"]}
        await server.submit_modal(asked, fields | {"note": "upprepat"})
        await says(shown, "Meddelandet raderades", "Författaren varnades", "fick timeout till", "Flaggan lämnades över")
        assert message.deleted
        until = silenced_until(anna)
        assert until is not None
        assert abs(until - bot.clock.now() - timedelta(hours=1)) < timedelta(seconds=1)
        [handed] = server.sent(coordinator)
        assert "||en flagga här||" in handed.text
        assert "kvinnohat" in handed.text
        assert f"bifölls av {mo.mention}" in handed.text
        assert "||upprepat||" in handed.text
        assert handed.buttons == []
        assert not handed.mentions
        reasons = {request.reason for request in server.requests if request.reason}
        assert reasons == {"Uppsikt, ärende 1"}


async def test_nothing_chosen_is_no_measure(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await upheld(server, mo, shown)
        await says(shown, "bifölls")
        assert await standing(bot) == {}
        assert not message.deleted


async def test_what_is_saved_is_done_after_a_restart(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        for request in ("DELETE /channels/*/messages/*", "PATCH /guilds/*/members/*"):
            server.faults.cut(request, times=None)
        await upheld(server, mo, shown, "delete", "timeout")
        await says(shown, "bifölls")
    assert not message.deleted
    server.faults.clear()
    async with moderated(server, db, desk) as bot:
        bot.clock.advance(minutes=1)
        bot.wake()
        await says(shown, "Meddelandet raderades", "fick timeout")
        assert message.deleted
        case = await bot.store.case(1)
        assert case is not None
        assert case.decision is not None
        until = silenced_until(anna)
        assert until is not None
        assert abs(until - case.decision.at - timedelta(days=1)) < timedelta(seconds=1), "as computed at the decision"


async def test_a_deed_whose_answer_was_lost_is_done_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, coordinator: Channel, anna: Member, mo: Member, db: Path
) -> None:
    measures = {"coordinator_channel": str(coordinator.id)}
    async with moderated(server, db, desk, measures=measures) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        for request in (f"POST /channels/{coordinator.id}/messages", "DELETE /channels/*/messages/*"):
            server.faults.cut(request, after=True)
        await upheld(server, mo, shown, "delete", "handover")
        await says(shown, "Meddelandet raderades", "Kunde inte lämna över flaggan: Discord svarar inte")
        bot.clock.advance(minutes=1)
        bot.wake()
        await becomes(bot, {"delete": "done", "handover": "done"})
        assert len(server.sent(coordinator)) == 1


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_stop_in_the_midst_of_a_deed_neither_loses_nor_doubles_it(
    server: LoopbackDiscord, channel: Channel, desk: Channel, coordinator: Channel, anna: Member, mo: Member, db: Path,
    arrives: bool,
) -> None:  # fmt: skip
    measures = {"coordinator_channel": str(coordinator.id)}
    requests = (
        f"POST /channels/{coordinator.id}/messages",
        "DELETE /channels/*/messages/*",
        "PATCH /guilds/*/members/*",
    )
    async with moderated(server, db, desk, measures=measures):
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        gates = [server.faults.hold(request) for request in requests]
        await upheld(server, mo, shown, "delete", "timeout", "handover")
        for gate in gates:
            await gate.arrived()
        if arrives:
            for gate in gates:
                gate.open()
            await eventually(lambda: message.deleted and anna.is_timed_out and server.sent(coordinator))
    async with moderated(server, db, desk, measures=measures):
        await says(shown, "Meddelandet raderades", "fick timeout till", "Flaggan lämnades över")
        assert message.deleted
        assert anna.is_timed_out
        assert len(server.sent(coordinator)) == 1


async def test_a_message_that_is_gone_when_the_modal_is_sent_in_is_as_good_as_deleted(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        modal = await asked(server, mo, shown)
        await message.delete()
        await says(shown, "Meddelandet togs bort")
        await server.submit_modal(modal, {"measures": ["delete"]})
        await says(shown, "bifölls", "Meddelandet raderades")
        assert await standing(bot) == {"delete": "done"}


async def test_only_what_the_first_of_two_moderators_chose_happens(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        first, second = await asked(server, mo, shown), await asked(server, my, shown)
        sent = [
            await server.submit_modal(first, {"measures": ["warn"]}),
            await server.submit_modal(second, {"measures": ["delete", "timeout"]}),
        ]
        await eventually(lambda: sum(len(each.followups) for each in sent) == 1)
        await says(shown, "bifölls")
        won = 0 if sent[1].followups else 1
        wanted = ({"warn": "done"}, {"delete": "done", "timeout": "done"})[won]
        await becomes(bot, wanted)
        assert message.deleted == (won == 1)
        assert (anna.timed_out_until is not None) == (won == 1)


# What cannot be done is not offered.


@pytest.mark.parametrize(
    ("permissions", "missing", "why"),
    [
        (MILD, "delete", "boten saknar ”Hantera meddelanden” i kanalen"),
        (SILENT, "timeout", "boten saknar ”Ge medlemmar timeout”"),
    ],
)
async def test_what_the_bot_may_not_do_is_not_offered_and_the_modal_says_why(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    permissions: Permission,
    missing: str,
    why: str,
) -> None:
    guild.set_bot_permissions(permissions)
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        modal = (await asked(server, mo, await card_for(server, desk))).modal
        assert missing not in offered(modal)
        assert len(offered(modal)) == 2
        assert why in words_of(modal)
        assert len(modal["components"]) <= 4


async def test_what_one_channel_forbids_is_not_offered_for_its_messages(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    channel.deny(guild.bot_role, Permission.MANAGE_MESSAGES)
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        assert offered((await asked(server, mo, await card_for(server, desk))).modal) == ["warn", "timeout"]


async def test_nobody_is_timed_out_who_stands_above_the_bot_owns_the_server_or_has_left(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    above = guild.add_member("bo", roles=[guild.add_role("hög", above_bot=True)])
    admin = guild.add_member("cia", roles=[guild.add_role("admin", Permission.ADMINISTRATOR)])
    owner = guild.members[guild.owner.id]
    authors = {
        above: "högsta roll står inte under botens",
        admin: "är administratör",
        owner: "äger servern",
        anna: "är inte medlem",
    }
    async with moderated(server, db, desk):
        for number, (author, why) in enumerate(authors.items(), 1):
            await channel.post(author, f"en flagga {number}")
            if author is anna:
                await anna.leave()
            modal = (await asked(server, mo, await card_for(server, desk, number))).modal
            assert offered(modal) == ["delete", "warn"]
            assert why in words_of(modal)


async def test_a_message_that_is_gone_or_was_none_is_not_offered_for_deletion(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        channel.add_thread("flagga i rubriken", anna)
        await bot.settled()
        titled = await card_for(server, desk, 2)
        await message.delete()
        shown = await card_for(server, desk)
        await says(shown, "Meddelandet togs bort")
        for where, why in ((shown, "redan raderat"), (titled, "gäller inget meddelande")):
            modal = (await asked(server, mo, where)).modal
            assert offered(modal) == ["warn", "timeout"]
            assert why in words_of(modal)


async def test_only_what_is_configured_is_offered(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, measures={"offered": []}):
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        modal = (await asked(server, mo, shown)).modal
        assert len(modal["components"]) == 2
    async with moderated(server, db, desk, measures={"offered": ["handover", "warn"]}):
        assert offered((await asked(server, mo, shown)).modal) == ["warn"]


async def test_a_discord_that_is_slow_to_tell_of_the_author_keeps_nobody_waiting(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        gate = server.faults.hold("GET /guilds/*/members/*")
        modal = (await asked(server, mo, await card_for(server, desk))).modal
        assert offered(modal) == ["delete", "warn", "timeout"]
        gate.open()


async def test_a_permission_lost_while_the_modal_was_open_is_told_and_nothing_is_decided(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        modal = await asked(server, mo, shown)
        guild.set_bot_permissions(MILD)
        await anna.leave()
        await bot.settled()
        sent = await server.submit_modal(modal, {"measures": ["delete", "warn", "timeout"]})
        assert (await sent.followup()).text == (
            "Ingenting avgjordes, för det här går inte längre: ”Radera meddelandet” (boten saknar "
            f"”Hantera meddelanden” i {channel.mention}), ”Ge författaren timeout” (författaren är inte medlem på "
            "servern)."
        )
        case = await bot.store.case(1)
        assert case is not None
        assert case.state is State.PENDING
        assert not message.deleted
        await upheld(server, mo, shown, "warn")
        await says(shown, "bifölls", "varnades")


@pytest.mark.parametrize(
    "values",
    [
        {"measures": ["handover"]},
        {"measures": ["ban"]},
        {"measures": ["delete", "delete"]},
        {"measures": ["timeout"]},
        {"measures": ["timeout"], "length": ["99d"]},
        {"measures": ["timeout"], "length": ["1h", "24h"]},
        {"measures": "delete"},
        {"measures": [["delete"]]},
        {"measures": {"delete": 1}},
        {"measures": ["warn"], "length": 7},
    ],
)
async def test_a_forged_choice_is_answered_and_changes_nothing(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    values: dict[str, Any],
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        fields = [{"type": 18, "component": {"custom_id": key, "values": value}} for key, value in values.items()]
        forged = {"custom_id": "uppsikt:upheld:1", "components": fields}
        sent = server.interactions.begin(MODAL, mo, desk, forged, shown)
        assert "går inte att tyda" in (await sent.shown()).text
        assert await standing(bot) == {}
        assert not message.deleted


# What fails is tried until it has worked.


async def test_a_permission_lost_after_the_decision_is_shown_until_it_is_back(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        server.faults.answer("DELETE /channels/*/messages/*", 403, code=50013)
        await upheld(server, mo, shown, "delete", "timeout")
        await says(
            shown,
            f"Kunde inte radera meddelandet: boten saknar ”Hantera meddelanden” i {channel.mention}; boten försöker",
            f"Could not delete the message: the bot lacks Manage Messages in {channel.mention}; the bot tries again.",
            "Författaren fick timeout",
        )
        guild.set_bot_permissions(MILD)
        await bot.settled()
        bot.clock.advance(minutes=1)
        bot.wake()
        await eventually(lambda: not bot.acting._under_way)
        assert not message.deleted
        guild.set_bot_permissions(BOT)
        await bot.settled()
        bot.clock.advance(hours=1)
        bot.wake()
        await says(shown, "Meddelandet raderades")
        assert "Kunde inte" not in shown.text
        assert message.deleted


async def test_a_discord_that_is_away_is_shown_and_waited_for(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        server.faults.cut("DELETE /channels/*/messages/*", times=None)
        await upheld(server, mo, shown, "delete")
        await says(shown, "Kunde inte radera meddelandet: Discord svarar inte")
        server.faults.clear()
        bot.clock.advance(minutes=1)
        bot.wake()
        await says(shown, "Meddelandet raderades")
        assert message.deleted


async def test_a_measure_that_hangs_holds_up_no_other(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post_many(anna, ["flagga ett", "flagga två"])
        second, first = await card_for(server, desk, 2), await card_for(server, desk, 1)
        gate = server.faults.hold("DELETE /channels/*/messages/*")
        await upheld(server, mo, first, "delete")
        await gate.arrived()
        await upheld(server, mo, second, "timeout")
        await says(second, "fick timeout till")
        gate.open()
        await says(first, "Meddelandet raderades")
        assert not bot.acting._under_way


async def test_a_message_that_its_author_deleted_meanwhile_counts_as_deleted(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        gate = server.faults.hold("DELETE /channels/*/messages/*")
        await upheld(server, mo, shown, "delete")
        await gate.arrived()
        await message.delete()
        gate.open()
        await says(shown, "Meddelandet raderades")
        assert await standing(bot) == {"delete": "done"}


async def test_a_message_whose_channel_was_deleted_meanwhile_counts_as_deleted(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await channel.delete()
        await decide(bot, Step.UPHOLD, measures=[DELETE])
        await says(shown, "Meddelandet raderades")


async def test_nobody_who_has_left_meanwhile_is_timed_out_and_the_card_says_so(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await anna.leave()
        await decide(bot, Step.UPHOLD, measures=[DAY])
        await says(shown, "Författaren fick ingen timeout: författaren är inte medlem på servern.")
        assert await standing(bot) == {"timeout": "void"}


async def test_a_role_raised_above_the_bots_meanwhile_is_shown_and_healed(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    high = guild.add_role("hög", above_bot=True)
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await anna.set_roles([high])
        await decide(bot, Step.UPHOLD, measures=[DAY])
        await says(shown, "Kunde inte ge författaren timeout: författarens högsta roll står inte under botens")
        await anna.set_roles([])
        bot.clock.advance(minutes=1)
        bot.wake()
        await says(shown, "fick timeout till")
        assert anna.is_timed_out


async def test_a_time_out_that_would_be_over_already_does_not_begin(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        server.faults.cut("PATCH /guilds/*/members/*", times=None)
        await upheld(server, mo, shown, "timeout", length="10m")
        await says(shown, "Kunde inte ge författaren timeout: Discord svarar inte")
        server.faults.clear()
        bot.clock.advance(hours=1)
        bot.wake()
        await says(shown, "Författaren fick ingen timeout: tiden hann gå ut.")
        assert not anna.is_timed_out


async def test_a_longer_time_out_that_somebody_else_gave_is_not_made_shorter(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        week = bot.clock.now() + timedelta(days=7)
        await anna.time_out(week)
        await upheld(server, mo, shown, "timeout")
        await says(shown, "fick timeout till")
        assert silenced_until(anna) == week.replace(microsecond=week.microsecond)


async def test_a_server_that_threw_the_bot_out_ends_its_measures(
    server: LoopbackDiscord, desk: Channel, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve")
    async with moderated(server, db, desk) as bot:
        await place.post(eve, "en flagga här")
        shown = await card_for(server, desk)
        elsewhere.lose_bot()
        await server.caught_up()
        await bot.gateway._client.wait_until_ready()
        await decide(bot, Step.UPHOLD, measures=[DELETE, DAY])
        await says(shown, "Meddelandet blev inte raderat: boten är inte längre med på servern.")
        await becomes(bot, {"delete": "void", "timeout": "void"})


# What was decided anew is undone.


async def test_dismissed_after_all_the_time_out_is_lifted_and_what_cannot_be_undone_is_said(
    server: LoopbackDiscord, channel: Channel, desk: Channel, coordinator: Channel, anna: Member, mo: Member, db: Path
) -> None:
    measures = {"coordinator_channel": str(coordinator.id)}
    async with moderated(server, db, desk, measures=measures) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await upheld(server, mo, shown, "delete", "warn", "timeout", "handover")
        await becomes(bot, {"delete": "done", "warn": "done", "timeout": "done", "handover": "done"})
        [handed] = server.sent(coordinator)
        await decide(bot, Step.REOPEN)
        await says(handed, "Flaggan prövas på nytt")
        assert anna.is_timed_out, "it stands until the flag is decided anew"
        await decide(bot, Step.DISMISS)
        await says(shown, "Författarens timeout hävdes", "det går inte att ångra", "Varningen togs tillbaka")
        await says(handed, "avskrevs efter en ny prövning", "Överlämningen togs tillbaka")
        assert not anna.is_timed_out
        assert server.requests.matching("PATCH /guilds/*/members/*")[-1].reason == "Uppsikt, ärende 1"


async def test_a_time_out_that_a_human_gave_since_stays(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await upheld(server, mo, shown, "timeout", length="1h")
        await says(shown, "fick timeout till")
        await anna.time_out(bot.clock.now() + timedelta(hours=2))
        await decide(bot, Step.REOPEN, Step.DISMISS)
        await says(shown, "timeout hävdes")
        assert anna.is_timed_out


async def test_upheld_anew_with_other_measures_only_the_difference_is_done_and_undone(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await upheld(server, mo, shown, "warn", "timeout")
        await says(shown, "fick timeout till", "varnades")
        await decide(bot, Step.REOPEN, Step.UPHOLD, measures=[Measure(Act.WARN), DELETE])
        await says(shown, "Meddelandet raderades", "timeout hävdes", "varnades")
        assert message.deleted
        assert not anna.is_timed_out


async def test_a_deletion_that_was_called_off_before_it_happened_is_told_as_never_done(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        server.faults.answer("DELETE /channels/*/messages/*", 403, code=50013)
        await upheld(server, mo, shown, "delete")
        await says(shown, "Kunde inte radera")
        await decide(bot, Step.REOPEN, Step.DISMISS)
        await says(shown, "Meddelandet raderades aldrig")
        assert not message.deleted


async def test_a_deletion_that_happened_without_being_noted_is_told_as_done_when_it_is_called_off(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        gate = server.faults.hold("DELETE /channels/*/messages/*")
        await upheld(server, mo, shown, "delete")
        await gate.arrived()
        await decide(bot, Step.REOPEN, Step.DISMISS)
        gate.open()
        await says(shown, "Meddelandet raderades", "det går inte att ångra")
        assert message.deleted


async def test_a_member_who_left_is_let_in_again_without_the_time_out(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await upheld(server, mo, shown, "timeout")
        await says(shown, "fick timeout till")
        until = anna.timed_out_until
        await anna.leave()
        await decide(bot, Step.REOPEN, Step.DISMISS)
        await says(shown, "Kunde inte häva författarens timeout: författaren är inte medlem på servern")
        back = guild.add_member(anna.user)
        back.timed_out_until = until
        bot.clock.advance(minutes=1)
        bot.wake()
        await says(shown, "timeout hävdes")
        assert not back.is_timed_out


# Handing over.


async def test_a_coordinators_channel_that_is_shut_is_told_and_healed(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, coordinator: Channel, anna: Member,
    mo: Member, db: Path,
) -> None:  # fmt: skip
    coordinator.deny(guild.bot_role, Permission.SEND_MESSAGES)
    measures = {"coordinator_channel": str(coordinator.id)}
    async with moderated(server, db, desk, measures=measures) as bot:
        await channel.post(anna, "en flagga här")
        shown = await card_for(server, desk)
        await upheld(server, mo, shown, "handover")
        await says(shown, "Kunde inte lämna över flaggan: boten får inte skriva i samordnarens kanal")
        coordinator.allow(guild.bot_role, Permission.SEND_MESSAGES)
        bot.clock.advance(minutes=1)
        bot.wake()
        await says(shown, "Flaggan lämnades över")
        assert len(server.sent(coordinator)) == 1


async def test_the_coordinator_sees_what_became_of_the_message(
    server: LoopbackDiscord, channel: Channel, desk: Channel, coordinator: Channel, anna: Member, mo: Member, db: Path
) -> None:
    measures = {"coordinator_channel": str(coordinator.id)}
    async with moderated(server, db, desk, measures=measures):
        message = await channel.post(anna, "en flagga här")
        await upheld(server, mo, await card_for(server, desk), "handover")
        await server.wait_for_sent(coordinator)
        [handed] = server.sent(coordinator)
        await says(handed, "Flaggan lämnades över")
        await message.delete()
        await says(handed, "Meddelandet togs bort")


# What is said.


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_can_become_of_a_measure_has_words(language: str) -> None:
    say = speak(language)
    possible = {(act, state) for act in Act for state in Standing} - {
        (Act.WARN, Standing.DUE),
        (Act.WARN, Standing.VOID),
        (Act.WARN, Standing.UNDOING),
        (Act.HANDOVER, Standing.VOID),
        (Act.HANDOVER, Standing.UNDOING),
    }
    assert set(TRANSITIONS.values()) <= set(Standing)
    for act, state in possible:
        for hindrance in (None, *Hindrance):
            if hindrance is None or (act is not Act.WARN and state in (Standing.DUE, Standing.UNDOING, Standing.VOID)):
                length = timedelta(days=1) if act is Act.TIMEOUT else None
                each = Undertaking(1, 1, Measure(act, length), state, NOW, hindrance, done_at=NOW, undone_at=NOW)
                line = measure_line(Case(1, flag()), each, say)
                assert line.endswith(".")
                assert "-" not in line.split(" ")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_modal_says_fits_into_it(language: str) -> None:
    say = speak(language)
    assert all(len(cannot(Act.DELETE, hindrance, say)) <= 100 for hindrance in Hindrance)
    assert len(say("modal-measures")) <= 45
    assert len(say("modal-length")) <= 45
    assert all(say(f"length-{length}") != f"length-{length}" for length in LENGTHS)


@pytest.mark.parametrize("hindrance", Hindrance)
def test_the_most_crowded_cards_fit_into_a_message(hindrance: Hindrance) -> None:
    tasks = [
        Undertaking(1, 1, Measure(act, timedelta(1) if act is Act.TIMEOUT else None), state, NOW, hindrance)
        for act, state in zip(Act, (Standing.DUE, Standing.DONE, Standing.UNDOING, Standing.DUE), strict=True)
    ]
    decided = decision(1, by="9" * 19, motives=MOTIVES, note="<@1>" * 250)
    case = Case(10**17, flag(post(1, "*_" * 2000)), State.UPHELD, decided, False, NOW, NOW, 0, tasks)
    for view in (card(case, ["sv", "en"]), handover_card(case, ["sv", "en"])):
        texts = [item["content"] for item in view.to_components()[0]["components"] if "content" in item]
        assert sum(map(len, texts)) <= LONGEST


async def test_check_says_what_the_bot_would_have_to_be_given(
    server: LoopbackDiscord, guild: Guild, channel: Channel, coordinator: Channel
) -> None:
    async def wrong(**measures: object) -> list[str]:
        with pointed_at(server):
            return [line.text for line in await check(settings_for(server, measures=measures)) if not line.ok]

    assert await wrong(coordinator_channel=str(coordinator.id)) == []
    channel.deny(guild.bot_role, Permission.MANAGE_MESSAGES)
    guild.set_bot_permissions(SILENT)
    coordinator.deny(guild.everyone, Permission.SEND_MESSAGES)
    coordinator.deny(guild.bot_role, Permission.SEND_MESSAGES)
    deleting, timing_out, handing_over = await wrong(coordinator_channel=str(coordinator.id))
    assert f"#allmänt ({channel.id})" in deleting
    assert "Moderate Members" in timing_out
    assert "#samordnaren" in handing_over
    assert await wrong(offered=["warn"]) == []
    assert "17 finns inte" in (await wrong(offered=["handover"], coordinator_channel="17"))[0]
