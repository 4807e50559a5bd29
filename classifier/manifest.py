"""Is this folder the model it says it is? Names, labels, thresholds, calibration and the SHA-256 of every file.

A folder of ours carries a manifest. A folder from elsewhere (any that AutoModelForSequenceClassification loads)
carries `labels.json`: which of its outputs means which of our labels, for example {"HATE": "flag"}. `uppsikt model
import` turns the second kind into the first: its manifest says `imported`, and may name fewer labels than ours do.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.errors import ModelError, NoClassifier
from classifier.verdict import LABELS

MANIFEST = "manifest.json"
LABEL_MAP = "labels.json"
CONFIG = "config.json"
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"  # of weights in several files
TOKENIZER = "tokenizer.json"
FORMAT = 1
DEFAULT_THRESHOLDS: Mapping[str, float] = {"flag": 0.5, "threat": 0.5}
UNNAMED = {"0": "LABEL_0", "1": "LABEL_1"}  # what transformers calls the outputs of a config that names none


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model folder says of itself.

    `outputs[i]` is our label for the model's output i, or "" for one that means nothing to us.
    `calibration[label]` is (a, b, c): the probability is sigmoid(a · encoder + b · n-grams + c), fitted on
    validation: Platt (1999) and stacking (Wolpert 1992) in one.
    """

    name: str
    digest: str
    outputs: tuple[str, ...]
    thresholds: Mapping[str, float]
    calibration: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    recipe: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # the SHA-256 of each that the model is made of
    own: bool = False  # we trained it
    imported: bool = False  # from elsewhere, and calibrated here
    source: Mapping[str, Any] = field(default_factory=dict)  # where an imported one came from
    lean: bool = False  # a BERT of our own making, which `networks.OwnNetwork` runs

    @property
    def model_id(self) -> str:
        """The name with the first characters of the digest: what flags and verdicts quote."""
        return f"{self.name}@{self.digest[:12]}"


def read_manifest(folder: Path, label_map: Path | None = None) -> Manifest:
    """The manifest of a folder, checked against its files. ModelError says what is wrong.

    `label_map` stands for the labels.json of a folder from elsewhere.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder}: there is no such model folder; `uppsikt model list` shows what is there")
    if (folder / MANIFEST).is_file():
        return _ours(folder, _json(folder / MANIFEST))
    return _foreign(folder, label_map or folder / LABEL_MAP)


def write_manifest(folder: Path, name: str, content: Mapping[str, Any]) -> None:
    """Write the manifest last, over the files as they are now."""
    files = sorted(p.name for p in folder.iterdir() if p.is_file() and p.name not in (MANIFEST, "README.md"))
    whole = {"format": FORMAT, "name": name, **content, "files": {name: sha256(folder / name) for name in files}}
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8")


def sha256(path: Path) -> str:
    """The digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def weight_files(folder: Path) -> list[str]:
    """The files that transformers would read weights from: one, or an index and its parts, all in the folder itself."""
    config = _json(folder / CONFIG)
    if isinstance(config, dict) and config.get("transformers_weights"):
        raise ModelError(f"{folder}: its {CONFIG} names weights by another name; they must be {WEIGHTS}")
    if (folder / WEIGHTS).is_file():
        return [WEIGHTS]
    if not (folder / INDEX).is_file():
        raise ModelError(f"{folder}: {WEIGHTS} is missing (pickled weights are not loaded)")
    index = _json(folder / INDEX)
    parts = index.get("weight_map") if isinstance(index, dict) else None
    if not isinstance(parts, dict) or not parts:
        raise ModelError(f"{folder}: {INDEX} names no weights; copy the whole folder again")
    names = sorted(set(map(str, parts.values())))
    for name in names:
        if Path(name).name != name or not name.endswith(".safetensors"):  # a path could lead anywhere
            raise ModelError(f"{folder}: {INDEX} names {_shown(name)}, which is no file of safetensors beside it")
        if not (folder / name).is_file():
            raise ModelError(f"{folder}: {_shown(name)} is missing; copy the whole folder again")
    return [INDEX, *names]


