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


def train_model(data: Path, encoder: Path | None, *, pretrain: bool, out: Path | None, name: str) -> None:
    """Pretrain where asked, fine-tune, write; BadInput where a needed file is missing."""
    if not (data / "labelled").is_dir() or not (data / "unlabelled").is_dir():
        raise BadInput(f"{data}: labelled/ and unlabelled/ are not there; name their folder with --data")
    source = encoder or OWN_ENCODER
    if pretrain:
        _pretrain(data, source)
    if not (source / "config.json").is_file():
        raise BadInput(f"{source}: there is no encoder; add --pretrain to make ours, or name one with --encoder")
    from classifier.train.finetune import Recipe, finetune

    folder = out or HOME / "models" / name
    with _bar("fine-tuning", "batches") as report:
        finetune(data, [OWN_MESSAGES], source, folder, name, Recipe(), report)
    click.echo(f"{folder} written")


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
