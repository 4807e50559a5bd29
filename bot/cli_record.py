"""What can be typed about the record? Whether it is whole, how far it has come, who did what."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import ANY_FILE, FILE, config_option, db_option, settings_of
from bot.cli_record_clock import clock, statement


@click.group()
def record() -> None:
    """What was done, by whom and when, in a chain that nobody can quietly change."""


@record.command()
@click.option("--anchor", "lines", multiple=True, help="An anchor that was printed once, to be found in it; several.")
@click.option("--anchors", type=FILE, help="A file with anchors in it, such as a letter.")
@click.option("--json", "as_json", is_flag=True, help="JSON with every finding, for programs.")
@db_option
@config_option
def verify(
    lines: tuple[str, ...], anchors: Path | None, as_json: bool, db: Path | None, config_file: Path | None
) -> None:
    """Look through the whole record: is it as it was written, and is everything as it says?

    Finds every entry that was changed, removed, put in or moved, every row that is not as it was recorded, and says
    where. Nothing is changed, and the bot may run. Exit code 0: whole; 1: something was changed.
    """
    from bot import recording
    from bot.core.anchors import read_anchors
    from bot.record_words import plain, told
    from bot.terminal import as_json as json_of

    settings = settings_of(config_file)
    texts = [*lines, *([anchors.read_text("utf-8", "replace")] if anchors else [])]
    found = recording.verified(db or settings.database, [each for text in texts for each in read_anchors(text)])
    click.echo(json_of(plain(found)) if as_json else told(found, settings.uppsikt.languages))
    if not found.is_whole:
        raise SystemExit(1)


@record.command()
@click.option("--out", type=ANY_FILE, help="Write the anchor to this file too.")
@db_option
@config_option
def head(out: Path | None, db: Path | None, config_file: Path | None) -> None:
    """Sign how far the record has come, and print it as an anchor: a line to keep where nobody can change it."""
    from bot import app, recording
    from bot.record_words import advice
    from bot.terminal import both

    settings = settings_of(config_file)
    anchor = recording.anchored(db or settings.database, app.SystemClock().now())
    if anchor is None:
        click.echo(both(settings.uppsikt.languages, "record-anchor-empty"))
        return
    click.echo(anchor)
    click.echo(advice(settings.uppsikt.languages), err=True)
    if out:
        out.write_text(f"{anchor}\n", "utf-8")


for command in (clock, statement):
    record.add_command(command)
