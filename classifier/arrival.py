"""What of a folder from outside is taken in, and where may it lead? Only what a model needs; all of it or nothing.

A folder that somebody sends can hold anything: links to other places, files that are none, much that nobody asked for.
It is looked at where it lies, and what is needed is copied into a folder that is no model until it is whole.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from classifier.errors import ModelError
from classifier.manifest import CONFIG, MANIFEST, TOKENIZER, Manifest, weight_files
from classifier.shelf import PART

# What transformers keeps of a tokenizer, by its kind; each folder has some of them.
TOKENIZERS = (
    TOKENIZER, "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt", "vocab.json",
    "merges.txt", "sentencepiece.bpe.model", "spiece.model", "spm.model", "tokenizer.model",
)  # fmt: skip
KINDS = (".safetensors", ".json", ".txt", ".model")  # of files that a manifest of ours may name


def look_over(folder: Path) -> None:
    """ModelError where something in a folder leads out of it, or is no file."""
    home = folder.resolve()
    for path in sorted(folder.iterdir()):
        name = ascii(path.name)[1:-1]
        if path.is_symlink() and not _leads(path).is_relative_to(home):
            raise ModelError(f"{folder}: {name} is a link that leads out of it; copy the files themselves (cp -rL)")
        if not path.is_file() and not path.is_dir():  # a pipe would be waited for without end
            raise ModelError(f"{folder}: {name} is no ordinary file; take it out of the folder")


def needed(folder: Path, manifest: Manifest) -> list[str]:
    """The files that a model is made of; ModelError where its manifest asks for others."""
    if not manifest.own and not manifest.imported:
        tokenizer = [name for name in TOKENIZERS if (folder / name).is_file()]
        return [CONFIG, *weight_files(folder), *tokenizer]
    for name in manifest.files:
        if not name.endswith(KINDS):
            raise ModelError(f"{folder}: its manifest names {name!a}, which is no part of a model")
    return [*manifest.files, MANIFEST]


def copy(folder: Path, names: Iterable[str], part: Path) -> None:
    """Copy files as they are; what a link in the folder points to, not the link."""
    for name in names:
        shutil.copyfile(folder / name, part / name)


@contextmanager
def arriving(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder` that takes its place when all went well, and is gone when not.

    Only one process can be writing it; what an earlier one left when it was killed is thrown away.
    """
    part = folder.with_name(folder.name + PART)
    part.mkdir(parents=True, exist_ok=True)
    handle = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        _lock(handle, folder)
        try:
            _empty(part)
            yield part
            if os.path.lexists(folder):  # made meanwhile; a folder that is empty would be replaced
                raise ModelError(f"{folder} is there already; choose another name with --name")
            part.rename(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise ModelError(f"{folder}: a model of that name is being imported just now") from problem


def _leads(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as problem:  # links in a circle
        raise ModelError(f"{path.parent}: {ascii(path.name)[1:-1]} is a link that leads nowhere") from problem


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
