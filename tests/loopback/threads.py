"""What is particular about a thread: its members, its being archived, and who sees it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import payloads
from .channels import Channel
from .people import Member, User
from .permissions import Permission, permissions_in

if TYPE_CHECKING:
    from .guilds import Guild


class Thread(Channel):
    guild: Guild
    parent: Channel

    def __init__(self, parent: Channel, kind: int, name: str, owner: Member, *, thread_id: int | None = None) -> None:
        assert parent.guild is not None
        super().__init__(parent.world, parent.guild, kind, name, parent=parent, channel_id=thread_id)
        self.owner_id = owner.id
        self.created_at = self.archive_changed_at = self.world.clock.now()
        self.archived = self.locked = False
        self.applied_tags: list[str] = []
        self.members: dict[int, float] = {owner.id: self.created_at}
        self.overwrites = parent.overwrites
        self.guild.threads.append(self)

    @property
    def needed_to_view(self) -> Permission:
        return self.parent.needed_to_view

    @property
    def visible_to_bot(self) -> bool:
        me = self.guild.me
        if not me.may(self.needed_to_view, self):
            return False
        if self.kind != payloads.PRIVATE_THREAD or me.id in self.members:
            return True
        return bool(permissions_in(me, self) & Permission.MANAGE_THREADS)

    def woken_by(self, author: User) -> None:
        """Writing in an archived thread opens it again, and makes the writer one of its members."""
        self.members.setdefault(author.id, self.world.clock.now())
        if self.archived:
            self.set_archived(False)

    async def archive(self, *, locked: bool = False) -> None:
        self.locked = locked
        self.set_archived(True)

    async def reopen(self) -> None:
        self.locked = False
        self.set_archived(False)

    def add(self, who: Member) -> None:
        """Adds somebody to the thread; the bot, if it is the one, then sees a private one."""
        seen = self.visible_to_bot
        self.members[who.id] = self.world.clock.now()
        if self.visible_to_bot and not seen:
            self.tell("THREAD_CREATE")

    def set_archived(self, archived: bool) -> None:
        self.archived = archived
        self.archive_changed_at = self.world.clock.now()
        self.changed()

    def changed(self) -> None:
        self.tell("THREAD_UPDATE")

    def erase(self) -> None:
        data = {
            "id": str(self.id),
            "guild_id": str(self.guild.id),
            "parent_id": str(self.parent.id),
            "type": self.kind,
        }
        seen = self.visible_to_bot
        self.deleted = True
        self.guild.threads.remove(self)
        del self.world.channels[self.id]
        if seen:
            self._tell("THREAD_DELETE", data)

    def tell(self, name: str, *, newly_created: bool = False) -> None:
        if self.visible_to_bot:
            self._tell(name, payloads.thread(self, newly_created=newly_created))
