"""What is read of live messages, and what is not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord_gateway.harness import eventually, running
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, poll


async def test_a_live_post_is_flagged_once_with_where_who_and_when(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "hej på er")
        written = await channel.post(anna, "en flagga här")
        assert await bot.texts() == ["en flagga här"]
        (flag,) = await bot.flags()
        assert (flag.message_id, flag.channel_id, flag.author_id) == (str(written.id), str(channel.id), str(anna.id))
        assert flag.posted_at.timestamp() == pytest.approx(written.created_at, abs=0.01)


async def test_unflagged_messages_leave_no_text_behind(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "ett alldeles vanligt ord: rabarberpaj")
        await bot.settled()
    for file in db.parent.iterdir():
        assert b"rabarberpaj" not in file.read_bytes()


async def test_an_edit_is_a_revision_of_its_own(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        message = await channel.post(anna, "snällt")
        await message.edit("inte snällt: flagga")
        await eventually(lambda: server.world.clock.now() > (message.edited_at or 0) + 0.001)
        await message.edit("flagga igen")
        assert await bot.texts() == ["inte snällt: flagga", "flagga igen"]
        first, second = await bot.flags()
        assert first.message_id == second.message_id == str(message.id)
        assert 0 < first.revision < second.revision


async def test_a_text_edited_away_at_once_is_still_read(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        message = await channel.post(anna, "flagga")
        await message.edit("förlåt")
        assert await bot.texts() == ["flagga"]


async def test_a_preview_that_discord_adds_is_read_as_the_same_revision(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        message = await channel.post(anna, "https://exempel.se")
        await message.unfurl({"type": "link", "title": "Sidan om flaggan", "description": "en flagga"})
        assert len(await bot.texts()) == 1
        assert (await bot.flags())[0].revision == 0


async def test_a_deleted_message_is_marked_as_withdrawn(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        message = await channel.post(anna, "flagga")
        await message.delete()
        await bot.settled()
        assert (await bot.flags())[0].withdrawn_at is not None


async def test_messages_deleted_in_bulk_are_marked_as_withdrawn(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        written = await channel.post_many(anna, ["flagga 1", "flagga 2", "flagga 3"])
        await channel.purge(written[:2])
        await bot.settled()
        assert [flag.withdrawn_at is not None for flag in await bot.flags()] == [True, True, False]


async def test_a_reply_names_what_it_answers(server: LoopbackDiscord, channel: Channel, anna: Member, db: Path) -> None:
    async with running(server, db) as bot:
        first = await channel.post(anna, "fråga")
        await channel.post(anna, "flagga", reply_to=first)
        await bot.settled()
        rows = await bot.store.ask(lambda reader: reader._db.execute("SELECT reply_to FROM flags").fetchall())
        assert [row[0] for row in rows] == [str(first.id)]


EMBED = {
    "type": "rich",
    "author": {"name": "AVSÄNDARE"},
    "title": "TITEL",
    "description": "BESKRIVNING",
    "fields": [{"name": "FÄLT", "value": "VÄRDE", "inline": False}],
    "footer": {"text": "FOT"},
}


async def test_every_part_of_an_embed_is_read(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "innehåll", embeds=[EMBED])
        await bot.settled()
        assert "innehåll\nAVSÄNDARE\nTITEL\nBESKRIVNING\nFÄLT\nVÄRDE\nFOT" in bot.classifier.texts


async def test_a_forward_is_read_with_all_that_it_forwards(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    elsewhere = guild.add_text_channel("annat")
    async with running(server, db) as bot:
        original = await elsewhere.post(anna, "vidare", embeds=[EMBED], attachments=[("bild-flagga.png", b"x")])
        await channel.forward(anna, original)
        await bot.settled()
        whole = "vidare\nAVSÄNDARE\nTITEL\nBESKRIVNING\nFÄLT\nVÄRDE\nFOT\nbild-flagga.png"
        assert bot.classifier.texts.count(whole) == 2
        assert [flag.channel_id for flag in await bot.flags()] == [str(elsewhere.id), str(channel.id)]


async def test_a_poll_is_read_with_its_answers(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, poll=poll("Ska vi?", "ja", "nej, flagga"))
        assert await bot.texts() == ["Ska vi?\nja\nnej, flagga"]


async def test_sticker_and_file_names_are_read(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, stickers=["vinka"], attachments=[("flagga.png", b"x")])
        assert await bot.texts() == ["vinka\nflagga.png"]


async def test_text_components_are_read_at_every_depth(server: LoopbackDiscord, channel: Channel, db: Path) -> None:
    other = server.add_user("annan bot", bot=True)
    section = {
        "type": 9,
        "components": [{"type": 10, "content": "i en sektion"}],
        "accessory": {"type": 2, "style": 5, "url": "https://exempel.se", "label": "knapp"},
    }
    card = {"type": 17, "components": [{"type": 10, "content": "flagga"}, section]}
    async with running(server, db, discord={"read_bots": True}) as bot:
        await channel.post(other, components=[card])
        assert await bot.texts() == ["flagga\ni en sektion"]


async def test_bots_webhooks_automod_and_discords_own_lines_are_not_read(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    other = server.add_user("annan bot", bot=True)
    async with running(server, db) as bot:
        await channel.post(other, "flagga av en bot")
        await channel.add_webhook("väder").post("flagga av en webhook")
        await channel.automod_alert(anna, "flagga som AutoMod stoppade")
        await channel.system(anna, content="flagga")
        await channel.post(server.bot, "flagga av oss själva")
        assert await bot.texts() == []
        assert not [text for text in bot.classifier.texts if "flagga" in text]


async def test_bots_are_read_where_configured_but_never_the_bot_itself(
    server: LoopbackDiscord, channel: Channel, db: Path
) -> None:
    other = server.add_user("annan bot", bot=True)
    async with running(server, db, discord={"read_bots": True}) as bot:
        await channel.post(other, "flagga av en bot")
        await channel.post(server.bot, "flagga av oss själva")
        await channel.add_webhook("väder").post("flagga av en webhook")
        assert await bot.texts() == ["flagga av en bot"]


async def test_webhooks_are_read_where_configured(server: LoopbackDiscord, channel: Channel, db: Path) -> None:
    async with running(server, db, discord={"read_webhooks": True}) as bot:
        await channel.add_webhook("väder").post("flagga av en webhook")
        assert await bot.texts() == ["flagga av en webhook"]


async def test_an_exempt_role_keeps_its_members_messages_from_being_read(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    polis = guild.add_member("polis", roles=[guild.add_role("områdespolis")])
    async with running(server, db, discord={"exempt_roles": ["områdespolis"]}) as bot:
        await channel.post(polis, "flagga")
        await channel.post(anna, "flagga 2")
        assert await bot.texts() == ["flagga 2"]


async def test_direct_messages_are_not_read(server: LoopbackDiscord, anna: Member, channel: Channel, db: Path) -> None:
    async with running(server, db) as bot:
        await server.dm(anna).post(anna, "flagga mellan oss")
        assert await bot.texts() == []


async def test_only_the_configured_servers_are_read(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    other = server.add_guild("en annan")
    async with running(server, db, discord={"guilds": [str(guild.id)]}) as bot:
        await other.add_text_channel("allmänt").post(other.add_member("anna"), "flagga där")
        await channel.post(anna, "flagga här")
        assert await bot.texts() == ["flagga här"]


async def test_an_excluded_channel_is_neither_read_live_nor_back(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    staff = guild.add_text_channel("personal")
    async with running(server, db, channels={"exclude": ["#personal"]}) as bot:
        await staff.post(anna, "flagga")
        await staff.add_thread("flagga i tråd", anna).post(anna, "flagga")
        assert await bot.texts() == []
        assert not server.requests.matching(f"GET /channels/{staff.id}/messages")
