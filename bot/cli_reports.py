"""Who reported a case? The one command that tells, to whoever says who asks and why."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of


@click.command()
@click.argument("flag", type=click.IntRange(min=1))
@click.option("--by", required=True, help="Who asks: a name that colleagues know. It stays on record.")
@click.option("--reason", required=True, help="Why you must know. It stays on record.")
@db_option
@config_option
def reporters(flag: int, by: str, reason: str, db: Path | None, config_file: Path | None) -> None:
    """Tell who reported a FLAG, for an admin with a reason: a report's number and a member's id on each line.

    That you asked, and why, is kept for ever. Who reported is known for as long as [retention] says.
    """
    from bot import app
    from bot.terminal import both

    settings = settings_of(config_file)
    found = app.reporters(db or settings.database, flag, by, reason)
    for number, who in found:
        click.echo(f"{number}\t{who}")
    if not found:
        click.echo(both(settings.uppsikt.languages, "reporters-none"))
