"""Is every message read exactly once, whatever happens to the bot, the line or Discord?"""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot.intake
import bot.pipeline
from tests.discord_gateway.harness import eventually, running
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission


async def test_what_was_posted_while_the_bot_was_off_is_read_back_over_several_pages(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as first:
        await channel.post(anna, "hej")
        await first.settled()
    texts = [f"flagga {number}" if number % 50 == 0 else f"m{number}" for number in range(351)]
    await channel.post_many(anna, texts)
    async with running(server, db) as bot:
        assert await bot.texts() == [text for text in texts if "flagga" in text]
        assert [text for text in bot.classifier.texts if text in set(texts)] == texts
        assert ("restart", 351) in await bot.unseen()


async def test_pages_full_of_bots_do_not_end_the_reading(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    other = server.add_user("annan bot", bot=True)
    async with running(server, db) as first:
        await channel.post(anna, "hej")
        await first.settled()
    await channel.post_many(other, [f"flöde {number}" for number in range(250)])
    await channel.post(anna, "flagga till sist")
    async with running(server, db) as bot:
        assert await bot.texts() == ["flagga till sist"]


async def test_the_first_start_reads_from_now_on_and_counts_nothing_as_missed(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    await channel.post(anna, "flagga förr", at=datetime.now(UTC) - timedelta(hours=1))
    async with running(server, db) as bot:
        assert await bot.texts() == []
        assert await bot.unseen() == []


async def test_a_channel_made_while_the_bot_was_off_is_read_from_its_beginning(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as first:
        await channel.post(anna, "hej")
        await first.settled()
    await guild.add_text_channel("ny").post(anna, "flagga i ny kanal")
    async with running(server, db) as bot:
        assert await bot.texts() == ["flagga i ny kanal"]


async def test_nothing_older_than_configured_is_read_back(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=5)
    async with running(server, db) as first:
        await channel.post(anna, "hej")
        await first.settled()
    # As if the bot had been off for long: what it read last lies back in time.
    await _move_mark(server, db, channel, long_ago)
    await channel.post(anna, "flagga för tre timmar sedan", at=long_ago + timedelta(hours=2))
    await channel.post(anna, "flagga nyss", at=datetime.now(UTC) - timedelta(minutes=5))
    async with running(server, db, discord={"catch_up_hours": 1}) as bot:
        assert await bot.texts() == ["flagga nyss"]
        (cut,) = await bot.unseen()
        assert cut[0] == "restart, older messages not read"


async def test_a_thread_written_in_and_archived_while_the_bot_was_off_is_read_back(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    forum = guild.add_forum("frågor")
    async with running(server, db):
        known = channel.add_thread("känd", anna)
        await known.post(anna, "hej")
    await known.post(anna, "flagga i känd")
    await known.archive()
    post, _ = await forum.open_post(anna, "ny", "flagga i ny")
    await post.archive()
    async with running(server, db) as bot:
        await eventually(lambda: "flagga i ny" in bot.classifier.texts and "flagga i känd" in bot.classifier.texts)
        assert sorted(map(str, await bot.texts())) == ["flagga i känd", "flagga i ny"]


async def test_exempt_roles_are_known_when_reading_back_too(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    polis = guild.add_member("polis", roles=[guild.add_role("områdespolis")])
    exempt = {"exempt_roles": ["områdespolis"]}
    async with running(server, db, discord=exempt) as first:
        await channel.post(anna, "hej")
        await first.settled()
    await channel.post_many([polis, anna], ["flagga av polis", "flagga av anna"])
    async with running(server, db, discord=exempt) as bot:
        assert await bot.texts() == ["flagga av anna"]


async def test_a_resumed_line_goes_on_where_it_broke_and_reads_no_history(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "flagga före")
        await bot.settled()
        asked = len(server.requests.matching("GET /channels/*/messages"))
        await server.drop_all()
        message = await channel.post(anna, "flagga under")
        await message.edit("snällt")
        await server.until(server.gateway.live_shards)
        await channel.post(anna, "flagga efter")
        assert await bot.texts() == ["flagga före", "flagga under", "flagga efter"]
        assert len(server.gateway.identifies) == 1
        assert len(server.requests.matching("GET /channels/*/messages")) == asked


async def test_a_session_that_cannot_be_resumed_is_read_back_and_told_of(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "flagga före")
        await bot.settled()
        await server.invalidate_session(resumable=False)
        await channel.post(anna, "flagga under")
        await server.until(lambda: len(server.gateway.identifies) == 2)
        await channel.post(anna, "flagga efter")  # the very next thing that the new session tells
        await server.wait_until_ready()
        assert await bot.texts() == ["flagga före", "flagga under", "flagga efter"]
        assert [row for row in await bot.unseen() if row[0] == "lost session"]


async def test_a_session_forgotten_during_an_outage_is_read_back(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        async with server.offline(sessions_survive=False):
            await channel.post_many(anna, [f"flagga {number}" for number in range(120)])
        await server.until(lambda: len(server.gateway.identifies) == 2)
        await server.wait_until_ready()
        assert await bot.texts() == [f"flagga {number}" for number in range(120)]


async def test_a_session_lost_while_history_is_being_read_is_read_back_too(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        gate = server.faults.hold("GET /cdn/attachments/**")
        await channel.post(anna, attachments=[("ett.txt", b"flagga ett")])
        await gate.arrived()  # the page of history is here, and only its file is waited for
        await server.invalidate_session(resumable=False)
        await channel.post(anna, "flagga under")
        await server.until(lambda: len(server.gateway.identifies) == 2)
        await server.wait_until_ready()
        await eventually(bot._is_listening)
        gate.open()
        assert await bot.texts() == ["ett.txt\nflagga ett", "flagga under"]


async def test_a_server_that_falls_away_is_read_back_when_it_returns(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await guild.fall_away()
        await channel.post(anna, "flagga under")
        await guild.come_back()
        await server.caught_up()
        assert await bot.texts() == ["flagga under"]


async def test_the_unseen_time_begins_when_the_line_broke_not_at_the_last_message(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        message = await channel.post(anna, "hej")
        await bot.settled()
        await eventually(lambda: datetime.now(UTC).timestamp() > message.created_at + 0.05)
        await guild.fall_away()
        await server.caught_up()
        await guild.come_back()
        await bot.settled()
        (since,) = await bot.store.ask(lambda reader: reader._db.execute("SELECT since FROM unseen").fetchone())
        assert datetime.fromisoformat(since).timestamp() > message.created_at + 0.045


async def test_a_server_that_invites_the_bot_is_read_from_then_on(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        new = server.add_guild("Ny kommun")
        await new.add_text_channel("allmänt").post(new.add_member("bo"), "flagga i ny server")
        assert await bot.texts() == ["flagga i ny server"]


async def test_live_messages_that_come_while_history_is_read_follow_it_in_order_and_once(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as first:
        await channel.post(anna, "hej")
        await first.settled()
    await channel.post(anna, "flagga ett")
    gate = server.faults.hold(f"GET /channels/{channel.id}/messages")
    async with running(server, db, wait=False) as bot:
        await gate.arrived()
        second = await channel.post(anna, "flagga två")
        await second.edit("snällt")
        third = await channel.post(anna, "flagga tre")
        await third.delete()
        await server.caught_up()
        gate.open()
        assert await bot.texts() == ["flagga ett", "flagga två", "flagga tre"]
        assert (await bot.flags())[2].withdrawn_at is not None
        assert bot.classifier.texts.count("snällt") == 1


async def test_more_messages_than_fit_are_read_back_later(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.pipeline, "CAPACITY", 3)
    monkeypatch.setattr(bot.intake, "HELD", 5)
    texts = [f"flagga {number}" for number in range(300)]
    async with running(server, db) as running_bot:
        await channel.post_many(anna, texts)
        assert await running_bot.texts() == texts
        assert server.requests.matching(f"GET /channels/{channel.id}/messages")


async def test_more_early_messages_than_fit_are_read_back_with_those_of_the_absence(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.intake, "HELD", 2)
    async with running(server, db) as running_bot:
        await channel.post(anna, "flagga före")
        await running_bot.settled()
        await server.drop_all()
        await channel.post_many(anna, [f"flagga {number}" for number in range(9)])
        await server.until(server.gateway.live_shards)
        assert await running_bot.texts() == ["flagga före", *(f"flagga {number}" for number in range(9))]


@pytest.mark.parametrize("status", [503, 429])
async def test_history_that_is_refused_for_now_is_asked_for_again(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path, status: int
) -> None:
    async with running(server, db) as first:
        await channel.post(anna, "hej")
        await first.settled()
    await channel.post(anna, "flagga")
    pattern = f"GET /channels/{channel.id}/messages"
    if status == 429:
        server.faults.rate_limit(pattern, 0.05)
    else:
        server.faults.answer(pattern, status)
    async with running(server, db) as bot:
        assert await bot.texts() == ["flagga"]
        assert [request.status for request in server.requests.matching(pattern)][-2:] == [status, 200]


async def test_a_channel_that_may_not_be_read_back_is_named_in_the_log_and_read_live(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    anna: Member,
    db: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shut = guild.add_text_channel("halvstängd")
    shut.deny(guild.everyone, Permission.READ_MESSAGE_HISTORY)
    shut.deny(guild.bot_role, Permission.READ_MESSAGE_HISTORY)
    hidden = guild.add_text_channel("dold", hidden=True)
    async with running(server, db) as bot:
        await shut.post(anna, "flagga ändå", attachments=[("fil.txt", b"x")])
        await hidden.post(anna, "flagga dold")
        await channel.post(anna, "flagga öppet")
        assert set(await bot.texts()) == {"flagga ändå\nfil.txt", "flagga öppet"}
    (line,) = [record.getMessage() for record in caplog.records if "may not read channels" in record.getMessage()]
    assert str(shut.id) in line
    assert str(hidden.id) in line
    assert str(channel.id) not in line


async def test_each_shard_breaks_and_begins_by_itself(db: Path) -> None:
    async with LoopbackDiscord(shards=2) as server:
        guilds = [server.add_guild(f"kommun {shard}", shard=shard) for shard in (0, 1)]
        places = [guild.add_text_channel("allmänt") for guild in guilds]
        people = [guild.add_member("anna") for guild in guilds]
        async with running(server, db) as bot:
            for shard in (0, 1):
                await places[shard].post(people[shard], f"flagga {shard}")
            await bot.settled()
            lost = next(session for session in server.gateway.sessions.values() if session.shard == 1)
            assert lost.line is not None
            del server.gateway.sessions[lost.id]
            lost.line.drop()  # type: ignore[attr-defined]
            await places[1].post(people[1], "flagga under")
            await server.until(lambda: len(server.gateway.identifies) == 3)
            await server.wait_until_ready()
            await places[0].post(people[0], "flagga efter")
            assert sorted(map(str, await bot.texts())) == ["flagga 0", "flagga 1", "flagga efter", "flagga under"]
            assert [why for why, _ in await bot.unseen()] == ["lost session"]


async def test_a_post_in_a_channel_never_met_before_survives_a_crash_though_newer_ones_were_saved(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as first:
        new = guild.add_text_channel("ny")
        gate = server.faults.hold("GET /cdn/attachments/**")
        await new.post(anna, "se filen", attachments=[("fil.txt", b"flagga i fil")])
        await gate.arrived()
        await channel.post(anna, "flagga senare")
        await eventually(lambda: first.pipeline.totals.new_flags)
    gate.open()
    async with running(server, db) as second:
        assert await second.texts() == ["flagga senare", "se filen\nfil.txt\nflagga i fil"]


async def test_a_handler_never_waits_for_the_database(
    server: LoopbackDiscord, channel: Channel, anna: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        held = asyncio.get_running_loop().create_future()
        keep = bot.store.keep

        async def slow(kept: object) -> int:
            await held
            return await keep(kept)  # type: ignore[arg-type]

        bot.store.keep = slow  # type: ignore[method-assign]
        await channel.post_many(anna, [f"flagga {number}" for number in range(20)])
        await server.caught_up()  # heartbeats are answered all the while
        await eventually(lambda: bot.pipeline.backlog)
        held.set_result(None)
        assert len(await bot.texts()) == 20


async def _move_mark(server: LoopbackDiscord, db: Path, channel: Channel, moment: datetime) -> None:
    connection = sqlite3.connect(db)
    connection.execute("UPDATE channels SET mark = ?", [server.world.ids.at(moment)])
    connection.commit()
    connection.close()
