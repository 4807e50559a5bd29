"""Which options do commands share, and which settings do they mean?"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click

from bot import config

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ANY_FILE = click.Path(dir_okay=False, path_type=Path)

MOST_A_DAY = 999_999  # flags, as much as can be typed elsewhere


class Number(click.FloatRange):
    """A number within a range, with a comma or a point; "nan" is none, though it lies outside no range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        typed: Any = value.replace(",", ".") if isinstance(value, str) else value
        found = float(super().convert(typed, param, ctx))
        if math.isnan(found):
            self.fail(f"{value!a} is no number", param, ctx)
        return found


config_option = click.option(
    "--config", "config_file", type=ANY_FILE, help="Configuration to use (default: config.toml here, if there is one)."
)

db_option = click.option("--db", type=ANY_FILE, help="Database to use (default: the configuration's).")


def config_path(given: Path | None) -> Path | None:
    """The configuration to use: the one that is named, or config.toml where the command is typed."""
    if given is not None:
        return given
    here = Path("config.toml")
    try:
        return here if here.is_file() else None
    except PermissionError:  # called from somebody else's folder, as `sudo -u uppsikt` is from /root
        return None


def settings_of(given: Path | None, model: str | None = None) -> config.Settings:
    """The settings in force; `model` goes before the one that they name."""
    settings = config.load(config_path(given))
    if model is None:
        return settings
    return settings.model_copy(update={"uppsikt": settings.uppsikt.model_copy(update={"model": model})})
