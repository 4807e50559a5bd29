"""How does an encoder learn what a human should look at? Fourteen yes-or-no heads over one reading.

Reads top to bottom; everything that decides the outcome is in Recipe, which is written into the manifest.
"""

from __future__ import annotations

import json
import math
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoConfig, AutoModelForSequenceClassification

from classifier.manifest import write_manifest
from classifier.ngrams import NGrams
from classifier.prepare import prepare
from classifier.train import corpus
from classifier.train.augment import disguised
from classifier.train.calibrate import settle, threshold_for
from classifier.train.corpus import Example
from classifier.train.wide import train_ngrams
from classifier.verdict import LABELS, MOTIVES, TARGETS

Report = Callable[[int, int, str], None]  # done, of all, a few words


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides how a classifier comes out of an encoder."""

    rounds: int = 3
    batch: int = 32
    rate: float = 3e-4  # peak; each layer nearer to the text learns more slowly
    layer_decay: float = 0.9
    warm_up: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.15
    window: int = 128
    harmless_lines: int = 25_000  # real lines, taken as harmless: they tame false alarms
    disguise: float = 0.15  # share of texts that are read in disguise in a round
    forum_weight: int = 3  # how often a real forum post is read in a round
    flag_weight: float = 1.0
    label_weight: float = 0.5  # of motives and targets against flag and threat
    ngram_strength: float = 10.0  # inverse of the n-grams' regularisation
    ngram_least: int = 2  # texts that an n-gram must stand in
    precision: float = 0.93  # asked of the shipped thresholds on validation, where more is flagged than in life
    seed: int = 20260126


def finetune(
    data: Path, own: Sequence[Path], encoder: Path, folder: Path, name: str, recipe: Recipe, report: Report
) -> None:
    """Train on what is labelled, calibrate and choose thresholds on validation, write the whole folder."""
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network, tokenizer = _start(encoder, recipe)
    network.to(device)
    train = training_examples(data, own, recipe, dice)
    optimizer = _optimizer(network, recipe)
    steps = recipe.rounds * math.ceil(len(train) / recipe.batch)
    step = 0
    for _ in range(recipe.rounds):
        network.train()
        for batch in _batches(train, tokenizer, recipe, dice):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _schedule(step / steps, recipe.warm_up)
            logits = network(**_inputs([ids for ids, _ in batch], device)).logits
            wanted = torch.tensor([row for _, row in batch], dtype=torch.float32, device=device)
            loss = _loss(logits, wanted, recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            report(step, steps, f"loss {loss.item():.3f}")
    network.eval()
    ngrams = _ngrams(train, recipe, report)
    valid = [*corpus.messages(own, "valid"), *corpus.forum(data, "valid")]
    texts = [example.text for example in valid]
    spoken = logits_of(network, tokenizer, texts), ngrams.logits([prepare(text).text for text in texts])
    calibration, thresholds = _settle(*spoken, valid, recipe)
    _write(network, ngrams, encoder, folder, name, calibration, thresholds, recipe)


def training_examples(data: Path, own: Sequence[Path], recipe: Recipe, dice: random.Random) -> list[Example]:
    """Everything that is learned from in one round, in no order yet."""
    lines = [
        Example(line, frozenset(), source)
        for source in corpus.SOURCES
        for line in corpus.unlabelled(data, source)
        if len(line) < 600
    ]
    weights = [corpus.SOURCES[e.source] for e in lines]
    harmless = dice.choices(lines, weights, k=recipe.harmless_lines)
    posts = [post for post in corpus.forum(data, "train") for _ in range(recipe.forum_weight)]
    return [*corpus.messages(own, "train"), *posts, *harmless]


def _ngrams(train: Sequence[Example], recipe: Recipe, report: Report) -> NGrams:
    dice = random.Random(recipe.seed + 1)  # of its own, so that it does not hang on the encoder's
    texts = [disguised(e.text, dice) if dice.random() < recipe.disguise else e.text for e in train]
    truth = np.array([row_of(example) for example in train], dtype=bool)
    return train_ngrams(texts, truth, recipe.ngram_strength, recipe.ngram_least, report)


def row_of(example: Example) -> list[float]:
    """An example's labels in the order of LABELS."""
    return [float(label in example.labels) for label in LABELS]


