"""Does the loopback Discord keep the promises that other tests lean on?

Each test states one, with a bare discord.py client on the other end of the line.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import discord
import pytest
import pytest_asyncio
from discord import app_commands

from tests.loopback import (
    DidNotRespondError,
    LoopbackDiscord,
    ManualClock,
    NotOfferedError,
    Permission,
    pointed_at,
    poll,
    running,
)
from tests.loopback.rate_limits import RateLimits


class Bot(discord.AutoShardedClient):
    """A client that keeps what it is told."""

    def __init__(self, *, intents: discord.Intents | None = None, **options: Any) -> None:
        if intents is None:
            intents = discord.Intents.default()
            intents.message_content = True
        # The two seconds discord.py waits for late guilds would be most of every test's time.
        super().__init__(intents=intents, guild_ready_timeout=0.05, **options)
        self.seen: list[discord.Message] = []
        self.events: list[str] = []
        self.tree = app_commands.CommandTree(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord wants five seconds between two identifies; the loopback does not."""

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        self.events.append(f"edit {payload.message.content}")

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self.events.append(f"delete {payload.message_id}")

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        self.events.append(f"bulk {len(payload.message_ids)}")

    async def on_resumed(self) -> None:
        self.events.append("resumed")

    @property
    def texts(self) -> list[str]:
        return [message.content for message in self.seen]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as started:
        yield started
    assert not started.unhandled


def text_channel(client: discord.Client, channel_id: int) -> discord.TextChannel:
    channel = client.get_channel(channel_id)
    assert isinstance(channel, discord.TextChannel)
    return channel


@pytest.mark.asyncio
async def test_a_client_logs_in_and_finds_the_guild_as_it_was_furnished(server: LoopbackDiscord) -> None:
    guild = server.add_guild("Klubben")
    member = guild.add_member("u017", roles=[guild.add_role("medlem")])
    allmant = guild.add_text_channel("allmänt", topic="Om allt")
    forum = guild.add_forum("frågor", tags=["löst"])
    guild.add_voice_channel("röst")
    guild.add_announcement_channel("nyheter")
    hidden = guild.add_text_channel("styrelsen", hidden=True)
    thread = allmant.add_thread("en tråd", member)
    post, _ = await forum.open_post(member, "hur gör man?", "så här?", tags=["löst"])
    async with running(Bot(), server) as client:
        seen = client.get_guild(guild.id)
        assert seen is not None
        assert seen.name == "Klubben"
        assert {channel.name for channel in seen.channels} == {"allmänt", "frågor", "röst", "nyheter", "styrelsen"}
        assert {each.id for each in seen.threads} == {thread.id, post.id}
        assert seen.me.guild_permissions.moderate_members
        styrelsen, same = text_channel(client, hidden.id), text_channel(client, allmant.id)
        assert not styrelsen.permissions_for(seen.me).view_channel
        assert same.permissions_for(seen.me).manage_messages
        assert same.topic == "Om allt"
        assert (await seen.fetch_member(member.id)).roles[-1].name == "medlem"


