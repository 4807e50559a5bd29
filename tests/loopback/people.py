"""Who is there: users, the roles of a guild and its members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from . import payloads
from .clock import seconds_of
from .permissions import Permission, permissions_in, permissions_of

if TYPE_CHECKING:
    from .channels import Channel
    from .guilds import Guild


@dataclass(eq=False)
class User:
    id: int
    name: str
    global_name: str | None = None
    bot: bool = False
    dms_open: bool = True
    locale: str = "sv-SE"

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def close_dms(self) -> None:
        """From now on the bot's direct messages to this user are refused (50007)."""
        self.dms_open = False


@dataclass(eq=False)
class Role:
    id: int
    name: str
    guild: Guild
    permissions: Permission = Permission.NONE
    color: int = 0
    managed: bool = False
    mentionable: bool = False

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"

    @property
    def position(self) -> int:
        return self.guild.roles.index(self)


@dataclass(eq=False)
class Member:
    guild: Guild
    user: User
    joined_at: float
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: float | None = None

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def mention(self) -> str:
        return self.user.mention

    @property
    def is_timed_out(self) -> bool:
        return self.timed_out_until is not None and self.timed_out_until > self.guild.world.clock.now()

    @property
    def permissions(self) -> Permission:
        return permissions_of(self)

    @property
    def rank(self) -> int:
        """The position of the highest role; nobody acts on somebody who stands as high."""
        return max((role.position for role in self.roles), default=0)

    def may(self, permission: Permission, channel: Channel) -> bool:
        return permissions_in(self, channel) & permission == permission

    def outranks(self, other: Member) -> bool:
        if other.user is self.guild.owner:
            return False
        return self.user is self.guild.owner or self.rank > other.rank

    async def set_roles(self, roles: Iterable[Role]) -> None:
        self.roles = list(roles)
        self.changed()

    async def rename(self, nick: str | None) -> None:
        self.nick = nick
        self.changed()

    async def time_out(self, until: datetime | float | None) -> None:
        """A moderator other than the bot times the member out, or with None lifts it."""
        self.timed_out_until = None if until is None else seconds_of(until)
        self.changed()

    async def leave(self) -> None:
        self.guild.remove_member(self)

    def changed(self) -> None:
        data = {**payloads.member(self), "guild_id": str(self.guild.id)}
        # Discord tells a bot about itself whether or not it has GUILD_MEMBERS.
        own = self.user is self.guild.world.bot
        self.guild.world.emit("GUILD_MEMBER_UPDATE", self.guild, lambda full: data, always=own)
