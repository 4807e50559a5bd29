"""How fast does the classifier read, and how large is it? Beside what people run today, on the same messages.

The rival is a transformers pipeline("text-classification") over a model of BERT-base's size, one message at a time
(random weights: speed is what is compared).
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
WEEK = HOME / "bot" / "demo" / "week.jsonl"
MODEL = HOME / "models" / "uppsikt-sv"
MESSAGES = 500


def texts() -> list[str]:
    """The same 500 messages for everybody."""
    rows = (json.loads(line) for line in WEEK.read_text("utf-8").splitlines())
    return [row["text"] for row in rows if row["text"]][:MESSAGES]


def peak_mb() -> float:
    """Peak memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], object]) -> float:
    """How many seconds it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bert() -> dict[str, float]:
    """A BERT-base-sized pipeline, one message at a time."""
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_file(str(MODEL / "tokenizer.json")), pad_token="<pad>", model_max_length=512
    )
    network = BertForSequenceClassification(BertConfig(vocab_size=50_325, num_labels=2)).eval()
    read = pipeline("text-classification", model=network, tokenizer=tokenizer, device="cpu")
    some = texts()
    for text in some[:20]:
        read(text, truncation=True)
    started = time.perf_counter()
    each = [timed(lambda text=text: read(text, truncation=True)) for text in some]  # type: ignore[misc]
    seconds = time.perf_counter() - started
    return {"per_second": len(some) / seconds, "latency_ms": 1000 * statistics.median(each), "peak_mb": peak_mb()}


def ours() -> dict[str, float]:
    """Our classifier: in batches, and one message at a time."""
    from classifier.model import Model

    model = Model.load(MODEL)
    some = texts()
    model.read(some[:100])
    rates = [len(some) / timed(lambda: model.read(some)) for _ in range(5)]
    each = [timed(lambda text=text: model.read([text])) for text in some]  # type: ignore[misc]
    return {
        "per_second": statistics.median(rates),
        "latency_ms": 1000 * statistics.median(each),
        "peak_mb": peak_mb(),
    }
