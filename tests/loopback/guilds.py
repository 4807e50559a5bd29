"""What is a guild made of, and how does a test furnish one?

`add_...` is immediate and may be used before or after the bot has connected; what a person does later is awaited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from . import guild_payloads, payloads
from .channels import Channel, Overwrite
from .events import Payload
from .messages import Message
from .people import Member, Role, User
from .permissions import BOT, EVERYONE, Permission
from .threads import Thread

if TYPE_CHECKING:
    from .world import World

C = TypeVar("C", bound=Channel)


class Guild:
    def __init__(self, world: World, guild_id: int, name: str, owner: User, bot_permissions: Permission = BOT) -> None:
        self.world, self.id, self.name, self.owner = world, guild_id, name, owner
        self.locale = "sv-SE"
        self.features: Sequence[str] = ("COMMUNITY", "NEWS")
        self.channels: list[Channel] = []
        self.threads: list[Thread] = []
        self.members: dict[int, Member] = {}
        self.bans: dict[int, str | None] = {}
        self.emojis: dict[str, int] = {}
        self.available = True
        # The @everyone role has the guild's id.
        self.everyone = Role(guild_id, "@everyone", self, EVERYONE)
        self.bot_role = Role(world.ids.next(), world.application_name, self, bot_permissions, managed=True)
        self.roles: list[Role] = [self.everyone, self.bot_role]
        now = world.clock.now()
        self.members[owner.id] = Member(self, owner, now)
        self.me = Member(self, world.bot, now, [self.bot_role])
        self.members[world.bot.id] = self.me

    def set_bot_permissions(self, permissions: Permission) -> None:
        """What the bot's own role gives it; what @everyone has, it has besides."""
        self.set_role_permissions(self.bot_role, permissions)

    def set_role_permissions(self, role: Role, permissions: Permission) -> None:
        role.permissions = permissions
        self._tell("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": payloads.role(role)})

    def add_role(self, name: str, permissions: Permission = Permission.NONE, *, above_bot: bool = False) -> Role:
        role = Role(self.world.ids.next(), name, self, permissions)
        place = len(self.roles) if above_bot else self.roles.index(self.bot_role)
        self.roles.insert(place, role)
        self._tell("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": payloads.role(role)})
        return role

    def add_member(self, who: str | User, *, roles: Iterable[Role] = (), nick: str | None = None) -> Member:
        """A name is one person: the same name in two guilds is the same user."""
        user = self.world.user(who) if isinstance(who, str) else who
        member = Member(self, user, self.world.clock.now(), list(roles), nick)
        self.members[user.id] = member
        self._tell("GUILD_MEMBER_ADD", {**payloads.member(member), "guild_id": str(self.id)})
        return member

    def remove_member(self, member: Member) -> None:
        del self.members[member.id]
        self._tell("GUILD_MEMBER_REMOVE", {"guild_id": str(self.id), "user": payloads.user(member.user)})

    def member(self, name: str) -> Member:
        return next(member for member in self.members.values() if member.name == name)

    def add_emoji(self, name: str) -> str:
        """Gives the text that uses the emoji in a message."""
        self.emojis[name] = self.world.ids.next()
        emojis = [guild_payloads.emoji(each) for each in self.emojis.items()]
        self._tell("GUILD_EMOJIS_UPDATE", {"guild_id": str(self.id), "emojis": emojis})
        return f"<:{name}:{self.emojis[name]}>"

    def add_text_channel(
        self, name: str, *, category: Channel | None = None, topic: str | None = None, hidden: bool = False
    ) -> Channel:
        """`hidden`: @everyone, and so the bot, does not see it unless a role or member is allowed to."""
        channel = self.add_channel(payloads.TEXT, name, category, hidden=hidden)
        channel.topic = topic
        return channel

    def add_announcement_channel(self, name: str, *, category: Channel | None = None, hidden: bool = False) -> Channel:
        return self.add_channel(payloads.ANNOUNCEMENT, name, category, hidden=hidden)

    def add_voice_channel(self, name: str, *, category: Channel | None = None, hidden: bool = False) -> Channel:
        return self.add_channel(payloads.VOICE, name, category, hidden=hidden)

    def add_stage_channel(self, name: str, *, category: Channel | None = None, hidden: bool = False) -> Channel:
        return self.add_channel(payloads.STAGE, name, category, hidden=hidden)

    def add_category(self, name: str) -> Channel:
        return self.add_channel(payloads.CATEGORY, name)

    def add_forum(
        self, name: str, *, tags: Iterable[str] = (), category: Channel | None = None, hidden: bool = False
    ) -> Forum:
        forum = Forum(self.world, self, payloads.FORUM, name, parent=category)
        forum.tags = {tag: self.world.ids.next() for tag in tags}
        return self._enter(forum, hidden, ())

    def add_channel(
        self,
        kind: int,
        name: str,
        category: Channel | None = None,
        *,
        hidden: bool = False,
        overwrites: Iterable[Overwrite] = (),
    ) -> Channel:
        return self._enter(Channel(self.world, self, kind, name, parent=category), hidden, overwrites)

    def _enter(self, channel: C, hidden: bool, overwrites: Iterable[Overwrite]) -> C:
        self.channels.append(channel)
        channel.overwrites = {overwrite.target: overwrite for overwrite in overwrites}
        if hidden:
            channel.overwrites[self.id] = Overwrite(self.id, 0, deny=Permission.VIEW_CHANNEL)
        self._tell("CHANNEL_CREATE", payloads.channel(channel))
        return channel

    # The guild as a whole.

    async def rename(self, name: str) -> None:
        self.name = name
        self._tell("GUILD_UPDATE", guild_payloads.rest_guild(self))

    async def fall_away(self) -> None:
        """An outage at Discord: the guild is unavailable until `come_back`."""
        self._tell("GUILD_DELETE", {"id": str(self.id), "unavailable": True})
        self.available = False

    async def come_back(self) -> None:
        self.available = True
        self._tell("GUILD_CREATE", {**guild_payloads.created_guild(self), "unavailable": False})

    async def throw_out_bot(self) -> None:
        self.lose_bot()

    def lose_bot(self) -> None:
        self._tell("GUILD_DELETE", {"id": str(self.id)})
        del self.world.guilds[self.id]
        for channel in [*self.channels, *self.threads]:
            self.world.channels.pop(channel.id, None)

    def _tell(self, name: str, data: Payload) -> None:
        self.world.emit(name, self, lambda full: data)


class Forum(Channel):
    async def open_post(
        self, author: Member, title: str, content: str = "", *, tags: Sequence[str] = (), **fields: Any
    ) -> tuple[Thread, Message]:
        """A post in a forum: a thread whose first message has the thread's id."""
        thread = Thread(self, payloads.PUBLIC_THREAD, title, author)
        thread.applied_tags = list(tags)
        thread.tell("THREAD_CREATE", newly_created=True)
        return thread, await thread.post(author, content, message_id=thread.id, **fields)
