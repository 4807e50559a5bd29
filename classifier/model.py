"""What does the model say of these texts? Load a folder of models/, read texts, explain verdicts.

torch and transformers live here and are imported late: whoever only asks for help text or flags does not wait.
Nothing is ever fetched: a folder is loaded from disk or refused.

Texts are read in small batches of like length (no padding to speak of, and the work stays in the processor's
cache); long texts in overlapping windows, of which the worst counts.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.language import language
from classifier.manifest import Manifest, read_manifest
from classifier.ngrams import NGrams
from classifier.prepare import Prepared, prepare
from classifier.spans import spans_of
from classifier.verdict import LABELS, MOTIVES, TARGETS, Verdict

if TYPE_CHECKING:
    import torch

    from classifier.networks import Network

LONGEST_WINDOW = 50  # pieces, frame and all: in longer ones a hateful sentence drowns among harmless ones
STRIDE = 16  # pieces that neighbouring windows share
MOST_WINDOWS = 750  # of one text: some 100,000 ordinary characters; whatever is longer cannot stall the others
PIECES_AT_ONCE = 1024  # in one forward pass
NGRAMS = "ngrams.safetensors"
MOST_SURE = 100.0  # log-odds; one of two outputs that leaves the other nothing would be surer than any number
# Nothing is fetched, nothing chats; and a thread that waits for another sleeps: spinning, as is the rule, makes
# reading twenty times as slow wherever another program wants the processor.
_SURROUNDINGS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_WAIT_POLICY": "PASSIVE",
}


@dataclass(frozen=True, slots=True)
class _Window:
    """Some pieces of one text: their ids, framed, and where each lies in the prepared text."""

    text: int
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    words: str  # that part of the prepared text
    start: int  # where it begins in the prepared text


class Model:
    """A loaded model: the Classifier port. Use one from one thread at a time."""

    def __init__(
        self, folder: Path, manifest: Manifest, network: Network, tokenizer: Any, ngrams: NGrams | None = None
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self._network = network
        self._tokenizer = tokenizer
        self._ngrams = ngrams
        settings = [manifest.calibration.get(label, (1.0, 0.0, 0.0)) for label in manifest.outputs]
        self._weights = np.array(settings, dtype=np.float64).T  # encoder, n-grams, bias × outputs
        frame = tokenizer.encode("").ids
        self._head, self._tail = tuple(frame[: (len(frame) + 1) // 2]), tuple(frame[(len(frame) + 1) // 2 :])
        self._size = min(network.longest, LONGEST_WINDOW) - len(frame)

    @classmethod
    def load(cls, folder: Path, label_map: Path | None = None) -> Model:
        """Load and check a folder; ModelError says in one line what is wrong with it.

        `label_map` stands for the labels.json of a folder from elsewhere.
        """
        manifest = read_manifest(folder, label_map)
        for name, value in _SURROUNDINGS.items():
            os.environ.setdefault(name, value)
        network, tokenizer = _network(folder, manifest), _tokenizer(folder)
        if network.outputs != len(manifest.outputs):
            raise ModelError(
                f"{folder}: the model has {network.outputs} outputs, its labels name {len(manifest.outputs)}"
            )
        if tokenizer.get_vocab_size() > network.vocabulary:
            raise ModelError(f"{folder}: the tokenizer is not this model's (more pieces than the model knows)")
        model = cls(folder, manifest, network, tokenizer, _ngrams(folder, manifest))
        model._prove()
        return model

    @property
    def model_id(self) -> str:
        """Name and digest, as flags and verdicts quote it."""
        return self.manifest.model_id

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        """A verdict for each text, in order. Never raises for any text."""
        prepared = [prepare(text) for text in texts]
        windows = [window for i, p in enumerate(prepared) for window in self._windows(i, p)]
        worst: dict[int, list[float]] = {}
        for window, values in zip(windows, self._settled(windows), strict=True):
            before = worst.get(window.text)
            worst[window.text] = values if before is None else self._worse(before, values)
        verdicts = [self._verdict(p, worst.get(i)) for i, p in enumerate(prepared)]
        return self.explain(texts, verdicts) if explain else verdicts

    def explain(self, texts: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
        """The same verdicts with the spans that spoke most for the flag (or the threat, where that is surer)."""
        prepared = [prepare(text) for text in texts]
        outputs = [self._spoken_for(verdict) for verdict in verdicts]
        worst = [w for i, p in enumerate(prepared) if (w := self._worst_window(i, p, outputs[i])) is not None]
        weights = self._attributions(worst, [outputs[window.text] for window in worst])
        explained = list(verdicts)
        for window, spoken in zip(worst, weights, strict=True):
            output = outputs[window.text]
            both = np.array(spoken) * self._weights[0][output] + self._letters(window, output)
            spans = spans_of(prepared[window.text], window.offsets, both.tolist())
            explained[window.text] = replace(verdicts[window.text], spans=spans)
        return explained

    def _windows(self, text: int, prepared: Prepared) -> list[_Window]:
        if not prepared.text.strip():
            return []
        encoding = self._tokenizer.encode(prepared.text, add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        windows: list[_Window] = []
        if not ids:
            return windows
        starts = range(0, max(1, len(ids) - STRIDE), self._size - STRIDE)
        for start in starts[:MOST_WINDOWS]:
            part = slice(start, start + self._size)
            first, last = offsets[part][0][0], offsets[part][-1][1]
            framed = (*self._head, *ids[part], *self._tail)
            windows.append(_Window(text, framed, tuple(offsets[part]), prepared.text[first:last], first))
        return windows

    def _worse(self, one: list[float], other: list[float]) -> list[float]:
        """What counts of two windows of a text: the worst of each output.

        Outputs that exclude one another are kept together: of the window that is nearest to a flag, or farthest past.
        """
        if self._network.exclusive:
            return max(one, other, key=self._alarm)
        return [max(a, b) for a, b in zip(one, other, strict=True)]

    def _alarm(self, values: list[float]) -> float:
        """How far past a shipped threshold, in log-odds."""
        limits = self.manifest.thresholds
        heard = zip(self.manifest.outputs, values, strict=True)
        return max(value - _log_odds(limits[label]) for label, value in heard if label in limits)

    def _settled(self, windows: Sequence[_Window]) -> list[list[float]]:
        """Calibrated log-odds of every window: the encoder's and the n-grams' word, weighed by label."""
        rows = self._logits(windows)
        if not rows:
            return []
        said = np.array(rows, dtype=np.float64)
        said = _one_against_all(said) if self._network.exclusive else said
        spoken = said * self._weights[0] + self._weights[2]
        if self._ngrams is not None:
            spoken += self._ngrams.logits([window.words for window in windows]) * self._weights[1]
        return cast(list[list[float]], spoken.tolist())

    def _logits(self, windows: Sequence[_Window]) -> list[list[float]]:
        rows: list[list[float]] = [[] for _ in windows]
        for part in self._alike(windows):
            ids, mask = self._padded([windows[i].ids for i in part])
            for i, row in zip(part, self._network.logits(ids, mask).tolist(), strict=True):
                rows[i] = row
        return rows

    def _alike(self, windows: Sequence[_Window]) -> Iterator[list[int]]:
        """Batches of windows of like length, as many pieces as are read at once."""
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and (end - start + 1) * len(windows[order[end]].ids) <= PIECES_AT_ONCE:
                end += 1
            yield order[start:end]
            start = end

    def _padded(self, batch: Sequence[tuple[int, ...]]) -> tuple[torch.Tensor, torch.Tensor | None]:
        import torch

        longest = max(map(len, batch))
        ids = torch.tensor([[*row, *[self._network.pad] * (longest - len(row))] for row in batch])
        if all(len(row) == longest for row in batch):
            return ids, None
        return ids, torch.arange(longest) < torch.tensor([[len(row)] for row in batch])

    def _verdict(self, prepared: Prepared, logits: list[float] | None) -> Verdict:
        code, unread = language(prepared.text)
        values = dict.fromkeys(LABELS, 0.0)
        if logits is not None:
            for label, value in zip(self.manifest.outputs, logits, strict=True):
                if label:
                    values[label] = max(values[label], _sigmoid(value))
        return Verdict(
            score=values["flag"],
            threat=values["threat"],
            motives={label: values[label] for label in MOTIVES},
            targets={label: values[label] for label in TARGETS},
            model=self.model_id,
            language=code,
            unread=unread,
        )

    def _spoken_for(self, verdict: Verdict) -> int:
        """The output that an explanation is about."""
        label = "threat" if verdict.threat > verdict.score else "flag"
        return self.manifest.outputs.index(label) if label in self.manifest.outputs else 0

    def _worst_window(self, text: int, prepared: Prepared, output: int) -> _Window | None:
        windows = self._windows(text, prepared)
        if len(windows) < 2:
            return windows[0] if windows else None
        rows = self._settled(windows)
        return windows[max(range(len(windows)), key=lambda i: rows[i][output])]

    def _letters(self, window: _Window, output: int) -> NDArray[np.float64]:
        """How much the n-grams of each piece speak for an output."""
        edges = np.array(window.offsets) - window.start
        if self._ngrams is None:
            return np.zeros(len(edges))
        sums = np.cumsum([0.0, *self._ngrams.by_character(window.words, output)]) * self._weights[1][output]
        edges = np.minimum(edges, len(sums) - 1)
        return cast("NDArray[np.float64]", sums[edges[:, 1]] - sums[edges[:, 0]])

    def _attributions(self, windows: Sequence[_Window], outputs: Sequence[int]) -> list[list[float]]:
        """How much each piece speaks for an output: gradient times input (Shrikumar et al. 2016)."""
        import torch

        found: list[list[float]] = [[] for _ in windows]
        for part in self._alike(windows):
            ids, mask = self._padded([windows[i].ids for i in part])
            with torch.enable_grad():
                vectors = self._network.vectors(ids, mask).detach().requires_grad_(True)
                logits = self._network.logits_of(vectors, mask)
                chosen = logits[torch.arange(len(part)), torch.tensor([outputs[i] for i in part])]
                (gradient,) = torch.autograd.grad(chosen.sum(), vectors)
            rows = (gradient * vectors.detach()).sum(-1).tolist()
            head = len(self._head)
            for i, row in zip(part, rows, strict=True):
                found[i] = row[head : head + len(windows[i].offsets)]
        return found

    def _prove(self) -> None:
        """One text through the whole model: a model that gives no numbers is refused at the door."""
        try:
            rows = self._settled(self._windows(0, Prepared("hej på dig")))
        except Exception as problem:
            raise ModelError(
                f"{self.folder}: the model cannot read a text ({type(problem).__name__}); copy the whole folder again"
            ) from problem
        if not rows:
            raise ModelError(
                f"{self.folder}: the model reads fewer than {STRIDE} pieces at a time; choose another model"
            )
        if not all(math.isfinite(value) for row in rows for value in row):
            raise ModelError(
                f"{self.folder}: the model's weights hold numbers that are none (NaN); copy the whole folder again"
            )


def _ngrams(folder: Path, manifest: Manifest) -> NGrams | None:
    if not manifest.own or NGRAMS not in manifest.files:
        return None
    try:
        return NGrams.load(folder / NGRAMS)
    except Exception as problem:
        raise ModelError(f"{folder}: {NGRAMS} cannot be read ({problem}); copy the whole folder again") from problem


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability)) if 0 < probability < 1 else MOST_SURE * (2 * probability - 1)


def _one_against_all(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds of outputs of which one holds: the logit of each less the logsumexp of all the others."""
    others = [np.logaddexp.reduce(np.delete(logits, i, axis=1), axis=1) for i in range(logits.shape[1])]
    return cast("NDArray[np.float64]", np.clip(logits - np.stack(others, axis=1), -MOST_SURE, MOST_SURE))


def _network(folder: Path, manifest: Manifest) -> Network:
    from classifier.networks import OwnNetwork, TransformersNetwork

    try:
        return OwnNetwork(folder) if manifest.lean else TransformersNetwork(folder)
    except Exception as problem:
        reason = str(problem).splitlines()[0][:160] if str(problem) else type(problem).__name__
        raise ModelError(f"{folder}: the model cannot be loaded ({reason}); copy the whole folder again") from problem


def _tokenizer(folder: Path) -> Any:
    """The fast tokenizer itself: the layers around it cost more than our network does."""
    from tokenizers import Tokenizer

    try:
        if (folder / "tokenizer.json").is_file():
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        else:
            from transformers import AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True).backend_tokenizer
    except Exception as problem:
        raise ModelError(f"{folder}: the tokenizer cannot be loaded; copy the whole folder again") from problem
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
