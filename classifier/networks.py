"""How are pieces turned into outputs? Our own small BERT, run lean; any other model, run by transformers.

Our folders are ordinary transformers models, and a test holds that both ways give the same numbers. Run lean, ours
needs no import of transformers (two seconds and 150 MB), multiplies weights of eight bits, and computes in its last
layer only what the answer is read from.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import torch
from torch.nn import functional

Linear = Callable[[torch.Tensor], torch.Tensor]


class Network(Protocol):
    """Outputs for rows of pieces. `mask` is None where no row is padded."""

    outputs: int
    vocabulary: int
    longest: int  # pieces in a row, frame and all
    pad: int
    exclusive: bool  # one output at most holds (softmax), else each by itself

    def logits(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Rows × outputs, without gradients."""
        ...

    def vectors(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Rows × pieces × width: what stands for each piece, as near to the text as an explanation needs it."""
        ...

    def logits_of(self, vectors: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Rows × outputs, with gradients back to the vectors."""
        ...


class OwnNetwork:
    """A BERT for sequence classification (Devlin et al. 2019), in as few operations as it takes."""

    exclusive = False

    def __init__(self, folder: Path) -> None:
        """Read config.json and model.safetensors; KeyError, ValueError or OSError where they do not fit."""
        from safetensors.torch import load_file

        config = json.loads((folder / "config.json").read_text("utf-8"))
        weights = {name.removeprefix("bert."): t.float() for name, t in load_file(folder / "model.safetensors").items()}
        if not all(torch.isfinite(tensor.sum()) for tensor in weights.values()):
            raise ValueError("the weights hold numbers that are none (NaN)")
        self._heads = int(config["num_attention_heads"])
        self._words = weights["embeddings.word_embeddings.weight"]
        self._places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _norm(weights, "embeddings.LayerNorm", float(config["layer_norm_eps"]))
        count = int(config["num_hidden_layers"])
        make = (_exact, _eight_bits)
        self._exact, self._quick = (
            [
                _Layer(weights, f"encoder.layer.{i}", self._heads, float(config["layer_norm_eps"]), m)
                for i in range(count)
            ]
            for m in make
        )
        self._half = count // 2
        self._pool = _exact(weights["pooler.dense.weight"], weights["pooler.dense.bias"])
        self._answer = _exact(weights["classifier.weight"], weights["classifier.bias"])
        self.outputs = len(weights["classifier.bias"])
        self.vocabulary = len(self._words)
        self.longest = len(self._places)
        self.pad = int(config.get("pad_token_id") or 0)

    def logits(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        with torch.inference_mode():
            return self._rest(self._first(ids, mask, len(self._quick) - 1), mask, self._quick[-1:])

    def vectors(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """States half way up: still one a piece, and a quarter of the work of going back to the text itself."""
        with torch.no_grad():
            return self._first(ids, mask, self._half)

    def logits_of(self, vectors: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        return self._rest(vectors, mask, self._exact[self._half :])

    def _first(self, ids: torch.Tensor, mask: torch.Tensor | None, count: int) -> torch.Tensor:
        """The state of every piece after so many layers."""
        state = self._norm(self._words[ids] + self._places[: ids.shape[1]])
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self._quick[:count]:
            state = layer(state, state, seen)
        return state

    def _rest(self, state: torch.Tensor, mask: torch.Tensor | None, layers: list[_Layer]) -> torch.Tensor:
        seen = None if mask is None else mask[:, None, None, :]
        for layer in layers[:-1]:
            state = layer(state, state, seen)
        first = layers[-1](state[:, :1], state, seen)[:, 0]  # the answer is read from the first piece alone
        return self._answer(torch.tanh(self._pool(first)))


class _Layer:
    """Attention and two linear maps, each added to its input and normed."""

    def __init__(
        self,
        weights: dict[str, torch.Tensor],
        name: str,
        heads: int,
        epsilon: float,
        make: Callable[[torch.Tensor, torch.Tensor], Linear],
    ) -> None:
        def linear(*parts: str) -> Linear:
            return make(
                torch.cat([weights[f"{name}.{part}.weight"] for part in parts]),
                torch.cat([weights[f"{name}.{part}.bias"] for part in parts]),
            )

        self._heads = heads
        self._query = linear("attention.self.query")
        self._key_value = linear("attention.self.key", "attention.self.value")
        self._mix = linear("attention.output.dense")
        self._widen = linear("intermediate.dense")
        self._narrow = linear("output.dense")
        self._norm_mix = _norm(weights, f"{name}.attention.output.LayerNorm", epsilon)
        self._norm = _norm(weights, f"{name}.output.LayerNorm", epsilon)

    def __call__(self, asking: torch.Tensor, state: torch.Tensor, seen: torch.Tensor | None) -> torch.Tensor:
        rows, length, width = state.shape
        query = self._query(asking).view(rows, -1, self._heads, width // self._heads).transpose(1, 2)
        both = self._key_value(state).view(rows, length, 2, self._heads, width // self._heads)
        key, value = both.permute(2, 0, 3, 1, 4)
        found = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        asking = self._norm_mix(asking + self._mix(found.transpose(1, 2).reshape(rows, -1, width)))
        return self._norm(asking + self._narrow(functional.gelu(self._widen(asking))))


def _exact(weight: torch.Tensor, bias: torch.Tensor) -> Linear:
    return lambda given: functional.linear(given, weight, bias)


def _eight_bits(weight: torch.Tensor, bias: torch.Tensor) -> Linear:
    """Weights of eight bits, a scale a row: 2.6 times as fast on any x86, log-odds differ by a few hundredths."""
    try:
        with warnings.catch_warnings():  # torch means to drop this way; its successor needs a compiler at run time
            warnings.simplefilter("ignore")
            return _packed(weight, bias)
    except (AttributeError, RuntimeError):  # a processor or a later torch without them
        return _exact(weight, bias)


def _packed(weight: torch.Tensor, bias: torch.Tensor) -> Linear:
    scale = (weight.abs().amax(1) / 127).clamp(min=1e-9).double()
    zeros = torch.zeros(len(weight), dtype=torch.int64)
    packed = torch.ops.quantized.linear_prepack(torch.quantize_per_channel(weight, scale, zeros, 0, torch.qint8), bias)
    return lambda given: torch.ops.quantized.linear_dynamic(given, packed, True)


def _norm(weights: dict[str, torch.Tensor], name: str, epsilon: float) -> Linear:
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return lambda given: functional.layer_norm(given, weight.shape, weight, bias, epsilon)


class TransformersNetwork:
    """Any local folder that AutoModelForSequenceClassification can load."""

    def __init__(self, folder: Path) -> None:
        """Load the folder, from disk alone; raises whatever transformers does."""
        from transformers import AutoModelForSequenceClassification
        from transformers.utils import logging as chatter

        chatter.set_verbosity_error()
        chatter.disable_progress_bar()
        loaded, found = AutoModelForSequenceClassification.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False, output_loading_info=True
        )
        if found["missing_keys"]:  # transformers fills them with dice
            raise ValueError(f"it lacks {', '.join(sorted(found['missing_keys'])[:3])}: not a whole text classifier")
        self._network: Any = loaded.float().eval().requires_grad_(False)
        if not all(bool(weight.isfinite().all()) for weight in self._network.parameters()):
            raise ValueError("the weights hold numbers that are none (NaN)")
        config = self._network.config
        self.outputs = int(config.num_labels)
        self.vocabulary = int(config.vocab_size)
        self.longest = int(getattr(config, "max_position_embeddings", 512)) - 2  # RoBERTa's kind counts from two
        self.pad = int(getattr(config, "pad_token_id", 0) or 0)
        self.exclusive = config.problem_type == "single_label_classification"

    def logits(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        with torch.inference_mode():
            found: torch.Tensor = self._network(input_ids=ids, attention_mask=_whole(ids, mask)).logits
        return found

    def vectors(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:  # noqa: ARG002  # the port's
        found: torch.Tensor = self._network.get_input_embeddings()(ids)
        return found

    def logits_of(self, vectors: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        seen = _whole(vectors[..., 0], mask)
        found: torch.Tensor = self._network(inputs_embeds=vectors, attention_mask=seen).logits
        return found


def _whole(rows: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
    return torch.ones(rows.shape, dtype=torch.long) if mask is None else mask.long()
