"""How are thresholds set and put back from the terminal? Shown first, then applied in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of
from bot.core.errors import BadInput
from bot.core.tuning.unchanged import Unchanged

by_option = click.option("--by", required=True, metavar="NAME", help="Who decides: a name that colleagues know.")
why_option = click.option("--why", required=True, metavar="TEXT", help="Why, for whoever reads the history.")
json_option = click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")


@click.command("set")
@click.option(
    "--label", "labels", multiple=True, metavar="LABEL=VALUE",
    help="A label's threshold from 0 to 1, to two decimals; without a value it goes back to the configuration's.",
)  # fmt: skip
@click.option("--level", metavar="NAME", help="A named level instead: försiktig, balanserad or vaksam.")
@click.option("--channel", default="", metavar="C", help='Only in this channel and its threads: an id or "#name".')
@click.option("--group", default="", metavar="G", help="Only in the channels of this group of [groups].")
@by_option
@why_option
@json_option
@db_option
@config_option
def set_(
    labels: tuple[str, ...], level: str | None, channel: str, group: str, by: str, why: str, as_json: bool,
    db: Path | None, config_file: Path | None,
) -> None:  # fmt: skip
    """Change thresholds: show what would be otherwise, and apply it.

    It is kept with who, when, why and the figures; a running bot takes it over within seconds, and `uppsikt thresholds
    undo` takes it back. If somebody else changes thresholds meanwhile, nothing is changed.
    """
    from bot.changing import carry_out, look_ahead
    from bot.threshold_words import change_lines, level_named, outcome_json, outlook_lines, values_of
    from bot.weighing import figures_of

    settings = settings_of(config_file)
    languages, path = settings.uppsikt.languages, db or settings.database
    if bool(labels) == bool(level):
        raise BadInput("say either --label LABEL=VALUE, which may be given more than once, or --level NAME")
    wanted = level_named(level) if level else values_of(labels)
    with spoken(languages):
        outlook = look_ahead(path, settings, (channel, group), wanted, by, why, figures_of)
        if not as_json:
            click.echo(outlook_lines(outlook, languages))
        change = carry_out(path, settings, outlook)
    click.echo(outcome_json(outlook, change) if as_json else change_lines(change, languages))


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@by_option
@why_option
@json_option
@db_option
@config_option
def undo(number: int | None, by: str, why: str, as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Take back the change NUMBER (default: the last that stands): what was before is in force again.

    Typed again, the one before it is taken back. It is a change of its own in the history.
    """
    from bot.changing import carry_out, look_back
    from bot.threshold_words import change_lines, outcome_json, outlook_lines
    from bot.weighing import figures_of

    settings = settings_of(config_file)
    languages, path = settings.uppsikt.languages, db or settings.database
    with spoken(languages):
        outlook = look_back(path, settings, number, by, why, figures_of)
        if not as_json:
            click.echo(outlook_lines(outlook, languages))
        change = carry_out(path, settings, outlook)
    click.echo(outcome_json(outlook, change) if as_json else change_lines(change, languages))


@contextmanager
def spoken(languages: Sequence[str]) -> Iterator[None]:
    """What the rules refuse, in the first language of the configuration."""
    from bot.threshold_words import in_words

    try:
        yield
    except Unchanged as problem:
        raise in_words(problem, languages[0]) from problem
