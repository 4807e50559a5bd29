"""What kinds of channels are there, and what can be done to them?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import messages, payloads
from .events import Payload
from .history import History
from .messages import Message
from .people import Member, Role, User
from .permissions import Permission
from .posting import PostingPlace, reference

if TYPE_CHECKING:
    from .guilds import Guild
    from .threads import Thread
    from .world import World


@dataclass
class Overwrite:
    target: int
    kind: int  # 0 role, 1 member
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE


class Channel(PostingPlace):
    def __init__(
        self,
        world: World,
        guild: Guild | None,
        kind: int,
        name: str = "",
        *,
        parent: Channel | None = None,
        channel_id: int | None = None,
    ) -> None:
        self.world, self.guild, self.kind, self.name, self.parent = world, guild, kind, name, parent
        self.id = channel_id or world.ids.next()
        self.topic: str | None = None
        self.nsfw = False
        self.slowmode = 0
        self.position = len(guild.channels) if guild else 0
        self.overwrites: dict[int, Overwrite] = {}
        self.tags: dict[str, int] = {}
        self.history = History()
        self.deleted = False
        world.channels[self.id] = self

    @property
    def _channel(self) -> Channel:
        return self

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def visible_to_bot(self) -> bool:
        return self.guild is None or self.guild.me.may(self.needed_to_view, self)

    @property
    def needed_to_view(self) -> Permission:
        if self.kind in (payloads.VOICE, payloads.STAGE):
            return Permission.VIEW_CHANNEL | Permission.CONNECT
        return Permission.VIEW_CHANNEL

    @property
    def holds_messages(self) -> bool:
        return self.kind not in (payloads.CATEGORY, payloads.FORUM)

    def woken_by(self, author: User) -> None:
        """Somebody writes here; only threads care."""

    # Permissions: who may do what here.

    def allow(self, whom: Role | Member, permission: Permission) -> None:
        overwrite = self._overwrite(whom)
        overwrite.allow |= permission
        overwrite.deny &= ~permission
        self.changed()

    def deny(self, whom: Role | Member, permission: Permission) -> None:
        overwrite = self._overwrite(whom)
        overwrite.deny |= permission
        overwrite.allow &= ~permission
        self.changed()

    def _overwrite(self, whom: Role | Member) -> Overwrite:
        return self.overwrites.setdefault(whom.id, Overwrite(whom.id, int(isinstance(whom, Member))))

    # What moderators and members do.

    def add_thread(
        self, name: str, owner: Member, *, private: bool = False, from_message: Message | None = None
    ) -> Thread:
        """Opens a thread, from nothing or from a message; it then has the message's id, as on Discord."""
        from .threads import Thread

        kind = payloads.PRIVATE_THREAD if private else payloads.PUBLIC_THREAD
        if self.kind == payloads.ANNOUNCEMENT and not private:
            kind = payloads.ANNOUNCEMENT_THREAD
        thread = Thread(self, kind, name, owner, thread_id=from_message.id if from_message else None)
        thread.tell("THREAD_CREATE", newly_created=True)
        if from_message:
            thread.write(
                owner,
                type=messages.THREAD_STARTER,
                reference=reference(from_message),
                replied_to=from_message,
            )
            from_message.change(as_edit=False, thread=thread, flags=from_message.flags | messages.HAS_THREAD)
        elif not private:
            where: Payload = {"type": 0, "channel_id": str(thread.id), "guild_id": str(thread.guild.id)}
            self.write(owner, name, type=messages.THREAD_CREATED, reference=where)
        return thread

    async def rename(self, name: str) -> None:
        self.name = name
        self.changed()

    async def delete(self) -> None:
        self.erase()

    async def purge(self, gone: Iterable[Message]) -> None:
        """A moderator other than the bot removes many at once: one MESSAGE_DELETE_BULK."""
        self.remove_many(list(gone))

    # What follows from it.

    def changed(self) -> None:
        self._tell("CHANNEL_UPDATE", payloads.channel(self))

    def erase(self) -> None:
        assert self.guild is not None
        self.deleted = True
        data = payloads.channel(self)
        for thread in [thread for thread in self.guild.threads if thread.parent is self]:
            self.guild.threads.remove(thread)
            self.world.channels.pop(thread.id, None)
        self.guild.channels.remove(self)
        del self.world.channels[self.id]
        self._tell("CHANNEL_DELETE", data)

    def remove(self, message: Message) -> None:
        self._forget(message)
        self._tell_removed("MESSAGE_DELETE", {"id": str(message.id)}, [message])

    def remove_many(self, gone: list[Message]) -> None:
        for message in gone:
            self._forget(message)
        self._tell_removed("MESSAGE_DELETE_BULK", {"ids": [str(message.id) for message in gone]}, gone)

    def _forget(self, message: Message) -> None:
        message.deleted = True
        if self.history.get(message.id):
            self.history.remove(message)
        for attachment in message.attachments:
            attachment.gone = True

    def _tell_removed(self, name: str, data: Payload, gone: list[Message]) -> None:
        data["channel_id"] = str(self.id)
        if self.guild:
            data["guild_id"] = str(self.guild.id)
        if self.visible_to_bot and not all(message.is_ephemeral for message in gone):
            self.world.emit(name, self.guild, lambda full: data)

    def _tell(self, name: str, data: Payload) -> None:
        if self.guild:
            self.world.emit(name, self.guild, lambda full: data)


class DirectMessages(Channel):
    """The bot and one user."""

    def __init__(self, world: World, recipient: User) -> None:
        super().__init__(world, None, payloads.DM)
        self.recipient = recipient
