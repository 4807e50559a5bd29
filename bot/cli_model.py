"""What can be typed about models? `uppsikt model` and its commands; a command parses its arguments and calls."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import FILE, config_option, settings_of
from bot.core.errors import UppsiktError

json_option = click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")
reason_option = click.option("--reason", default="", metavar="T", help="Why, for whoever reads the history.")


def _person(_: click.Context, __: click.Parameter, value: str) -> str:
    """A name with a letter or a digit in it, on one line."""
    if not any(map(str.isalnum, value)) or not value.isprintable():
        raise click.BadParameter("only a person promotes: say who, by a name that colleagues know")
    return value.strip()


by_option = click.option(
    "--by", required=True, callback=_person, metavar="WHO", help="Who decides: a name that colleagues know."
)


@click.group()
def model() -> None:
    """Look at models, take one in from elsewhere, put one in force, and go back.

    A model is measured before it is promoted, and promoted by a person. The bot uses the promoted one from its next
    start, unless the configuration names another.
    """


@model.command("list")
@json_option
@config_option
def list_(as_json: bool, config_file: Path | None) -> None:
    """Show every model at hand: where it is from, whether it is in force, and how good it was when it was measured.

    A folder that is broken is shown too, with the reason.
    """
    from bot.model_tables import model_table, plain_model
    from bot.standing import listed
    from bot.terminal import as_json as json_of
    from bot.terminal import console

    settings = settings_of(config_file)
    models = listed(settings)
    if as_json:
        click.echo(json_of([plain_model(each) for each in models]))
    else:
        console().print(model_table(models, settings.uppsikt.languages))


@model.command()
@click.argument("name", required=False)
@json_option
@config_option
def show(name: str | None, as_json: bool, config_file: Path | None) -> None:
    """Show everything that is known of the model NAME (default: the one in force).

    Its id, labels, thresholds, where it came from, the SHA-256 of each file, and its figures beside those of the model
    in force.
    """
    from bot.model_tables import model_card, plain_card
    from bot.standing import shown
    from bot.terminal import as_json as json_of
    from bot.terminal import console

    settings = settings_of(config_file)
    asked, here = shown(settings, name)
    if as_json:
        click.echo(json_of(plain_card(asked, here)))
    else:
        console().print(model_card(asked, here, settings.uppsikt.languages))


@model.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", help="What to call it here (default: the folder's name).")
@click.option(
    "--labels", "label_map", type=FILE,
    help='Which of its labels means which of ours, as JSON such as {"HATE": "flag"} (default: labels.json in it).',
)  # fmt: skip
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("../shared/data"), show_default=True,
    help="Where the texts lie that it is calibrated and measured on.",
)  # fmt: skip
@click.option("--measure/--no-measure", "measured", default=True, help="Measure it afterwards, as `uppsikt measure`.")
@config_option
def import_(
    folder: Path, name: str | None, label_map: Path | None, data: Path, measured: bool, config_file: Path | None
) -> None:
    """Take in the model in FOLDER: any text classifier that transformers can load, or one of our own.

    It is looked at where it lies. What it needs is copied, calibrated on our validation texts where it is from
    elsewhere, and given a manifest with the SHA-256 of every file. It appears whole or not at all, and is used only
    once somebody promotes it.
    """
    from bot import app
    from bot.model_tables import what_came, what_is_left
    from bot.models import take_in

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    now = app.SystemClock().now()
    taken = take_in(folder, settings, data, name=name, label_map=label_map, now=now)
    click.echo(what_came(taken, languages))
    if not measured:
        click.echo(what_is_left(taken, languages))
        return
    from bot.measure import measure_model

    try:
        measure_model(data, settings, app.load_folder(taken), None)
    except (UppsiktError, OSError):  # the model is here all the same
        click.echo(what_is_left(taken, languages))
        raise


@model.command()
@click.argument("name")
@by_option
@reason_option
@config_option
def promote(name: str, by: str, reason: str, config_file: Path | None) -> None:
    """Put the model NAME in force from the bot's next start; a model that was not measured is refused."""
    from bot import app
    from bot.model_tables import figure_table, what_changed
    from bot.models import promote as put_in_force
    from bot.terminal import console

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    change = put_in_force(settings, name, by, reason, app.SystemClock().now())
    if change.changed:
        console().print(figure_table([change.old, change.new], languages))
    click.echo(what_changed(change, "model-promoted", by, settings.uppsikt.model, languages))


@model.command()
@by_option
@reason_option
@config_option
def rollback(by: str, reason: str, config_file: Path | None) -> None:
    """Go back to the model that was in force before, from the bot's next start. Done again, it returns."""
    from bot import app
    from bot.model_tables import figure_table, what_changed
    from bot.models import roll_back
    from bot.terminal import console

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    change = roll_back(settings, by, reason, app.SystemClock().now())
    console().print(figure_table([change.old, change.new], languages))
    click.echo(what_changed(change, "model-rolled-back", by, settings.uppsikt.model, languages))
