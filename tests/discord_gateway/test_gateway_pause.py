"""Is a moderator looked after, and by nobody watched? `/pause`, what was read, and a suggestion now and then."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import StoreBusy
from bot.core.flags import State
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.loopback import Channel, Guild, Interaction, LoopbackDiscord, Member, Message, NotOfferedError
from tests.loopback.interactions import COMPONENT

ZONE = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 2, 2, 12, 0, tzinfo=ZONE)


@asynccontextmanager
async def reviewed(
    server: LoopbackDiscord, db: Path, desk: Channel, at: datetime = NOON, **sections: Any
) -> AsyncIterator[Bot]:
    """A moderated bot whose clock stands at a moment."""
    async with moderated(server, db, desk, **sections) as bot:
        bot.clock.time = at
        yield bot


async def pause(server: LoopbackDiscord, who: Member, channel: Channel, **options: Any) -> Message:
    """What `/pause` shows."""
    asked = await server.slash(who, channel, "pause", options)
    shown = await asked.shown()
    assert asked.ephemeral
    return shown


async def queue(server: LoopbackDiscord, who: Member, channel: Channel) -> Interaction:
    asked = await server.slash(who, channel, "queue")
    await asked.shown()
    return asked


def labels(shown: Message) -> list[str]:
    return [button["label"] for button in shown.buttons]


def until(moment: datetime) -> str:
    return f"<t:{int(moment.timestamp())}:f>"


# What was read.


async def test_at_first_nothing_was_read_and_there_is_neither_pause_nor_limit(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        shown = await pause(server, mo, channel)
        assert shown.text.split("\n") == [
            "Du har ingen paus just nu.",
            "I dag har du inte läst någon flagga.",
            "De senaste sju dygnen: inga flaggor.",
            "Du har ingen gräns; sätt en med `/paus gräns`.",
            "-# Bara du ser det här.",
        ]
        assert labels(shown) == ["Pausa en timme", "Pausa till i morgon kl. 7"]


async def test_it_is_told_in_ones_own_language(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    mo.user.locale = "en-GB"
    async with reviewed(server, db, desk):
        shown = await pause(server, mo, channel, hours=2, limit=1)
        assert shown.text.split("\n") == [
            f"You are on a break until {until(NOON + timedelta(hours=2))}. The queue will be there when you come back.",
            "Today you have read no flag.",
            "The last seven days: no flags.",
            "After one flag a day the bot suggests a break.",
            "-# Only you can see this.",
        ]
        assert labels(shown) == ["Break for an hour", "Break until 7 tomorrow", "End the break"]


async def test_a_case_counts_once_however_it_was_read_and_for_each_moderator_alone(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        await queue(server, mo, channel)
        await (await server.slash(mo, channel, "case", {"number": 1})).shown()
        await (await server.click(mo, card, "Sammanhang / Context")).shown()
        await server.click(mo, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)
        told = await pause(server, mo, channel)
        assert "I dag har du läst en flagga, och den var svår." in told.text
        assert "De senaste sju dygnen: en flagga, och den var svår." in told.text
        assert "inte läst någon" in (await pause(server, my, channel)).text


async def test_what_was_read_yesterday_is_this_weeks_and_not_todays_also_after_a_restart(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        await channel.post_many(anna, ["flagga 1", "flagga 2"])
        await card_for(server, desk, 2)
        for number in (1, 2):
            await (await server.slash(mo, channel, "case", {"number": number})).shown()
    async with reviewed(server, db, desk, NOON + timedelta(hours=1)):
        await (await server.slash(mo, channel, "case", {"number": 1})).shown()
        assert "I dag har du läst 2 flaggor, 2 av dem svåra." in (await pause(server, mo, channel)).text
    async with reviewed(server, db, desk, NOON + timedelta(hours=12)):
        shown = await pause(server, mo, channel)
        assert "inte läst någon" in shown.text
        assert "De senaste sju dygnen: 2 flaggor, 2 av dem svåra." in shown.text


async def test_a_case_that_could_not_be_counted_is_shown_all_the_same(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk) as bot:
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)

        async def busy(*_: object) -> None:
            raise StoreBusy("upptagen")

        bot.store.met = busy  # type: ignore[method-assign, assignment]
        assert "**Flagga 1**" in (await queue(server, mo, channel)).text
        pressed = await server.click(mo, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)
        assert not pressed.followups


# A pause.


async def test_whoever_pauses_is_kindly_kept_from_the_queue_and_let_in_again(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with reviewed(server, db, desk) as bot:
        await channel.post(anna, "en flagga")
        await card_for(server, desk)
        await pause(server, mo, channel, hours=1.5)
        kept = await (await server.slash(mo, channel, "queue")).shown()
        assert kept.text == f"Du har paus till {until(NOON + timedelta(minutes=90))}. " + (
            "Kön finns kvar när du kommer tillbaka."
        )
        assert labels(kept) == ["Avsluta pausen"]
        assert "**Flagga 1**" in (await queue(server, my, channel)).text
        await server.click(mo, kept, "Avsluta pausen")
        await eventually(lambda: kept.text.startswith("Pausen är slut. Välkommen tillbaka!"))
        assert labels(kept) == ["Pausa en timme", "Pausa till i morgon kl. 7", "Visa nästa"]
        again = await (await server.click(mo, kept, "Visa nästa")).shown()
        assert "**Flagga 1**" in again.text
        assert (await bot.caring.paused(str(mo.id))) is None


async def test_a_pause_outlives_a_restart_and_ends_by_itself(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    await channel.post(anna, "hej")
    async with reviewed(server, db, desk):
        await pause(server, mo, channel, hours=1)
        await channel.post(anna, "en flagga")
        await card_for(server, desk)
    async with reviewed(server, db, desk, NOON + timedelta(minutes=59)) as bot:
        assert "Du har paus" in (await queue(server, mo, channel)).text
        bot.clock.advance(minutes=1)
        assert "**Flagga 1**" in (await queue(server, mo, channel)).text


@pytest.mark.parametrize(
    ("button", "end"),
    [
        ("Pausa en timme", NOON + timedelta(hours=1)),
        ("Pausa till i morgon kl. 7", datetime(2026, 2, 3, 7, tzinfo=ZONE)),
    ],
)
async def test_a_button_begins_a_pause(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path, button: str, end: datetime
) -> None:
    async with reviewed(server, db, desk):
        shown = await pause(server, mo, channel)
    async with reviewed(server, db, desk):  # it works after a restart, as all buttons do
        await server.click(mo, shown, button)
        await eventually(lambda: f"Du har paus till {until(end)}" in shown.text)
        assert labels(shown)[-1] == "Avsluta pausen"


async def test_a_pause_ends_ones_leases(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        await queue(server, mo, channel)
        await eventually(lambda: f"{mo.mention} tittar" in card.text)
        await pause(server, mo, channel, hours=1)
        await eventually(lambda: "tittar" not in card.text)
        assert "tittar" not in (await queue(server, my, channel)).text


async def test_whoever_pauses_may_still_decide_by_choice(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk) as bot:
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        await pause(server, mo, channel, hours=1)
        await server.click(mo, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)
        case = await bot.store.case(1)
        assert case is not None
        assert case.state is State.DISMISSED


async def test_ending_a_pause_that_is_none_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk) as bot:
        shown = await pause(server, mo, channel, hours=1)
        bot.clock.advance(hours=2)
        await server.click(mo, shown, "Avsluta pausen")
        await eventually(lambda: shown.text.startswith("Du har ingen paus just nu."))


# A limit.


async def test_past_the_limit_each_answer_of_the_queue_suggests_a_break(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        await channel.post_many(anna, ["flagga 1", "flagga 2"])
        await card_for(server, desk, 2)
        assert "Efter 2 flaggor om dagen" in (await pause(server, mo, channel, limit=2)).text
        first = await queue(server, mo, channel)
        assert "**Flagga" in first.text
        await (await server.slash(mo, channel, "case", {"number": 2})).shown()
        assert not first.followups
        second = await queue(server, mo, channel)
        told = await second.followup()
        assert told.is_ephemeral
        assert told.text == (
            "Du har läst 2 flaggor i dag, 2 av dem svåra. En paus gör gott; `/paus` lämnar kön till någon annan."
        )
        assert (await (await queue(server, mo, channel)).followup()).text == told.text
        await pause(server, mo, channel, limit=0)
        await queue(server, mo, channel)
        assert not (await queue(server, mo, channel)).followups


async def test_after_decisions_a_break_is_suggested_at_most_once_an_hour(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk) as bot:
        await channel.post_many(anna, [f"flagga {number}" for number in range(1, 4)])
        cards = [await card_for(server, desk, number) for number in (1, 2, 3)]
        await pause(server, mo, channel, limit=1)
        first = await server.click(mo, cards[0], "Avskriv / Dismiss")
        told = await first.followup()
        assert told.is_ephemeral
        assert told.text.startswith("Du har läst en flagga i dag, en av dem svår.")
        bot.clock.advance(minutes=59)
        second = await server.click(mo, cards[1], "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in cards[1].text)
        while "2 flaggor" not in (await pause(server, mo, channel)).text:  # decided, counted, and not suggested
            pass
        await pause(server, mo, channel)
        bot.clock.advance(minutes=2)
        third = await server.click(mo, cards[2], "Avskriv / Dismiss")
        assert "3 flaggor i dag" in (await third.followup()).text
        assert not second.followups


async def test_a_suggestion_that_the_database_does_not_allow_leaves_the_decision_in_peace(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk) as bot:
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)

        async def busy(*_: object) -> None:
            raise StoreBusy("upptagen")

        bot.store.care = busy  # type: ignore[method-assign, assignment]
        pressed = await server.click(mo, card, "Avskriv / Dismiss")
        await eventually(lambda: "avskrevs" in card.text)
        await bot.settled()
        assert not pressed.followups


# Nobody else.


async def test_pause_is_offered_to_moderators_only_with_a_swedish_name(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        with pytest.raises(NotOfferedError):
            await server.slash(anna, channel, "pause")
        command = server.commands.named(1, "pause", None)
        assert command is not None
        assert command["name_localizations"] == {"sv-SE": "paus"}
        hours, limit = command["options"]
        assert hours["name_localizations"] == {"sv-SE": "timmar"}
        assert limit["name_localizations"] == {"sv-SE": "gräns"}
        assert (hours["min_value"], hours["max_value"], limit["min_value"]) == (0.5, 72, 0)


async def test_whoever_lacks_the_role_is_refused_by_the_command_and_by_a_forged_button(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk, roles={"moderator": ["mod"]}) as bot:
        told = await (await server.slash(anna, channel, "pause", {"hours": 1})).shown()
        assert told.text.startswith("Det här får bara moderatorer")
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        card.buttons[1]["custom_id"] = "uppsikt:pause:hour"
        pressed = await server.click(anna, card, "uppsikt:pause:hour")
        assert (await pressed.followup()).text.startswith("Det här får bara moderatorer")
        assert await bot.caring.paused(str(anna.id)) is None


async def test_a_forged_button_on_a_card_shows_nobody_elses_figures_and_leaves_the_card_alone(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        await channel.post(anna, "en flagga")
        card = await card_for(server, desk)
        before = card.text
        card.buttons[1]["custom_id"] = "uppsikt:pause:morning"
        told = await (await server.click(mo, card, "uppsikt:pause:morning")).followup()
        assert told.is_ephemeral
        assert "Du har paus" in told.text
        assert card.text == before


@pytest.mark.parametrize("custom_id", ["uppsikt:pause:year", "uppsikt:pause:", "uppsikt:pause:hour:1"])
async def test_a_malformed_button_is_answered(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path, custom_id: str
) -> None:
    async with reviewed(server, db, desk):
        shown = await pause(server, mo, channel)
        shown.buttons[0]["custom_id"] = custom_id
        pressed = await server.click(mo, shown, custom_id)
        assert "går inte att tyda" in (await pressed.shown()).text


async def test_a_button_that_is_not_on_its_message_is_answered(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    async with reviewed(server, db, desk):
        shown = await pause(server, mo, channel)
        data = {"custom_id": "uppsikt:pause:end", "component_type": 2, "id": 99}
        pressed = server.interactions.begin(COMPONENT, mo, channel, data, shown)
        assert "går inte att tyda" in (await pressed.shown()).text


async def test_in_a_server_that_is_not_read_there_is_nothing_to_pause_from(
    server: LoopbackDiscord, guild: Guild, desk: Channel, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    there = elsewhere.add_member(mo.user, roles=[elsewhere.add_role("mod", mo.roles[0].permissions)])
    async with reviewed(server, db, desk, discord={"guilds": [str(guild.id)]}):
        told = await (await server.slash(there, place, "pause", {"hours": 1})).shown()
        assert told.text == "Uppsikt läser inte den här servern."


async def test_no_log_says_who_pauses_or_what_anybody_has_read(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with reviewed(server, db, desk):
            await channel.post(anna, "en flagga")
            await card_for(server, desk)
            await pause(server, mo, channel, limit=1)
            await (await queue(server, mo, channel)).followup()
            await pause(server, mo, channel, hours=1)
    assert str(mo.id) not in caplog.text
    assert "paus" not in caplog.text.lower()
