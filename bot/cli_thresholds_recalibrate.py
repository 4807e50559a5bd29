"""How do decisions come to say how sure the model is? Shown first; applied only by somebody, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of
from bot.core.errors import BadInput
from bot.core.tuning.recalibrations import Recalibration, Unscaled


@click.command()
@click.option("--label", default="flag", show_default=True, metavar="L", help="Which label's scores.")
@click.option("--server", metavar="ID", help="On this server only (default: the one that is read, or show each).")
@click.option("--by", metavar="NAME", help="Apply it: who decides, by a name that colleagues know.")
@click.option("--why", metavar="TEXT", help="Why, for whoever reads it later; goes with --by.")
@click.option("--undo", is_flag=True, help="Take back the recalibration that holds; goes with --by and --why.")
@click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")
@db_option
@config_option
def recalibrate(
    label: str, server: str | None, by: str | None, why: str | None, undo: bool, as_json: bool, db: Path | None,
    config_file: Path | None,
) -> None:  # fmt: skip
    """Let your own decisions say how sure the model is; no message text is read, and no threshold changes.

    Without --by it only shows how near the scores are to what was decided, before and after. With --by and --why cards
    and lists tell it so from then on, on that server and for this model. It is kept with its figures.
    """
    from bot.recalibrating import apply, look, take_back
    from bot.recalibration_words import done_lines, looked_json, looked_lines

    settings = settings_of(config_file)
    languages, path = settings.uppsikt.languages, db or settings.database
    if (by is None) != (why is None) or (undo and by is None):
        raise BadInput("say both --by NAME and --why TEXT to change anything; without them and --undo it is only shown")
    made: Recalibration | None = None
    with spoken(languages):
        looked = look(path, settings, server, label)
        if by is not None and why is not None:
            made = (take_back if undo else apply)(path, looked, by, why)
    if as_json:
        click.echo(looked_json(looked, made))
        return
    click.echo(looked_lines(looked, languages) if made is None else done_lines(made, languages))


@contextmanager
def spoken(languages: Sequence[str]) -> Iterator[None]:
    """What the rules refuse, in the first language of the configuration."""
    from bot.core.tuning.no_evidence import NoEvidence
    from bot.evidence_tables import lacking
    from bot.recalibration_words import in_words

    try:
        yield
    except NoEvidence as problem:
        raise lacking(problem, languages[0]) from problem
    except Unscaled as problem:
        raise in_words(problem, languages[0]) from problem