def _ours(folder: Path, raw: Any) -> Manifest:
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ModelError(f"{folder}: its manifest is of another format; import the model again")
    files = raw.get("files")
    if not isinstance(files, dict) or not {CONFIG, TOKENIZER} <= set(files):
        raise ModelError(f"{folder}: its manifest does not name {CONFIG} and {TOKENIZER}; import the model again")
    for name, digest in files.items():
        path = folder / str(name)
        if path.parent != folder or not path.is_file():
            raise ModelError(f"{folder}: {_shown(name)} is missing; copy the whole folder again")
        if sha256(path) != digest:
            raise ModelError(f"{folder}: {name} is not the file it was (SHA-256 differs); copy the whole folder again")
    if unnamed := sorted(set(weight_files(folder)) - set(files)):
        raise ModelError(f"{folder}: its manifest does not name {unnamed[0]}; import the model again")
    imported = raw.get("imported") is True
    labels = raw.get("labels")
    outputs = tuple(map(str, labels)) if isinstance(labels, list) else ()
    if imported and not {"flag"} <= set(outputs) <= {"", *LABELS}:
        raise ModelError(f"{folder}: its labels are not ours, or none means flag; import the model again")
    if not imported and sorted(outputs) != sorted(LABELS):
        raise ModelError(f"{folder}: its labels are not ours ({', '.join(LABELS)}); give it a {LABEL_MAP}")
    thresholds = {str(k): _probability(folder, v) for k, v in _mapping(folder, raw, "thresholds").items()}
    if not {"flag", "threat"} <= set(thresholds) <= set(LABELS):
        raise ModelError(f"{folder}: its manifest needs thresholds for flag and threat")
    config = _json(folder / CONFIG)
    bert = isinstance(config, dict) and config.get("model_type") == "bert" and config.get("hidden_act") == "gelu"
    return Manifest(
        name=str(raw.get("name", folder.name)),
        digest=sha256(folder / MANIFEST),
        outputs=outputs,
        thresholds=thresholds,
        calibration={str(k): _weights(folder, v) for k, v in _mapping(folder, raw, "calibration").items()},
        recipe=_mapping(folder, raw, "recipe"),
        files={str(name): str(digest) for name, digest in files.items()},
        own=not imported,
        imported=imported,
        source=_mapping(folder, raw, "source"),
        lean=bert and not imported,
    )


def _foreign(folder: Path, label_map: Path) -> Manifest:
    ordered = output_names(folder)
    meaning: Any = _json(label_map) if label_map.is_file() else {label: label for label in LABELS}
    if not isinstance(meaning, dict):
        raise ModelError(f'{folder}: {label_map.name} must look like {{"its label": "our label"}}')
    outputs = tuple(str(meaning.get(name, "")) for name in ordered)
    wrong = sorted(
        {label for label in outputs if label and label not in LABELS} | (set(meaning) - set(ordered) - set(LABELS))
    )
    if wrong:
        raise ModelError(f"{folder}: {label_map.name} names {_shown(*wrong)}, which the model or we do not know")
    if "flag" not in outputs:
        raise ModelError(f"{folder}: none of its labels ({_shown(*ordered)}) means flag; say so in {LABEL_MAP}")
    weights = weight_files(folder)
    files = {name: sha256(folder / name) for name in (*weights, CONFIG)}
    digest = hashlib.sha256("".join(files.values()).encode()).hexdigest()
    return Manifest(folder.name, digest, outputs, dict(DEFAULT_THRESHOLDS), files=files)


def output_names(folder: Path) -> list[str]:
    """What a config from elsewhere calls its outputs, in their order."""
    config = _json(folder / CONFIG)
    config = config if isinstance(config, dict) else {}
    made = config.get("architectures")
    classifies = isinstance(made, list) and any(str(name).endswith("ForSequenceClassification") for name in made)
    names = config.get("id2label", UNNAMED if classifies else None)
    if isinstance(names, dict) and names:
        return [str(names.get(str(i), "")) for i in range(len(names))]
    kind = NoClassifier if made else ModelError
    raise kind(f"{folder}: its {CONFIG} names no labels; it is not a text classifier")


def _shown(*names: object) -> str:
    """Names from somebody's file, for one line of ours: not too many, not too long, none that acts on a terminal."""
    short = [str(name) if len(str(name)) <= 60 else f"{str(name)[:60]}…" for name in names[:8]]
    return ", ".join(ascii(name) if not name.isprintable() else name for name in short) + " …" * (len(names) > 8)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path.parent}: {path.name} is missing; it is not a model folder") from None
    except (ValueError, OSError, RecursionError):
        raise ModelError(f"{path.parent}: {path.name} cannot be read; copy the whole folder again") from None


def _mapping(folder: Path, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise ModelError(f"{folder}: `{key}` of its manifest is no table; import the model again")
    return value


def _probability(folder: Path, value: object) -> float:
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ModelError(f"{folder}: a threshold of its manifest is not within 0..1; import the model again")
    return float(value)


def _weights(folder: Path, value: object) -> tuple[float, float, float]:
    if (
        isinstance(value, list)
        and len(value) == 3
        and all(isinstance(v, (int, float)) and math.isfinite(v) for v in value)
    ):
        return float(value[0]), float(value[1]), float(value[2])
    raise ModelError(f"{folder}: a calibration of its manifest is not three numbers; import the model again")
