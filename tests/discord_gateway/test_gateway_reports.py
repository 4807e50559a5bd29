"""Can whoever lives in a channel point at what is wrong, simply, safely, and so that it arrives in one case?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.flags import State, Step
from tests.builders import decision
from tests.discord_gateway.deciding import until
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.discord_gateway.reporting_steps import filled, link, refused, reported, sent_in
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission
from tests.loopback.interactions import MODAL

REPORTS = "SELECT count(*) FROM reports"


@pytest.fixture
def elin(guild: Guild) -> Member:
    """Somebody who reports."""
    return guild.add_member("elin")


async def rows(bot: Bot, query: str) -> list[tuple[object, ...]]:
    return await bot.store.do(lambda db: [tuple(row) for row in db.execute(query).fetchall()])


# The ways in.


async def test_a_message_is_reported_from_its_menu_and_gets_a_card_and_a_receipt_in_swedish(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}):
        message = await channel.post(anna, "du är inte klok")
        asked = await (await server.context_menu(elin, message, "Report")).acknowledgement()
        assert asked.modal["title"] == "Rapportera"
        told = await sent_in(server, asked, category=["threat"])
        assert "Din rapport har nummer **1**, och ingen som läser den ser vem du är." in told
        assert "112" in told
        assert "Brottsofferjouren" in told
        card = await card_for(server, desk)
        assert "||du är inte klok||" in card.text
        assert "Rapporterat av en medlem." in card.text
        assert "Rapport 1: Hot, drabbar någon" in card.text
        assert r"||han \*slutar\* inte||" in card.text
        assert str(elin.id) not in str(card.components)


async def test_the_menu_is_called_rapportera_and_the_command_too(
    server: LoopbackDiscord, desk: Channel, db: Path
) -> None:
    async with moderated(server, db, desk):
        for kind, name, swedish in ((3, "Report", "Rapportera"), (1, "report", "rapportera")):
            command = server.commands.named(kind, name, None)
            assert command is not None
            assert command["name_localizations"]["sv-SE"] == swedish


async def test_the_menu_works_where_the_bot_itself_cannot_read(
    server: LoopbackDiscord, guild: Guild, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    hidden = guild.add_text_channel("stängd")
    hidden.deny(guild.bot_role, Permission.VIEW_CHANNEL)
    async with moderated(server, db, desk):
        message = await hidden.post(anna, "något elakt")
        assert "nummer **1**" in await reported(server, elin, message)
        assert "||något elakt||" in (await card_for(server, desk)).text


async def test_a_message_is_reported_by_its_link(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        message = await channel.post(anna, "du är inte klok")
        asked = await server.slash(elin, desk, "report", {"message": f" {link(message)} "})
        assert "nummer **1**" in await sent_in(server, asked, words="")
        assert "||du är inte klok||" in (await card_for(server, desk)).text


async def test_a_private_thread_is_reported_by_its_members_and_is_not_there_for_others(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    nils = guild.add_member("nils")
    async with moderated(server, db, desk):
        thread = channel.add_thread("vi två", anna, private=True)
        thread.add(guild.me)
        thread.add(elin)
        message = await thread.post(anna, "du är inte klok")
        assert "inte till någon kanal som du kan läsa" in await refused(server, nils, channel, message=link(message))
        asked = await server.slash(elin, channel, "report", {"message": link(message)})
        assert "nummer **1**" in await sent_in(server, asked)


async def test_a_form_that_was_open_over_a_restart_is_taken(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        message = await channel.post(anna, "du är inte klok")
        asked = await (await server.context_menu(elin, message, "Report")).acknowledgement()
    async with moderated(server, db, desk):
        assert "nummer **1**" in await sent_in(server, asked)
        assert "||du är inte klok||" in (await card_for(server, desk)).text


async def test_a_message_that_is_deleted_while_the_form_is_open_is_still_reported(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        message = await channel.post(anna, "du är inte klok")
        asked = await (await server.context_menu(elin, message, "Report")).acknowledgement()
        await message.delete()
        assert "nummer **1**" in await sent_in(server, asked)


async def test_a_member_is_reported_with_a_description_that_the_card_quotes(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        for count, words in enumerate(("hon skriker i röstkanalen", "hon gör det igen"), 1):
            asked = await server.slash(elin, channel, "report", {"member": anna})
            assert f"nummer **{count}**" in await sent_in(server, asked, words=words)
        card = await card_for(server, desk)
        await eventually(lambda: "||hon gör det igen||" in card.text)
        assert f"rapporter om {anna.mention}" in card.text
        assert "||hon skriker i röstkanalen||" in card.text
        assert bot.classifier.texts == []
        assert await rows(bot, "SELECT about, text, author_id FROM flags") == [("person", "", str(anna.id))]
        await server.click(mo, card, "Avskriv / Dismiss")
        await until(bot, "SELECT count(*) FROM flags WHERE state = 'dismissed'", 1)


async def test_something_elsewhere_in_the_server_is_reported_without_anybody_being_named(
    server: LoopbackDiscord, channel: Channel, desk: Channel, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        for _ in range(2):
            asked = await server.slash(elin, channel, "report", {})
            await sent_in(server, asked, words="någon ropar glåpord i röstkanalen")
        assert "rapport om något på servern" in (await card_for(server, desk, 2)).text
        assert await rows(bot, "SELECT about FROM flags") == [("elsewhere",), ("elsewhere",)]


# One case for each message.


async def test_reports_of_one_message_meet_in_the_flag_it_has(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        for number in range(1, 6):
            told = await reported(server, guild.add_member(f"m{number}"), message, words=f"ord {number}")
            assert f"nummer **{number}**" in told
        await eventually(lambda: "Rapporterat 5 gånger" in card.text)
        assert [f"ord {number}" in card.text for number in range(1, 6)] == [False, False, True, True, True]
        assert len(await bot.flags()) == 1


async def test_a_report_that_comes_before_the_classifier_has_read_loses_none_of_its_reasons(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk, channels={"exclude": ["#allmänt"]}) as bot:
        message = await channel.post(anna, "en flagga här")
        await reported(server, elin, message)
        (flag,) = await bot.flags()
        assert [reason.rule for reason in flag.reasons] == ["threshold", "report"]
        assert flag.score == 0.95


async def test_nobody_reports_the_same_message_twice(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "du är inte klok")
        await reported(server, elin, message)
        assert "Du har redan rapporterat det" in await reported(server, elin, message)
        assert await rows(bot, REPORTS) == [(1,)]


async def test_a_message_that_was_dismissed_is_not_reopened_by_a_report_which_its_card_tells_of(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await bot.store.rule(decision(1, Step.DISMISS, str(mo.id), at=bot.clock.now()))
        bot.clock.advance(minutes=1)
        told = await reported(server, elin, message)
        assert "bedömde att det inte bryter mot reglerna. Din rapport läggs till ärendet" in told
        await eventually(lambda: "En rapport kom efter beslutet." in card.text)
        case = await bot.store.case(1)
        assert case is not None
        assert case.state is State.DISMISSED
        assert server.sent(elin) == []


# Bad input: one clear sentence each, and nothing saved.


async def test_what_cannot_be_reported_is_answered_with_one_sentence(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    granby = server.add_guild("Granby")
    other, stranger = granby.add_text_channel("torget"), granby.add_member("någon")
    private = guild.add_text_channel("ledningen")
    private.deny(guild.everyone, Permission.VIEW_CHANNEL)
    private.allow(guild.bot_role, Permission.VIEW_CHANNEL)
    blind = guild.add_text_channel("stängd")
    blind.deny(guild.bot_role, Permission.VIEW_CHANNEL)
    robot = guild.add_member(server.add_user("robot", bot=True))
    async with moderated(server, db, desk) as bot:
        gone = await channel.post(anna, "borta")
        await gone.delete()
        far = await other.post(stranger, "där")
        cases = {
            "Det är ingen länk": ["inte en länk", "https://example.org/channels/1/2/3", f"{link(gone)}/4", "@everyone"],
            "leder till en annan server": [link(far), "https://discord.com/channels/@me/1/2"],
            "Meddelandet finns inte kvar": [link(gone)],
            "inte till någon kanal som du kan läsa": [
                link(await private.post(anna, "hemligt")),
                f"https://discord.com/channels/{guild.id}/1/2",
            ],
            "Boten kommer inte åt den kanalen": [link(await blind.post(anna, "här"))],
            "ditt eget meddelande": [link(await channel.post(elin, "mitt"))],
            "skrevs av en bot": [link(await channel.post(robot, "pip"))],
        }
        for sentence, links in cases.items():
            for each in links:
                told = await refused(server, elin, channel, message=each)
                assert sentence in told, (sentence, each, told)
                assert "\n" not in told
        assert await rows(bot, REPORTS) == [(0,)]


async def test_oneself_bots_and_the_bot_cannot_be_reported(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    robot = guild.add_member(server.add_user("robot", bot=True))
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        assert "Mig kan du inte rapportera" in await refused(server, elin, desk, message=link(card))
        assert "Mig kan du inte rapportera" in await refused(server, elin, channel, member=guild.me)
        assert "inte rapportera dig själv" in await refused(server, elin, channel, member=elin)
        assert "skrevs av en bot" in await refused(server, elin, channel, member=robot)
        mine = await channel.post(elin, "mitt")
        asked = await (await server.context_menu(elin, mine, "Report")).shown()
        assert "ditt eget meddelande" in asked.text
        assert asked.is_ephemeral
        assert await rows(bot, REPORTS) == [(0,)]


async def test_a_description_of_4000_characters_is_refused_and_a_forged_form_too(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "du är inte klok")
        asked = await (await server.context_menu(elin, message, "Report")).acknowledgement()

        async def forged(custom_id: str = "", **fields: object) -> str:
            answers = [
                {"type": 18, "component": {"type": 4, "custom_id": key, "value": value}}
                if isinstance(value, str)
                else {"type": 18, "component": {"type": 3, "custom_id": key, "values": value}}
                for key, value in filled(**fields).items()
            ]
            data = {"custom_id": custom_id or asked.modal["custom_id"], "components": answers}
            return (await server.interactions.begin(MODAL, elin, channel, data).shown()).text

        assert "skriv högst 1000 tecken" in await forged(words="x" * 4_000)
        for fields in ({"category": ["mord"]}, {"hurt": []}, {"category": "hate"}, {"against": ["allt"]}):
            assert "Det går inte att tyda" in await forged(**fields)
        assert "inte till någon kanal" in await forged(f"uppsikt:report:message:1:{2**63 - 1}")
        assert "inte till någon kanal" in await forged("uppsikt:report:message:9999999999999999999:9999999999999999999")
        assert "Du skrev ingenting" in await forged("uppsikt:report:elsewhere", words="  ")
        assert await rows(bot, REPORTS) == [(0,)]


async def test_mentions_and_formatting_in_a_description_are_never_rendered_and_never_ping(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "du är inte klok")
        words = f"|| @everyone {anna.mention} **nu** [här](https://example.org) ||\n# STORT"
        await reported(server, elin, message, words=words)
        card = await card_for(server, desk)
        quoted = next(line for line in card.text.splitlines() if "STORT" in line)
        assert "@everyone" not in quoted
        assert anna.mention not in quoted
        assert r"\[här\](" in quoted
        assert quoted.startswith("||")
        assert quoted.count("||") == 2
        assert len(await bot.flags()) == 1


async def test_a_report_from_a_server_that_is_not_watched_is_refused(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, elin: Member, db: Path
) -> None:
    other = server.add_guild("Granby")
    square = other.add_text_channel("torget")
    async with moderated(server, db, desk, discord={"guilds": [str(guild.id)]}):
        told = await refused(server, other.add_member("elin"), square)
        assert "server" in told
        assert "\n" not in told
