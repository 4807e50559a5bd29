"""What does the encoder know of Swedish before it sees a label?

Subword skip-gram vectors (Mikolov et al. 2013) start its embeddings: minutes, not days. Then pieces are
masked and predicted (Devlin et al. 2019), 20 % of them (Wettig et al. 2023: more than 15 % does no harm),
over the corpus in its weighted mixture. It is done in stages, since machines are lent for hours: a stage
needs nothing of the one before but its weights, so that a later one may be added to a finished encoder.
Within a stage the rate is held and falls at the end alone (Hu et al. 2024), the layers' matrices learn by
Muon (Jordan et al. 2024), all else by AdamW; what a later stage leaves can be averaged with what it began from
(Wortsman et al. 2022). Resumable: the state is written beside the encoder every few
minutes, and the same command goes on from it, on CPU or GPU.
"""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertForMaskedLM, PreTrainedTokenizerFast

from classifier.prepare import prepare
from classifier.train import corpus
from classifier.whole import whole

Report = Callable[[int, int, str], None]  # done, of all, a few words


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of reading: everything that decides what it makes of the weights it starts from."""

    tokens: int  # pieces to read
    rate: float = 7e-4  # of AdamW, at its height
    matrix_rate: float = 2e-3  # of Muon, in the root mean square of AdamW's steps; 0: AdamW for all
    batch: int = 16  # rows in a step: many small steps, since there is little time
    dropout: float = 0.0  # none: nothing is read often enough to be learned by heart
    half: bool = True  # products in bfloat16: twice as fast where the processor knows it, as exact as is needed
    warm_up: float = 0.02  # share of the steps
    fall: float = 0.25  # share of the steps in which the rate falls to nothing
    kept: float = (
        0.0  # share of the weights from before it in what it leaves: the mean of both reads better than either
    )


@dataclass(frozen=True, slots=True)
class Pretraining:
    """Everything that decides how an encoder comes out."""

    layers: int = 4
    width: int = 256
    heads: int = 4
    vocabulary: int = 16_000
    window: int = 128  # pieces in a row
    masked: float = 0.2
    weight_decay: float = 0.01
    vectors_rounds: int = 5
    seed: int = 20260126
    stages: tuple[Stage, ...] = (
        Stage(13_500_000, matrix_rate=0, dropout=0.1, half=False, warm_up=0.03, fall=0.97),
        Stage(25_000_000),
        Stage(13_000_000, kept=0.5),
    )


def mixture(data: Path, own: list[Path], seed: int) -> list[str]:
    """The texts of one round, in the weights of the corpus: prepared and shuffled."""
    dice = random.Random(seed)
    texts: list[str] = []
    for source, weight in corpus.SOURCES.items():
        for line in corpus.unlabelled(data, source):
            texts.extend([line] * (int(weight) + (dice.random() < weight % 1)))
    texts.extend(text for text in corpus.forum_unlabelled(data) for _ in range(4))
    texts.extend(example.text for example in corpus.messages(own, "train") for _ in range(4))
    dice.shuffle(texts)
    return [prepare(text).text for text in texts]


def encoded(tokenizer: PreTrainedTokenizerFast, texts: list[str]) -> np.ndarray:
    """All texts as one row of piece ids (int32), each closed by its separator."""
    pieces: list[np.ndarray] = []
    for start in range(0, len(texts), 5000):
        batch = tokenizer(texts[start : start + 5000], add_special_tokens=False)["input_ids"]
        pieces.extend(np.array([*ids, tokenizer.sep_token_id], dtype=np.int32) for ids in batch if ids)
    return np.concatenate(pieces)


def skip_gram(tokenizer: PreTrainedTokenizerFast, row: np.ndarray, plan: Pretraining) -> torch.Tensor:
    """Vectors for every piece, vocabulary × width, scaled to an encoder's usual start."""
    from gensim.models import Word2Vec

    size = 1000
    sentences = [[str(piece) for piece in row[i : i + size]] for i in range(0, len(row), size)]
    words = Word2Vec(
        sentences, vector_size=plan.width, window=5, min_count=5, sg=1, negative=5, sample=1e-4,
        epochs=plan.vectors_rounds, workers=2, seed=plan.seed % 2**31,
    ).wv  # fmt: skip
    table = torch.randn(len(tokenizer), plan.width, generator=torch.Generator().manual_seed(plan.seed)) * 0.02
    for piece in words.index_to_key:
        table[int(piece)] = torch.from_numpy(words[piece].copy())
    known = torch.tensor([int(piece) for piece in words.index_to_key])
    table[known] = (table[known] - table[known].mean(0)) / table[known].std() * 0.04
    return table


