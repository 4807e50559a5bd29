"""The loopback Discord as a test holds it: started, furnished, watched, stopped."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType

from aiohttp import web

from . import guild_payloads
from .actions import Actions
from .attachments import Attachment, UploadLike, keep
from .channels import Channel, DirectMessages
from .clock import Clock
from .commands import Commands
from .front import CDN, GATEWAY, Front
from .gateway import Gateway
from .guilds import Guild
from .interactions import Interactions
from .messages import Message
from .outages import HOST, Outages
from .people import Member, User
from .permissions import BOT, Permission
from .routing import API, Backend
from .waiting import PATIENCE
from .world import World

TOKEN = "loopback.token.for-tests-only"


class LoopbackDiscord(Actions, Outages):
    """`privileged`: the intents switched on in the developer portal. `clock`: a ManualClock to move time by hand."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        shards: int = 1,
        clock: Clock | None = None,
        privileged: Iterable[str] = ("message_content",),
        heartbeat_interval: float = 41.25,
        application_name: str = "Uppsikt",
    ) -> None:
        self.token, self.shards = token, shards
        self.clock = clock or Clock()
        self.world = World(self.clock, application_name, frozenset(privileged))
        self.commands = Commands(self.world)
        self.interactions = Interactions(self.world)
        self.gateway = Gateway(self.world, token, heartbeat_interval)
        backend = Backend(
            self.world, self.commands, self.interactions, token, lambda: self.gateway.url, lambda: self.shards
        )
        self._front = Front(backend, self.gateway)
        self.faults, self.limits, self.requests = self._front.faults, self._front.limits, self._front.journal
        self.unhandled = self._front.unhandled
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    # Started and stopped.

    async def start(self) -> None:
        self._runner = web.AppRunner(self._front.app(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, HOST, 0)
        await self._site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = f"ws://{HOST}:{self.port}{GATEWAY}"
        self.world.cdn_url = self.cdn_url

    async def stop(self) -> None:
        """Stops, and fails if the loopback itself did anything wrong meanwhile."""
        self.gateway.closing = True
        for connection in list(self.gateway.connections):
            connection.drop()
        if self._runner is not None:
            await self._runner.cleanup()
        assert not self._front.failures, "the loopback failed:\n" + "\n".join(self._front.failures)

    async def __aenter__(self) -> LoopbackDiscord:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def api_url(self) -> str:
        return f"http://{HOST}:{self.port}{API}"

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def cdn_url(self) -> str:
        return f"http://{HOST}:{self.port}{CDN}"

    # Furnished.

    @property
    def bot(self) -> User:
        return self.world.bot

    def add_guild(
        self,
        name: str = "Uppsikts server",
        *,
        owner: str | User = "ägare",
        bot_permissions: Permission = BOT,
        shard: int | None = None,
    ) -> Guild:
        """A guild the bot is in. With `shard` its id is such that this shard gets it."""
        guild_id = self.world.ids.next()
        while shard is not None and (guild_id >> 22) % self.shards != shard:
            guild_id += 1 << 22
        user = self.add_user(owner) if isinstance(owner, str) else owner
        guild = Guild(self.world, guild_id, name, user, bot_permissions)
        self.world.guilds[guild.id] = guild
        # To sessions that are under way the bot has just been invited: no word on availability.
        self.world.emit("GUILD_CREATE", guild, lambda full: guild_payloads.created_guild(guild))
        return guild

    def add_user(self, name: str, *, bot: bool = False) -> User:
        """The user of that name; asked for again, the same one."""
        return self.world.user(name, bot=bot)

    def add_file(self, channel: Channel, upload: UploadLike) -> Attachment:
        """A file as a person picks it for a command's option."""
        return keep(self.world, channel.id, upload)

    def dm(self, whom: Member | User) -> DirectMessages:
        """The direct messages between the bot and somebody."""
        return self.world.dm(whom.user if isinstance(whom, Member) else whom)

    # Watched.

    def sent(self, where: Channel | Member | User | None = None) -> list[Message]:
        """What the bot has posted, oldest first, deleted or not; to a person: by direct message.

        Without what only one person sees: that is read in the interaction it answers.
        """
        place = self.dm(where) if isinstance(where, (Member, User)) else where
        visible = [message for message in self.world.sent if not message.is_ephemeral]
        return [message for message in visible if place is None or message.channel is place]

    async def wait_for_sent(
        self, where: Channel | Member | User | None = None, count: int = 1, timeout: float = PATIENCE
    ) -> list[Message]:
        """Waits until the bot has posted so many there and gives all of them."""
        return await self.until(
            lambda: found if len(found := self.sent(where)) >= count else [],
            f"{count} messages by the bot",
            timeout,
        )
