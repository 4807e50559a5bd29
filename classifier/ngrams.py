"""Which spellings speak for a label? Hashed character n-grams: what is left of a word however it is bent.

A linear model over them knows slurs, compounds and misspellings that a small encoder never saw; the encoder knows
what a sentence means. The two are added up. Hashing is a rolling polynomial over code points, in numpy, for a whole
batch at once: a few microseconds a message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIZES = (2, 3, 4, 5, 6)
BITS = 18
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SPACE = re.compile(r"\s")
_LONGEST = 4_000  # characters of a text that are read; the windows of long texts are given one by one


def _lowered(text: str) -> str:
    """Lower case, letter for letter: `İ` would become two, and places would shift."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[0] for c in text)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a batch: bucket of each, text it is in, where it starts in its text, how long it is."""

    buckets: NDArray[np.int64]
    texts: NDArray[np.int64]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]


def grams(texts: Sequence[str]) -> Grams:
    """All n-grams of prepared texts. `starts` counts from the blank that is put before each text."""
    padded = [f" {_lowered(_SPACE.sub(' ', text[:_LONGEST]))} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    lengths = np.array([len(text) for text in padded], dtype=np.int64)
    first = np.cumsum(lengths) - lengths
    text_of = np.repeat(np.arange(len(texts)), lengths)
    place = np.arange(len(codes)) - first[text_of]
    left = lengths[text_of] - place  # characters from here to the end of the text
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], int]] = []
    rolling = codes.copy()
    with np.errstate(over="ignore"):
        for size in range(2, max(SIZES) + 1):
            rolling = rolling[:-1] * _PRIME + codes[size - 1 :]
            whole = np.nonzero(left[: len(rolling)] >= size)[0]
            mixed = (rolling[whole] + np.uint64(size)) * _MIX
            parts.append(((mixed >> np.uint64(64 - BITS)).astype(np.int64), whole, size))
    where = np.concatenate([whole for _, whole, _ in parts])
    return Grams(
        np.concatenate([buckets for buckets, _, _ in parts]),
        text_of[where],
        place[where],
        np.concatenate([np.full(len(whole), size) for _, whole, size in parts]),
    )


def counted(found: Grams) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Text, bucket and weight of every n-gram of every text, in order of both; the weight is 1 + log of how often.

    A word said twenty times says little more than once said: repetition alone must not raise a flag.
    """
    keys, times = np.unique((found.texts << BITS) | found.buckets, return_counts=True)
    return keys >> BITS, keys & ((1 << BITS) - 1), (1 + np.log(times)).astype(np.float32)


class NGrams:
    """A linear model over hashed n-grams: weights buckets × labels, how telling each bucket is, one bias a label."""

    def __init__(self, weights: NDArray[np.floating], telling: NDArray[np.floating], bias: NDArray[np.float32]) -> None:
        self._weights = weights
        self._telling = telling
        self._bias = bias

    @classmethod
    def load(cls, path: Path) -> NGrams:
        """Read ngrams.safetensors; ValueError or OSError where it is not whole."""
        from safetensors.numpy import load_file

        tensors = load_file(path)
        weights, telling, bias = tensors["weights"], tensors["telling"].astype(np.float32), tensors["bias"]
        if weights.shape != (1 << BITS, len(bias)) or telling.shape != (1 << BITS,):
            raise ValueError("of another shape")
        if not all(np.isfinite(tensor.sum(dtype=np.float64)) for tensor in (weights, telling, bias)):
            raise ValueError("numbers that are none (NaN)")
        return cls(weights, telling, bias)

    def save(self, path: Path) -> None:
        """Write ngrams.safetensors in half precision."""
        from safetensors.numpy import save_file

        save_file(
            {
                "weights": self._weights.astype(np.float16),
                "telling": self._telling.astype(np.float16),
                "bias": self._bias.astype(np.float32),
            },
            path,
        )

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts × labels."""
        owners, buckets, counts = counted(grams(texts))
        said = self._telling[buckets] * counts
        norm = np.sqrt(np.bincount(owners, said**2, minlength=len(texts))) + 1e-6
        rows = self._weights[buckets] * said[:, None]  # half precision as read, reckoned in float32
        ends = np.zeros((len(texts), rows.shape[1]), dtype=np.float32)
        for label in range(rows.shape[1]):
            ends[:, label] = np.bincount(owners, rows[:, label], minlength=len(texts))
        spoken: NDArray[np.float32] = (ends / norm[:, None]).astype(np.float32) + self._bias
        return spoken

    def by_character(self, text: str, label: int) -> NDArray[np.float64]:
        """How much each character of a text speaks for a label: an n-gram's share is spread over its characters."""
        found = grams([text])
        _, buckets, counts = counted(found)
        said = self._telling[buckets].astype(np.float64) * counts
        each_bucket = self._weights[buckets, label] * said / (np.sqrt((said**2).sum()) + 1e-6)
        place = np.searchsorted(buckets, found.buckets)
        shares = (each_bucket / np.bincount(place, minlength=len(buckets)))[place]
        length = min(len(text), _LONGEST)
        edges = np.zeros(length + max(SIZES) + 3)
        each = shares / found.sizes
        np.add.at(edges, np.minimum(found.starts, len(edges) - 1), each)  # İ is two letters in lower case
        np.add.at(edges, np.minimum(found.starts + found.sizes, len(edges) - 1), -each)
        return np.cumsum(edges)[1 : length + 1]
