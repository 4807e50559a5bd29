"""What does the encoder know of Swedish before it sees a label?

Subword skip-gram vectors (Mikolov et al. 2013) start its embeddings: minutes, not days. Then pieces are
masked and predicted (Devlin et al. 2019), 20 % of them (Wettig et al. 2023: more than 15 % does no harm),
over the corpus in its weighted mixture. Resumable: the state is written beside the encoder every few
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

Report = Callable[[int, int, str], None]  # done, of all, a few words


@dataclass(frozen=True, slots=True)
class Pretraining:
    """Everything that decides how an encoder comes out."""

    layers: int = 4
    width: int = 256
    heads: int = 4
    vocabulary: int = 16_000
    window: int = 128  # pieces in a row
    batch: int = 16  # rows in a step: many small steps, since there is little time
    tokens: int = 13_500_000  # to read in all: what two cores read in an hour
    masked: float = 0.2
    rate: float = 7e-4  # peak learning rate
    warm_up: float = 0.03
    weight_decay: float = 0.01
    vectors_rounds: int = 5
    seed: int = 20260126


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
    """Learn tokenizer, vectors and encoder into `folder`, going on from what lies there."""
    from classifier.train.tokens import learn_tokenizer, save_tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    texts = mixture(data, own, plan.seed)
    if (folder / "tokenizer.json").exists():
        tokenizer = PreTrainedTokenizerFast.from_pretrained(str(folder))
    else:
        tokenizer = learn_tokenizer(texts, plan.vocabulary)
        save_tokenizer(tokenizer, folder)
    row = encoded(tokenizer, texts)
    del texts
    report(0, plan.tokens, f"{len(row):,} pieces in a round")
    model = fresh(tokenizer, plan)
    state_file = folder / "pretraining.pt"
    if not state_file.exists():
        model.bert.embeddings.word_embeddings.weight.data.copy_(skip_gram(tokenizer, row, plan))
    model.train().to(device)
    decayed = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": plan.weight_decay}, {"params": plain, "weight_decay": 0.0}],
        lr=plan.rate, betas=(0.9, 0.98), eps=1e-6,
    )  # fmt: skip
    step = 0
    if state_file.exists():
        state = torch.load(state_file, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = int(state["step"])
    steps = plan.tokens // (plan.batch * plan.window)
    smooth, saved = 0.0, time.monotonic()
    for ids in _batches(row, plan, step, steps):
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * _schedule(step / steps, plan.warm_up)
        loss = _loss(model, torch.from_numpy(ids).long().to(device), tokenizer, plan)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        smooth = loss.item() if not smooth else 0.99 * smooth + 0.01 * loss.item()
        report(step * plan.batch * plan.window, plan.tokens, f"loss {smooth:.3f}")
        if step == steps or time.monotonic() - saved > 180:
            _save(model, optimizer, step, plan, folder, state_file)
            saved = time.monotonic()


def _save(
    model: BertForMaskedLM, optimizer: torch.optim.Optimizer, step: int, plan: Pretraining, folder: Path, state: Path
) -> None:
    """Write the encoder as any transformers model, and what is needed to go on; whole or not at all."""
    copy.deepcopy(model).half().save_pretrained(str(folder))
    (folder / "pretraining.json").write_text(
        json.dumps({**asdict(plan), "read": step * plan.batch * plan.window}, indent=1)
    )
    part = state.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
    part.replace(state)


def _schedule(done: float, warm_up: float) -> float:
    """Linear up, then a straight line down to nothing."""
    return done / warm_up if done < warm_up else max(0.0, (1 - done) / (1 - warm_up))


def _batches(row: np.ndarray, plan: Pretraining, first: int, steps: int) -> Iterator[np.ndarray]:
    """Rows of pieces for each step; step n always reads the same, so that a resumed run is the same run."""
    windows = len(row) // plan.window - 1
    for step in range(first, steps):
        dice = np.random.default_rng((plan.seed, step * plan.batch // windows))
        shift = int(dice.integers(plan.window))
        order = dice.permutation(windows)
        places = order[(step * plan.batch + np.arange(plan.batch)) % windows]
        yield np.stack([row[shift + p * plan.window : shift + (p + 1) * plan.window] for p in places])


def _loss(
    model: BertForMaskedLM, ids: torch.Tensor, tokenizer: PreTrainedTokenizerFast, plan: Pretraining
) -> torch.Tensor:
    """Cross entropy over the masked pieces alone: the wide output layer reads nothing else."""
    chosen = (torch.rand(ids.shape, device=ids.device) < plan.masked) & (ids != tokenizer.sep_token_id)
    kind = torch.rand(ids.shape, device=ids.device)
    seen = ids.masked_fill(chosen & (kind < 0.8), tokenizer.mask_token_id)
    seen = torch.where(chosen & (kind >= 0.9), torch.randint_like(ids, 4, len(tokenizer)), seen)
    hidden = model.bert(input_ids=seen).last_hidden_state[chosen]
    return torch.nn.functional.cross_entropy(model.cls(hidden), ids[chosen])
