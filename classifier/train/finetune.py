"""How does an encoder learn what a human should look at? Fourteen yes-or-no heads over one reading.

Reads top to bottom; everything that decides the outcome is in Recipe, which is written into the manifest.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForSequenceClassification

from classifier.manifest import DEFAULT_THRESHOLDS, MANIFEST, sha256, write_manifest
from classifier.model import Model
from classifier.ngrams import NGrams
from classifier.prepare import prepare
from classifier.train import corpus
from classifier.train.augment import disguised, joined
from classifier.train.calibrate import settle, threshold_for
from classifier.train.corpus import Example, hateful
from classifier.train.tokens import load_tokenizer
from classifier.train.wide import train_ngrams
from classifier.verdict import LABELS, MOTIVES, TARGETS
from classifier.whole import whole

Report = Callable[[int, int, str], None]  # done, of all, a few words
Calibration = dict[str, tuple[float, float, float]]
SAVE_EVERY = 180.0  # seconds


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides how a classifier comes out of an encoder."""

    rounds: int = 2
    batch: int = 32
    rate: float = 3e-4  # peak; each layer nearer to the text learns more slowly
    layer_decay: float = 0.9
    warm_up: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.15
    half: bool = True  # products in bfloat16
    window: int = 128
    harmless_lines: int = 25_000  # real lines, taken as harmless: they tame false alarms
    disguise: float = 0.3  # share of texts that are read in disguise in a round
    ngram_disguise: float = 0.5  # share of texts that the n-grams read in disguise too
    joined: float = 0.15  # share of texts that are read amid harmless ones, as in a long message
    english: float = 0.5  # share of the English cases that are read
    forum_weight: int = 3  # how often a real forum post is read in a round
    flag_weight: float = 1.0
    label_weight: float = 0.5  # of motives and targets against flag and threat
    ngram_strength: float = 10.0  # inverse of the n-grams' regularisation
    ngram_least: int = 2  # texts that an n-gram must stand in
    precision: float = 0.85  # asked of the shipped thresholds on validation, where more is flagged than in life
    alarms: float = 0.001  # share of real harmless lines that flag and threat may each raise: 2 in 1,000 in all
    alarm_lines: int = 800  # of each source that are read for that
    seed: int = 20260126


def finetune(
    data: Path, own: Sequence[Path], encoder: Path, folder: Path, name: str, recipe: Recipe, report: Report
) -> None:
    """Train on what is labelled, calibrate and choose thresholds on validation, write the whole folder.

    The state is kept beside the folder every few minutes: the same command goes on from it, and begins anew where
    recipe, texts or encoder are others.
    """
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network, tokenizer = _start(encoder, recipe)
    network.to(device)
    train = training_examples(data, own, recipe, random.Random(recipe.seed))
    optimizer = _optimizer(network, recipe)
    steps = recipe.rounds * math.ceil(len(train) / recipe.batch)
    state = _State(folder.with_name(f".{folder.name}.training.pt"), _same(train, encoder, recipe))
    step = begun = state.load(network, optimizer, device)
    saved = time.monotonic()
    for round_, batches in _rounds(train, tokenizer, recipe, begun, steps):
        network.train()
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _schedule(step / steps, recipe.warm_up)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=recipe.half):
                logits = network(**_inputs([ids for ids, _ in batch], network.config.pad_token_id, device)).logits
            wanted = torch.tensor([row for _, row in batch], dtype=torch.float32, device=device)
            loss = _loss(logits.float(), wanted, recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            report(step, steps, f"round {round_ + 1} of {recipe.rounds}, loss {loss.item():.3f}")
            if time.monotonic() - saved > SAVE_EVERY:
                state.save(network, optimizer, step)
                saved = time.monotonic()
    network.eval()
    ngrams = _ngrams(train, recipe, report)
    valid = [*corpus.messages(own, "valid"), *corpus.forum(data, "valid")]
    texts = [example.text for example in valid]
    lines = valid_lines(data, recipe)

    said = logits_of(network, tokenizer, texts), ngrams.logits([prepare(text).text for text in texts])
    part = _write(network, tokenizer, ngrams, encoder, folder, name, _settle(*said, valid), recipe)
    _set_thresholds(part, name, valid, lines, recipe)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    state.forget()


@dataclass(frozen=True, slots=True)
class _State:
    """What is needed to go on with a fine-tuning that was broken off."""

    path: Path
    same: str  # a digest of everything that must be as it was

    def load(self, network: Any, optimizer: torch.optim.Optimizer, device: torch.device) -> int:
        """Take up where the file says; how many steps are done."""
        if not self.path.exists():
            return 0
        held = torch.load(self.path, map_location=device, weights_only=True)
        if held["same"] != self.same:
            return 0
        network.load_state_dict(held["network"])
        optimizer.load_state_dict(held["optimizer"])
        return int(held["step"])

    def save(self, network: Any, optimizer: torch.optim.Optimizer, step: int) -> None:
        """Write the file, whole or not at all."""
        held = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "same": self.same}
        with whole(self.path) as part:
            torch.save(held, part)

    def forget(self) -> None:
        """The folder is written: nothing is left to go on with."""
        self.path.unlink(missing_ok=True)


