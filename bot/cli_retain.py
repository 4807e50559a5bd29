"""What is forgotten, what was, and which cases are held? The commands of whoever answers for the records."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli_options import config_option, db_option, settings_of

case_argument = click.argument("case", type=click.IntRange(min=1, max=2**63 - 1), nargs=-1, required=True)
reason_option = click.option(
    "--reason", required=True, metavar="T", help="Why; name no member, since it stays on record for ever."
)
by_option = click.option(
    "--by", metavar="NAME", help="Who decides it: a name that colleagues know (default: who is signed in here)."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say how much of each class is due; nothing is forgotten.")
@click.option("--proofs", is_flag=True, help="Only list what was forgotten: month, class, how many, by which decision.")
@db_option
@config_option
def retain(dry_run: bool, proofs: bool, db: Path | None, config_file: Path | None) -> None:
    """Forget whatever is due by [retention], out of the file's bytes too. The live bot does this daily.

    Each batch leaves a proof on record: class, days, how many, and the municipality's decision on deletion. A run that
    was broken off is taken up by the next. Cases that are held are passed over.
    """
    from bot import retaining
    from bot.app import SystemClock
    from bot.retention_tables import due_table, proof_table
    from bot.terminal import both, console

    settings, now = settings_of(config_file), SystemClock().now()
    where, languages = db or settings.database, settings.uppsikt.languages
    if proofs:
        console().print(proof_table(retaining.proofs(where), languages))
    elif dry_run:
        console().print(due_table(retaining.due(where, settings, now), settings.keeping(), languages))
    else:
        click.echo(both(languages, "retained", count=retaining.retain(where, settings, now)))


@click.command()
@case_argument
@reason_option
@by_option
@db_option
@config_option
def hold(case: tuple[int, ...], reason: str, by: str | None, db: Path | None, config_file: Path | None) -> None:
    """Hold each CASE: nothing of it is forgotten or erased until `uppsikt release`, whatever [retention] says.

    For a matter with the police, a court or an insurer. A case that is erased cannot be held.
    """
    from bot import retaining

    _tell(config_file, "held", lambda where, now: retaining.hold(db or where, case, _who(by), reason, now), case)


@click.command()
@case_argument
@reason_option
@by_option
@db_option
@config_option
def release(case: tuple[int, ...], reason: str, by: str | None, db: Path | None, config_file: Path | None) -> None:
    """Release each CASE that is held: it is forgotten at its time again, the next day if that is over."""
    from bot import retaining

    _tell(config_file, "released", lambda where, now: retaining.release(db or where, case, _who(by), reason, now), case)


@click.command()
@db_option
@config_option
def holds(db: Path | None, config_file: Path | None) -> None:
    """List the cases that are held: since when, by whom and why."""
    from bot import retaining
    from bot.retention_tables import hold_table
    from bot.terminal import both, console

    settings = settings_of(config_file)
    found = retaining.held(db or settings.database)
    if found:
        console().print(hold_table(found, settings.uppsikt.languages))
    else:
        click.echo(both(settings.uppsikt.languages, "holds-none"))


def _tell(config_file: Path | None, key: str, work: Callable[[Path, Any], object], cases: tuple[int, ...]) -> None:
    from bot.app import SystemClock
    from bot.terminal import both

    settings = settings_of(config_file)
    work(settings.database, SystemClock().now())
    click.echo(both(settings.uppsikt.languages, key, count=len(set(cases)), cases=", ".join(map(str, cases))))


def _who(by: str | None) -> str:
    return getpass.getuser() if by is None else by
