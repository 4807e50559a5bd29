"""Which texts may a model learn from, and which are kept apart to measure it with?

Everything is decided by a hash of the text (or of its block of neighbours), so that the same line falls
on the same side wherever and whenever the files are read. Nothing is copied into the project's tree:
the unlabelled files are read from where they lie (`--data`, see the datasheet for sources and licences).
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classifier.verdict import MOTIVES, TARGETS

Split = Literal["train", "valid", "test"]

# How often each unlabelled source is read in a round of pretraining (0.2: every fifth line).
# Talk is read more than once, parliament and boilerplate are capped.
SOURCES: Mapping[str, float] = {
    "tatoeba_sv": 3,
    "commonvoice_sv": 3,
    "opensubtitles_top_sv": 3,
    "superlim_native_sv": 2,
    "superlim_machine_translated_sv": 1,
    "ud_talbanken_pud_sv": 2,
    "webbnyheter2012_ner_sv": 2,
    "regeringen_tal_debatt_sv": 1,
    "regeringen_press_artiklar_sv": 0.3,
    "regeringen_uppdrag_rapporter_sv": 0.2,
    "riksdag_interpellationer_sv": 0.15,
    "polisen_handelsenotiser_sv": 0.4,
    "eltec_romaner_1880_1920_moderniserad_sv": 0.5,
    "gnistor_evenemang_sv": 2,
}
# Real text of newcomers that no training ever reads: false alarms there are counted apart.
HELD_OUT_SOURCE = "swell_learner_sv"
LONGEST_LINE = 600  # characters: what is longer is no message
BLOCK = 20  # contrast twins stand near each other: neighbouring lines of a file share a split


def bucket(key: str, salt: str = "uppsikt") -> float:
    """A number in 0..1 that depends on the key alone."""
    digest = hashlib.sha256(f"{salt}:{key}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text: which labels of `verdict.LABELS` hold, and where it came from."""

    text: str
    labels: frozenset[str]
    source: str
    kind: str = ""
    group: str = ""


def unlabelled(data: Path, source: str, split: Split = "train") -> Iterator[str]:
    """Lines of one unlabelled source: nine in ten to learn from, the others to choose by and to measure with."""
    with lzma.open(data / "unlabelled" / f"{source}.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = line.strip()
            if text and _line_split(source, text) == split:
                yield text


def harmless_lines(data: Path, source: str, split: Split, most: int) -> list[str]:
    """Some lines of a source of message length, always the same ones."""
    lines = [line for line in unlabelled(data, source, split) if len(line) < LONGEST_LINE]
    return random.Random(source).sample(lines, min(most, len(lines)))


def _line_split(source: str, text: str) -> Split:
    place = bucket(text)
    return "test" if source == HELD_OUT_SOURCE or place < 0.05 else "valid" if place < 0.1 else "train"


def messages(folders: Iterable[Path], split: Split) -> Iterator[Example]:
    """The project's own labelled messages of one split, file by file in order."""
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            for number, line in enumerate(path.read_text("utf-8").splitlines()):
                row = json.loads(line)
                key = row.get("pair") or f"{path.stem}/{number // BLOCK}"
                if _split(bucket(key), train=0.84, valid=0.08) == split:
                    yield example(row, path.stem)


def forum(data: Path, split: Split) -> Iterator[Example]:
    """Real forum posts labelled by two readers (CC BY 4.0, SuperLim-2), of one split."""
    path = data / "labelled" / "absabank_flashback_flags.jsonl"
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if _forum_split(row["text"]) == split:
            yield example(row, "forum")


# Whom HateCheck's cases are about (Röttger et al. 2021), in our labels.
_ENGLISH_GROUPS: Mapping[str, frozenset[str]] = {
    "women": frozenset({"misogyny", "women"}),
    "gay people": frozenset({"anti_lgbtq"}),
    "trans people": frozenset({"anti_lgbtq"}),
    "black people": frozenset({"xenophobia"}),
    "immigrants": frozenset({"xenophobia"}),
    "Muslims": frozenset({"islamophobia"}),
    "disabled people": frozenset({"other"}),
}


def english(data: Path, share: float) -> Iterator[Example]:
    """English cases of hate and their harmless neighbours (HateCheck, CC BY 4.0): a share of each kind, by hash.

    Left out: abuse of groups that our guide protects and HateCheck does not (professions).
    """
    path = data / "labelled" / "hatecheck_en.jsonl"
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if "target_group" in row["source"] or bucket(row["text"]) >= share:
            continue
        hateful, _, group = str(row["orig_label"]).partition("|")
        labels = _ENGLISH_GROUPS[group] | {"flag"} if hateful == "hateful" else frozenset()
        threat = frozenset({"threat"}) if labels and "/threat_" in row["source"] else frozenset()
        yield Example(str(row["text"]), labels | threat, "hatecheck_en", group=group)


def forum_unlabelled(data: Path) -> Iterator[str]:
    """Real forum and debate text without our labels, less whatever is kept for measuring."""
    path = data / "labelled" / "absabank_imm_sv.jsonl"
    for line in path.read_text("utf-8").splitlines():
        text = str(json.loads(line)["text"])
        if _forum_split(text) == "train":
            yield text


def _forum_split(text: str) -> Split:
    return _split(bucket(text), train=0.5, valid=0.15)


def _split(place: float, *, train: float, valid: float) -> Split:
    return "train" if place < train else "valid" if place < train + valid else "test"


def example(row: Mapping[str, object], source: str) -> Example:
    """A row of labelled JSONL; ValueError for labels that are not ours."""
    held: set[str] = {str(label) for key in ("motives", "targets") for label in _list(row.get(key))}
    unknown = held - {*MOTIVES, *TARGETS}
    if unknown:
        raise ValueError(f"{source}: unknown labels {sorted(unknown)}")
    held |= {name for name in ("flag", "threat") if row.get(name)}
    return Example(str(row["text"]), frozenset(held), source, str(row.get("kind", "")), str(row.get("group", "")))


def hateful(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Whether each is to be flagged."""
    return np.array(["flag" in e.labels for e in examples], dtype=bool)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
