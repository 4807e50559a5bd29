"""How does Discord come to offer our commands, in Swedish and English? Told at the start, where it has others."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.http import Route

from bot.discord_gateway.refusals import REFUSALS, refusal
from bot.locales import language_of, speak

log = logging.getLogger(__name__)


class Words(app_commands.Translator):
    """Localises what Discord shows of a command."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        key = string.extras.get("key")
        return speak("sv")(key) if key and language_of(locale.value) == "sv" else None


async def sync(tree: app_commands.CommandTree[discord.AutoShardedClient]) -> None:
    """Register the commands if Discord has others. A refusal is logged: reading goes on without commands."""
    await tree.set_translator(Words())
    try:
        if await _ours(tree) != await _registered(tree.client):
            await tree.sync()
            log.info("commands registered")
    except REFUSALS as problem:
        log.warning("commands not registered: %s", refusal(problem))


async def _ours(tree: app_commands.CommandTree[discord.AutoShardedClient]) -> list[Mapping[str, object]]:
    words = tree.translator
    assert words is not None
    return _in_order([_essence(await command.get_translated_payload(tree, words)) for command in tree.get_commands()])


async def _registered(client: discord.Client) -> list[Mapping[str, object]]:
    # discord.py's fetch_commands does not ask for the localisations, without which they cannot be compared.
    path = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    registered = await client.http.request(path, params={"with_localizations": "true"})
    return _in_order([_essence(command) for command in registered])


def _in_order(commands: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Discord lists them in an order of its own."""
    return sorted(commands, key=lambda command: (str(command["name"]), str(command["type"])))


def _essence(command: Mapping[str, object]) -> Mapping[str, object]:
    """What we set of a command, written in one way."""
    permissions = command.get("default_member_permissions")
    return {
        "name": command["name"],
        "names": command.get("name_localizations") or {},
        "type": command.get("type", 1),
        "description": command.get("description", ""),
        "descriptions": command.get("description_localizations") or {},
        "permissions": None if permissions is None else str(permissions),
        "contexts": command.get("contexts"),
        "options": [_option(option) for option in _options(command)],
    }


def _options(holder: Mapping[str, object]) -> list[Mapping[str, object]]:
    return _listed(holder, "options")


def _listed(holder: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = holder.get(key) or []
    assert isinstance(found, list)
    return found


def _choice(choice: Mapping[str, object]) -> Mapping[str, object]:
    return {"name": choice["name"], "names": choice.get("name_localizations") or {}, "value": choice["value"]}


def _option(option: Mapping[str, object]) -> Mapping[str, object]:
    """What we set of an option; Discord leaves out what is as it is by itself."""
    return {
        "name": option["name"],
        "names": option.get("name_localizations") or {},
        "type": option["type"],
        "description": option.get("description", ""),
        "descriptions": option.get("description_localizations") or {},
        "required": bool(option.get("required")),
        "choices": [_choice(choice) for choice in _listed(option, "choices")],
        "bounds": (option.get("min_value"), option.get("max_value")),
        "options": [_option(inner) for inner in _options(option)],
    }
