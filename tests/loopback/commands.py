"""Which commands has the application registered, globally and in each guild?

Registering follows Discord's limits; a command that keeps its name keeps its id.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import invalid, refused, required, too_long, wrong_length
from .events import Payload
from .guilds import Guild
from .world import World

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
_NAME = re.compile(r"[-_'\w]{1,32}")

Key = tuple[int, str]  # type and name


class Commands:
    def __init__(self, world: World) -> None:
        self._world = world
        self._scopes: dict[int | None, dict[Key, Payload]] = {}

    def _scope(self, guild: Guild | None) -> dict[Key, Payload]:
        return self._scopes.setdefault(guild.id if guild else None, {})

    def all(self, guild: Guild | None = None) -> list[Payload]:
        return list(self._scope(guild).values())

    def replace(self, guild: Guild | None, given: list[Payload]) -> list[Payload]:
        if len(given) > 110:
            raise too_long("commands", 110)
        before = self._scope(guild)
        after: dict[Key, Payload] = {}
        for number, body in enumerate(given):
            command = self._made(guild, body, before, str(number))
            if _key(command) in after:
                raise invalid(
                    f"{number}.name",
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique",
                )
            after[_key(command)] = command
        self._scopes[guild.id if guild else None] = after
        self._world.changes.notify()
        return list(after.values())

    def add(self, guild: Guild | None, body: Payload) -> Payload:
        command = self._made(guild, body, self._scope(guild), "command")
        self._scope(guild)[_key(command)] = command
        return command

    def by_id(self, guild: Guild | None, command_id: int) -> Payload:
        for command in self.all(guild):
            if command["id"] == str(command_id):
                return command
        raise refused(10063)

    def change(self, guild: Guild | None, command_id: int, body: Payload) -> Payload:
        before = self.by_id(guild, command_id)
        self.remove(guild, command_id)
        changed = self._made(guild, {**before, **body}, {}, "command") | {"id": before["id"]}
        self._scope(guild)[_key(changed)] = changed
        return changed

    def remove(self, guild: Guild | None, command_id: int) -> None:
        del self._scope(guild)[_key(self.by_id(guild, command_id))]

    def named(self, kind: int, name: str, guild: Guild | None) -> Payload | None:
        """The command a person gets: the guild's own goes before the global one of that name."""
        for scope in (guild, None) if guild else (None,):
            if command := self._scope(scope).get((kind, name)):
                return command
        return None

    def _made(self, guild: Guild | None, body: Payload, before: dict[Key, Payload], path: str) -> Payload:
        check_command(body, path)
        kept = before.get(_key(body))
        command: Payload = {
            "default_member_permissions": None,
            "nsfw": False,
            "contexts": None,
            "integration_types": [0],
            "options": [],
            "description": "",
            **body,
            "id": kept["id"] if kept else str(self._world.ids.next()),
            "type": body.get("type", CHAT_INPUT),
            "application_id": str(self._world.application_id),
            "version": str(self._world.ids.next()),
        }
        if guild:
            command["guild_id"] = str(guild.id)
        return command


def _key(command: Payload) -> Key:
    return command.get("type", CHAT_INPUT), command["name"]


def check_command(body: Payload, path: str) -> None:
    kind = body.get("type", CHAT_INPUT)
    name = body.get("name") or ""
    if kind != CHAT_INPUT:
        if not 1 <= len(name) <= 32:
            raise wrong_length(f"{path}.name", 1, 32)
        return
    _check_name(name, f"{path}.name")
    for locale, translated in (body.get("name_localizations") or {}).items():
        _check_name(translated, f"{path}.name_localizations.{locale}")
    _check_description(body, path)
    _check_options(body.get("options") or [], f"{path}.options")


def _check_name(name: str, path: str) -> None:
    if not _NAME.fullmatch(name) or name != name.lower():
        raise invalid(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_description(body: Payload, path: str) -> None:
    texts: dict[str, Any] = {"description": body.get("description")}
    for locale, text in (body.get("description_localizations") or {}).items():
        texts[f"description_localizations.{locale}"] = text
    for key, text in texts.items():
        if not 1 <= len(text or "") <= 100:
            raise wrong_length(f"{path}.{key}", 1, 100)


def _check_options(options: list[Payload], path: str) -> None:
    if len(options) > 25:
        raise too_long(path, 25)
    seen_optional = False
    for number, option in enumerate(options):
        where = f"{path}.{number}"
        if "type" not in option:
            raise required(f"{where}.type")
        _check_name(option.get("name") or "", f"{where}.name")
        _check_description(option, where)
        if option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP):
            _check_options(option.get("options") or [], f"{where}.options")
        elif option.get("required") and seen_optional:
            raise invalid(
                where,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must come before optional ones",
            )
        seen_optional = seen_optional or not option.get("required")
        choices = option.get("choices") or []
        if len(choices) > 25:
            raise too_long(f"{where}.choices", 25)
        for place, choice in enumerate(choices):
            if not 1 <= len(str(choice.get("name") or "")) <= 100:
                raise wrong_length(f"{where}.choices.{place}.name", 1, 100)
