"""The data-protection papers, from the configuration in force."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import ANY_FILE, config_option, settings_of


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("dataskydd"), show_default=True,
              help="Folder to write; it is made if it is not there.")  # fmt: skip
@click.option("--force", "over", is_flag=True, help="Write over papers that are there.")
@click.option("--db", type=ANY_FILE, help="A database: then they say how much is kept in it.")
@config_option
def papers(out: Path, over: bool, db: Path | None, config_file: Path | None) -> None:
    """Write the data-protection papers in Swedish, from the configuration in force.

    A record of processing (GDPR art. 30), the facts for an impact assessment (art. 35), and the notice to members
    (BBS-lagen 3 §, GDPR art. 13 and 14). What only you can say is marked FYLL I; what [papers] says is filled in.
    Write them again when the configuration has changed.
    """
    from bot.app import SystemClock
    from bot.papering import write
    from bot.terminal import both

    settings = settings_of(config_file)
    for file, open_ in write(settings, out, SystemClock().now(), over=over, db=db):
        click.echo(both(settings.uppsikt.languages, "papers-written", file=str(file), count=open_))
