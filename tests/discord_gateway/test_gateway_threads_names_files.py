"""Are the other places where people write read too: threads, forums, voice chats, titles, names and text files?"""

from __future__ import annotations

from pathlib import Path

from bot.discord_gateway.files import decoded
from tests.discord_gateway.harness import running
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Upload


async def test_threads_forums_voice_chats_and_announcements_are_channels(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    places = [guild.add_voice_channel("röst"), guild.add_stage_channel("scen"), guild.add_announcement_channel("nytt")]
    async with running(server, db) as bot:
        post, _ = await guild.add_forum("frågor").open_post(anna, "titel", "flagga i forum")
        for place in [*places, channel.add_thread("tråd", anna), post]:
            await place.post(anna, f"flagga i {place.name}")
        expected = ["röst", "scen", "nytt", "tråd", "titel"]
        assert await bot.texts() == ["flagga i forum", *(f"flagga i {name}" for name in expected)]


async def test_a_threads_title_is_flagged_as_a_title_by_its_author(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        thread = channel.add_thread("flagga som rubrik", anna)
        await bot.settled()
        (flag,) = await bot.flags()
        assert (flag.kind, flag.message_id, flag.author_id) == ("title", str(thread.id), str(anna.id))


async def test_a_forum_posts_title_and_text_are_two_things(
    server: LoopbackDiscord, guild: Guild, anna: Member, db: Path
) -> None:
    forum = guild.add_forum("frågor")
    async with running(server, db) as bot:
        await forum.open_post(anna, "flagga som rubrik", "flagga som text")
        await bot.settled()
        assert [(flag.kind, flag.text) for flag in await bot.flags()] == [
            ("title", "flagga som rubrik"),
            ("message", "flagga som text"),
        ]


async def test_a_changed_title_is_read_again_and_an_unchanged_one_is_not(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        thread = channel.add_thread("snäll rubrik", anna)
        await thread.archive()
        await thread.reopen()
        await thread.rename("flagga som rubrik")
        await bot.settled()
        assert bot.classifier.texts.count("snäll rubrik") == 1
        assert [flag.text for flag in await bot.flags()] == ["flagga som rubrik"]


async def test_a_title_seen_again_after_a_restart_is_not_flagged_again(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db):
        channel.add_thread("flagga som rubrik", anna)
    async with running(server, db) as bot:
        await bot.settled()
        assert len(await bot.flags()) == 1


async def test_a_title_changed_while_the_bot_was_off_is_read(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db):
        thread = channel.add_thread("snäll rubrik", anna)
    await thread.rename("flagga som rubrik")
    async with running(server, db) as bot:
        assert await bot.texts() == ["flagga som rubrik"]


async def test_a_threads_channel_decides_what_is_read_in_it(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    elsewhere = guild.add_text_channel("annat")
    async with running(server, db, channels={"include": ["allmänt"]}) as bot:
        await channel.add_thread("tråd", anna).post(anna, "flagga här")
        await elsewhere.add_thread("tråd", anna).post(anna, "flagga där")
        assert await bot.texts() == ["flagga här"]


async def test_a_message_deleted_in_an_archived_thread_is_withdrawn(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, channels={"include": ["allmänt"]}) as bot:
        thread = channel.add_thread("tråd", anna)
        message = await thread.post(anna, "flagga")
        await thread.archive()
        await message.delete()
        await bot.settled()
        assert (await bot.flags())[0].withdrawn_at is not None


async def test_a_display_name_is_read_when_it_is_first_seen_and_when_it_changes(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "hej")
        await channel.post(anna, "hej igen")
        await anna.rename("flagga 88")
        await channel.post(anna, "hej en gång till")
        await channel.post(anna, "och en till")
        await bot.settled()
        assert bot.classifier.texts.count("anna") == 1
        (flag,) = await bot.flags()
        assert (flag.kind, flag.text, flag.message_id, flag.channel_id) == (
            "name",
            "flagga 88",
            str(anna.id),
            str(channel.id),
        )


async def test_display_names_are_not_read_where_configured(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    await anna.rename("flagga 88")
    async with running(server, db, discord={"display_names": False}) as bot:
        await channel.post(anna, "hej")
        assert await bot.texts() == []


async def test_a_text_file_is_read_with_its_message(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "se filen", attachments=[("message.txt", b"rad ett\nflagga")])
        assert await bot.texts() == ["se filen\nmessage.txt\nrad ett\nflagga"]
        assert (await bot.flags())[0].revision == 0


async def test_an_edit_and_a_withdrawal_do_not_overtake_a_post_whose_file_is_being_fetched(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        gate = server.faults.hold("GET /cdn/attachments/**")
        message = await channel.post(anna, "se filen", attachments=[("message.txt", b"flagga i fil")])
        await gate.arrived()
        await message.edit("flagga i redigering")
        await server.caught_up()
        assert not await bot.flags()
        gate.open()
        assert await bot.texts() == ["se filen\nmessage.txt\nflagga i fil", "flagga i redigering\nmessage.txt"]


async def test_a_text_file_posted_while_another_is_being_fetched_is_read_too(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        gate = server.faults.hold("GET /cdn/attachments/**")
        await channel.post(anna, attachments=[("ett.txt", b"flagga ett")])
        await gate.arrived()
        await channel.post(anna, attachments=[("två.txt", "flagga två".encode())])
        await server.caught_up()
        gate.open()
        assert await bot.texts() == ["ett.txt\nflagga ett", "två.txt\nflagga två"]


async def test_a_text_file_posted_before_a_crash_is_read_after_it(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db):
        gate = server.faults.hold("GET /cdn/attachments/**")
        await channel.post(anna, "se filen", attachments=[("message.txt", b"flagga i fil")])
        await gate.arrived()
    gate.open()
    async with running(server, db) as bot:
        assert await bot.texts() == ["se filen\nmessage.txt\nflagga i fil"]


async def test_a_file_that_is_too_large_or_no_text_is_not_fetched(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db, discord={"attachment_bytes": 10}) as bot:
        await channel.post(anna, "ett", attachments=[("stor.txt", b"flagga" * 2)])
        await channel.post(anna, "två", attachments=[Upload("bild.bin", b"flagga")])
        assert await bot.texts() == []
        assert not server.requests.matching("GET /cdn/**")


async def test_a_file_that_is_gone_does_not_keep_its_message_from_being_read(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        server.faults.answer("GET /cdn/**", 404)
        await channel.post(anna, "flagga", attachments=[("borta.txt", b"x")])
        assert await bot.texts() == ["flagga\nborta.txt"]


def test_text_files_are_decoded_as_swedish_programs_write_them() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert decoded("räksmörgås".encode(encoding)) == "räksmörgås"
    assert decoded(bytes(range(256)))  # whatever it is
