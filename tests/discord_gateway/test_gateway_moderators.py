"""What do moderators see: notices of flags, and the answer to /status?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import Case
from bot.core.errors import PlatformError, StoreBusy
from bot.discord_gateway.spoiler import spoiler
from tests.discord_gateway.harness import Bot, running
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, NotOfferedError, Permission


@pytest.fixture
def desk(guild: Guild) -> Channel:
    """The moderators' channel."""
    return guild.add_text_channel("moderatorer")


@pytest.fixture
def mo(guild: Guild) -> Member:
    """A moderator."""
    return guild.add_member("mo", roles=[guild.add_role("mod", Permission.MANAGE_MESSAGES)])


async def notices(bot: Bot) -> list[Case]:
    await bot.settled()
    return list(await bot.store.unannounced(100))


def told_in(desk: Channel) -> dict[str, object]:
    return {"moderators_channel": str(desk.id)}


async def test_a_new_flag_is_announced_with_where_why_and_how_surely_in_both_languages(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk)) as bot:
        message = await channel.post(anna, "en flagga här")
        await bot.gateway.announce(await notices(bot))
        (card,) = server.sent(desk)
        assert card.text.split("\n") == [
            f"**Flagga 1** i {channel.mention}, <t:{int(message.created_at)}:f> · "
            f"[läs meddelandet]({message.jump_url})",
            f"-# **Flag 1** in {channel.mention}, <t:{int(message.created_at)}:f> · "
            f"[read the message]({message.jump_url})",
            "||en flagga här||",
            "▰▰▰▰▰ hat eller hot (mycket säker)",
            "-# hate or threat (very sure)",
            "Ord som vägde / Words that mattered: ||flagga||",
            "Över tröskeln: hat eller hot 0,95 (tröskel 0,5)",
            "-# Past the threshold: hate or threat 0.95 (threshold 0.5)",
        ]
        assert [button["label"] for button in card.buttons] == [
            "Bifall / Uphold",
            "Avskriv / Dismiss",
            "Andra ögon / Second opinion",
            "Eskalera / Escalate",
            "Sammanhang / Context",
        ]


async def test_a_notice_is_in_swedish_alone_where_configured(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk), uppsikt={"languages": ["sv"]}) as bot:
        await channel.post(anna, "flagga")
        await bot.gateway.announce(await notices(bot))
        assert "Flag 1" not in server.sent(desk)[0].text


async def test_a_flagged_text_can_neither_mention_nor_format_nor_leave_its_spoiler(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk)) as bot:
        await channel.post(anna, f"flagga || **fet** @everyone {anna.mention} <#1> http://x.se/||y")
        await bot.gateway.announce(await notices(bot))
        (notice,) = server.sent(desk)
        [quoted] = [line for line in notice.text.split("\n") if line.startswith("||")]
        assert quoted.count("||") == 2
        assert "**" not in quoted
        assert not notice.mentions_everyone
        assert not notice.mentions


async def test_titles_and_names_are_announced_as_such(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    await anna.rename("flagga 88")
    async with running(server, db, discord=told_in(desk)) as bot:
        thread = channel.add_thread("flagga rubrik", anna)
        await bot.settled()
        await thread.post(anna, "hej")
        await bot.gateway.announce(await notices(bot))
        text = "\n".join(card.text for card in server.sent(desk))
        assert f"rubriken på <#{thread.id}>" in text
        assert f"visningsnamnet på {anna.mention}" in text


async def test_up_to_five_flags_get_a_card_each_and_more_become_a_digest_by_channel(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    other = guild.add_text_channel("annat")
    async with running(server, db, discord=told_in(desk)) as bot:
        await channel.post_many(anna, [f"flagga {number} " + "_*å" * 600 for number in range(5)])
        await bot.gateway.announce((await notices(bot))[:5])
        await other.post(anna, "flagga")
        await bot.gateway.announce(await notices(bot))
        *each, digest = server.sent(desk)
        assert [card.text[:12] for card in each] == [f"**Flagga {number}**" for number in range(1, 6)]
        assert [button["label"] for button in digest.buttons] == ["Visa nästa / Show next"]
        assert "6 nya flaggor" in digest.text
        assert f"- {channel.mention}: 5" in digest.text
        assert f"- {other.mention}: 1" in digest.text
        assert "||" not in digest.text


async def test_an_announcement_that_fails_says_why_and_heals(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk)) as bot:
        await channel.post(anna, "flagga")
        waiting = await notices(bot)
        server.faults.answer(f"POST /channels/{desk.id}/messages", 403, code=50013, message="Missing Permissions")
        with pytest.raises(PlatformError, match="Missing Permissions"):
            await bot.gateway.announce(waiting)
        await bot.gateway.announce(waiting)
        assert len(server.sent(desk)) == 1


async def test_of_several_cards_those_that_were_refused_alone_are_told_again(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk)) as bot:
        await channel.post_many(anna, ["flagga ett", "flagga två", "flagga tre"])
        waiting = await notices(bot)
        gate = server.faults.hold(f"POST /channels/{desk.id}/messages")
        server.faults.answer(f"POST /channels/{desk.id}/messages", 403)
        telling = asyncio.create_task(bot.gateway.announce(waiting))
        await gate.arrived()
        gate.open()
        told = await telling
        assert list(told.flags) == [1]
        assert [card.flag for card in told.cards] == [1]
        await bot.gateway.announce(waiting[1:])
        assert [card.text[:12] for card in server.sent(desk)] == [f"**Flagga {number}**" for number in (1, 2, 3)]


