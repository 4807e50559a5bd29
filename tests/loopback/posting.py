"""How do people, webhooks and Discord itself come to write in a channel?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import components, message_payloads, messages
from .attachments import UploadLike, keep
from .clock import seconds_of, seconds_of_id
from .events import Payload
from .history import History
from .messages import Message
from .people import Member, User

if TYPE_CHECKING:
    from .channels import Channel
    from .guilds import Guild
    from .world import World


class Webhook:
    """Somebody else's integration that posts in a channel."""

    def __init__(self, channel: Channel, webhook_id: int, name: str) -> None:
        self.channel, self.id = channel, webhook_id
        self.user = User(webhook_id, name, None, bot=True)

    async def post(self, content: str = "", **fields: Any) -> Message:
        return await self.channel.post(self.user, content, webhook=self, **fields)


class PostingPlace:
    """Whatever has a history that one can write in."""

    world: World
    guild: Guild | None
    id: int
    history: History

    async def post(
        self,
        author: Member | User,
        content: str = "",
        *,
        embeds: Sequence[Payload] = (),
        attachments: Sequence[UploadLike] = (),
        stickers: Sequence[str] = (),
        poll: Payload | None = None,
        reply_to: Message | None = None,
        at: datetime | float | None = None,
        **fields: Any,
    ) -> Message:
        """Writes a message. With `at` it was written then, long ago: it is history and the bot is not told."""
        if reply_to:
            fields |= {"replied_to": reply_to, "type": messages.REPLY, "reference": reference(reply_to)}
        return self.write(
            author,
            content,
            embeds=list(embeds),
            attachments=[keep(self.world, self.id, upload) for upload in attachments],
            stickers=[{"id": str(self.world.ids.next()), "name": name, "format_type": 1} for name in stickers],
            poll=poll,
            at=at,
            **fields,
        )

    async def post_many(
        self,
        author: Member | User | Sequence[Member | User],
        contents: Iterable[str],
        *,
        at: datetime | float | None = None,
        step: float = 1.0,
    ) -> list[Message]:
        """Writes many, by one author or by several in turn; with `at` as history, `step` seconds apart."""
        authors = [author] if isinstance(author, (Member, User)) else list(author)
        written = []
        for number, content in enumerate(contents):
            then = None if at is None else seconds_of(at) + number * step
            written.append(self.write(authors[number % len(authors)], content, at=then))
            if number % 50 == 49:
                await asyncio.sleep(0)  # the sockets are served by the same loop as the test
        return written

    async def forward(self, author: Member | User, original: Message) -> Message:
        taken = message_payloads.snapshot(original)
        where = {**reference(original), "type": 1}
        return self.write(author, "", flags=messages.HAS_SNAPSHOT, snapshots=[taken], reference=where)

    async def system(self, about: Member | User, kind: int = messages.JOINED, content: str = "") -> Message:
        """A line from Discord itself: somebody joined, boosted, pinned..."""
        return self.write(about, content, type=kind)

    async def automod_alert(
        self,
        about: Member,
        blocked: str,
        *,
        rule: str = "Ordlista",
        keyword: str = "",
        channel: Channel | None = None,
    ) -> Message:
        """What AutoMod writes in the channel a rule alerts to (type 24); the blocked text is in the embed."""
        values = {
            "rule_name": rule,
            "channel_id": str((channel or self).id),
            "decision_id": f"{self.world.ids.next():x}",
            "keyword": keyword,
            "keyword_matched_content": keyword,
        }
        fields = [{"name": name, "value": value, "inline": False} for name, value in values.items()]
        embed = {"type": "auto_moderation_message", "description": blocked, "fields": fields}
        return self.write(about, "", type=messages.AUTOMOD_ALERT, embeds=[embed])

    def add_webhook(self, name: str) -> Webhook:
        return Webhook(self._channel, self.world.ids.next(), name)

    def write(
        self,
        author: Member | User,
        content: str = "",
        *,
        at: datetime | float | None = None,
        message_id: int | None = None,
        tell: bool = True,
        **fields: Any,
    ) -> Message:
        """Every message comes into being here, the bot's own too."""
        user = author.user if isinstance(author, Member) else author
        made_id = message_id or (self.world.ids.next() if at is None else self.world.ids.at(at))
        message = Message(made_id, self._channel, user, seconds_of_id(made_id), content, **fields)
        components.numbered(message.components)
        message_payloads.find_mentions(message)
        if user is self.world.bot:
            self.world.sent.append(message)
        if not message.is_ephemeral:
            self.history.add(message)
        if tell and at is None:
            self._channel.woken_by(user)
            message.tell("MESSAGE_CREATE")
        return message

    @property
    def _channel(self) -> Channel:
        raise NotImplementedError


def reference(original: Message) -> Payload:
    data: Payload = {"type": 0, "message_id": str(original.id), "channel_id": str(original.channel.id)}
    if original.channel.guild:
        data["guild_id"] = str(original.channel.guild.id)
    return data
