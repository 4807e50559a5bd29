"""How do tests make whole models of any kind that load in a blink? Random weights, a real tokenizer, real files."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    ModernBertConfig,
    ModernBertForSequenceClassification,
    RobertaConfig,
    RobertaForSequenceClassification,
)

from classifier.manifest import write_manifest
from classifier.train.tokens import learn_tokenizer, save_tokenizer
from classifier.verdict import LABELS

PIECES = 320
MEANING = {"OK": "", "HATE": "flag", "DEATH": "threat"}
_SHAPE = {"vocab_size": PIECES, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
_SHAPE |= {"intermediate_size": 24, "max_position_embeddings": 70, "pad_token_id": 0}
_SHAPE |= {"initializer_range": 0.5}  # strong enough that texts differ


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """A tokenizer of a few hundred pieces."""
    return learn_tokenizer(["hej på dig", "jag hatar er alla", "solen skiner idag över torget"] * 5, PIECES)


def bert(names: list[str], **more: Any) -> Any:
    torch.manual_seed(5)
    return BertForSequenceClassification(BertConfig(**_SHAPE | more, id2label=dict(enumerate(names))))


def roberta(names: list[str], **more: Any) -> Any:
    torch.manual_seed(5)
    return RobertaForSequenceClassification(RobertaConfig(**_SHAPE | more, id2label=dict(enumerate(names))))


def distilbert(names: list[str], **more: Any) -> Any:
    torch.manual_seed(5)
    shape = {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 24, "max_position_embeddings": 70}
    shape |= {"vocab_size": PIECES, "pad_token_id": 0, "initializer_range": 0.5} | more
    return DistilBertForSequenceClassification(DistilBertConfig(**shape, id2label=dict(enumerate(names))))


def modernbert(names: list[str], **more: Any) -> Any:
    torch.manual_seed(5)
    ends = {"bos_token_id": 1, "cls_token_id": 1, "eos_token_id": 2, "sep_token_id": 2}
    return ModernBertForSequenceClassification(
        ModernBertConfig(**_SHAPE | ends | more, id2label=dict(enumerate(names)), reference_compile=False)
    )


def saved(folder: Path, network: Any, meaning: Any = MEANING, **how: Any) -> Path:
    """A folder as its maker leaves it, with a labels.json where there is a meaning."""
    network.save_pretrained(str(folder), **how)
    save_tokenizer(tokenizer(), folder)
    if meaning is not None:
        (folder / "labels.json").write_text(json.dumps(meaning), "utf-8")
    return folder


def own(folder: Path, **more: Any) -> Path:
    """A folder of our own making, but small and untrained."""
    saved(folder, bert(list(LABELS)), None)
    thresholds = {"flag": 0.5, "threat": 0.5}
    content = {"labels": list(LABELS), "thresholds": thresholds, "calibration": {"flag": [1.0, 0.0, 0.0]}}
    write_manifest(folder, folder.name, {**content, **more})
    return folder
