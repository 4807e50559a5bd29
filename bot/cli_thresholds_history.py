"""What was changed of thresholds, by whom and why, and which starting points are there? From the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of
from bot.cli_thresholds_set import json_option


@click.command()
@json_option
@db_option
@config_option
def history(as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Show every change of thresholds by number: what, who, when, why and what became of it.

    A change that was chosen by another model's figures is said to be: it stands, but is worth a look.
    """
    from bot.changing import past
    from bot.terminal import both, console
    from bot.threshold_words import history_json, history_table

    settings = settings_of(config_file)
    found = past(db or settings.database, settings)
    if as_json:
        click.echo(history_json(found))
    elif found.changes:
        console().print(history_table(found, settings.uppsikt.languages))
    else:
        click.echo(both(settings.uppsikt.languages, "tuned-never"))


@click.command()
@json_option
@db_option
@config_option
def levels(as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Show the named levels: what each sets everywhere with the model in use, and which one is in force."""
    from bot.changing import levels as offered
    from bot.terminal import console
    from bot.threshold_words import level_table, levels_json
    from bot.weighing import figures_of

    settings = settings_of(config_file)
    found = offered(db or settings.database, settings, figures_of)
    if as_json:
        click.echo(levels_json(found))
    else:
        console().print(level_table(found, settings.uppsikt.languages))
