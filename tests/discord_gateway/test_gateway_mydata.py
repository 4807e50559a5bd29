"""Does a member get what is held of them in Discord, alone, and not again and again? And what of a restricted case?"""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.core.deeds import Deed, DeedKind
from bot.core.flags import Step
from bot.core.persons import THEMSELVES
from bot.discord_gateway import mydata
from bot.store import restricting
from tests.builders import decision
from tests.discord_gateway.deciding import posted, uphold
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated, running
from tests.discord_gateway.reporting_steps import reported
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message

TEXT = "en flagga om blåbärspaj"


@pytest.fixture
def elin(guild: Guild) -> Member:
    """Somebody who reports."""
    return guild.add_member("elin")


async def asked(server: LoopbackDiscord, who: Member, channel: Channel) -> Message:
    """What `/mydata` answers, to that member alone."""
    shown = await (await server.slash(who, channel, "mydata")).shown()
    assert shown.is_ephemeral
    return shown


async def deeds(bot: Bot) -> list[tuple[object, ...]]:
    query = "SELECT kind, by, reason, facts FROM deeds WHERE kind <> 'clock' ORDER BY id"
    return await bot.store.do(lambda db: [tuple(row) for row in db.execute(query).fetchall()])


def page(message: Message) -> str:
    (file,) = message.attachments
    assert file.filename == "uppgifter.html"
    return file.data.decode("utf-8")


async def test_a_member_gets_a_page_with_all_that_is_held_and_nobody_elses(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    """Her message and its decision; not who reported it, nor who decided it. The record says that it was handed out."""
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text=TEXT)
        await uphold(bot, mo)
        told = await asked(server, anna, channel)
        assert "Här är allt som är sparat om dig: 1 ärende, 0 rapporter" in told.text
        text = page(told)
        assert TEXT in text
        assert str(anna.id) in text
        assert str(mo.id) not in text
        assert "på din egen begäran i Discord" in text
        ((kind, by, reason, facts),) = await deeds(bot)
        assert (kind, by, reason) == ("person-export", THEMSELVES, "/mydata")
        assert json.loads(str(facts)) == {"cases": [1], "reports": 0, "appeals": 0}


async def test_a_reporter_gets_the_own_report_and_the_reported_only_that_there_was_one(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        message = await channel.post(anna, "du är inte klok")
        await reported(server, elin, message, words="hon hånar lingonsylten")
        hers, mine = page(await asked(server, anna, channel)), page(await asked(server, elin, channel))
        assert "Antal rapporter i ärendet från medlemmar: 1" in hers
        assert str(elin.id) not in hers
        assert "lingonsylten" not in hers
        assert "hon hånar lingonsylten" in mine
        assert str(anna.id) not in mine
        assert "du är inte klok" not in mine


async def test_whoever_has_nothing_is_told_so_and_leaves_no_trace(
    server: LoopbackDiscord, channel: Channel, desk: Channel, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        told = await asked(server, elin, channel)
        assert "Det finns inga uppgifter om dig." in told.text
        assert told.attachments == []
        assert await deeds(bot) == []


async def test_it_is_made_once_an_hour_for_each_member(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text=TEXT)
        page(await asked(server, anna, channel))
        again = await asked(server, anna, channel)
        assert "försök igen om 60 minuter" in again.text
        assert again.attachments == []
        assert "inga uppgifter" in (await asked(server, elin, channel)).text
        bot.clock.advance(minutes=59, seconds=30)
        assert "försök igen om en minut" in (await asked(server, anna, channel)).text
        bot.clock.advance(minutes=1)
        assert TEXT in page(await asked(server, anna, channel))
        assert len(await deeds(bot)) == 2


async def test_what_did_not_arrive_can_be_asked_for_again_at_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text=TEXT)
        server.faults.answer("POST /webhooks/*/*", 403)
        await (await server.slash(anna, channel, "mydata")).acknowledgement()
        await eventually(lambda: "did not get through" in caplog.text)
        assert TEXT in page(await asked(server, anna, channel))


async def test_what_is_too_large_for_discord_is_said_and_not_sent(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mydata, "LARGEST", 1_000)
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text=TEXT)
        told = await asked(server, anna, channel)
        assert "för mycket för en fil" in told.text
        assert told.attachments == []


async def test_in_a_server_that_is_not_watched_nothing_is_handed_out(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    elsewhere = server.add_guild("annanstans")
    there = elsewhere.add_text_channel("prat")
    member = elsewhere.add_member("anna")
    async with running(server, db, discord={"guilds": [str(guild.id)]}) as bot:
        told = await (await server.slash(member, there, "mydata")).shown()
        assert told.attachments == []
        assert await deeds(bot) == []


async def test_the_command_is_called_minadata_and_is_for_servers_alone(
    server: LoopbackDiscord, desk: Channel, db: Path
) -> None:
    async with moderated(server, db, desk):
        command = server.commands.named(1, "mydata", None)
        assert command is not None
        assert command["name_localizations"]["sv-SE"] == "minadata"
        assert command["contexts"] == [0]
        assert command.get("default_member_permissions") is None


async def test_no_line_of_the_log_says_who_asked_or_what_was_held(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text=TEXT)
        with caplog.at_level(logging.DEBUG, "bot"):
            await asked(server, anna, channel)
        assert not any(str(anna.id) in line or "blåbär" in line for line in caplog.messages)


async def test_a_restricted_case_shows_its_word_on_the_card_and_is_decided_by_nobody(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    """The card changes by itself, its buttons go, `/queue` passes it by, `/case` shows no text; lifted, it is back."""
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        card = await posted(bot, channel, desk, anna, text=TEXT)
        await restricted(bot, anna, DeedKind.RESTRICTION)
        await eventually(lambda: "Begränsad" in card.text)
        assert "blåbär" not in card.text
        assert "Bifall" not in str(card.components)
        queue = await (await server.slash(mo, desk, "queue")).shown()
        assert "blåbär" not in queue.text
        case = await (await server.slash(mo, desk, "case", {"number": 1})).shown()
        assert "Begränsad" in case.text
        assert "blåbär" not in case.text
        ruling = await bot.store.rule(decision(1, Step.UPHOLD, str(mo.id), at=bot.clock.now()))
        assert ruling is not None
        assert not ruling.changed
        await restricted(bot, anna, DeedKind.LIFTING)
        await eventually(lambda: TEXT in card.text)
        assert TEXT in page(await asked(server, anna, channel))


async def test_what_a_restricted_person_writes_next_is_flagged_as_ever(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text=TEXT)
        await restricted(bot, anna, DeedKind.RESTRICTION)
        await channel.post(anna, "en flagga till")
        assert "en flagga till" in (await card_for(server, desk, 2)).text


async def restricted(bot: Bot, who: Member, kind: DeedKind) -> None:
    """An officer restricts the member's cases, or lifts that, from the terminal."""
    deed = Deed(kind, "karin", "begäran 7", bot.clock.now())
    await bot.store.do(lambda db: restricting.restrict(db, str(who.id), deed))
    bot.wake()
