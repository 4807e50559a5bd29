"""How are pictures of the evidence drawn from the terminal? As files, with their figures in words beside them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_options import MOST_A_DAY, Number, config_option, db_option, settings_of
from bot.cli_thresholds_set import json_option, spoken
from bot.core.errors import BadInput
from classifier.verdict import LABELS

if TYPE_CHECKING:  # at run time they bring numpy along, for which help would wait
    from bot.plots import Picture

SUFFIXES = (".png", ".svg")


@click.command()
@click.argument("kind", type=click.Choice(["precision", "flags", "reliability", "workload", "all"]))
@click.option(
    "--out", required=True, metavar="PATH", type=click.Path(path_type=Path),
    help="A folder, which is made if need be, or for one picture a file that ends with .png or .svg.",
)  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["png", "svg"]), default=None, help="In which format (png).")
@click.option("--label", type=click.Choice(LABELS), default="flag", show_default=True, help="Of which label.")
@click.option("--proposed", type=Number(0, 1), help="A threshold to draw beside the one in force.")
@click.option("--capacity", type=Number(0, MOST_A_DAY), help="How many flags a day moderators can handle, as a line.")
@click.option("--channel", default="", metavar="C", help='Only of this channel and its threads: an id or "#name".')
@click.option(
    "--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Of how many days, up to the last read."
)
@click.option("--language", type=click.Choice(["sv", "en"]), help="In which language (default: the configuration's).")
@json_option
@db_option
@config_option
def plot(
    kind: str, out: Path, format_: str | None, label: str, proposed: float | None, capacity: float | None, channel: str,
    days: int, language: str | None, as_json: bool, db: Path | None, config_file: Path | None,
) -> None:  # fmt: skip
    """Draw how thresholds do, as pictures with the figures in words.

    precision: how much of what is flagged is upheld, by threshold. flags: flags a day, by threshold. reliability: what
    scores promised and humans upheld. workload: by hour of the day. all: each of them.
    """
    from bot.plots import Form
    from bot.plotting import KINDS, Wish, pictures
    from bot.terminal import as_json as json_of

    suffix = _suffix(out, format_, kind)
    settings = settings_of(config_file)
    kinds = KINDS if kind == "all" else (kind,)
    rounded = None if proposed is None else round(proposed, 2)
    speaks = language or settings.uppsikt.languages[0]
    with spoken([speaks]):
        wish = Wish(kinds, label, rounded, capacity, channel, days, speaks, Form(suffix[1:]))
        drawn, refused = pictures(db or settings.database, settings, wish)
    files = [_written(each, out, suffix) for each in drawn]
    if as_json:
        click.echo(json_of([_plain(each, file) for each, file in zip(drawn, files, strict=True)]))
    else:
        for each, file in zip(drawn, files, strict=True):
            click.echo(f"{file}\n  {_visible(each.alt)}")
    for problem in refused:
        click.echo(f"uppsikt: {_visible(str(problem))}", err=True)


def _suffix(out: Path, format_: str | None, kind: str) -> str:
    """.png or .svg; BadInput where the file's ending says something else, or four pictures are wanted in one file."""
    ending = out.suffix.lower()
    if ending in SUFFIXES and not out.is_dir():
        if kind == "all":
            raise BadInput(f"--out {out}: four pictures do not fit in one file; name a folder")
        if format_ and ending != f".{format_}":
            raise BadInput(f"--out {out}: the file's name says another format than --format {format_}")
        return ending
    return f".{format_ or 'png'}"


def _written(picture: Picture, out: Path, suffix: str) -> Path:
    """The file it was written to, whole or not at all."""
    single = out.suffix.lower() in SUFFIXES and not out.is_dir()
    file = out if single else out / f"{picture.name}{suffix}"
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.write_bytes(picture.drawn)
    return part.replace(file)


def _plain(picture: Picture, file: Path) -> dict[str, object]:
    rows = [{name: value for name, value in asdict(row).items() if value not in (None, "")} for row in picture.rows]
    return {"picture": picture.name, "file": str(file), "alt": picture.alt, "rows": rows}


def _visible(text: str) -> str:
    from bot.terminal import visible

    return visible(text)
