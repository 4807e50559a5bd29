"""What exists on this Discord, and who is told when it changes?

The world holds people, guilds, channels and files. It knows nothing of sockets: it hands each event to `deliver`,
which the gateway sets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .clock import Clock, Snowflakes
from .events import Event, Payload
from .people import User
from .waiting import Changes

if TYPE_CHECKING:
    from .attachments import Attachment
    from .channels import Channel, DirectMessages
    from .guilds import Guild
    from .messages import Message


def _nobody_listens(_event: Event) -> None:
    """Until there is a gateway."""


class World:
    def __init__(self, clock: Clock, application_name: str, privileged: frozenset[str]) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.changes = Changes()
        self.privileged = privileged
        self.cdn_url = ""
        self.users: dict[int, User] = {}
        self._users_by_name: dict[str, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.dms: dict[int, DirectMessages] = {}
        self.files: dict[int, Attachment] = {}
        self.sent: list[Message] = []
        self.deliver: Callable[[Event], None] = _nobody_listens
        self.application_id = self.ids.next()
        self.application_name = application_name
        # A bot's user id equals its application's id for every application made since 2016.
        self.bot = User(self.application_id, application_name, application_name, bot=True)
        self.users[self.bot.id] = self.bot
        self.owner = self.user("ägare")

    @property
    def reads_content(self) -> bool:
        """Whether REST shows message content; Discord goes by the portal's switch, not by the session's intents."""
        return "message_content" in self.privileged

    def user(self, name: str, *, bot: bool = False) -> User:
        """The user of that name, made at the first mention of it: one name is one person in every guild."""
        if name not in self._users_by_name:
            user = User(self.ids.next(), name, name, bot=bot)
            self.users[user.id] = self._users_by_name[name] = user
        return self._users_by_name[name]

    def dm(self, recipient: User) -> DirectMessages:
        """The bot's direct messages with a user; there is one such channel, however often it is opened."""
        from .channels import DirectMessages

        if recipient.id not in self.dms:
            self.dms[recipient.id] = DirectMessages(self, recipient)
        return self.dms[recipient.id]

    def emit(self, name: str, guild: Guild | None, build: Callable[[bool], Payload], *, always: bool = False) -> None:
        # Nothing is told of a guild the bot is not in, or not yet in, or that an outage hides.
        if guild is None or (guild.available and guild.id in self.guilds):
            self.deliver(Event(name, guild, build, always=always))
        self.changes.notify()
