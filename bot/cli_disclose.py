"""A copy of cases for whoever asks for a public record: a draft, a review line by line, then the copy."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_options import ANY_FILE, config_option, db_option, settings_of
from bot.core.errors import BadInput, Refused

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.locales import Speak
    from bot.paper.drafts import Draft


@click.command()
@click.argument("cases", metavar="[CASE]...", nargs=-1, type=click.IntRange(min=1, max=2**63 - 1))
@click.option("--draft", "file", type=ANY_FILE, help="The draft to write, or, without a CASE, to go on with.")
@click.option("--review", is_flag=True, help="Go through the lines here, one by one, instead of in an editor.")
@click.option("--out", type=ANY_FILE, help="The copy to write: .html, .pdf or .txt.")
@click.option("--by", default="", help="Who makes the copy (default: whoever reviewed it). It stays on record.")
@click.option("--reason", default="", help="Such as a registry number, never who asks or what for. It is kept.")
@click.option("--repeats", is_flag=True, help="Allow the copy to show in one line what is masked in another.")
@db_option
@config_option
def disclose(
    cases: tuple[int, ...], file: Path | None, review: bool, out: Path | None, by: str, reason: str, repeats: bool,
    db: Path | None, config_file: Path | None,
) -> None:  # fmt: skip
    """Make a copy of CASES for a request under offentlighetsprincipen, masked line by line.

    First `uppsikt disclose CASE… --draft FILE`: every line of the cases, with what may have to be masked. Go through it
    in any editor, or with --review, and say on which ground each mask stands. Then `uppsikt disclose --draft FILE --out
    COPY.pdf`. Nothing is written before every proposal is answered; what is masked is nowhere in the copy. Who reported
    is in neither. That a copy was made stays on record.
    """
    from bot import disclosing
    from bot.app import SystemClock
    from bot.locales import speak

    settings = settings_of(config_file)
    say, path, now = speak(settings.languages()[0]), db or settings.database, SystemClock().now()
    if not cases and file is None:
        raise BadInput("say which cases, by their flags' numbers, or --draft FILE to go on with one")
    if not (file or (review and out)):
        raise BadInput("masking is reviewed line by line: add --draft FILE, or --review with --out FILE")
    made = disclosing.draft(path, cases, now) if cases else disclosing.opened(_there(file))
    if cases and file is not None:
        disclosing.save(made, file)
        _tell_drafted(made, file, say)
    if review:
        made = _reviewed(made, file, by, say)
    if out is not None:
        _copy(path, made, out, now, by, reason, repeats, settings)
        masks = sum(len(line.masks) for line in made.lines)
        click.echo(say("disclose-done", file=str(out), masks=masks))
    if file is not None:
        click.echo(say("disclose-secret", file=str(file)))


def _there(file: Path | None) -> Path:
    if file is None or not file.is_file():
        raise BadInput(f"{file}: there is no such draft; make it with `uppsikt disclose CASE… --draft {file}`")
    return file


def _tell_drafted(made: Draft, file: Path, say: Speak) -> None:
    masks = sum(len(line.masks) for line in made.lines)
    click.echo(say("disclose-drafted", file=str(file), lines=len(made.lines), masks=masks))


def _reviewed(made: Draft, file: Path | None, by: str, say: Speak) -> Draft:
    """The draft as it was left at the terminal; Refused where a person stopped and nothing can be kept."""
    from bot import disclosing
    from bot.disclose_review import Review

    save = (lambda changed: disclosing.save_again(changed, file)) if file else (lambda _: None)
    review = Review(replace(made, reviewer=made.reviewer or by or getpass.getuser()), say, save)
    if not review.run() and file is None:
        raise Refused("stopped before the end: nothing was written; with --draft FILE the review can be gone on with")
    if review.left:
        click.echo(say("disclose-paused", left=review.left))
    return review.draft


def _copy(
    path: Path, made: Draft, out: Path, at: datetime, by: str, reason: str, repeats: bool, settings: Settings
) -> None:
    from bot import disclosing

    disclosing.copy(path, made, out, at, by=by, reason=reason, authority=settings.papers.controller, repeats=repeats)