def fresh(tokenizer: PreTrainedTokenizerFast, plan: Pretraining) -> BertForMaskedLM:
    """An encoder that knows nothing yet."""
    torch.manual_seed(plan.seed)
    return BertForMaskedLM(
        BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=plan.width,
            num_hidden_layers=plan.layers,
            num_attention_heads=plan.heads,
            intermediate_size=4 * plan.width,
            max_position_embeddings=plan.window + 2,
            type_vocab_size=1,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def pretrain(data: Path, own: list[Path], folder: Path, plan: Pretraining, report: Report) -> None:
    """Learn tokenizer, vectors and encoder into `folder`, going on from what lies there.

    ValueError where what lies there was read by another plan than the stages that are done.
    """
    from classifier.train.tokens import learn_tokenizer, save_tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    stage, begun = _place(folder, plan)
    if stage == len(plan.stages):
        return
    if (folder / "tokenizer.json").exists():
        tokenizer = PreTrainedTokenizerFast.from_pretrained(str(folder))
    else:
        tokenizer = learn_tokenizer(mixture(data, own, plan.seed), plan.vocabulary)
        save_tokenizer(tokenizer, folder)

    def reading(number: int) -> np.ndarray:
        """One round of the corpus; sources that are capped show other lines in each."""
        return encoded(tokenizer, mixture(data, own, plan.seed + number))

    if (folder / "model.safetensors").exists():
        model = BertForMaskedLM.from_pretrained(str(folder), dtype=torch.float32)
    else:
        model = fresh(tokenizer, plan)
        model.bert.embeddings.word_embeddings.weight.data.copy_(skip_gram(tokenizer, reading(0), plan))
    model.train().to(device)
    for number in range(stage, len(plan.stages)):
        _read(model, tokenizer, reading, plan, number, folder, begun if number == stage else None, report)


def _place(folder: Path, plan: Pretraining) -> tuple[int, Path | None]:
    """Which stage is next, and the state to take up where it was broken off."""
    state = folder / "pretraining.pt"
    done = folder / "pretraining.json"
    if not done.exists():
        return 0, state if state.exists() else None
    read = json.loads(done.read_text("utf-8"))["read"]
    ends = np.cumsum([0, *(stage.tokens for stage in plan.stages)])
    number = int(np.searchsorted(ends, read, side="right")) - 1
    if not state.exists() and read != ends[number]:
        raise ValueError(f"{folder}: broken off within a stage, and pretraining.pt is not there; begin in a new folder")
    return number, state if state.exists() else None


def _read(
    model: BertForMaskedLM,
    tokenizer: PreTrainedTokenizerFast,
    reading: Callable[[int], np.ndarray],
    plan: Pretraining,
    number: int,
    folder: Path,
    begun: Path | None,
    report: Report,
) -> None:
    """One stage, from its start or from where it was broken off."""
    stage, device = plan.stages[number], next(model.parameters()).device
    for part in model.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = stage.dropout
    optimizers = _optimizers(model, plan, stage)
    per_step = stage.batch * plan.window
    step, steps = 0, stage.tokens // per_step
    before = sum(each.tokens for each in plan.stages[:number])
    if begun is not None:
        state = torch.load(begun, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        for optimizer, held in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(held)
        step = int(state["step"])
    smooth, saved = 0.0, time.monotonic()
    for ids in _batches(reading, plan, stage, number, step, steps):
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _schedule(step / steps, stage)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=stage.half):
            loss = _loss(model, torch.from_numpy(ids).long().to(device), tokenizer, plan)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        step += 1
        smooth = loss.item() if not smooth else 0.99 * smooth + 0.01 * loss.item()
        report(step * per_step, stage.tokens, f"stage {number + 1} of {len(plan.stages)}, loss {smooth:.3f}")
        if step == steps:
            _average(model, folder, stage.kept)
            _finish(model, plan, before + stage.tokens, smooth, folder)
        elif time.monotonic() - saved > 180:
            _save(model, optimizers, step, folder)
            saved = time.monotonic()


def _optimizers(model: BertForMaskedLM, plan: Pretraining, stage: Stage) -> list[torch.optim.Optimizer]:
    """Muon for the layers' matrices, AdamW for all else."""
    named = dict(model.named_parameters())
    matrices = {name for name, p in named.items() if stage.matrix_rate and ".layer." in name and p.dim() == 2}
    rest = [p for name, p in named.items() if name not in matrices]
    groups = [
        {"params": [p for p in rest if p.dim() > 1], "weight_decay": plan.weight_decay},
        {"params": [p for p in rest if p.dim() <= 1], "weight_decay": 0.0},
    ]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(groups, lr=stage.rate, betas=(0.9, 0.98), eps=1e-6, fused=True)
    ]
    if matrices:
        chosen = [named[name] for name in sorted(matrices)]
        decay, rate = plan.weight_decay, stage.matrix_rate
        optimizers.append(torch.optim.Muon(chosen, lr=rate, weight_decay=decay, adjust_lr_fn="match_rms_adamw"))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["peak"] = group["lr"]
    return optimizers