async def test_an_announcement_whose_answer_was_lost_is_shown_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk)) as bot:
        await channel.post(anna, "flagga")
        waiting = await notices(bot)
        server.faults.cut(f"POST /channels/{desk.id}/messages", after=True)
        with pytest.raises(PlatformError):
            await bot.gateway.announce(waiting)
        await bot.gateway.announce(waiting)
        assert len(server.sent(desk)) == 1


async def test_without_a_moderators_channel_nothing_is_announced(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "flagga")
        await bot.gateway.announce(await notices(bot))
        assert server.sent() == []


async def test_the_bot_does_not_flag_its_own_notices(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord=told_in(desk) | {"read_bots": True}) as bot:
        await channel.post(anna, "flagga")
        await bot.gateway.announce(await notices(bot))
        assert await bot.texts() == ["flagga"]


@given(st.text() | st.text(alphabet="|\\*_`~<>@[]()#- \n\u202e\u0301a", max_size=400))
def test_no_text_ends_its_spoiler(text: str) -> None:
    shown = spoiler(text, 300)
    inside = shown[2:-2].replace("\\\\", "").replace("\\|", "")
    assert shown.startswith("||")
    assert shown.endswith("||")
    assert "|" not in inside
    assert not inside.endswith("\\")
    assert "\n" not in shown
    assert len(shown) <= 604 + 300


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("sv-SE", ["Anslutning: 1 av 1 öppna", "Lästa meddelanden: 2", "Flaggor som väntar på beslut: 1"]),
        ("en-GB", ["Connection: 1 of 1 open", "Messages read: 2", "Flags waiting for a decision: 1", "fake@0"]),
        ("fi", ["Interruptions in the last 24 hours: none"]),
    ],
)
async def test_status_answers_a_moderator_alone_in_that_persons_language(
    server: LoopbackDiscord, channel: Channel, anna: Member, mo: Member, db: Path, locale: str, words: list[str]
) -> None:
    mo.user.locale = locale
    async with running(server, db, discord={"display_names": False}) as bot:
        await channel.post_many(anna, ["hej", "flagga"])
        await bot.settled()
        asked = await server.slash(mo, channel, "status")
        shown = await asked.shown()
        assert asked.ephemeral
        assert asked.deferred
        assert all(word in shown.text for word in words)


async def test_status_is_offered_to_moderators_only(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db):
        with pytest.raises(NotOfferedError):
            await server.slash(anna, channel, "status")


async def test_status_tells_nothing_in_a_server_that_is_not_read(
    server: LoopbackDiscord, guild: Guild, channel: Channel, db: Path
) -> None:
    other = server.add_guild("en annan")
    place = other.add_text_channel("allmänt")
    mo = other.add_member("mo", roles=[other.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with running(server, db, discord={"guilds": [str(guild.id)]}):
        asked = await server.slash(mo, place, "status")
        assert (await asked.shown()).text == "Uppsikt läser inte den här servern."


async def test_status_answers_even_when_the_database_does_not(
    server: LoopbackDiscord, channel: Channel, mo: Member, db: Path
) -> None:
    async with running(server, db) as bot:

        async def busy(question: object) -> object:
            raise StoreBusy("upptagen")

        bot.store.ask = busy  # type: ignore[method-assign, assignment]
        asked = await server.slash(mo, channel, "status")
        assert "går inte att läsa" in (await asked.shown()).text


async def test_commands_are_registered_once_with_a_swedish_description(
    server: LoopbackDiscord, channel: Channel, db: Path
) -> None:
    for _ in range(2):
        async with running(server, db):
            pass
    assert len(server.requests.matching("PUT /applications/*/commands")) == 1
    by_name = {command["name"]: command for command in server.commands.all()}
    queue, status = by_name["queue"], by_name["status"]
    assert queue["name"] == "queue"
    assert queue["name_localizations"] == {"sv-SE": "kö"}
    assert queue["description_localizations"]["sv-SE"].startswith("Visa nästa flagga")
    assert status["name"] == "status"
    assert status["description"].startswith("How Uppsikt")
    assert status["description_localizations"]["sv-SE"].startswith("Hur mår Uppsikt")


async def test_a_changed_command_is_registered_again(server: LoopbackDiscord, channel: Channel, db: Path) -> None:
    async with running(server, db):
        pass
    command = server.commands.named(1, "status", None)
    assert command is not None
    server.commands.change(None, int(command["id"]), {"description": "something else"})
    async with running(server, db):
        pass
    registered = server.commands.named(1, "status", None)
    assert registered is not None
    assert registered["description"].startswith("How Uppsikt")


async def test_a_refusal_to_register_commands_does_not_keep_the_bot_from_reading(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    server.faults.answer("GET /applications/*/commands", 403, times=None)
    async with running(server, db) as bot:
        await channel.post(anna, "flagga")
        assert await bot.texts() == ["flagga"]
