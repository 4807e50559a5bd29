"""What becomes of a command, a click or a modal: an answer in time, or "the application did not respond"?

An `Interaction` is the person's side of it. It has three seconds to be acknowledged and its token lives for fifteen
minutes, both by the world's clock.
"""

from __future__ import annotations

import secrets

from . import payloads
from .channels import Channel
from .errors import RefusedError, refused
from .events import Payload
from .messages import Message
from .people import Member, User
from .permissions import permissions_in
from .waiting import RARE, Changes
from .world import World

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 1, 2, 3, 4, 5
ANSWER, DEFER, DEFER_UPDATE, UPDATE, CHOICES, SHOW_MODAL = 4, 5, 6, 7, 8, 9
TO_ACKNOWLEDGE, TOKEN_LIFE = 3.0, 15 * 60.0


class DidNotRespondError(AssertionError):
    """What the person sees as "The application did not respond"."""


class Interaction:
    def __init__(
        self,
        world: World,
        kind: int,
        who: Member | User,
        channel: Channel,
        data: Payload,
        message: Message | None,
    ) -> None:
        self.world, self.kind, self.channel, self.data, self.message = world, kind, channel, data, message
        self.who = who
        self.id = world.ids.next()
        self.token = secrets.token_urlsafe(48)
        self.began = world.clock.now()
        self.answer_type: int | None = None
        self.answer_data: Payload = {}
        self.original: Message | None = None
        self.followups: list[Message] = []
        self.refusals: list[RefusedError] = []
        self.changes = Changes(RARE)  # its own: where a thousand wait, each is woken by what concerns it alone

    # What a test looks at.

    @property
    def user(self) -> User:
        return self.who.user if isinstance(self.who, Member) else self.who

    @property
    def acknowledged(self) -> bool:
        return self.answer_type is not None

    @property
    def deferred(self) -> bool:
        return self.answer_type in (DEFER, DEFER_UPDATE)

    @property
    def modal(self) -> Payload:
        assert self.answer_type == SHOW_MODAL, f"answered with {self.answer_type}, not with a modal"
        return self.answer_data

    @property
    def choices(self) -> list[Payload]:
        assert self.answer_type == CHOICES, f"answered with {self.answer_type}, not with choices"
        return list(self.answer_data.get("choices", []))

    @property
    def ephemeral(self) -> bool:
        return self.original is not None and self.original.is_ephemeral

    @property
    def text(self) -> str:
        """All that the person reads in the answer."""
        return self.original.text if self.original else ""

    async def acknowledgement(self, timeout: float = TO_ACKNOWLEDGE) -> Interaction:
        """Waits for the first answer of any kind, a deferral included."""
        try:
            await self.changes.until(lambda: self.acknowledged, "an answer to the interaction", timeout)
        except TimeoutError:
            raise DidNotRespondError(f"interaction {self.data} was not answered; refused: {self.refusals}") from None
        return self

    async def shown(self, timeout: float = 10.0) -> Message:
        """Waits for the message the person gets to read, past any "thinking"."""
        await self.acknowledgement()
        assert self.answer_type in (ANSWER, DEFER, DEFER_UPDATE, UPDATE), f"answered with type {self.answer_type}"

        def ready() -> Message | None:
            return self.original if self.original and not self.original.is_loading else None

        return await self.changes.until(ready, "the message after the deferral", timeout)

    async def followup(self, count: int = 1, timeout: float = 10.0) -> Message:
        """Waits for the follow-up of that number, counted from 1."""
        await self.changes.until(lambda: len(self.followups) >= count, f"{count} follow-ups", timeout)
        return self.followups[count - 1]

    # What REST goes by.

    def check_unanswered(self) -> None:
        if self.acknowledged:
            raise refused(40060)
        if self.world.clock.now() - self.began > TO_ACKNOWLEDGE:
            raise refused(10062)

    def check_token(self) -> None:
        if self.world.clock.now() - self.began > TOKEN_LIFE:
            raise refused(50027)
        if not self.acknowledged:
            raise refused(10015)

    def metadata(self) -> Payload:
        """What a message that answers it says of it."""
        data: Payload = {"id": str(self.id), "type": self.kind, "user": payloads.user(self.user)}
        data["authorizing_integration_owners"] = self._owners()
        if self.kind == COMPONENT and self.message:
            data["interacted_message_id"] = str(self.message.id)
        if self.kind == MODAL:
            data["triggering_interaction_metadata"] = {**data, "type": COMMAND}
        return data

    def _owners(self) -> Payload:
        return {"0": str(self.channel.guild.id) if self.channel.guild else "0"}

    def payload(self, full: bool) -> Payload:
        from . import message_payloads

        guild, world = self.channel.guild, self.world
        member = self.who if isinstance(self.who, Member) else None
        data: Payload = {
            "id": str(self.id),
            "application_id": str(world.application_id),
            "type": self.kind,
            "data": self.data,
            "token": self.token,
            "version": 1,
            "channel_id": str(self.channel.id),
            "channel": payloads.channel(self.channel),
            "locale": self.user.locale,
            "entitlements": [],
            "authorizing_integration_owners": self._owners(),
            "context": 0 if guild else 1,
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": "0",
        }
        if guild and member:
            data |= {
                "guild_id": str(guild.id),
                "guild": {"id": str(guild.id), "locale": guild.locale, "features": list(guild.features)},
                "guild_locale": guild.locale,
                "channel": payloads.interaction_channel(self.channel, member),
                "member": payloads.member_in(member, self.channel),
                "app_permissions": str(int(permissions_in(guild.me, self.channel))),
            }
        else:
            data["user"] = payloads.user(self.user)
        if self.message:
            # Components are the app's own messages, which it may always read.
            data["message"] = message_payloads.message(self.message, full=True)
        return data


class Interactions:
    """Those that are under way, by the token that answers them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self, kind: int, who: Member | User, channel: Channel, data: Payload, message: Message | None = None
    ) -> Interaction:
        interaction = Interaction(self._world, kind, who, channel, data, message)
        self._by_token[interaction.token] = interaction
        self._world.emit("INTERACTION_CREATE", channel.guild, interaction.payload)
        return interaction

    def of(self, token: str) -> Interaction | None:
        return self._by_token.get(token)
