"""The panel over a database, without a bot: for a look at an existing one, and for the demo."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of


@click.command()
@db_option
@click.option("--port", type=click.IntRange(0, 65_535), help="Port to listen at (default: the configuration's).")
@click.option("--sign-in", "name", help="Print a link that lets NAME in once, within five minutes, as an admin.")
@config_option
def web(db: Path | None, port: int | None, name: str | None, config_file: Path | None) -> None:
    """Serve the review desk in the browser over a database, until Ctrl-C.

    Whoever may open the database may sign anybody in: with --sign-in a link is printed that works once. While a panel
    is being served already (the bot serves one too), --sign-in prints a link to that one.
    """
    from bot.panel import serve

    settings = settings_of(config_file)
    asyncio.run(serve(db or settings.database, settings, port, name, click.echo))
