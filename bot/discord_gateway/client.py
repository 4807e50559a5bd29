"""Which events are heard, and what becomes of them? Handlers of about three lines, which never wait.

The client asks for as little as it can: no members, no presences, no message cache. discord.py starts each handler
as a task of its own, in the order of the events, so a handler keeps that order only as long as it does not wait
before it hands its event on.

A guild begins when Discord has told of it (GUILD_CREATE): after each new session, after an outage, and when the bot
is invited. A shard's line may break and be resumed any number of times in between.
"""

from __future__ import annotations

import asyncio
import logging
from itertools import chain, repeat

import discord
from discord import app_commands

from bot.config import Settings
from bot.core.errors import StoreError
from bot.core.messages import Event
from bot.discord_gateway.channels import archived_since, channels, is_readable
from bot.discord_gateway.commands import Handler
from bot.discord_gateway.door import Door
from bot.discord_gateway.files import has_text_files
from bot.discord_gateway.history import DiscordHistory
from bot.discord_gateway.names import Names
from bot.discord_gateway.refusals import REFUSALS
from bot.discord_gateway.registering import sync
from bot.intake import Intake

log = logging.getLogger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it neither hears nor speaks

SEARCH_AGAIN = (5, 30, 120)  # seconds between tries to list archived threads; the last is repeated


def intents() -> discord.Intents:
    """The least that the work takes; message_content is to be switched on in the Developer Portal."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=True)


class UppsiktClient(discord.AutoShardedClient):
    """discord.py's client with our handlers; with as many shards as Discord recommends."""

    def __init__(self, settings: Settings, intake: Intake, history: DiscordHistory) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.tree: app_commands.CommandTree[discord.AutoShardedClient] = app_commands.CommandTree(self)
        self.door = Door(settings)
        self.names = Names()
        self._file_limit = settings.discord.attachment_bytes
        self._intake = intake
        self._history = history
        self._met: set[int] = set()
        self.otherwise: Handler | None = None  # hears of modals, and of presses that no button of ours hears
        self.failure: StoreError | None = None
        self._searches: set[asyncio.Task[None]] = set()
        history.bind(self)

    async def setup_hook(self) -> None:
        """Called by discord.py once, after the login and before the gateway."""
        await sync(self.tree)

    # Messages.

    async def on_message(self, message: discord.Message) -> None:
        post = self.door.posted(message, self._own_id)
        if post is not None:
            self._intake.receive(post, whole=not has_text_files(message, self._file_limit))
            self._receive(self.door.named(message, post))
            self.names.hear(message.author)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        self._receive(self.door.edited(payload.message, self._own_id))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self._receive(*self.door.withdrawn(self._guild(payload.guild_id), payload.channel_id, [payload.message_id]))

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        self._receive(*self.door.withdrawn(self._guild(payload.guild_id), payload.channel_id, payload.message_ids))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.names.hear(interaction.user)
        if self.otherwise is not None:
            await self.otherwise(interaction)

    # Titles: of threads that are made, become visible, or change.

    async def on_thread_create(self, thread: discord.Thread) -> None:
        self._receive(self.door.titled(thread))

    async def on_thread_join(self, thread: discord.Thread) -> None:
        self._receive(self.door.titled(thread))

    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        self._receive(self.door.titled(after))

    # The stream: it begins, breaks off, goes on.

    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._begin(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._begin(guild)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        self._intake.interrupted(self._watched([guild]))

    async def on_shard_disconnect(self, shard_id: int) -> None:
        self._intake.interrupted(self._watched(self._of_shard(shard_id)))

    async def on_shard_resumed(self, shard_id: int) -> None:
        self._intake.resumed(self._watched(self._of_shard(shard_id)))

    async def close(self) -> None:
        for search in self._searches:
            search.cancel()
        await super().close()

    async def _begin(self, guild: discord.Guild) -> None:
        if not self.door.watches(guild.id):
            return
        why = "lost session" if guild.id in self._met else "restart"
        self._met.add(guild.id)
        self._history.forget_roles()
        readable = self.door.places(channel for channel in channels(guild) if is_readable(channel))
        try:
            read_to = await self._intake.begin(str(guild.id), readable, why)
        except StoreError as problem:
            await self._fail(problem)
            return
        self._receive(*(self.door.titled(thread) for thread in guild.threads if is_readable(thread)))
        if unreadable := self.door.unreadable(guild):
            log.warning("server %s: the bot may not read channels %s", guild.id, ", ".join(unreadable))
        if read_to is not None:
            search = asyncio.create_task(self._search_archive(guild, read_to, why), name=f"archive of {guild.id}")
            self._searches.add(search)
            search.add_done_callback(self._searches.discard)

    async def _search_archive(self, guild: discord.Guild, read_to: int, why: str) -> None:
        """Threads that were written in and archived while nobody watched."""
        for seconds in chain(SEARCH_AGAIN, repeat(SEARCH_AGAIN[-1])):
            try:
                threads = [thread async for thread in archived_since(guild, read_to)]
                await self._intake.also(self.door.places(threads), why)
            except REFUSALS as problem:
                log.warning("server %s: archive not searched, again in %d s: %s", guild.id, seconds, problem)
                await asyncio.sleep(seconds)
            except StoreError as problem:
                await self._fail(problem)
                return
            else:
                self._receive(*map(self.door.titled, threads))
                return

    async def _fail(self, problem: StoreError) -> None:
        """Nothing can be read without marks: whoever runs the client is told why it ended."""
        self.failure = problem
        await super().close()

    def _receive(self, *events: Event | None) -> None:
        for event in events:
            if event is not None:
                self._intake.receive(event)

    @property
    def _own_id(self) -> int:
        assert self.user is not None, "events come after the login"
        return self.user.id

    def _guild(self, guild_id: int | None) -> discord.Guild | None:
        return None if guild_id is None else self.get_guild(guild_id)

    def _of_shard(self, shard_id: int) -> list[discord.Guild]:
        return [guild for guild in self.guilds if guild.shard_id == shard_id]

    def _watched(self, guilds: list[discord.Guild]) -> list[str]:
        return [str(guild.id) for guild in guilds if self.door.watches(guild.id)]
