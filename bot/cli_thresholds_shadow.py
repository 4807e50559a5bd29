"""What can be typed about shadows? A candidate is started beside what is in force, stopped, and shown beside it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of


def _limits(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """label=value, each once; whether there is such a label is for the rules to say."""
    found: dict[str, float] = {}
    for each in given:
        label, _sign, value = each.partition("=")
        try:
            found[label.strip()] = float(value.replace(",", "."))
        except ValueError:
            raise click.BadParameter(f"{each!a} is no threshold; write it as flag=0.7") from None
    return found


@click.group()
def shadow() -> None:
    """Try other thresholds, or another model, beside what is in force: it only counts, and flags nothing."""


@shadow.command()
@click.option("--label", "limits", multiple=True, callback=_limits, metavar="LABEL=VALUE",
              help="A threshold to try, such as flag=0.7; may be given more than once.")  # fmt: skip
@click.option("--channel", "channels", multiple=True, metavar="C",
              help='Where they hold: an id or "#name"; may be given more than once (default: everywhere).')  # fmt: skip
@click.option(
    "--model", default="", metavar="NAME", help="Another model to try: a name that `uppsikt model list` shows."
)
@click.option("--days", default=7.0, show_default=True, help="For how many days it runs; 90 at most.")
@click.option("--by", required=True, metavar="WHO", help="Who starts it: a name that colleagues know.")
@click.option("--why", required=True, metavar="T", help="Why, for whoever looks at it later.")
@db_option
@config_option
def start(
    limits: dict[str, float], channels: tuple[str, ...], model: str, days: float, by: str, why: str, db: Path | None,
    config_file: Path | None,
) -> None:  # fmt: skip
    """Start a candidate beside what is in force; a bot that runs takes it up within seconds.

    It reads what the live bot reads and counts, by channel and hour, what it would have flagged. No message is kept for
    it, nobody is told, and when the bot is busy it stands back.
    """
    from bot import app
    from bot.shadow_tables import what_started
    from bot.shadows import begin

    settings = settings_of(config_file)
    now = app.SystemClock().now()
    shadow = begin(settings, db or settings.database, limits, channels, model, by, why, now, days)
    click.echo(what_started(shadow, settings.uppsikt.languages))


@shadow.command()
@db_option
@config_option
def stop(db: Path | None, config_file: Path | None) -> None:
    """Stop the candidate that runs. What it has counted stays."""
    from bot import app
    from bot.shadows import stop as end
    from bot.terminal import both

    settings = settings_of(config_file)
    end(db or settings.database, app.SystemClock().now())
    click.echo(both(settings.uppsikt.languages, "shadow-stopped"))


@shadow.command()
@click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")
@db_option
@config_option
def show(as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Show the candidate that runs, or the last that did, beside what is in force: flags a day, by channel."""
    from bot.shadow_tables import plain_shadow, shadow_report
    from bot.shadows import seen
    from bot.terminal import as_json as json_of
    from bot.terminal import console

    settings = settings_of(config_file)
    found = seen(db or settings.database)
    if as_json:
        click.echo(json_of(plain_shadow(found)))
    else:
        console().print(shadow_report(found, settings.uppsikt.languages))
