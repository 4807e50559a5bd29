"""How do the data-protection papers come about? From the settings in force and what was measured of their model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.core.errors import BadInput
from bot.paper.papers import About, missing, papers
from bot.standing import shown
from bot.store.amounts import amounts as amounts_of
from bot.store.connection import asked
from bot.writing import rewrite


def write(
    settings: Settings, folder: Path, at: datetime, *, over: bool, db: Path | None = None
) -> list[tuple[Path, int]]:
    """Write every paper; each file with how much is left to fill in. BadInput where one is there and not to be lost.

    With a database they say how much is kept in it.
    """
    amounts = None if db is None else asked(db, amounts_of)
    model, _ = shown(settings, None)
    assert model.manifest is not None, "a broken one is refused"
    made = papers(About(settings, model.manifest.model_id, model.report, at, amounts))
    _ready(folder, list(made), over=over)
    for name, text in made.items():
        rewrite(folder / name, text.encode())
    return [(folder / name, missing(text)) for name, text in made.items()]


def _ready(folder: Path, names: Sequence[str], *, over: bool) -> None:
    """The folder is there, and nothing in it is lost by surprise: looked at before the first file is written."""
    there = [name for name in names if (folder / name).exists()]
    if there and not over:
        raise BadInput(
            f"{folder / there[0]} exists already: name another folder with --out, or add --force to write it anew; "
            "what was filled in by hand is lost then"
        )
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        raise BadInput(f"{folder}: the folder that it is to lie in does not exist; make it first") from None