@pytest.mark.asyncio
async def test_messages_of_every_kind_arrive_in_the_order_they_were_posted(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, elsewhere = guild.add_text_channel("allmänt"), guild.add_text_channel("annat")
    anna, bo = guild.add_member("u001"), guild.add_member("u002")
    async with running(Bot(), server) as client:
        first = await channel.post(anna, "hej <@&1> på er")
        await channel.post(bo, "svar", reply_to=first, stickers=["vinka"])
        original = await elsewhere.post(anna, "vidare", embeds=[{"title": "T", "type": "rich"}])
        await channel.forward(bo, original)
        await channel.add_webhook("väder").post("regn")
        await channel.post(anna, poll=poll("Fika?", "ja", "nej"))
        await channel.system(bo)
        await channel.automod_alert(bo, "fult ord", rule="Svordomar")
        await first.edit("hej då")
        await first.delete()
        await channel.purge(await channel.post_many([anna, bo], ["a", "b", "c"]))
        await server.caught_up()
    plain, reply, moved, forward, hook, asked, joined, alert = client.seen[:8]
    assert plain.author.id == anna.id
    assert plain.guild is not None
    assert reply.reference is not None
    assert reply.reference.message_id == first.id
    assert reply.stickers[0].name == "vinka"
    assert moved.embeds[0].title == "T"
    assert forward.message_snapshots[0].content == "vidare"
    assert not forward.content
    assert hook.webhook_id
    assert hook.author.name == "väder"
    assert asked.poll is not None
    assert asked.poll.question == "Fika?"
    assert joined.type is discord.MessageType.new_member
    assert alert.type is discord.MessageType.auto_moderation_action
    assert alert.embeds[0].description == "fult ord"
    assert client.events == ["edit hej då", f"delete {first.id}", "bulk 3"]


@pytest.mark.asyncio
async def test_a_dropped_line_is_resumed_and_what_was_missed_is_replayed(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
    async with running(Bot(), server) as client:
        await channel.post(anna, "före")
        await server.caught_up()
        await server.drop_all()
        await channel.post(anna, "under")
        await server.until(server.gateway.live_shards)
        await channel.post(anna, "efter")
        await server.caught_up()
        assert client.texts == ["före", "under", "efter"]
        assert len(server.gateway.resumes) == 1
        assert len(server.gateway.identifies) == 1
        await server.ask_reconnect()
        await server.until(lambda: len(server.gateway.resumes) == 2)
        await server.caught_up()
        assert client.events == ["resumed", "resumed"]


@pytest.mark.asyncio
async def test_an_invalid_session_identifies_anew_and_what_came_meanwhile_is_only_in_the_history(
    server: LoopbackDiscord,
) -> None:
    guild = server.add_guild()
    channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
    async with running(Bot(), server) as client:
        await server.invalidate_session(resumable=False)
        await channel.post(anna, "missat")
        await server.wait_until_ready()
        await channel.post(anna, "hört")
        await server.caught_up()
        assert client.texts == ["hört"]
        assert len(server.gateway.identifies) == 2
        history = [message.content async for message in text_channel(client, channel.id).history()]
        assert history == ["hört", "missat"]


@pytest.mark.asyncio
async def test_a_gateway_gone_silent_is_left_and_resumed() -> None:
    async with LoopbackDiscord(heartbeat_interval=0.1) as server:
        guild = server.add_guild()
        channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
        async with running(Bot(heartbeat_timeout=0.3), server) as client:
            server.silence()
            await channel.post(anna, "ohört")
            await server.until(lambda: server.gateway.resumes)
            await server.caught_up()
            assert client.texts == ["ohört"]


@pytest.mark.asyncio
async def test_what_is_posted_while_discord_is_unreachable_is_there_when_it_is_back(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
    async with running(Bot(), server) as client:
        async with server.offline():
            await channel.post(anna, "under avbrottet")
            with pytest.raises(aiohttp.ClientConnectorError):
                await client.fetch_channel(channel.id)
        await server.wait_until_ready()
        history = [message.content async for message in text_channel(client, channel.id).history()]
        assert history == ["under avbrottet"]


@pytest.mark.asyncio
async def test_pages_of_history_are_complete_in_both_directions(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
    began = datetime.now(UTC) - timedelta(days=30)
    written = await channel.post_many(anna, [f"m{n}" for n in range(1000)], at=began, step=60)
    ids = [message.id for message in written]
    async with running(Bot(), server) as client:
        place = text_channel(client, channel.id)
        assert [m.id async for m in place.history(limit=None)] == ids[::-1]
        assert [m.id async for m in place.history(limit=None, oldest_first=True)] == ids
        after = began + timedelta(minutes=249, seconds=30)
        assert [m.id async for m in place.history(limit=None, after=after)] == ids[250:]
        assert [m.id async for m in place.history(limit=120, before=discord.Object(ids[500]))] == ids[499:379:-1]
        assert (await place.fetch_message(ids[7])).content == "m7"
        assert not client.seen
    pages = server.requests.matching("GET /channels/*/messages")
    assert all(int(page.query["limit"]) <= 100 for page in pages)


@pytest.mark.asyncio
async def test_threads_active_and_archived_can_be_found_over_rest(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, forum, anna = guild.add_text_channel("allmänt"), guild.add_forum("frågor"), guild.add_member("u001")
    old, new = (channel.add_thread(name, anna) for name in ("gammal", "ny"))
    secret = channel.add_thread("hemlig", anna, private=True)
    post, first = await forum.open_post(anna, "en fråga", "hur då?")
    await old.archive()
    async with running(Bot(), server) as client:
        seen = client.get_guild(guild.id)
        assert seen is not None
        assert {thread.id for thread in await seen.active_threads()} == {new.id, post.id}
        place = text_channel(client, channel.id)
        assert [thread.id async for thread in place.archived_threads()] == [old.id]
        assert [m.content async for m in seen.get_thread(post.id).history()] == ["hur då?"]  # type: ignore[union-attr]
        assert first.id == post.id
        await secret.post(anna, "osett")
        await old.post(anna, "öppnad igen")
        await server.caught_up()
        assert client.texts == ["öppnad igen"]
        assert seen.get_thread(old.id) is not None
        bots_own = await place.create_thread(name="granskning", type=discord.ChannelType.public_thread)
        await bots_own.send("i tråden")
        assert [message.channel.name for message in server.sent()] == ["allmänt", "granskning"]


@pytest.mark.asyncio
async def test_events_can_be_held_back_and_lost_while_rest_knows_them(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
    async with running(Bot(), server) as client:
        server.hold_events()
        await channel.post(anna, "sen")
        await server.caught_up()
        assert not client.seen
        assert [m.content async for m in text_channel(client, channel.id).history()] == ["sen"]
        server.release_events()
        server.lose_events("MESSAGE_CREATE")
        await channel.post_many(anna, ["förlorad", "framme"])
        await server.caught_up()
        assert client.texts == ["sen", "framme"]


@pytest.mark.asyncio
async def test_a_429_is_waited_out_and_limits_with_headers_are_kept(server: LoopbackDiscord) -> None:
    channel = server.add_guild().add_text_channel("allmänt")
    async with running(Bot(), server) as client:
        place = text_channel(client, channel.id)
        server.faults.rate_limit("POST /channels/*/messages", 0.1)
        await place.send("till slut")
        assert [r.status for r in server.requests.matching("POST /channels/*/messages")] == [429, 200]
        server.limits.limit("POST /channels/*/messages", 2, per=0.2)
        for number in range(4):
            await place.send(f"i takt {number}")
        assert not server.limits.violations
    assert [message.content for message in server.sent(channel)] == ["till slut", *(f"i takt {n}" for n in range(4))]


def test_each_channel_and_each_interactions_token_has_a_limit_of_its_own() -> None:
    limits = RateLimits()
    limits.as_discord()

    def allowed(method: str, path: str) -> int:
        return sum(limits.check(method, path)[0] is None for _ in range(20))

    assert allowed("PATCH", "/channels/1/messages/7") == 5
    assert allowed("PATCH", "/channels/1/messages/8") == 0
    assert allowed("PATCH", "/channels/2/messages/7") == 5
    assert allowed("PATCH", "/webhooks/9/one/messages/@original") == 5
    assert allowed("PATCH", "/webhooks/9/other/messages/@original") == 5
    assert allowed("POST", "/interactions/1/one/callback") == 20


@pytest.mark.asyncio
async def test_a_server_error_is_tried_again_and_a_lost_answer_is_not_undone(server: LoopbackDiscord) -> None:
    channel = server.add_guild().add_text_channel("allmänt")
    async with running(Bot(), server) as client:
        place = text_channel(client, channel.id)
        server.faults.answer("POST /channels/*/messages", 502)
        await place.send("andra gången")
        assert [message.content for message in server.sent(channel)] == ["andra gången"]
        server.faults.cut("POST /channels/*/messages", after=True)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await place.send("framme ändå")
        assert server.sent(channel)[-1].content == "framme ändå"
        gate = server.faults.hold("POST /channels/*/messages")
        sending = asyncio.create_task(place.send("väntar"))
        await gate.arrived()
        assert not sending.done()
        gate.open()
        assert (await sending).content == "väntar"


@pytest.mark.asyncio
async def test_a_wrong_token_is_a_login_failure(server: LoopbackDiscord) -> None:
    with pytest.raises(discord.LoginFailure):
        async with running(Bot(), server, token="fel"):
            pass


@pytest.mark.asyncio
async def test_an_intent_that_the_portal_does_not_allow_is_required_there() -> None:
    async with LoopbackDiscord(privileged=()) as server:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with running(Bot(), server):
                pass


@pytest.mark.asyncio
async def test_without_message_content_the_gateway_and_the_history_show_nothing() -> None:
    async with LoopbackDiscord(privileged=()) as server:
        guild = server.add_guild()
        channel, anna = guild.add_text_channel("allmänt"), guild.add_member("u001")
        async with running(Bot(intents=discord.Intents.default()), server) as client:
            await channel.post(anna, "hemligt", attachments=[("a.png", b"x")], embeds=[{"title": "T"}])
            await channel.post(anna, f"till {server.bot.mention}")
            await server.dm(anna).post(anna, "mellan oss")
            await server.caught_up()
            assert client.texts == ["", f"till {server.bot.mention}", "mellan oss"]
            assert not client.seen[0].attachments
            assert not client.seen[0].embeds
            history = [m.content async for m in text_channel(client, channel.id).history()]
            assert history == [f"till {server.bot.mention}", ""]


@pytest.mark.asyncio
async def test_two_shards_each_get_their_own_guilds() -> None:
    async with LoopbackDiscord(shards=2) as server:
        guilds = [server.add_guild(f"server {shard}", shard=shard) for shard in (0, 1)]
        async with running(Bot(), server) as client:
            assert client.shard_count == 2
            for shard, guild in enumerate(guilds):
                seen = client.get_guild(guild.id)
                assert seen is not None
                assert seen.shard_id == shard
                await guild.add_text_channel("allmänt").post(guild.add_member("u001"), f"hej {shard}")
            await server.caught_up()
            assert sorted(client.texts) == ["hej 0", "hej 1"]


@pytest.mark.asyncio
async def test_a_slash_command_is_offered_to_whom_it_may_concern_and_answered(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel = guild.add_text_channel("allmänt")
    moderator = guild.add_member("u002", roles=[guild.add_role("mod", Permission.MODERATE_MEMBERS)])
    anna = guild.add_member("u001")
    client = Bot()
    group = app_commands.Group(
        name="uppsikt", description="-", default_permissions=discord.Permissions(moderate_members=True)
    )

    @group.command(name="status", description="-")
    async def status(interaction: discord.Interaction, dagar: int, vem: discord.Member) -> None:
        await interaction.response.send_message(f"{vem.name}: {dagar}", ephemeral=True)
        await interaction.followup.send("och mer", ephemeral=True)

    @group.command(name="sen", description="-")
    async def late(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="klart")

    @client.tree.context_menu(name="Granska")
    async def review(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"granskar {message.content}")

    client.tree.add_command(group)
    async with running(client, server):
        await client.tree.sync()
        with pytest.raises(NotOfferedError):
            await server.slash(anna, channel, "uppsikt status", {"dagar": 3, "vem": moderator})
        asked = await server.slash(moderator, channel, "uppsikt status", {"dagar": 3, "vem": anna})
        assert (await asked.shown()).content == "u001: 3"
        assert asked.ephemeral
        assert (await asked.followup()).content == "och mer"
        slow = await server.slash(moderator, channel, "uppsikt sen")
        assert (await slow.shown()).content == "klart"
        assert slow.deferred
        menu = await server.context_menu(anna, await channel.post(anna, "det här"), "Granska")
        assert (await menu.shown()).content == "granskar det här"
        assert [message.content for message in server.sent(channel)] == ["granskar det här"]


@pytest.mark.asyncio
async def test_buttons_selects_and_modals_are_answered(server: LoopbackDiscord) -> None:
    channel = (guild := server.add_guild()).add_text_channel("allmänt")
    anna = guild.add_member("u001")

    class Why(discord.ui.Modal, title="Varför?"):
        reason: discord.ui.Label[Any] = discord.ui.Label(
            text="Skäl", component=discord.ui.TextInput(custom_id="reason", max_length=100)
        )

        async def on_submit(self, interaction: discord.Interaction) -> None:
            assert isinstance(self.reason.component, discord.ui.TextInput)
            await interaction.response.edit_message(view=panel(f"Skäl: {self.reason.component.value}"))

    class Ask(discord.ui.Button[Any]):
        async def callback(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_modal(Why())

    class Pick(discord.ui.Select[Any]):
        async def callback(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"valde {self.values[0]}", ephemeral=True)

    def panel(text: str) -> discord.ui.LayoutView:
        view, box = discord.ui.LayoutView(), discord.ui.Container[Any](discord.ui.TextDisplay(text))
        box.add_item(discord.ui.ActionRow(Ask(label="Varför", custom_id="why")))
        options = [discord.SelectOption(label="Ett", value="1"), discord.SelectOption(label="Två", value="2")]
        box.add_item(discord.ui.ActionRow(Pick(custom_id="pick", options=options)))
        return view.add_item(box)

    async with running(Bot(), server) as client:
        await text_channel(client, channel.id).send(view=panel("Panel"))
        shown = server.sent(channel)[0]
        assert shown.text == "Panel"
        picked = await server.select(anna, shown, "pick", ["Två"])
        assert (await picked.shown()).content == "valde 2"
        clicked = await (await server.click(anna, shown, "Varför")).acknowledgement()
        sent = await server.submit_modal(clicked, {"reason": "för att"})
        assert (await sent.shown()) is shown
        assert shown.text == "Skäl: för att"


@pytest.mark.asyncio
async def test_an_interaction_waits_three_seconds_and_its_token_lives_for_fifteen_minutes() -> None:
    clock = ManualClock()
    async with LoopbackDiscord(clock=clock) as server:
        channel = (guild := server.add_guild()).add_text_channel("allmänt")
        anna = guild.add_member("u001")
        client = Bot()
        go_on, errors = asyncio.Event(), asyncio.Queue[discord.HTTPException]()

        @client.tree.command(name="sen", description="-")
        async def late(interaction: discord.Interaction, genast: bool) -> None:
            try:
                if genast:
                    await interaction.response.defer()
                await go_on.wait()
                await interaction.followup.send("x") if genast else await interaction.response.send_message("x")
            except discord.HTTPException as error:
                errors.put_nowait(error)

        async with running(client, server):
            await client.tree.sync()
            for at_once, seconds, code in ((False, 4, 10062), (True, 15 * 60 + 1, 50027)):
                go_on.clear()
                asked = await server.slash(anna, channel, "sen", {"genast": at_once})
                if at_once:
                    await asked.acknowledgement()
                clock.advance(seconds)
                go_on.set()
                assert (await errors.get()).code == code
                if not at_once:
                    with pytest.raises(DidNotRespondError):
                        await asked.acknowledgement(timeout=0)


@pytest.mark.asyncio
async def test_a_direct_message_arrives_unless_the_user_takes_none(server: LoopbackDiscord) -> None:
    anna = server.add_guild().add_member("u001")
    async with running(Bot(), server) as client:
        user = await client.fetch_user(anna.id)
        await user.send("hej")
        assert [message.content for message in server.sent(anna)] == ["hej"]
        anna.user.close_dms()
        with pytest.raises(discord.Forbidden) as refusal:
            await user.send("hej igen")
        assert refusal.value.code == 50007


@pytest.mark.asyncio
async def test_files_can_be_downloaded_and_uploaded(server: LoopbackDiscord) -> None:
    channel = (guild := server.add_guild()).add_text_channel("allmänt")
    anna = guild.add_member("u001")
    async with running(Bot(), server) as client:
        posted = await channel.post(anna, attachments=[("bild å.png", b"\x89PNG...")])
        await server.caught_up()
        (attachment,) = client.seen[0].attachments
        assert attachment.content_type == "image/png"
        assert await attachment.read() == b"\x89PNG..."
        await posted.delete()
        with pytest.raises(discord.NotFound):
            await attachment.read()
        file = discord.File(io.BytesIO(b"a,b\n"), "lista.csv", description="En lista")
        await text_channel(client, channel.id).send("här", file=file)
        (uploaded,) = server.sent(channel)[0].attachments
        assert (uploaded.filename, uploaded.data, uploaded.upload.description) == ("lista.csv", b"a,b\n", "En lista")


@pytest.mark.asyncio
async def test_what_the_bot_may_not_do_is_refused_with_discords_code(server: LoopbackDiscord) -> None:
    guild = server.add_guild()
    channel, hidden = guild.add_text_channel("allmänt"), guild.add_text_channel("styrelsen", hidden=True)
    anna, boss = guild.add_member("u001"), guild.add_member("u002", roles=[guild.add_role("chef", above_bot=True)])
    message = await channel.post(anna, "hej")

    async def code_of(attempt: Any) -> int:
        with pytest.raises(discord.HTTPException) as refusal:
            await attempt
        return refusal.value.code

    async with running(Bot(), server) as client:
        place, seen = text_channel(client, channel.id), client.get_guild(guild.id)
        assert seen is not None
        assert await code_of(text_channel(client, hidden.id).send("x")) == 50001
        assert await code_of(place.fetch_message(1)) == 10008
        assert await code_of(client.fetch_channel(1)) == 10003
        assert await code_of(place.send("x" * 2001)) == 50035
        until = timedelta(minutes=10)
        member = await seen.fetch_member(anna.id)
        await member.timeout(until, reason="för högljudd")
        assert anna.is_timed_out
        assert server.requests.matching("PATCH /**")[-1].reason == "för högljudd"
        assert await code_of((await seen.fetch_member(boss.id)).timeout(until)) == 50013
        await (await place.fetch_message(message.id)).delete()
        assert message.deleted
        channel.deny(guild.bot_role, Permission.MANAGE_MESSAGES)
        other = await channel.post(guild.add_member("u003"), "kvar")
        assert await code_of((await place.fetch_message(other.id)).delete()) == 50013


@pytest.mark.asyncio
async def test_thousands_of_messages_take_no_more_than_a_few_seconds(server: LoopbackDiscord) -> None:
    channel = (guild := server.add_guild()).add_text_channel("allmänt")
    anna = guild.add_member("u001")
    async with running(Bot(), server) as client:
        await channel.post_many(anna, (f"m{number}" for number in range(3000)))
        await server.caught_up()
        assert client.texts == [f"m{number}" for number in range(3000)]


def test_the_addresses_are_put_back_afterwards() -> None:
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY, discord.Asset.BASE
    with pointed_at(LoopbackDiscord()):
        assert before[0] != discord.http.Route.BASE
    assert before == (
        discord.http.Route.BASE,
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY,
        discord.Asset.BASE,
    )
