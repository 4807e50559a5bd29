"""Is this folder the model it says it is? Names, labels, thresholds, calibration and the SHA-256 of every file.

A folder of ours carries a manifest. A folder from elsewhere (any that AutoModelForSequenceClassification loads)
carries `labels.json`: which of its outputs means which of our labels, for example {"HATE": "flag"}.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.errors import ModelError
from classifier.verdict import LABELS

MANIFEST = "manifest.json"
LABEL_MAP = "labels.json"
FORMAT = 1
DEFAULT_THRESHOLDS: Mapping[str, float] = {"flag": 0.5, "threat": 0.5}
NEEDED = ("config.json", "model.safetensors", "tokenizer.json")


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
    own: bool = False
    lean: bool = False  # a BERT of our own making, which `networks.OwnNetwork` runs

    @property
    def model_id(self) -> str:
        """The name with the first characters of the digest: what flags and verdicts quote."""
        return f"{self.name}@{self.digest[:12]}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder, checked against its files. ModelError says what is wrong."""
    if not folder.is_dir():
        raise ModelError(f"{folder}: there is no such model folder; `uppsikt model list` shows what is there")
    if (folder / MANIFEST).is_file():
        return _own(folder, _json(folder / MANIFEST))
    return _foreign(folder)


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


def _own(folder: Path, raw: Any) -> Manifest:
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ModelError(f"{folder}: its manifest is of another format; import the model again")
    files = raw.get("files")
    if not isinstance(files, dict) or not set(NEEDED) <= set(files):
        raise ModelError(f"{folder}: its manifest does not name {', '.join(NEEDED)}; import the model again")
    for name, digest in files.items():
        path = folder / str(name)
        if path.parent != folder or not path.is_file():
            raise ModelError(f"{folder}: {name} is missing; copy the whole folder again")
        if sha256(path) != digest:
            raise ModelError(f"{folder}: {name} is not the file it was (SHA-256 differs); copy the whole folder again")
    labels = raw.get("labels")
    outputs = tuple(map(str, labels)) if isinstance(labels, list) else ()
    if sorted(outputs) != sorted(LABELS):
        raise ModelError(f"{folder}: its labels are not ours ({', '.join(LABELS)}); give it a {LABEL_MAP}")
    thresholds = {str(k): _probability(folder, v) for k, v in _mapping(folder, raw, "thresholds").items()}
    if not {"flag", "threat"} <= set(thresholds) <= set(LABELS):
        raise ModelError(f"{folder}: its manifest needs thresholds for flag and threat")
    calibration = {str(k): _weights(folder, v) for k, v in _mapping(folder, raw, "calibration").items()}
    digest = sha256(folder / MANIFEST)
    config = _json(folder / "config.json")
    lean = isinstance(config, dict) and config.get("model_type") == "bert" and config.get("hidden_act") == "gelu"
    name, recipe = str(raw.get("name", folder.name)), raw.get("recipe", {})
    return Manifest(name, digest, outputs, thresholds, calibration, recipe, own=True, lean=lean)


def _foreign(folder: Path) -> Manifest:
    config = _json(folder / "config.json")
    names = config.get("id2label") if isinstance(config, dict) else None
    if not isinstance(names, dict) or not names:
        raise ModelError(f"{folder}: its config.json names no labels; it is not a text classifier")
    meaning: Any = _json(folder / LABEL_MAP) if (folder / LABEL_MAP).is_file() else {label: label for label in LABELS}
    if not isinstance(meaning, dict):
        raise ModelError(f'{folder}: {LABEL_MAP} must look like {{"its label": "our label"}}')
    ordered = [str(names.get(str(i), "")) for i in range(len(names))]
    outputs = tuple(str(meaning.get(name, "")) for name in ordered)
    wrong = sorted(
        {label for label in outputs if label and label not in LABELS} | (set(meaning) - set(ordered) - set(LABELS))
    )
    if wrong:
        raise ModelError(f"{folder}: {LABEL_MAP} names {', '.join(wrong)}, which the model or we do not know")
    if "flag" not in outputs:
        raise ModelError(f"{folder}: none of its labels ({', '.join(ordered)}) means flag; say so in {LABEL_MAP}")
    weights = next(
        (p for p in (folder / "model.safetensors", folder / "model.safetensors.index.json") if p.is_file()), None
    )
    if weights is None:
        raise ModelError(f"{folder}: model.safetensors is missing (pickled weights are not loaded)")
    digest = hashlib.sha256((sha256(weights) + sha256(folder / "config.json")).encode()).hexdigest()
    return Manifest(folder.name, digest, outputs, dict(DEFAULT_THRESHOLDS))


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
