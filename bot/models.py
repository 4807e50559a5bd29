"""How does a model come onto the shelf and into force? It is imported by anybody, and promoted by a person.

An import never promotes. A promotion takes effect at the bot's next start: a model is never changed under a bot that
runs, and every flag quotes the model that raised it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import load_folder, trusting
from bot.config import HOME, Settings
from bot.core.errors import BadInput, BadModel, Refused
from bot.progress import bar
from bot.standing import Standing, named, promoted, standing
from classifier.arrival import arriving, copy, look_over, needed
from classifier.manifest import MANIFEST
from classifier.model import Model
from classifier.shelf import SHIPPED, Promotion, plain

MESSAGES = HOME / "classifier" / "data"


@dataclass(frozen=True, slots=True)
class Change:
    """What a promotion or a rollback did."""

    old: Standing
    new: Standing
    changed: bool = True


def take_in(
    folder: Path, settings: Settings, data: Path, *, name: str | None, label_map: Path | None, now: datetime
) -> Path:
    """Copy a model onto the shelf, calibrated where it is from elsewhere; its new folder.

    Nothing is left of it where it cannot be trusted.
    """
    chosen = folder.resolve().name if name is None else name
    if not plain(chosen):
        raise BadInput(f"{chosen!a} is no name for a model (letters, digits, . _ -); choose another with --name")
    shelf = settings.shelf
    if shelf.has(chosen):
        raise Refused(f"there is a model {chosen} already; choose another with --name")
    ours = (folder / MANIFEST).is_file()
    if ours and label_map:
        raise BadInput(f"{folder} has a manifest that says what its labels mean; leave --labels out")
    if not ours and not all((data / name).is_dir() for name in ("labelled", "unlabelled")):
        raise BadInput(f"{data}: labelled/ and unlabelled/ are not there, to calibrate on; name the folder with --data")
    with trusting(folder):
        look_over(folder)
        model = Model.load(folder, label_map)
        names = needed(folder, model.manifest)
        with arriving(shelf.own / chosen) as part:
            copy(folder, names, part)
            if not ours:
                _adopt(model, part, chosen, data, now)
            Model.load(part)  # what lies there now is whole, whatever happened to the other meanwhile
    return shelf.own / chosen


def promote(settings: Settings, name: str, by: str, reason: str, now: datetime) -> Change:
    """Put a model in force from the bot's next start. Refused where it was not measured as it is."""
    shelf = settings.shelf
    folder = shelf.folder(named(name))
    with trusting(shelf.own):
        seen = shelf.history()
    manifest = load_folder(folder).manifest
    old, new = promoted(settings), standing(settings, name, folder)
    if (seen[-1].name, seen[-1].digest) == (name, manifest.digest) if seen else name == SHIPPED:
        return Change(old, new, changed=False)
    if not new.report:
        raise Refused(f"{manifest.model_id} was not measured; measure it first: uppsikt measure --model {name}")
    with trusting(shelf.own):
        shelf.promote(Promotion(name, manifest.digest, by, now, reason), seen)
    return Change(old, new)


def roll_back(settings: Settings, by: str, reason: str, now: datetime) -> Change:
    """Back to the model that was in force before. Refused where there is none, or it is not what it was."""
    shelf = settings.shelf
    with trusting(shelf.own):
        seen, before = shelf.history(), shelf.before
    if before is None:
        raise Refused("there is nothing to go back to: no model was promoted yet")
    folder = shelf.folder(before.name)
    try:
        manifest = load_folder(folder).manifest
    except BadModel as problem:
        raise Refused(f"cannot go back to {before.name}: {problem}") from problem
    if before.digest and before.digest != manifest.digest:
        was = f"{before.name}@{before.digest[:12]}"
        raise Refused(f"cannot go back to {was}: {folder} holds {manifest.model_id} now; promote that one, or another")
    old = promoted(settings)
    with trusting(shelf.own):
        shelf.promote(Promotion(before.name, manifest.digest, by, now, reason), seen)
    return Change(old, standing(settings, before.name, folder))


def _adopt(model: Model, part: Path, name: str, data: Path, now: datetime) -> None:
    from classifier.train import corpus
    from classifier.train.adopt import adopt
    from classifier.train.finetune import Recipe, valid_lines

    recipe = Recipe()
    try:
        lines = valid_lines(data, recipe)
        valid = [*corpus.messages([MESSAGES], "valid"), *corpus.forum(data, "valid")]
    except (ValueError, KeyError) as problem:
        raise BadInput(f"{data}: its labelled texts cannot be read ({problem})") from problem
    with bar(len(valid), "texts") as show:
        adopt(model, part, name, valid, lines, recipe, now, show)
