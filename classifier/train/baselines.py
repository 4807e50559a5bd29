"""What would something simpler have reached? Three rivals, trained on the same texts and held to the same promise.

Each reads raw text in lower case, without `prepare`: that is how they are used elsewhere. Their thresholds are
chosen as ours are, for the same precision on the same validation texts.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from classifier.ngrams import BITS, grams
from classifier.train import corpus
from classifier.train.calibrate import threshold_for
from classifier.train.corpus import Example
from classifier.train.finetune import Recipe
from classifier.whole import whole

Scores = NDArray[np.float64]  # one a text, within 0..1, the higher the more to be flagged
_WORD = re.compile(r"\w+")


class Baseline(Protocol):
    """Something that can be trained to say whether a text is to be flagged."""

    limit: float | None  # its threshold, or None: chosen on validation as ours is

    def fit(self, texts: Sequence[str], truth: NDArray[np.bool_]) -> None:
        """Learn from texts and whether each is to be flagged."""
        ...

    def scores(self, texts: Sequence[str]) -> Scores:
        """How much each text is to be flagged."""
        ...


class WordList:
    """Words that stand, nearly always, in flagged texts: the best word list that these texts can give."""

    limit: float | None = 0.05  # one word is enough: that is what a word list does
    least, share = 4, 0.95

    def fit(self, texts: Sequence[str], truth: NDArray[np.bool_]) -> None:
        seen: Counter[str] = Counter()
        flagged: Counter[str] = Counter()
        for text, hateful in zip(texts, truth, strict=True):
            words = set(_WORD.findall(text.lower()))
            seen.update(words)
            if hateful:
                flagged.update(words)
        self._words = {w for w, n in flagged.items() if n >= self.least and n >= self.share * seen[w]}

    def scores(self, texts: Sequence[str]) -> Scores:
        hits = [sum(word in self._words for word in _WORD.findall(text.lower())) for text in texts]
        return np.minimum(np.array(hits, dtype=np.float64), 9) / 10


class CharacterTfIdf:
    """Character n-grams of 2 to 5 by TF-IDF under logistic regression: the usual strong baseline."""

    limit: float | None = None

    def fit(self, texts: Sequence[str], truth: NDArray[np.bool_]) -> None:
        shape = {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3, "max_features": 200_000}
        self._pipe: Pipeline = make_pipeline(
            TfidfVectorizer(sublinear_tf=True, **shape), LogisticRegression(C=10, solver="liblinear", tol=1e-3)
        )
        self._pipe.fit(texts, truth)

    def scores(self, texts: Sequence[str]) -> Scores:
        found: Scores = self._pipe.predict_proba(texts)[:, 1]
        return found


class FastText:
    """The mean of vectors of words and their n-grams under one linear layer (Joulin et al. 2017).

    The published program is archived and does not build against today's numpy; the model is twenty lines of torch.
    """

    limit: float | None = None
    width, rounds, rate, batch = 64, 5, 0.01, 256

    def fit(self, texts: Sequence[str], truth: NDArray[np.bool_]) -> None:
        torch.manual_seed(1)
        self._vectors = torch.nn.EmbeddingBag(1 << BITS, self.width, mode="mean", sparse=True)
        torch.nn.init.uniform_(self._vectors.weight, -1 / self.width, 1 / self.width)
        self._answer = torch.nn.Linear(self.width, 1)
        sparse = torch.optim.SparseAdam(self._vectors.parameters(), lr=self.rate)
        dense = torch.optim.Adam(self._answer.parameters(), lr=self.rate)
        rows = self._rows(texts)
        wanted = torch.tensor(truth, dtype=torch.float32)
        for _ in range(self.rounds):
            for part in torch.randperm(len(rows)).split(self.batch):
                loss = torch.nn.functional.binary_cross_entropy_with_logits(
                    self._logits([rows[i] for i in part]), wanted[part]
                )
                sparse.zero_grad()
                dense.zero_grad()
                loss.backward()
                sparse.step()
                dense.step()

    def scores(self, texts: Sequence[str]) -> Scores:
        with torch.inference_mode():
            rows = self._rows(texts)
            parts = [self._logits(rows[i : i + 1000]) for i in range(0, len(rows), 1000)]
            found: Scores = torch.cat(parts).sigmoid().double().numpy()
        return found

    def _rows(self, texts: Sequence[str]) -> list[torch.Tensor]:
        """Hashed n-grams of each text and, hashed among them, its words and pairs of words."""
        found = grams(texts)
        ends = np.cumsum(np.bincount(found.texts, minlength=len(texts)))[:-1]
        order = np.argsort(found.texts, kind="stable")
        pieces = np.split(found.buckets[order], ends)
        return [
            torch.from_numpy(np.concatenate([piece, _words(text)])) for piece, text in zip(pieces, texts, strict=True)
        ]

    def _logits(self, rows: Sequence[torch.Tensor]) -> torch.Tensor:
        offsets = torch.tensor([0, *(len(row) for row in rows[:-1])]).cumsum(0)
        logits: torch.Tensor = self._answer(self._vectors(torch.cat(list(rows)), offsets))[:, 0]
        return logits


def _words(text: str) -> NDArray[np.int64]:
    words = _WORD.findall(text.lower())
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return np.array([_hash(word) for word in (*words, *pairs)], dtype=np.int64)


def _hash(word: str) -> int:
    """FNV-1a, folded into the buckets: the same in every process."""
    value = 0xCBF29CE484222325
    for byte in word.encode("utf-8", "replace"):
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value >> (64 - BITS)


BASELINES: dict[str, type[Baseline]] = {"word list": WordList, "TF-IDF": CharacterTfIdf, "fastText": FastText}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a trained baseline says of every text that is measured, and from where on it flags."""

    scores: Mapping[str, float]
    limit: float


