"""What can be typed about sudden shifts? Whether there is one now: the present state, from what was counted."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")
@db_option
@config_option
def drift(as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Show what has suddenly shifted, if anything: how much is flagged, in which scores, in which languages.

    The last hours are compared with the weeks before. Nothing is saved and nobody is told; the live bot does that.
    """
    from bot import app
    from bot.shift_tables import drift_now, plain_drift, told_drift
    from bot.terminal import as_json as json_of

    settings = settings_of(config_file)
    found = drift_now(db or settings.database, app.SystemClock().now())
    languages = settings.uppsikt.languages
    click.echo(json_of(plain_drift(found)) if as_json else told_drift(found, languages))
