"""What can be typed? A command parses its arguments and calls; everything else is elsewhere.

Exit codes: 0 well; 1 refused, or something is wrong that the line says; 2 bad usage or configuration;
3 done, but lines were skipped. Heavy modules are imported when a command needs them, so that help is instant.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli_model import model as model_commands
from bot.cli_options import ANY_FILE, FILE, config_option, config_path, db_option, settings_of
from bot.cli_record import record
from bot.cli_reports import reporters
from bot.cli_thresholds import thresholds as threshold_commands
from bot.cli_web import web
from bot.core.errors import BadConfiguration, BadInput, UppsiktError

data_option = click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("../shared/data"),
    show_default=True, help="Where the texts that are not carried in the project lie.",
)  # fmt: skip
text_option = click.option("--show-text", is_flag=True, help="Show flagged text; it is masked otherwise.")


class _Cli(click.Group):
    """Turns our errors into one line each and the right exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BadConfiguration as problem:
            for line in problem.problems:
                click.echo(f"uppsikt: {line}", err=True)
            ctx.exit(2)
        except UppsiktError as problem:
            click.echo(f"uppsikt: {problem}", err=True)
            ctx.exit(2 if isinstance(problem, BadInput) else 1)
        except ModuleNotFoundError as problem:
            click.echo(f"uppsikt: {problem.name} is not installed; run: pip install 'uppsikt[train]'", err=True)
            ctx.exit(1)
        except BrokenPipeError:  # `uppsikt classify | head`: the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as problem:  # a folder that may not be entered, a full disk behind standard output
            if problem.filename is None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            click.echo(f"uppsikt: {problem.filename or 'the output'}: {problem.strerror or problem}", err=True)
            ctx.exit(1)


@click.group(cls=_Cli, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="uppsikt", prog_name="uppsikt")
def main() -> None:
    """Uppsikt: a moderation bot that asks a human.

    Messages stream into a local Swedish classifier; what a human should look at is kept in SQLite with its reasons.
    The bot never judges: people uphold or dismiss what it flags.
    """
    os.umask(0o077)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s", stream=sys.stderr)


@main.command()
@click.option("--db", type=ANY_FILE, help="Fresh database to write (default: uppsikt-demo.db, made anew each time).")
@config_option
@text_option
def demo(db: Path | None, config_file: Path | None, show_text: bool) -> None:
    """See the main job done on a bundled, made-up week of municipal chat."""
    from bot.demo import DEFAULT_DB, run_demo

    settings = settings_of(config_file)
    if db is not None and db.exists():
        raise BadInput(f"{db} exists already; name a new file, or leave --db out")
    run_demo(db or DEFAULT_DB, settings, show_text=show_text)


@main.command()
@config_option
def run(config_file: Path | None) -> None:
    """Run the live bot until it is told to stop (Ctrl-C or SIGTERM).

    The token is read from UPPSIKT_TOKEN in the environment.
    """
    import asyncio

    from bot.live import live

    settings = settings_of(config_file)
    logging.getLogger().setLevel(settings.uppsikt.log_level.upper())
    asyncio.run(live(settings))


@main.command()
@config_option
def check(config_file: Path | None) -> None:
    """Check configuration, token, permissions, intents, model, database, disk and panel: a line each.

    Exit code 0 if all is well, 1 if something is wrong.
    """
    from bot.check import checks

    wrong = 0
    for well, line in checks(config_path(config_file)):
        wrong += not well
        click.echo(f"{'ok   ' if well else 'WRONG'} {line}")
    sys.exit(1 if wrong else 0)


@main.command()
@click.argument("file", type=FILE)
@click.option("--db", type=ANY_FILE, required=True, help="Database to write; it is made if it is not there.")
@config_option
def replay(file: Path, db: Path, config_file: Path | None) -> None:
    """Send the messages of a JSONL FILE through the whole pipeline.

    A run that was broken off goes on where it was; reading a file again changes nothing. A line that cannot be
    read is reported with its number, counted and skipped: the exit code is 3 then.
    """
    from bot import app
    from bot.progress import bar
    from bot.terminal import both

    settings = settings_of(config_file)
    with bar(file.stat().st_size, "bytes") as show:
        done = app.replay(file, db, settings, skip=_tell_skipped(file), show=show)
    languages = settings.uppsikt.languages
    if done.before:
        click.echo(both(languages, "replay-before", lines=done.before))
    slots = {
        "read": done.totals.read,
        "flagged": done.totals.flagged,
        "new": done.totals.new_flags,
        "skipped": done.skipped,
    }
    click.echo(both(languages, "replay-summary", **slots))
    sys.exit(3 if done.skipped else 0)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), default="-")
@click.option("--explain", is_flag=True, help="Add `spans`: the characters that spoke for the flag, with weights.")
@config_option
def classify(file: str, explain: bool, config_file: Path | None) -> None:
    """Read JSONL messages from FILE (or - for standard input), write verdicts as JSONL in the same order.

    A line needs `id` and `text`. A line that cannot be read is reported on standard error with its number, counted
    and skipped: the exit code is 3 then.
    """
    from bot.classify import verdict_lines

    settings = settings_of(config_file)
    skipped = 0
    name = "standard input" if file == "-" else file

    def skip(number: int, why: str) -> None:
        nonlocal skipped
        skipped += 1
        click.echo(f"{name}, line {number}: {why}; skipped", err=True)

    for line in verdict_lines(file, settings, explain=explain, skip=skip):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    sys.exit(3 if skipped else 0)


