"""Which settings are in force, and where did each come from? For reading on a screen: a secret is never among them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.config import Settings


class Source(StrEnum):
    """Who says what a setting is."""

    DEFAULT = "default"
    FILE = "file"  # config.toml
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `value` is a truth, a number, a text, or several texts; of a secret only whether it is set."""

    section: str
    key: str
    value: bool | float | str | tuple[str, ...]
    source: Source


def shown(settings: Settings) -> tuple[Setting, ...]:
    """Every setting, in the order of config.example.toml's sections."""
    found = [setting for name in Settings.model_fields if name not in ("token", "folder")
             for setting in _section(settings, name)]  # fmt: skip
    given = bool(settings.token.get_secret_value())
    return (*found, Setting("environment", "UPPSIKT_TOKEN", given, Source.ENVIRONMENT if given else Source.DEFAULT))


def _section(settings: Settings, name: str) -> list[Setting]:
    section = getattr(settings, name)
    if isinstance(section, dict):  # its keys are names of the town's own
        return [Setting(name, key, _plain(value), Source.FILE) for key, value in section.items()]
    return [
        Setting(name, key, _plain(getattr(section, key)), _source(key in section.model_fields_set))
        for key in type(section).model_fields
    ]


def _source(is_given: bool) -> Source:
    return Source.FILE if is_given else Source.DEFAULT


def _plain(value: object) -> bool | float | str | tuple[str, ...]:
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return tuple(f"{key}: {_inner(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(str(each) for each in value)
    return "" if value is None else str(value)


def _inner(value: object) -> str:
    return ", ".join(f"{key} = {each}" for key, each in value.items()) if isinstance(value, dict) else str(value)
