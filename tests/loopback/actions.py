"""What can a person do to the bot: run its commands, press its buttons, fill in its modals?

Each of these tells the bot of an interaction and gives the person's side of it, which waits for the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import components as c
from .channels import Channel, DirectMessages
from .choices import Resolved, command_options, modal_fields, select_values
from .commands import CHAT_INPUT, MESSAGE, USER, Commands
from .events import Payload
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction, Interactions
from .messages import Message
from .people import Member, User
from .permissions import Permission, permissions_in


class NotOfferedError(AssertionError):
    """Discord's app would not show this command to this person here."""


class Actions:
    commands: Commands
    interactions: Interactions

    async def slash(
        self, who: Member | User, channel: Channel, name: str, options: dict[str, Any] | None = None
    ) -> Interaction:
        """Runs `/name`, with subcommands as in `"group sub"`. Users, roles, channels are given as such."""
        first, *path = name.split()
        command = self._offered(CHAT_INPUT, first, who, channel)
        resolved = Resolved(who)
        data = self._command_data(command) | {
            "options": command_options(command, path, options or {}, resolved),
        }
        return self.interactions.begin(COMMAND, who, channel, data | resolved.key())

    async def autocomplete(
        self, who: Member | User, channel: Channel, name: str, options: dict[str, Any], focused: str
    ) -> Interaction:
        """Types in the option `focused`; the answer has `choices`."""
        first, *path = name.split()
        command = self._offered(CHAT_INPUT, first, who, channel)
        resolved = Resolved(who)
        data = self._command_data(command) | {
            "options": command_options(command, path, options, resolved, focused),
        }
        return self.interactions.begin(AUTOCOMPLETE, who, channel, data | resolved.key())

    async def context_menu(
        self, who: Member | User, target: Message | Member, name: str, *, channel: Channel | None = None
    ) -> Interaction:
        """Picks an entry of a message's or a member's menu; on a member it needs the channel it is done in."""
        where = target.channel if isinstance(target, Message) else channel
        assert where is not None, "say in which channel the member is clicked"
        command = self._offered(MESSAGE if isinstance(target, Message) else USER, name, who, where)
        resolved = Resolved(who)
        data = self._command_data(command) | {"target_id": resolved.add(target)}
        return self.interactions.begin(COMMAND, who, where, data | resolved.key())

    async def click(self, who: Member | User, message: Message, button: str) -> Interaction:
        """Presses a button, meant by its custom_id or its label."""
        found = c.find(message.components, button, {c.BUTTON})
        _usable(who, message, found)
        if "custom_id" not in found:
            raise LookupError(f"{button!r} is a link; the bot is not told of it")
        data = {"custom_id": found["custom_id"], "component_type": c.BUTTON, "id": found["id"]}
        return self.interactions.begin(COMPONENT, who, message.channel, data, message)

    async def select(self, who: Member | User, message: Message, select: str, values: Iterable[Any]) -> Interaction:
        """Picks in a select, meant by its custom_id or its placeholder, options by value or label."""
        found = c.find(message.components, select, c.SELECTS)
        _usable(who, message, found)
        resolved = Resolved(who)
        data = {
            "custom_id": found["custom_id"],
            "component_type": found["type"],
            "id": found["id"],
            "values": select_values(found, list(values), resolved),
        }
        return self.interactions.begin(COMPONENT, who, message.channel, data | resolved.key(), message)

    async def submit_modal(self, shown: Interaction, values: dict[str, Any]) -> Interaction:
        """Fills in and sends the modal an interaction was answered with; fields are meant by custom_id."""
        modal = shown.modal
        resolved = Resolved(shown.who)
        data: Payload = {
            "custom_id": modal["custom_id"],
            "components": modal_fields(modal, values, resolved),
        }
        return self.interactions.begin(MODAL, shown.who, shown.channel, data | resolved.key(), shown.message)

    def _command_data(self, command: Payload) -> Payload:
        data = {"id": command["id"], "name": command["name"], "type": command["type"]}
        return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})

    def _offered(self, kind: int, name: str, who: Member | User, channel: Channel) -> Payload:
        command = self.commands.named(kind, name, channel.guild)
        if command is None:
            known = [each["name"] for each in self.commands.all() + self.commands.all(channel.guild)]
            raise NotOfferedError(f"no command {name!r} of type {kind} is registered here; there are {known}")
        contexts, context = command.get("contexts"), 0 if channel.guild else 1
        if (contexts and context not in contexts) or (context == 1 and command.get("dm_permission") is False):
            raise NotOfferedError(f"{name!r} is not offered in {'a guild' if channel.guild else 'direct messages'}")
        if isinstance(who, Member):
            allowed = permissions_in(who, channel)
            needed = command["default_member_permissions"]
            # "0" means nobody but administrators.
            lacks = needed is not None and (int(needed) == 0 or allowed & int(needed) != int(needed))
            if not allowed & Permission.ADMINISTRATOR and lacks:
                raise NotOfferedError(
                    f"{name!r} is not offered to {who.name}: it takes {Permission(int(needed or 0))!r}"
                )
            if not allowed & Permission.USE_APPLICATION_COMMANDS:
                raise NotOfferedError(f"{who.name} may not use application commands in {channel.name}")
        return command


def _usable(who: Member | User, message: Message, component: Payload) -> None:
    user = who.user if isinstance(who, Member) else who
    if message.deleted:
        raise LookupError("the message is gone")
    if message.seen_only_by is not None and message.seen_only_by is not user:
        raise LookupError(f"{user.name} does not see this message")
    if isinstance(message.channel, DirectMessages) and message.channel.recipient is not user:
        raise LookupError(f"{user.name} does not see this direct message")
    if isinstance(who, Member) and not who.may(Permission.VIEW_CHANNEL, message.channel):
        raise LookupError(f"{user.name} does not see this channel")
    if component.get("disabled"):
        raise LookupError(f"{component.get('label') or component.get('custom_id')!r} is disabled")
