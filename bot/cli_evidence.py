"""How are cases handed to the police, and how does whoever gets them check that nothing was changed?"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_options import ANY_FILE, FILE, config_option, db_option, settings_of
from bot.core.errors import BadInput

if TYPE_CHECKING:
    from bot.dossier.checking import Checked

LANGUAGES = ("sv", "en")  # whoever checks a package has no configuration


class _Cases(click.Group):
    """`uppsikt evidence 7` is short for `uppsikt evidence make 7`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Cases)
def evidence() -> None:
    """Hand cases to the police as one package that nobody can change unseen, and check such a package."""


@evidence.command()
@click.argument("case", type=click.IntRange(min=1), nargs=-1, required=True)
@click.option("--out", type=ANY_FILE, required=True, help="File to write, such as evidence.zip; it must be new.")
@click.option("--reason", required=True, help="Why, such as the police's own number of the case. It stays on record.")
@click.option("--by", help="Who makes it: a name that colleagues know (default: who is signed in here). Kept, too.")
@click.option(
    "--recipient", "recipients", multiple=True, metavar="KEY|FILE",
    help="Lock it to an age key (age1…), an SSH key, or those in a file; may be given more than once.",
)  # fmt: skip
@db_option
@config_option
def make(
    case: tuple[int, ...], out: Path, reason: str, by: str | None, recipients: tuple[str, ...], db: Path | None,
    config_file: Path | None,
) -> None:  # fmt: skip
    """Write one or more CASE numbers as a package for the police; `make` may be left out.

    It holds the messages as they were posted, what was decided and when, provisions to look at, and the proof that all
    of it stands as it was recorded, signed with the database's key. Who reported is not in it. That you made it, for
    which cases and why, is kept for ever.
    """
    from bot import evidencing
    from bot.app import SystemClock
    from bot.terminal import both

    settings = settings_of(config_file)
    order = evidencing.Order(case, out, by if by is not None else _signed_in(), reason, recipients)
    made = evidencing.make(db or settings.database, order, SystemClock().now())
    languages = settings.uppsikt.languages
    click.echo(both(languages, "evidence-made", file=str(out), sha256=made.sha256))
    if not made.locked:
        click.echo(both(languages, "evidence-unlocked"))
    click.echo(both(languages, "evidence-key", fingerprint=made.fingerprint))


@evidence.command()
@click.argument("file", type=FILE)
@click.option("--identity", type=ANY_FILE, help="The file of the key's other half, where the package is locked.")
@click.option("--key", metavar="FINGERPRINT", help="Whose signature it must be.")
def verify(file: Path, identity: Path | None, key: str | None) -> None:
    """Check a package FILE: whether it is as it was when it was made, and who signed it.

    Needs nothing else: no database, no configuration, no network. Exit code 0 if it is whole, 1 if not.
    """
    from bot import evidencing

    if key is not None and not any(map(str.isalnum, key)):
        raise BadInput("--key is empty: name the fingerprint that it must be, or leave it out")
    found = evidencing.check(file, identity, key or "")
    _tell(found, bool(key))
    sys.exit(1 if found.wrong else 0)


def _tell(found: Checked, demanded: bool) -> None:
    """What was found, in both languages: first what is wrong, or that nothing is."""
    from bot.config import ZONE
    from bot.terminal import both, visible

    if found.wrong:
        click.echo(both(LANGUAGES, "evidence-broken"))
    elif found.manifest:
        cases = ", ".join(map(str, found.manifest.cases))
        slots = {
            "at": f"{found.manifest.made_at.astimezone(ZONE):%Y-%m-%d %H:%M}",
            "by": visible(found.manifest.made_by),
        }
        click.echo(both(LANGUAGES, "evidence-whole", count=len(found.manifest.cases), cases=cases, **slots))
    for finding in found.findings:
        slots = {name: visible(str(value))[:100] for name, value in finding.slots.items()}
        click.echo("\n".join(f"- {line}" for line in both(LANGUAGES, f"finding-{finding.key}", **slots).splitlines()))
    if found.manifest and not found.wrong:
        key = "evidence-as-demanded" if demanded else "evidence-compare"
        click.echo(both(LANGUAGES, key, fingerprint=found.fingerprint))


def _signed_in() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise BadInput("say who makes the package, with --by NAME") from None
