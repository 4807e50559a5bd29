"""How does an officer answer a person who asks for what is held of them, for erasure, or for restriction?"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli_options import ANY_FILE, config_option, db_option, settings_of

if TYPE_CHECKING:
    from bot.persons import Asked

Command = Callable[..., Any]


def _user() -> str:
    """The system's name for whoever types; its number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


who_argument = click.argument("author_id")
reason_option = click.option(
    "--reason", required=True, metavar="TEXT",
    help="Why: the request's date and number, never the person's id or name. It stays on record.",
)  # fmt: skip
by_option = click.option(
    "--by", default=_user, show_default="your user name", metavar="NAME", help="Who does it. It stays on record."
)


@click.group()
def person() -> None:
    """What is held of a person: hand it out, erase it, restrict it (GDPR art. 15, 17, 18)."""


@person.command()
@who_argument
@reason_option
@by_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Folder to make (default: uppgifter-DATE-TIME here). It must not be there yet.",
)  # fmt: skip
@click.option("--notes", is_flag=True, help="With officers' notes. Read them first: they may name others.")
@db_option
@config_option
def export(
    author_id: str, reason: str, by: str, out: Path | None, notes: bool, db: Path | None, config_file: Path | None
) -> None:
    """Write everything that is held of a person to a folder: a page to read or print, and the same as JSON.

    AUTHOR_ID is the person's id. Others have made-up names in it, and who reported the person is not in it. Where
    nothing is held, that is what the page says. Give the folder to the person, and delete it then.
    """
    from bot import persons
    from bot.terminal import both

    settings = settings_of(config_file)
    asked = _asked(author_id, by, reason)
    out = out or Path(f"uppgifter-{asked.at:%Y%m%d-%H%M%S}")
    done = persons.export(db or settings.database, settings, asked, out, notes=notes)
    slots = {"cases": len(done.held.cases), "reports": len(done.held.reports), "appeals": done.held.appeals}
    languages = settings.uppsikt.languages
    click.echo(both(languages, "person-exported" if done.held else "person-nothing", folder=str(out), **slots))


@person.command()
@who_argument
@reason_option
@by_option
@click.option("--out", type=ANY_FILE, help="The letter to the person, as HTML. It must not be there yet.")
@db_option
@config_option
def erase(author_id: str, reason: str, by: str, out: Path | None, db: Path | None, config_file: Path | None) -> None:
    """Erase what is held of a person, as far as it may be erased, and say what stays and why.

    AUTHOR_ID is the person's id. What stays is what is held for a legal claim, what nobody has decided yet or whose
    appeal is open, and, where [persons] archive_duty is set, what was upheld. Exit code 1 where nothing may be erased,
    or nothing is held.
    """
    from bot import persons
    from bot.terminal import both

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    answer = persons.erase(db or settings.database, settings, _asked(author_id, by, reason), out)
    if answer.erased:
        click.echo(both(languages, "person-erased", cases=len(answer.gone), reports=answer.reports))
    for ground, cases in answer.stays.items():
        click.echo(both(languages, f"stays-{ground}", cases=", ".join(map(str, cases))))
    if answer.reports_kept:
        click.echo(both(languages, "person-reports-stay", count=answer.reports_kept))
    if answer.is_moderator:
        click.echo(both(languages, "person-service-stays"))
    if out is not None:
        click.echo(both(languages, "person-letter", file=str(out)))
    if not answer.erased:
        click.get_current_context().exit(1)


@person.command()
@who_argument
@reason_option
@by_option
@click.option("--lift", is_flag=True, help="Lift the restriction instead.")
@db_option
@config_option
def restrict(author_id: str, reason: str, by: str, lift: bool, db: Path | None, config_file: Path | None) -> None:
    """Restrict a person's cases: the texts stay, nobody is shown them, and nobody decides, until that is lifted.

    AUTHOR_ID is the person's id. What the person writes from now on is flagged as ever.
    """
    from bot import persons
    from bot.terminal import both

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    found = persons.restrict(db or settings.database, _asked(author_id, by, reason), lift=lift)
    if not found.cases:
        click.echo(both(languages, "person-not-restricted" if lift else "person-restricted-before"))
        return
    cases = ", ".join(map(str, found.cases))
    click.echo(both(languages, "person-lifted" if lift else "person-restricted", cases=cases))
    if found.open and not lift:
        click.echo(both(languages, "person-restricted-open", cases=", ".join(map(str, found.open))))


def _asked(typed: str, by: str, reason: str) -> Asked:
    from bot.app import SystemClock
    from bot.core.persons import person as id_of
    from bot.persons import Asked

    return Asked(id_of(typed), by, reason, SystemClock().now())
