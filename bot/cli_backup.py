"""Copies to go back to, and going back to one."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from bot.cli_options import FILE, config_option, db_option, settings_of

by_option = click.option(
    "--by", metavar="NAME", default=getpass.getuser,
    help="Who does it: a name that colleagues know (default: the system user's). It stays on record.",
)  # fmt: skip


@click.command()
@db_option
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path),
    help="Folder for it (default: [backup] folder, or backups beside the database).",
)  # fmt: skip
@click.option(
    "--recipient", "recipients", multiple=True, metavar="KEY",
    help="An age key (age1…, or an SSH key) to lock it to, so that only its holder can read it; may be given more "
    "than once (default: [backup] recipients).",
)  # fmt: skip
@click.option("--keep", type=click.IntRange(min=1), help="How many stay in the folder (default: [backup] keep).")
@click.option(
    "--locked-days", type=click.IntRange(min=0), help="With --forget: as [backup] locked_days (default: what that is)."
)
@click.option("--forget", is_flag=True, help="Make none: let those that are there forget what was forgotten since.")
@by_option
@click.option("--reason", default="", help="Why; it stays on record.")
@config_option
def backup(
    db: Path | None, folder: Path | None, recipients: tuple[str, ...], keep: int | None,
    locked_days: int | None, forget: bool, by: str,
    reason: str, config_file: Path | None,
) -> None:  # fmt: skip
    """Make a backup of the database, while the bot runs too: a whole one, checked, or none.

    Without a key it is a database that any SQLite tool reads, and the database's secret is not in it. With a key it
    can be read by the key's holder alone, and is all that is needed to begin again on another machine.
    """
    from bot.app import SystemClock
    from bot.backing_up import back_up, rules_of
    from bot.backups_forgetting import after_forgetting

    settings = settings_of(config_file)
    rules = rules_of(settings, db or settings.database, folder, recipients, keep, locked_days)
    now = SystemClock().now()
    if forget:
        reached = after_forgetting(rules, now)
        click.echo(f"backups written anew: {reached.rewritten}, removed: {reached.removed}")
        return
    made = back_up(rules, by, reason, now)
    click.echo(f"{made.file}: {made.size:,} bytes, SHA-256 {made.sha256}")


@click.command()
@click.argument("file", type=FILE)
@click.option("--identity", type=FILE, help="The file with the age identity (or SSH key) that opens a locked backup.")
@db_option
@by_option
@click.option("--reason", default="", help="Why; it stays on record.")
@click.option("--force", is_flag=True, help="Also a backup of which it is not known what has been forgotten since.")
@config_option
def restore(
    file: Path, identity: Path | None, db: Path | None, by: str, reason: str, force: bool, config_file: Path | None
) -> None:
    """Put the backup FILE in the database's place, while the bot runs too: all of it, or nothing changes.

    What is there now is set aside as a backup first. Whatever was forgotten or erased since the backup was made is
    forgotten in it again, and what was held is held.
    """
    from bot.app import SystemClock
    from bot.backing_up import rules_of
    from bot.restoring import identity_in, restore

    settings = settings_of(config_file)
    rules = rules_of(settings, db or settings.database)
    opened_by = None if identity is None else identity_in(identity)
    done = restore(file, rules, opened_by, by, reason, SystemClock().now(), force=force)
    if done.aside is not None:
        click.echo(f"what was there is set aside in {done.aside}")
    click.echo(f"restored {rules.database} from {file}; rows forgotten again: {done.forgotten}")
    if not done.is_known:
        click.echo("what was forgotten since that backup is not known: run uppsikt retain, and erase again who asked")
    if done.was_open:
        click.echo(
            "another program has it open: if it is the bot, it goes on, and the time between is noted as unwatched"
        )
