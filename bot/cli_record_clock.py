"""How long do cases take, and was supervision done? The clock in the terminal, and a month's statement as a file."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from bot.cli_options import ANY_FILE, config_option, db_option, settings_of


@click.command()
@click.option("--month", metavar="YYYY-MM", help="The month to tell of (default: this one).")
@click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")
@db_option
@config_option
def clock(month: str | None, as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Show which cases' time runs and how much is left, what is past its limit, and how quickly a month's were handled.

    Time runs as [clock] says: from the flag (uppsikt) or from when somebody of the team first saw the case (kännedom).
    """
    from bot import app, overseeing
    from bot.clock_tables import clock_plain, clock_table
    from bot.terminal import as_json as json_of
    from bot.terminal import console

    settings, now = settings_of(config_file), app.SystemClock().now()
    seen = overseeing.overview(db or settings.database, settings, overseeing.month_of(month, now), now)
    if as_json:
        click.echo(json_of(clock_plain(seen)))
    else:
        console().print(clock_table(seen, settings.uppsikt.languages))


@click.command()
@click.option("--month", required=True, metavar="YYYY-MM", help="The month to account for.")
@click.option("--out", type=ANY_FILE, required=True, help="The file to write: its name ends in .html or .pdf.")
@click.option("--by", default=getpass.getuser, help="Who accounts (default: your user's name). It stays on record.")
@db_option
@config_option
def statement(month: str, out: Path, by: str, db: Path | None, config_file: Path | None) -> None:
    """Write a month's statement that supervision was done, in Swedish: how much, how quickly, by how many people.

    It names no member and none of the team. It ends with the record's signed head, and that it was made is on record.
    """
    from bot import app, overseeing

    settings, now = settings_of(config_file), app.SystemClock().now()
    period = overseeing.month_of(month, now)
    overseeing.make_statement(db or settings.database, settings, period, out, by, now)
    click.echo(out)
