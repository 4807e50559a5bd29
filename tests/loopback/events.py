"""What is a gateway event, and which intents does it take to be told of it?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .guilds import Guild

Payload = dict[str, Any]

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_MODERATION = 1 << 2
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_REACTIONS = 1 << 13
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = {
    "guild_members": GUILD_MEMBERS,
    "guild_presences": GUILD_PRESENCES,
    "message_content": MESSAGE_CONTENT,
}
# Bits 17-19, 22 and 23 have never meant anything; Discord refuses an identify that sets bits it does not know.
KNOWN_INTENTS = (1 << 17) - 1 | 0b11 << 20 | 0b11 << 24

_MESSAGES = (GUILD_MESSAGES, DIRECT_MESSAGES)
_REACTIONS = (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS)
# Event name -> the intent it needs in a guild and in a direct message. 0: told to everybody.
_NEEDS: dict[str, tuple[int, int]] = {
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_DELETE_BULK": _MESSAGES,
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "GUILD_MEMBER_ADD": (GUILD_MEMBERS, 0),
    "GUILD_MEMBER_UPDATE": (GUILD_MEMBERS, 0),
    "GUILD_MEMBER_REMOVE": (GUILD_MEMBERS, 0),
    "GUILD_BAN_ADD": (GUILD_MODERATION, 0),
    "GUILD_BAN_REMOVE": (GUILD_MODERATION, 0),
    "INTERACTION_CREATE": (0, 0),
}


class Event:
    """One thing that happened, written out at most twice: with and without what MESSAGE_CONTENT protects."""

    def __init__(
        self, name: str, guild: Guild | None, build: Callable[[bool], Payload], *, always: bool = False
    ) -> None:
        self.name = name
        self.guild = guild
        self.always = always
        self._build = build
        self._texts: dict[bool, str] = {}

    def wanted_with(self, intents: int) -> bool:
        in_guild, in_dm = _NEEDS.get(self.name, (GUILDS, GUILDS))
        need = in_dm if self.guild is None else in_guild
        return self.always or not need or bool(intents & need)

    def text_for(self, intents: int) -> str:
        full = bool(intents & MESSAGE_CONTENT)
        if full not in self._texts:
            self._texts[full] = json.dumps(self._build(full), ensure_ascii=False, separators=(",", ":"))
        return self._texts[full]
