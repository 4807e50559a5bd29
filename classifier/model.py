"""What does the model say of these texts? Load a folder of models/, read texts, explain verdicts.

torch and transformers live here and are imported late: whoever only asks for help text or flags does not wait.
Nothing is ever fetched: a folder is loaded from disk or refused.

Texts are read in small batches of like length (no padding to speak of, and the work stays in the processor's
cache); long texts in overlapping windows, of which the worst counts.
"""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.language import language, warm_up
from classifier.manifest import Manifest, read_manifest
from classifier.ngrams import NGrams
from classifier.prepare import Prepared, prepare
from classifier.spans import spans_of
from classifier.verdict import LABELS, MOTIVES, TARGETS, Verdict

if TYPE_CHECKING:
    import torch

STRIDE = 32  # pieces that neighbouring windows share
MOST_WINDOWS = 256  # of one text: some 100,000 ordinary characters; whatever is longer cannot stall the others
PIECES_AT_ONCE = 1024  # in one forward pass
NGRAMS = "ngrams.safetensors"
_QUIET = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false",
          "HF_HUB_DISABLE_TELEMETRY": "1", "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1"}  # fmt: skip


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
        self, folder: Path, manifest: Manifest, network: Any, tokenizer: Any, ngrams: NGrams | None = None
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self._network = network
        self._quick = _quick(network)
        self._tokenizer = tokenizer
        self._ngrams = ngrams
        self._single = getattr(network.config, "problem_type", None) == "single_label_classification"
        self._size = min(int(getattr(network.config, "max_position_embeddings", 512)) - 2, 126)
        settings = [manifest.calibration.get(label, (1.0, 0.0, 0.0)) for label in manifest.outputs]
        self._weights = np.array(settings, dtype=np.float64).T  # encoder, n-grams, bias × outputs
        frame = tokenizer.encode("").ids
        self._head, self._tail = tuple(frame[: len(frame) // 2 + len(frame) % 2]), tuple(frame[len(frame) // 2 + len(frame) % 2 :])
        self._pad = int(getattr(network.config, "pad_token_id", 0) or 0)

    @classmethod
    def load(cls, folder: Path) -> Model:
        """Load and check a folder; ModelError says in one line what is wrong with it."""
        manifest = read_manifest(folder)
        os.environ.update(_QUIET)
        warm_up()  # before torch: unpacking its table takes memory that is free again then
        network, tokenizer = _network(folder), _tokenizer(folder)
        if network.config.num_labels != len(manifest.outputs):
            raise ModelError(f"{folder}: the model has {network.config.num_labels} outputs, its labels name {len(manifest.outputs)}")
        if tokenizer.get_vocab_size() > network.config.vocab_size:
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
            worst[window.text] = values if before is None else [max(a, b) for a, b in zip(before, values, strict=True)]
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

    def _settled(self, windows: Sequence[_Window]) -> list[list[float]]:
        """Calibrated log-odds of every window: the encoder's and the n-grams' word, weighed by label."""
        rows = self._logits(windows)
        if self._single or not self.manifest.calibration or not rows:
            return rows
        spoken = np.array(rows, dtype=np.float64) * self._weights[0] + self._weights[2]
        if self._ngrams is not None:
            spoken += self._ngrams.logits([window.words for window in windows]) * self._weights[1]
        return cast(list[list[float]], spoken.tolist())

    def _logits(self, windows: Sequence[_Window]) -> list[list[float]]:
        import torch

        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        rows: list[list[float]] = [[] for _ in windows]
        start = 0
        with torch.inference_mode():
            while start < len(order):
                end = start + 1
                while end < len(order) and (end - start + 1) * len(windows[order[end]].ids) <= PIECES_AT_ONCE:
                    end += 1
                batch = [windows[i].ids for i in order[start:end]]
                logits = self._quick(**self._padded(batch)).logits
                for i, row in zip(order[start:end], logits.tolist(), strict=True):
                    rows[i] = row
                start = end
        return rows

    def _padded(self, batch: Sequence[tuple[int, ...]]) -> dict[str, torch.Tensor]:
        import torch

        longest = max(map(len, batch))
        ids = torch.tensor([[*row, *[self._pad] * (longest - len(row))] for row in batch])
        if all(len(row) == longest for row in batch):
            return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        lengths = torch.tensor([len(row) for row in batch])
        return {"input_ids": ids, "attention_mask": (torch.arange(longest) < lengths[:, None]).long()}

    def _verdict(self, prepared: Prepared, logits: list[float] | None) -> Verdict:
        code, unread = language(prepared.text)
        values = dict.fromkeys(LABELS, 0.0)
        if logits is not None:
            for label, value in zip(self.manifest.outputs, self._probabilities(logits), strict=True):
                if label:
                    values[label] = max(values[label], value)
        return Verdict(
            score=values["flag"],
            threat=values["threat"],
            motives={label: values[label] for label in MOTIVES},
            targets={label: values[label] for label in TARGETS},
            model=self.model_id,
            language=code,
            unread=unread,
        )

    def _probabilities(self, logits: list[float]) -> list[float]:
        if self._single:
            top = max(logits)
            powers = [math.exp(value - top) for value in logits]
            return [power / sum(powers) for power in powers]
        return [_sigmoid(value) for value in logits]

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

        found: list[list[float]] = []
        for start in range(0, len(windows), 16):
            part = windows[start : start + 16]
            inputs = self._padded([window.ids for window in part])
            with torch.enable_grad():
                vectors = self._network.get_input_embeddings()(inputs["input_ids"]).detach().requires_grad_(True)
                logits = self._network(inputs_embeds=vectors, attention_mask=inputs["attention_mask"]).logits
                chosen = logits[torch.arange(len(part)), torch.tensor(outputs[start : start + 16])]
                (gradient,) = torch.autograd.grad(chosen.sum(), vectors)
            rows = (gradient * vectors.detach()).sum(-1).tolist()
            head = len(self._head)
            found += [row[head : head + len(w.offsets)] for row, w in zip(rows, part, strict=True)]
        return found

    def _prove(self) -> None:
        """One text through the whole model: a model that gives no numbers is refused at the door."""
        try:
            rows = self._settled(self._windows(0, Prepared("hej på dig")))
        except Exception as problem:
            raise ModelError(f"{self.folder}: the model cannot read a text ({type(problem).__name__}); copy the whole folder again") from problem
        if not rows:
            raise ModelError(f"{self.folder}: the model reads fewer than {STRIDE} pieces at a time; choose another model")
        numbers = all(bool(weight.isfinite().all()) for weight in self._network.parameters())
        if not numbers or not all(math.isfinite(value) for row in rows for value in row):
            raise ModelError(f"{self.folder}: the model's weights hold numbers that are none (NaN); copy the whole folder again")


def _ngrams(folder: Path, manifest: Manifest) -> NGrams | None:
    if not manifest.own or not (folder / NGRAMS).is_file():
        return None
    try:
        return NGrams.load(folder / NGRAMS)
    except Exception as problem:
        raise ModelError(f"{folder}: {NGRAMS} cannot be read ({problem}); copy the whole folder again") from problem


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def _network(folder: Path) -> Any:
    from transformers import AutoModelForSequenceClassification

    from transformers.utils import logging as chatter

    chatter.set_verbosity_error()
    chatter.disable_progress_bar()
    try:
        network, found = AutoModelForSequenceClassification.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False, output_loading_info=True
        )
    except Exception as problem:
        reason = str(problem).splitlines()[0][:160] if str(problem) else type(problem).__name__
        raise ModelError(f"{folder}: the model cannot be loaded ({reason}); copy the whole folder again") from problem
    if found["missing_keys"]:  # transformers would fill them with dice
        missing = ", ".join(sorted(found["missing_keys"])[:3])
        raise ModelError(f"{folder}: weights are missing ({missing}); it is not a whole text classifier")
    return network.float().eval().requires_grad_(False)


def _quick(network: Any) -> Any:
    """The same network with weights of eight bits: 2.6 times as fast on any x86, log-odds differ by 0.07 at most.

    torch calls this way of quantizing deprecated, and its successor needs a compiler at run time. Where a later torch
    has dropped it, the network is used as it is.
    """
    import torch

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.ao.quantization.quantize_dynamic(network, {torch.nn.Linear}, dtype=torch.qint8)
    except (AttributeError, RuntimeError):
        return network


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
