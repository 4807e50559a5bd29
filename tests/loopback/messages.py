"""What is a message, and what can happen to it once it is posted?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import components, message_payloads
from .attachments import Attachment
from .events import Payload

if TYPE_CHECKING:
    from .channels import Channel
    from .people import Member, User
    from .posting import Webhook
    from .threads import Thread

DEFAULT, PINNED, JOINED, BOOSTED, THREAD_CREATED, REPLY = 0, 6, 7, 8, 18, 19
COMMAND, THREAD_STARTER, CONTEXT_COMMAND, AUTOMOD_ALERT = 20, 21, 23, 24

CROSSPOSTED, SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING = 1 << 0, 1 << 2, 1 << 5, 1 << 6, 1 << 7
SILENT, VOICE_MESSAGE, HAS_SNAPSHOT, COMPONENTS_V2 = 1 << 12, 1 << 13, 1 << 14, 1 << 15


@dataclass(eq=False)
class Message:
    id: int
    channel: Channel
    author: User
    created_at: float
    content: str = ""
    type: int = DEFAULT
    flags: int = 0
    edited_at: float | None = None
    embeds: list[Payload] = field(default_factory=list)
    components: list[Payload] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    stickers: list[Payload] = field(default_factory=list)
    poll: Payload | None = None
    reference: Payload | None = None
    replied_to: Message | None = None
    snapshots: list[Payload] = field(default_factory=list)
    mentions: list[User] = field(default_factory=list)
    mentioned_roles: list[int] = field(default_factory=list)
    mentions_everyone: bool = False
    allowed_mentions: Payload | None = None  # as the bot sent it
    reactions: dict[str, set[int]] = field(default_factory=dict)
    thread: Thread | None = None
    webhook: Webhook | None = None
    from_application: bool = False  # an answer to an interaction
    interaction: Payload | None = None
    nonce: str | None = None
    seen_only_by: User | None = None  # ephemeral
    deleted: bool = False
    edits: int = 0

    @property
    def member(self) -> Member | None:
        """The author's membership, while it lasts."""
        return self.channel.guild.members.get(self.author.id) if self.channel.guild else None

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def text(self) -> str:
        """All that a reader sees of it: content, embeds and components' texts, line by line."""
        parts = [
            self.content,
            *(embed_text(embed) for embed in self.embeds),
            *components.texts(self.components),
        ]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[Payload]:
        """Every button on it, wherever it sits."""
        return components.buttons(self.components)

    @property
    def jump_url(self) -> str:
        guild = self.channel.guild.id if self.channel.guild else "@me"
        return f"https://discord.com/channels/{guild}/{self.channel.id}/{self.id}"

    async def edit(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Payload] | None = None,
        attachments: Sequence[Attachment] | None = None,
    ) -> None:
        """The author edits it; what is None stays as it was."""
        changes: dict[str, Any] = {}
        if content is not None:
            changes["content"] = content
        if embeds is not None:
            changes["embeds"] = list(embeds)
        if attachments is not None:
            changes["attachments"] = list(attachments)
        self.change(**changes)

    def change(self, *, as_edit: bool = True, **fields: Any) -> None:
        """Sets fields and tells; an edit by a person has a time, Discord's own additions have none."""
        for name, value in fields.items():
            setattr(self, name, value)
        if {"content", "components"} & set(fields):
            message_payloads.find_mentions(self)
        if as_edit:
            self.edited_at = self.channel.world.clock.now()
        self.edits += 1
        self.tell("MESSAGE_UPDATE")

    async def unfurl(self, *embeds: Payload) -> None:
        """Discord adds the preview of a link a moment after the message: an update without a time of edit."""
        self.change(as_edit=False, embeds=[*self.embeds, *embeds])

    async def delete(self) -> None:
        """Its author or a moderator other than the bot removes it."""
        self.channel.remove(self)

    async def react(self, who: Member | User, emoji: str) -> None:
        self.reactions.setdefault(emoji, set()).add(who.id)
        self.tell_reaction("MESSAGE_REACTION_ADD", who.id, emoji)

    def tell(self, name: str) -> None:
        if self.seen_only_by is None and self.channel.visible_to_bot:
            self.channel.world.emit(
                name, self.channel.guild, lambda full: message_payloads.message(self, full=full, gateway=True)
            )
        else:
            self.channel.world.changes.notify()

    def tell_reaction(self, name: str, user_id: int, emoji: str) -> None:
        data: Payload = {
            "user_id": str(user_id),
            "channel_id": str(self.channel.id),
            "message_id": str(self.id),
            "emoji": message_payloads.partial_emoji(emoji),
            "burst": False,
            "type": 0,
        }
        if self.channel.guild:
            data["guild_id"] = str(self.channel.guild.id)
        if self.channel.visible_to_bot:
            self.channel.world.emit(name, self.channel.guild, lambda full: data)


def embed_text(embed: Payload) -> str:
    lines: Iterable[str | None] = (
        embed.get("title"),
        embed.get("description"),
        *(f"{field['name']}: {field['value']}" for field in embed.get("fields", ())),
        embed.get("footer", {}).get("text"),
    )
    return "\n".join(line for line in lines if line)