@main.command()
@db_option
@click.option("--state", type=click.Choice(["pending", "upheld", "dismissed"]), help="Only flags in this state.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array with everything, texts too.")
@text_option
@config_option
def flags(db: Path | None, state: str | None, as_json: bool, show_text: bool, config_file: Path | None) -> None:
    """Show the queue: what was flagged, why, how surely, and what became of it."""
    from bot import app
    from bot.core.flags import State
    from bot.terminal import both, console, flag_table, flags_json

    settings = settings_of(config_file)
    wanted = State(state) if state else None
    rows = app.ask(db or settings.database, lambda reader: reader.flags(wanted))
    if as_json:
        click.echo(flags_json(rows))
    elif rows:
        console().print(flag_table(rows, settings.uppsikt.languages, show_text=show_text))
    else:
        click.echo(both(settings.uppsikt.languages, "flags-none"))


@main.command()
@click.argument("flag", type=click.IntRange(min=1))
@click.argument("step", type=click.Choice(["uphold", "dismiss"]))
@click.option("--by", required=True, help="Who decides: a name that colleagues know.")
@click.option(
    "--motive", "motives", multiple=True, help="A motive as you see it, or `threat`; may be given more than once."
)
@click.option("--note", default="", help="A note for colleagues.")
@db_option
@config_option
def decide(
    flag: int, step: str, by: str, motives: tuple[str, ...], note: str, db: Path | None, config_file: Path | None
) -> None:
    """Decide a FLAG as a human: uphold or dismiss it. Deciding the same again changes nothing."""
    from bot import app
    from bot.core.flags import Decision, State, Step
    from bot.locales import speak

    settings = settings_of(config_file)
    decision = Decision(flag, Step(step), by, app.SystemClock().now(), tuple(dict.fromkeys(motives)), note)
    decided = app.decide(db or settings.database, decision)
    key = "decided" if decided.changed else "decided-before"
    if decided.changed and decided.state is State.PENDING:  # somebody had asked for a second opinion, and differs
        key = "course-opinion"
    for language in settings.uppsikt.languages:
        say = speak(language)
        click.echo(say(key, flag=str(flag), state=say(f"state-{decided.state}")))


@main.command()
@db_option
@config_option
def retain(db: Path | None, config_file: Path | None) -> None:
    """Forget the text of flags whose time is up, as [retention] says. The live bot does this daily."""
    from bot import app
    from bot.terminal import both

    settings = settings_of(config_file)
    count = app.retain(db or settings.database, settings)
    click.echo(both(settings.uppsikt.languages, "retained", count=count))


def _tell_skipped(file: Path) -> Callable[[Any], None]:
    return lambda skipped: click.echo(f"{file}, line {skipped.number}: {skipped.why}; skipped", err=True)


@main.command()
@data_option
@click.option(
    "--encoder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A local transformers encoder to fine-tune (default: our own, models/encoder-sv).",
)  # fmt: skip
@click.option("--pretrain", is_flag=True, help="Make our own encoder anew first; takes hours on a CPU, resumable.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write (default: models/NAME).")
@click.option("--words", is_flag=True, help="Count the words anew first that disguises are undone with.")
@click.option("--name", help="The model's name (default: uppsikt-sv, or the name of the encoder's folder).")
@click.option("--measure/--no-measure", "measured", default=True, help="Measure it afterwards, as `uppsikt measure`.")
@config_option
def train(
    data: Path, encoder: Path | None, pretrain: bool, words: bool, out: Path | None, name: str | None, measured: bool,
    config_file: Path | None,
) -> None:  # fmt: skip
    """Train the classifier from the files at hand, on a GPU where there is one.

    Fine-tunes an encoder on the labelled messages, calibrates it, chooses its thresholds on validation, and writes a
    folder with the recipe beside the weights. The folder appears whole or not at all; a run that was broken off goes
    on where it was. With --encoder any local transformers encoder (BERT, RoBERTa, XLM-R, ModernBERT …) is trained and
    measured in the same way; `uppsikt model promote` puts it to use.
    """
    from bot import app
    from bot.train import count_words, train_model

    if words:
        count_words(data)
    chosen = name or (encoder.resolve().name if encoder else "uppsikt-sv")
    folder = train_model(data, encoder, pretrain=pretrain, out=out, name=chosen)
    if measured:
        from bot.measure import measure_model

        settings = settings_of(config_file, model=str(folder.resolve()))
        measure_model(data, settings, app.load_model(settings), folder)


@main.command()
@data_option
@click.option("--model", "name", help="The model to measure: a name or a folder (default: the one in force).")
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder to write (default: the model's).",
)
@config_option
def measure(data: Path, name: str | None, out: Path | None, config_file: Path | None) -> None:
    """Measure a model on texts that nobody trained on, beside three simpler rivals trained on the same texts.

    Writes report.json, pictures and the model card beside its weights.
    """
    from bot import app
    from bot.measure import measure_model

    settings = settings_of(config_file, model=name)
    measure_model(data, settings, app.load_model(settings), out)


main.add_command(model_commands)
main.add_command(record)
main.add_command(reporters)
main.add_command(threshold_commands)
main.add_command(web)