def _same(train: Sequence[Example], encoder: Path, recipe: Recipe) -> str:
    digest = hashlib.sha256(repr(recipe).encode())
    digest.update(sha256(encoder / "config.json").encode())
    for weights in sorted(encoder.glob("*.safetensors")):
        digest.update(sha256(weights).encode())
    for example in train:
        digest.update(example.text.encode("utf-8", "replace"))
    return digest.hexdigest()


def training_examples(data: Path, own: Sequence[Path], recipe: Recipe, dice: random.Random) -> list[Example]:
    """Everything that is learned from in one round, in no order yet."""
    lines = [
        Example(line, frozenset(), source)
        for source in corpus.SOURCES
        for line in corpus.unlabelled(data, source)
        if len(line) < corpus.LONGEST_LINE
    ]
    weights = [corpus.SOURCES[e.source] for e in lines]
    harmless = dice.choices(lines, weights, k=recipe.harmless_lines)
    posts = [post for post in corpus.forum(data, "train") for _ in range(recipe.forum_weight)]
    return [*corpus.messages(own, "train"), *corpus.english(data, recipe.english), *posts, *harmless]


def _ngrams(train: Sequence[Example], recipe: Recipe, report: Report) -> NGrams:
    """Every text as it stands, and a share of them once more in disguise."""
    dice = random.Random(recipe.seed + 1)  # of its own, so that it does not hang on the encoder's
    hidden = [e for e in train if dice.random() < recipe.ngram_disguise]
    amid = [e for e in train if dice.random() < recipe.joined]
    texts = [e.text for e in train] + [disguised(e.text, dice) for e in hidden] + _amid(amid, train, dice)
    truth = np.array([row_of(example) for example in (*train, *hidden, *amid)], dtype=bool)
    return train_ngrams(texts, truth, recipe.ngram_strength, recipe.ngram_least, report)


def _amid(examples: Sequence[Example], everything: Sequence[Example], dice: random.Random) -> list[str]:
    """Each text amid up to four harmless ones."""
    harmless = [e.text for e in everything if not e.labels] or [""]
    return [joined(e.text, dice.choices(harmless, k=dice.randint(1, 4)), dice) for e in examples]


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
            inputs = _inputs([encoded[i] for i in part], network.config.pad_token_id, device)
            rows[part] = network(**inputs).logits.float().cpu().numpy()
    return rows


def _start(encoder: Path, recipe: Recipe) -> tuple[Any, Tokenizer]:
    """Any local transformers encoder with fresh heads, and its fast tokenizer."""
    config = AutoConfig.from_pretrained(str(encoder), local_files_only=True)
    config.num_labels = len(LABELS)
    config.id2label = dict(enumerate(LABELS))
    config.label2id = {label: i for i, label in enumerate(LABELS)}
    config.problem_type = "multi_label_classification"
    for kind in ("hidden_dropout_prob", "classifier_dropout", "mlp_dropout", "embedding_dropout", "dropout"):
        if isinstance(getattr(config, kind, 0.0), float | None):  # each architecture has its own names for it
            setattr(config, kind, recipe.dropout)
    network = AutoModelForSequenceClassification.from_pretrained(
        str(encoder), config=config, local_files_only=True, use_safetensors=True, dtype=torch.float32
    )
    tokenizer = load_tokenizer(encoder)
    tokenizer.enable_truncation(min(recipe.window, int(getattr(config, "max_position_embeddings", 512)) - 2))
    return network, tokenizer


_LAYER = re.compile(r"\.(?:layers?|h|block)\.(\d+)\.")