def _average(model: BertForMaskedLM, folder: Path, kept: float) -> None:
    """Blend with the encoder that lies in the folder, which is the one from before the stage."""
    if not kept:
        return
    before = BertForMaskedLM.from_pretrained(str(folder), dtype=torch.float32).state_dict()
    with torch.no_grad():
        for name, weights in model.state_dict().items():
            weights.lerp_(before[name].to(weights.device), kept)


def _finish(model: BertForMaskedLM, plan: Pretraining, read: int, loss: float, folder: Path) -> None:
    """Write the encoder as any transformers model, with what it was made by."""
    copy.deepcopy(model).half().save_pretrained(str(folder))
    history = {**asdict(plan), "read": read, "loss": round(loss, 3)}
    (folder / "pretraining.json").write_text(json.dumps(history, indent=1) + "\n", "utf-8")
    (folder / "pretraining.pt").unlink(missing_ok=True)


def _save(model: BertForMaskedLM, optimizers: list[torch.optim.Optimizer], step: int, folder: Path) -> None:
    """Write what is needed to go on within a stage; whole or not at all."""
    held = [optimizer.state_dict() for optimizer in optimizers]
    with whole(folder / "pretraining.pt") as part:
        torch.save({"model": model.state_dict(), "optimizers": held, "step": step}, part)


def _schedule(done: float, stage: Stage) -> float:
    """Linear up, held, then a straight line down to nothing."""
    return min(1.0, done / stage.warm_up, (1 - done) / stage.fall)


def _batches(
    reading: Callable[[int], np.ndarray], plan: Pretraining, stage: Stage, number: int, first: int, steps: int
) -> Iterator[np.ndarray]:
    """Rows of pieces for each step; step n always reads the same, so that a resumed run is the same run.

    A round is as long as its reading, so the rounds before are read to know where this one began.
    """
    step = turn = 0
    while step < steps:
        row = reading(100 * number + turn)
        dice = np.random.default_rng((plan.seed, number, turn))
        shift = int(dice.integers(plan.window))
        places = shift + dice.permutation(len(row) // plan.window - 1) * plan.window
        for start in range(0, len(places) - stage.batch + 1, stage.batch):
            if first <= step < steps:
                yield np.stack([row[place : place + plan.window] for place in places[start : start + stage.batch]])
            step += 1
        turn += 1


def _loss(
    model: BertForMaskedLM, ids: torch.Tensor, tokenizer: PreTrainedTokenizerFast, plan: Pretraining
) -> torch.Tensor:
    """Cross entropy over the masked pieces alone: the wide output layer reads nothing else."""
    chosen = (torch.rand(ids.shape, device=ids.device) < plan.masked) & (ids != tokenizer.sep_token_id)
    kind = torch.rand(ids.shape, device=ids.device)
    seen = ids.masked_fill(chosen & (kind < 0.8), tokenizer.mask_token_id)
    seen = torch.where(chosen & (kind >= 0.9), torch.randint_like(ids, 4, len(tokenizer)), seen)
    hidden = model.bert(input_ids=seen).last_hidden_state[chosen]
    return torch.nn.functional.cross_entropy(model.cls(hidden).float(), ids[chosen])