def logits_of(network: Any, tokenizer: Any, texts: Sequence[str]) -> np.ndarray:
    """Raw outputs, texts × LABELS; each text cut at one window."""
    device = next(network.parameters()).device
    encoded = [_ids(tokenizer, text) for text in texts]
    order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
    rows = np.zeros((len(texts), len(LABELS)), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            rows[part] = network(**_inputs([encoded[i] for i in part], device)).logits.float().cpu().numpy()
    return rows


def _start(encoder: Path, recipe: Recipe) -> tuple[Any, Any]:
    from tokenizers import Tokenizer

    config = AutoConfig.from_pretrained(str(encoder), local_files_only=True)
    config.num_labels = len(LABELS)
    config.id2label = dict(enumerate(LABELS))
    config.label2id = {label: i for i, label in enumerate(LABELS)}
    config.problem_type = "multi_label_classification"
    config.hidden_dropout_prob = config.classifier_dropout = recipe.dropout
    network = AutoModelForSequenceClassification.from_pretrained(
        str(encoder), config=config, local_files_only=True, use_safetensors=True, dtype=torch.float32
    )
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.enable_truncation(recipe.window)
    return network, tokenizer


def _optimizer(network: Any, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW; the nearer a layer is to the text, the more slowly it learns (Howard & Ruder 2018)."""
    layers = network.config.num_hidden_layers
    groups = []
    for name, parameter in network.named_parameters():
        place = layers + 1
        if "embeddings" in name:
            place = 0
        elif ".layer." in name:
            place = int(name.split(".layer.")[1].split(".")[0]) + 1
        rate = recipe.rate * recipe.layer_decay ** (layers + 1 - place)
        decay = recipe.weight_decay if parameter.dim() > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)


def _batches(
    examples: list[Example], tokenizer: Any, recipe: Recipe, dice: random.Random
) -> list[list[tuple[list[int], list[float]]]]:
    """One round in batches of like length, in random order; some texts in disguise."""
    rows = []
    for example in examples:
        text = disguised(example.text, dice) if dice.random() < recipe.disguise else example.text
        rows.append((_ids(tokenizer, text), row_of(example)))
    dice.shuffle(rows)
    chunks = [rows[i : i + recipe.batch * 50] for i in range(0, len(rows), recipe.batch * 50)]
    batches = []
    for chunk in chunks:
        chunk.sort(key=lambda row: len(row[0]))
        batches += [chunk[i : i + recipe.batch] for i in range(0, len(chunk), recipe.batch)]
    dice.shuffle(batches)
    return batches


def _ids(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer.encode(prepare(text).text).ids)


def _inputs(rows: Sequence[Sequence[int]], device: torch.device) -> dict[str, torch.Tensor]:
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows], device=device)
    lengths = torch.tensor([len(row) for row in rows], device=device)
    mask = (torch.arange(longest, device=device) < lengths[:, None]).long()
    return {"input_ids": ids, "attention_mask": mask}


def _loss(logits: torch.Tensor, wanted: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Binary cross entropy by head; motives and targets weigh less than flag and threat."""
    each = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none").mean(0)
    weights = [recipe.flag_weight, recipe.flag_weight, *[recipe.label_weight] * (len(MOTIVES) + len(TARGETS))]
    return (each * torch.tensor(weights, device=each.device)).sum()


def _schedule(done: float, warm_up: float) -> float:
    return done / warm_up if done < warm_up else max(0.0, (1 - done) / (1 - warm_up))


def _settle(
    encoder: np.ndarray, ngrams: np.ndarray, valid: Sequence[Example], recipe: Recipe
) -> tuple[dict[str, tuple[float, float, float]], dict[str, float]]:
    """Calibration for every label, and thresholds for the two that decide."""
    truth = np.array([row_of(example) for example in valid], dtype=bool)
    calibration, thresholds = {}, {}
    for i, label in enumerate(LABELS):
        a, b, c = calibration[label] = settle(encoder[:, i], ngrams[:, i], truth[:, i])
        if label in ("flag", "threat"):
            scores = 1 / (1 + np.exp(-(a * encoder[:, i] + b * ngrams[:, i] + c)))
            thresholds[label] = threshold_for(scores, truth[:, i], recipe.precision)
    return calibration, thresholds


def _write(
    network: Any,
    ngrams: NGrams,
    encoder: Path,
    folder: Path,
    name: str,
    calibration: dict[str, tuple[float, float, float]],
    thresholds: dict[str, float],
    recipe: Recipe,
) -> None:
    """The folder, whole or not at all: written beside its place and moved there."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    network.half().save_pretrained(str(part))
    ngrams.save(part / "ngrams.safetensors")
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(encoder / file, part / file)
    history = encoder / "pretraining.json"
    content = {
        "labels": list(LABELS),
        "thresholds": {label: round(value, 4) for label, value in thresholds.items()},
        "calibration": {label: [round(w, 5) for w in weights] for label, weights in calibration.items()},
        "recipe": {
            "finetuning": asdict(recipe),
            "pretraining": json.loads(history.read_text()) if history.exists() else {},
        },
    }
    write_manifest(part, name, content)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