def _optimizer(network: Any, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW; the nearer a layer is to the text, the more slowly it learns (Howard & Ruder 2018).

    The recipe's rate is for a width of 256; wider encoders learn with less (3e-5 at 768, as is usual for BERT-base).
    """
    layers = int(network.config.num_hidden_layers)
    rate = recipe.rate * min(1.0, 256 / int(network.config.hidden_size)) ** 2
    groups = []
    for name, parameter in network.named_parameters():
        found = _LAYER.search(name)
        place = int(found[1]) + 1 if found else 0 if "embed" in name else layers + 1
        peak = rate * recipe.layer_decay ** (layers + 1 - place)
        decay = recipe.weight_decay if parameter.dim() > 1 else 0.0
        groups.append({"params": [parameter], "lr": peak, "peak": peak, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)


Batch = list[tuple[list[int], list[float]]]


def _rounds(
    train: list[Example], tokenizer: Tokenizer, recipe: Recipe, begun: int, steps: int
) -> Iterator[tuple[int, list[Batch]]]:
    """What is left of each round; each has dice of its own, so that a resumed run reads what it would have read."""
    per_round = steps // recipe.rounds
    for number in range(begun // per_round, recipe.rounds):
        batches = _batches(train, tokenizer, recipe, random.Random(f"{recipe.seed}/{number}"))
        yield number, batches[max(0, begun - number * per_round) :]


def _batches(examples: list[Example], tokenizer: Tokenizer, recipe: Recipe, dice: random.Random) -> list[Batch]:
    """One round in batches of like length, in random order; some texts in disguise, some amid others."""
    amid = {i for i in range(len(examples)) if dice.random() < recipe.joined}
    texts = dict(zip(sorted(amid), _amid([examples[i] for i in sorted(amid)], examples, dice), strict=True))
    rows = []
    for i, example in enumerate(examples):
        text = texts.get(i, example.text)
        text = disguised(text, dice) if dice.random() < recipe.disguise else text
        rows.append((_ids(tokenizer, text), row_of(example)))
    dice.shuffle(rows)
    chunks = [rows[i : i + recipe.batch * 50] for i in range(0, len(rows), recipe.batch * 50)]
    batches = []
    for chunk in chunks:
        chunk.sort(key=lambda row: len(row[0]))
        batches += [chunk[i : i + recipe.batch] for i in range(0, len(chunk), recipe.batch)]
    dice.shuffle(batches)
    return batches


def _ids(tokenizer: Tokenizer, text: str) -> list[int]:
    return list(tokenizer.encode(prepare(text).text).ids)


def _inputs(rows: Sequence[Sequence[int]], pad: int | None, device: torch.device) -> dict[str, torch.Tensor]:
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[pad or 0] * (longest - len(row))] for row in rows], device=device)
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


def valid_lines(data: Path, recipe: Recipe) -> list[str]:
    """Real harmless lines that thresholds are chosen on, of every source."""
    sources = corpus.SOURCES
    return [line for s in sources for line in corpus.harmless_lines(data, s, "valid", recipe.alarm_lines)]


def _settle(encoder: np.ndarray, ngrams: np.ndarray, valid: Sequence[Example]) -> Calibration:
    """Calibration for every label."""
    truth = np.array([row_of(example) for example in valid], dtype=bool)
    return {label: settle(encoder[:, i], ngrams[:, i], truth[:, i]) for i, label in enumerate(LABELS)}


def _write(
    network: Any,
    tokenizer: Tokenizer,
    ngrams: NGrams,
    encoder: Path,
    folder: Path,
    name: str,
    calibration: Calibration,
    recipe: Recipe,
) -> Path:
    """Everything but thresholds, beside the folder's place."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    network.half().save_pretrained(str(part))
    ngrams.save(part / "ngrams.safetensors")
    tokenizer.no_truncation()
    tokenizer.save(str(part / "tokenizer.json"))
    if (encoder / "tokenizer_config.json").exists():
        shutil.copyfile(encoder / "tokenizer_config.json", part / "tokenizer_config.json")
    history = encoder / "pretraining.json"
    content = {
        "labels": list(LABELS),
        "thresholds": dict(DEFAULT_THRESHOLDS),
        "calibration": {label: [round(w, 5) for w in weights] for label, weights in calibration.items()},
        "recipe": {
            "finetuning": asdict(recipe),
            "pretraining": json.loads(history.read_text()) if history.exists() else {},
        },
    }
    write_manifest(part, name, content)
    return part


def _set_thresholds(folder: Path, name: str, valid: Sequence[Example], lines: Sequence[str], recipe: Recipe) -> None:
    """Choose the thresholds of the two labels that decide by what the service says: in its windows, in eight bits."""
    model = Model.load(folder)
    said, harmless = (model.read(list(texts)) for texts in ([example.text for example in valid], lines))
    asked = hateful(valid)  # hate that is taken for a threat is no false alarm
    scores = {
        "flag": [np.array([each.score for each in verdicts]) for verdicts in (said, harmless)],
        "threat": [np.array([each.threat for each in verdicts]) for verdicts in (said, harmless)],
    }
    chosen = {
        label: round(threshold_for(of_valid, asked, recipe.precision, of_lines, recipe.alarms), 4)
        for label, (of_valid, of_lines) in scores.items()
    }
    content = json.loads((folder / MANIFEST).read_text("utf-8"))
    write_manifest(folder, name, {**content, "thresholds": chosen})