def speak_all(
    train: Sequence[Example],
    valid: Sequence[Example],
    lines: Sequence[str],
    texts: Sequence[str],
    recipe: Recipe,
    kept: Path,
    show: Callable[[int], None],
) -> dict[str, Spoken]:
    """Train every baseline and ask it about the texts, once for all models: what it said is kept in a file.

    The file counts as long as texts, labels, precision and this module are as they were.
    """  # fmt: skip
    texts = sorted(set(texts))
    same = _same(train, valid, [*lines, *texts], recipe)
    found = _kept(kept, same, texts)
    if found is None:
        found = {}
        for number, (name, kind) in enumerate(BASELINES.items()):
            baseline = kind()
            baseline.fit([e.text for e in train], corpus.hateful(train))
            limit = baseline.limit
            if limit is None:
                scores = baseline.scores([e.text for e in valid])
                alarms = 2 * recipe.alarms  # ours has two thresholds that each may raise as many
                harmless = baseline.scores(lines)
                limit = threshold_for(scores, corpus.hateful(valid), recipe.precision, harmless, alarms)
            found[name] = Spoken(dict(zip(texts, baseline.scores(texts).tolist(), strict=True)), limit)
            show(number + 1)
        _keep(kept, same, texts, found)
    return found


def _same(train: Sequence[Example], valid: Sequence[Example], texts: Sequence[str], recipe: Recipe) -> str:
    """A digest of everything that decides what the baselines say."""
    digest = hashlib.sha256(repr(recipe).encode() + Path(__file__).read_bytes())
    for example in (*train, *valid):
        digest.update(f"{'flag' in example.labels}{example.text}\0".encode("utf-8", "replace"))
    for text in texts:
        digest.update(f"{text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


def _kept(path: Path, same: str, texts: Sequence[str]) -> dict[str, Spoken] | None:
    try:
        with safe_open(path, "numpy") as file:
            if (file.metadata() or {}).get("same") != same:
                return None
            return {
                name: Spoken(
                    dict(zip(texts, file.get_tensor(f"{name} scores").tolist(), strict=True)),
                    float(file.get_tensor(f"{name} limit")[0]),
                )
                for name in BASELINES
            }
    except (OSError, ValueError, SafetensorError):  # none yet, or torn: they are asked anew
        return None


def _keep(path: Path, same: str, texts: Sequence[str], found: Mapping[str, Spoken]) -> None:
    arrays = {}
    for name, spoken in found.items():
        arrays[f"{name} scores"] = np.array([spoken.scores[text] for text in texts])
        arrays[f"{name} limit"] = np.array([spoken.limit])
    with whole(path) as part:
        save_file(arrays, part, metadata={"same": same})
