"""`uppsikt train`: which folders are read and written, and what is shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from tqdm import tqdm

from bot.config import HOME
from bot.core.errors import BadInput

OWN_ENCODER = HOME / "models" / "encoder-sv"
OWN_MESSAGES = HOME / "classifier" / "data"


def count_words(data: Path) -> None:
    """Count anew the words that disguises are undone with."""
    _there(data)
    from classifier.train.words import write_words

    click.echo(f"{write_words(data, [OWN_MESSAGES])} words written")


def train_model(data: Path, encoder: Path | None, *, pretrain: bool, out: Path | None, name: str) -> Path:
    """Pretrain where asked, fine-tune, write; the folder. BadInput where a needed file is missing."""
    _there(data)
    source = encoder or OWN_ENCODER
    if pretrain:
        _pretrain(data, source)
    if not (source / "config.json").is_file():
        raise BadInput(f"{source}: there is no encoder; add --pretrain to make ours, or name one with --encoder")
    from classifier.train.finetune import Recipe, finetune

    folder = out or HOME / "models" / name
    with _bar("fine-tuning", "batches") as report:
        try:
            finetune(data, [OWN_MESSAGES], source, folder, name, Recipe(), report)
        except (OSError, ValueError, KeyError) as problem:
            reason = str(problem).splitlines()[0][:200] if str(problem) else type(problem).__name__
            raise BadInput(f"{source}: this encoder cannot be fine-tuned ({reason})") from problem
    click.echo(f"{folder} written")
    return folder


def _there(data: Path) -> None:
    if not (data / "labelled").is_dir() or not (data / "unlabelled").is_dir():
        raise BadInput(f"{data}: labelled/ and unlabelled/ are not there; name the folder with --data")


def _pretrain(data: Path, folder: Path) -> None:
    from classifier.train.pretrain import Pretraining, pretrain

    with _bar("pretraining", "pieces") as report:
        pretrain(data, [OWN_MESSAGES], folder, Pretraining(), report)


@contextmanager
def _bar(what: str, unit: str) -> Iterator[Callable[[int, int, str], None]]:
    with tqdm(desc=what, unit=f" {unit}", unit_scale=True, disable=None, dynamic_ncols=True) as shown:

        def report(done: int, whole: int, words: str) -> None:
            shown.total = whole
            shown.set_postfix_str(words, refresh=False)
            shown.update(done - shown.n)

        yield report
