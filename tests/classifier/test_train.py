"""Training learns from what it may, promises what it can keep, and writes a folder that loads."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import tokenizers
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertTokenizerFast,
    ModernBertConfig,
    ModernBertForMaskedLM,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForMaskedLM,
)

from classifier.lexicon import Lexicon
from classifier.model import Model
from classifier.prepare import fold, prepare
from classifier.train import augment, corpus
from classifier.train.calibrate import settle, threshold_for
from classifier.train.finetune import Recipe, finetune, row_of
from classifier.train.pretrain import Pretraining, Stage, pretrain
from classifier.train.tokens import learn_tokenizer, save_tokenizer
from classifier.train.words import common_words, write_words
from classifier.verdict import LABELS
from tests.builders import write_unlabelled

ROOT = Path(__file__).parents[2]
OWN = [ROOT / "classifier" / "data"]
SPLITS = get_args(corpus.Split)


@pytest.fixture(scope="module")
def split() -> dict[str, list[corpus.Example]]:
    return {name: list(corpus.messages(OWN, name)) for name in SPLITS}


def test_a_hash_is_the_same_wherever_it_is_reckoned() -> None:
    assert corpus.bucket("hej") == pytest.approx(0.2289977, abs=1e-6)
    assert corpus.bucket("hej") != corpus.bucket("hej", "another salt")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_hash_lies_between_zero_and_one(text: str) -> None:
    assert 0 <= corpus.bucket(text) < 1


def test_every_message_is_in_one_split(split: dict[str, list[corpus.Example]]) -> None:
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in OWN[0].glob("*.jsonl"))
    sizes = {name: len(part) / lines for name, part in split.items()}
    assert sum(map(len, split.values())) == lines
    assert sizes["train"] == pytest.approx(0.84, abs=0.04)
    assert sizes["valid"] == pytest.approx(0.08, abs=0.03)
    assert split["valid"] == list(corpus.messages(OWN, "valid"))


def test_a_pair_never_stands_on_both_sides(split: dict[str, list[corpus.Example]]) -> None:
    pair_of = defaultdict(set)
    for path in OWN[0].glob("*.jsonl"):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if row.get("pair"):
                pair_of[path.stem, row["text"]].add(row["pair"])
    sides = defaultdict(set)
    for name, part in split.items():
        for example in part:
            for pair in pair_of.get((example.source, example.text), ()):
                sides[pair].add(name)
    assert len(sides) > 500
    assert [pair for pair, names in sides.items() if len(names) > 1] == []


def test_no_text_stands_in_two_splits_or_in_the_functional_tests(split: dict[str, list[corpus.Example]]) -> None:
    texts = {name: {example.text for example in part} for name, part in split.items()}
    assert texts["train"].isdisjoint(texts["valid"] | texts["test"])
    assert texts["valid"].isdisjoint(texts["test"])
    functional = [
        json.loads(line)["text"]
        for path in (ROOT / "tests" / "functional").glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    learned = set(map(fold, texts["train"] | texts["valid"]))
    assert [text for text in functional if fold(text) in learned] == []


def test_every_label_can_be_learned_and_checked(split: dict[str, list[corpus.Example]]) -> None:
    for name in ("train", "valid"):
        assert set(LABELS) == {label for example in split[name] for label in example.labels}


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(ValueError, match="spam"):
        corpus.example({"text": "x", "motives": ["spam"]}, "file")
    with pytest.raises(ValueError, match="unknown labels"):
        corpus.example({"text": "x", "targets": ["flag"]}, "file")


def test_a_row_says_its_labels_in_our_order() -> None:
    found = corpus.example({"text": "x", "flag": True, "motives": ["misogyny"], "targets": ["women"]}, "file")
    assert found.labels == {"flag", "misogyny", "women"}
    assert [label for label, held in zip(LABELS, row_of(found), strict=True) if held] == ["flag", "misogyny", "women"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_a_disguise_depends_on_the_dice_alone(text: str, seed: int) -> None:
    assert augment.disguised(text, random.Random(seed)) == augment.disguised(text, random.Random(seed))


@pytest.mark.parametrize("way", [augment.twins, augment.invisible], ids=lambda way: way.__name__)
def test_look_alikes_and_invisible_letters_are_undone(way: object) -> None:
    text = "jag gillar verkligen inte politiker"
    for seed in range(20):
        hidden = way(text, random.Random(seed))  # type: ignore[operator]  # one of the disguises
        assert hidden != text
        assert prepare(hidden).text == text


def test_leetspeak_spaces_and_stretched_vowels_are_mostly_undone() -> None:
    """A vowel may stay where a sign is all that is left of a word's end; most words come back."""
    text = "politiker kommunen trafiken simhallen"
    for way in (augment.leet, augment.spaced, augment.stretched):
        back = [prepare(way(text, random.Random(seed))).text.split(" ") for seed in range(60)]
        share = np.mean([word in words for words in back for word in text.split(" ")])
        assert share > 0.7, way.__name__


def test_every_text_can_be_disguised() -> None:
    for text in ("", " ", "a", "å", "   ", "abcd"):
        for seed in range(40):
            assert isinstance(augment.disguised(text, random.Random(seed)), str)


@given(
    st.lists(st.tuples(st.floats(0.06, 0.94), st.booleans()), min_size=1, max_size=60, unique_by=lambda p: p[0]),
    st.floats(0.1, 0.99),
)
def test_a_threshold_keeps_its_precision(pairs: list[tuple[float, bool]], precision: float) -> None:
    scores, truth = np.array([s for s, _ in pairs]), np.array([t for _, t in pairs])
    limit = threshold_for(scores, truth, precision)
    held = truth[scores >= limit]
    reachable = any(truth[scores >= score].mean() >= precision for score in scores)
    assert held.mean() >= precision if reachable else limit == 0.5


def test_a_threshold_that_nothing_keeps_is_a_half() -> None:
    assert threshold_for(np.array([0.9, 0.8]), np.array([False, False]), 0.9) == 0.5


@pytest.mark.parametrize("truth", [True, False])
def test_where_one_class_is_missing_nothing_is_settled(truth: bool) -> None:
    assert settle(np.arange(5.0), np.arange(5.0), np.full(5, truth)) == (1.0, 1.0, 0.0)


def test_what_is_settled_is_calibrated_and_speaks_against_nothing() -> None:
    dice = np.random.default_rng(3)
    truth = dice.random(4000) < 0.3
    good = dice.normal(size=4000) + 3 * truth
    misleading = dice.normal(size=4000) - truth
    a, b, c = settle(good, misleading, truth)
    assert a > 0
    assert b == 0
    assert np.mean(1 / (1 + np.exp(-(a * good + c)))) == pytest.approx(0.3, abs=0.03)


HATEFUL = ("jag hatar dem, ut med packet", "vidriga kräk, de borde försvinna", "avskum allihop, åk hem")
KIND = ("vilken fin dag det blev", "bussen kom i tid idag", "vi ses på torget klockan nio")


def _row(i: int) -> str:
    hateful = i % 2 == 0
    text = f"{(HATEFUL if hateful else KIND)[i % 3]} {i}"
    row = {"text": text, "flag": hateful, "threat": i % 6 == 0, "pair": f"p{i}"}
    return json.dumps({**row, "motives": ["xenophobia"] if hateful else [], "targets": []})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """../shared/data in miniature."""
    folder = tmp_path / "data"
    write_unlabelled(folder, [f"säger något vardagligt om väder nummer {i}" for i in range(12)])
    posts = "\n".join(_row(i) for i in range(1000, 1030))
    for name in ("absabank_flashback_flags", "absabank_imm_sv"):
        (folder / "labelled" / f"{name}.jsonl").write_text(posts, "utf-8")
    return folder


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """An encoder that has learned nothing yet."""
    folder = tmp_path / "encoder"
    tokenizer = learn_tokenizer([*HATEFUL, *KIND] * 4, 320)
    config = BertConfig(
        vocab_size=320, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
        max_position_embeddings=130, pad_token_id=0,
    )  # fmt: skip
    BertForMaskedLM(config).half().save_pretrained(str(folder))
    save_tokenizer(tokenizer, folder)
    return folder


def test_lines_to_measure_with_are_never_learned_from_nor_chosen_by(data: Path) -> None:
    source = next(iter(corpus.SOURCES))
    parts = [set(corpus.unlabelled(data, source, name)) for name in SPLITS]
    assert len(set.union(*parts)) == sum(map(len, parts)) == 12
    assert corpus.harmless_lines(data, source, "train", 5) == corpus.harmless_lines(data, source, "train", 5)


def test_a_threshold_cries_wolf_on_no_more_real_lines_than_it_may() -> None:
    scores, truth = np.linspace(0, 1, 101), np.linspace(0, 1, 101) > 0.3
    harmless = np.linspace(0, 0.8, 1000)
    assert threshold_for(scores, truth, 0.9) < 0.4
    limit = threshold_for(scores, truth, 0.9, harmless, 0.01)
    assert (harmless >= limit).mean() <= 0.01
    assert limit == pytest.approx(0.8 * 0.99, abs=0.01)
    assert threshold_for(scores, truth, 0.9, np.array([]), 0.01) < 0.4


def test_forum_posts_are_in_one_split_each(data: Path) -> None:
    parts = [{example.text for example in corpus.forum(data, name)} for name in SPLITS]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 30
    assert all(parts)


def test_english_cases_are_read_in_our_labels_and_abuse_of_professions_is_left_out(data: Path) -> None:
    cases = list(corpus.english(data, 1.0))
    assert {(case.text.split()[-1], case.labels) for case in cases} == {
        ("threat_dir_h", frozenset({"flag", "threat", "misogyny", "women"})),
        ("ident_pos_nh", frozenset()),
    }
    assert set(corpus.english(data, 0.5)) < set(cases)
    assert list(corpus.english(data, 0.0)) == []


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A few labelled messages."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "small.jsonl").write_text("\n".join(_row(i) for i in range(90)), "utf-8")
    return folder


SMALL = Recipe(rounds=2, harmless_lines=20, batch=8, precision=0.5)


class Stopped(Exception):
    """Somebody pulled the plug."""


def _weights(folder: Path) -> dict[str, torch.Tensor]:
    return load_file(folder / "model.safetensors")


def _apart(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> float:
    """The distance between two networks, over the weights that both have."""
    both = one.keys() & other.keys()
    assert both
    return sum(float((one[name].float() - other[name].float()).square().sum()) for name in both) ** 0.5


def test_a_fine_tuning_that_was_broken_off_goes_on_where_it_was(
    data: Path, own: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.train.finetune.SAVE_EVERY", 0)  # a state after every step
    recipe = replace(SMALL, dropout=0.0, half=False)  # dropout's dice are the only ones that a resumed run throws anew
    finetune(data, [own], encoder, tmp_path / "whole", "tiny", recipe, lambda *_: None)
    steps: list[int] = []

    def until(step: int, _: int, words: str) -> None:
        if words.startswith("round"):
            steps.append(step)
        if step == 9 and words.startswith("round"):
            raise Stopped

    with pytest.raises(Stopped):
        finetune(data, [own], encoder, tmp_path / "broken", "tiny", recipe, until)
    assert not (tmp_path / "broken").exists()
    steps.clear()
    finetune(data, [own], encoder, tmp_path / "broken", "tiny", recipe, lambda *words: steps.append(words[0]))
    assert steps[0] == 9
    assert not list(tmp_path.glob(".broken*"))
    begun, first, second = _weights(encoder), _weights(tmp_path / "whole"), _weights(tmp_path / "broken")
    # Where a gradient is nothing but rounding, AdamW follows the rounding: so not weight by weight, but as a whole.
    assert _apart(first, second) < 0.1 * _apart(first, begun)


def test_a_state_of_another_recipe_is_begun_anew(
    data: Path, own: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.train.finetune.SAVE_EVERY", 0)

    def stop(step: int, *_: object) -> None:
        if step == 5:
            raise Stopped

    with pytest.raises(Stopped):
        finetune(data, [own], encoder, tmp_path / "model", "tiny", SMALL, stop)
    steps: list[int] = []
    recipe = replace(SMALL, rate=1e-4)
    finetune(data, [own], encoder, tmp_path / "model", "tiny", recipe, lambda *words: steps.append(words[0]))
    assert steps[0] == 1


TINY: dict[str, Any] = {"num_hidden_layers": 2, "hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 24}


def _word_pieces(folder: Path) -> int:
    """BERT's kind of tokenizer."""
    words = tokenizers.BertWordPieceTokenizer(lowercase=False)
    words.train_from_iterator([*HATEFUL, *KIND] * 4, vocab_size=300, show_progress=False)
    BertTokenizerFast(tokenizer_object=words._tokenizer).save_pretrained(str(folder))
    return words.get_vocab_size()


def _unigrams(folder: Path) -> int:
    """XLM-R's kind: pieces by likelihood, blanks as a sign of their own."""
    pieces = tokenizers.Tokenizer(tokenizers.models.Unigram())
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = tokenizers.trainers.UnigramTrainer(
        vocab_size=200, special_tokens=special, unk_token="<unk>", show_progress=False
    )
    pieces.train_from_iterator([*HATEFUL, *KIND] * 4, trainer)
    pieces.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>"}
    PreTrainedTokenizerFast(tokenizer_object=pieces, unk_token="<unk>", mask_token="<mask>", **names).save_pretrained(
        str(folder)
    )
    return pieces.get_vocab_size()


def _byte_pairs(folder: Path) -> int:
    """ModernBERT's kind, which is ours too."""
    save_tokenizer(learn_tokenizer([*HATEFUL, *KIND] * 4, 320), folder)
    return 320


def _bert(size: int) -> Any:
    return BertForMaskedLM(BertConfig(vocab_size=size, max_position_embeddings=130, pad_token_id=0, **TINY))


def _xlm_roberta(size: int) -> Any:
    config = XLMRobertaConfig(vocab_size=size, max_position_embeddings=130, pad_token_id=1, type_vocab_size=1, **TINY)
    return XLMRobertaForMaskedLM(config)


def _modern_bert(size: int) -> Any:
    return ModernBertForMaskedLM(
        ModernBertConfig(
            vocab_size=size, max_position_embeddings=130, pad_token_id=0, cls_token_id=1, sep_token_id=2,
            bos_token_id=1, eos_token_id=2, **TINY,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("network", "tokenizer"), [(_bert, _word_pieces), (_xlm_roberta, _unigrams), (_modern_bert, _byte_pairs)]
)
def test_any_encoder_is_fine_tuned_by_the_same_recipe_into_a_folder_that_loads(
    network: Any, tokenizer: Any, data: Path, own: Path, tmp_path: Path
) -> None:
    torch.manual_seed(5)
    encoder = tmp_path / "theirs"
    network(tokenizer(encoder)).save_pretrained(str(encoder))
    finetune(data, [own], encoder, tmp_path / "model", "theirs", SMALL, lambda *_: None)
    model = Model.load(tmp_path / "model")
    hateful, kind = model.read([HATEFUL[0], KIND[1]], explain=True)
    assert hateful.score > kind.score
    assert hateful.spans
    assert model.manifest.recipe["pretraining"] == {}


def test_pretraining_goes_on_where_it_was_and_adds_a_stage_to_what_is_done(
    data: Path, own: Path, tmp_path: Path
) -> None:
    stage = Stage(tokens=16 * 32 * 4, batch=4, half=False, warm_up=0.1)
    plan = Pretraining(
        layers=1,
        width=16,
        heads=2,
        vocabulary=320,
        window=32,
        vectors_rounds=1,
        stages=(replace(stage, matrix_rate=0),),
    )
    folder = tmp_path / "encoder"
    pretrain(data, [own], folder, plan, lambda *_: None)
    first = _weights(folder)
    assert json.loads((folder / "pretraining.json").read_text())["read"] == stage.tokens
    assert not (folder / "pretraining.pt").exists()

    told: list[tuple[int, int, str]] = []
    pretrain(data, [own], folder, plan, lambda *words: told.append(words))
    assert told == []

    longer = replace(plan, stages=(*plan.stages, stage))
    pretrain(data, [own], folder, longer, lambda *words: told.append(words))
    assert all(words.startswith("stage 2 of 2") for _, _, words in told)
    assert json.loads((folder / "pretraining.json").read_text())["read"] == 2 * stage.tokens
    second = _weights(folder)
    assert any(not torch.equal(first[name], second[name]) for name in first)

    averaged = replace(longer, stages=(*longer.stages, replace(stage, kept=1.0)))
    pretrain(data, [own], folder, averaged, lambda *_: None)
    assert all(torch.equal(second[name], weights) for name, weights in _weights(folder).items())  # kept whole

    other = replace(plan, stages=(replace(stage, tokens=100),))
    with pytest.raises(ValueError, match="begin in a new folder"):
        pretrain(data, [own], folder, other, lambda *_: None)


def test_the_words_of_the_lexicon_are_those_that_training_may_read(data: Path, own: Path, tmp_path: Path) -> None:
    words = common_words(data, [own])
    assert words.index("fin") >= 0
    assert {"vardagligt", "väder", "nummer"} <= set(words)
    path = tmp_path / "words.txt"
    assert write_words(data, [own], path) == len(words)
    assert Lexicon(path).marked("vader") == "väder"


@given(st.lists(st.text(max_size=50), max_size=6), st.text(max_size=80), st.integers())
def test_a_text_amid_others_is_still_there_whole(others: list[str], text: str, seed: int) -> None:
    assert text in augment.joined(text, others, random.Random(seed))


def test_from_labelled_texts_to_a_model_that_loads(data: Path, own: Path, encoder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    told: list[tuple[int, int, str]] = []
    recipe = Recipe(rounds=1, harmless_lines=20, batch=8, precision=0.5)
    finetune(data, [own], encoder, folder, "tiny", recipe, lambda *words: told.append(words))

    model = Model.load(folder)
    assert model.model_id.startswith("tiny@")
    assert set(model.manifest.thresholds) == {"flag", "threat"}
    assert set(model.manifest.calibration) == set(LABELS)
    assert model.manifest.recipe["finetuning"]["harmless_lines"] == 20
    assert not folder.with_name("model.part").exists()
    assert all(0 < done <= of for done, of, _ in told)
    hateful, kind = model.read([HATEFUL[0], KIND[1]], explain=True)
    assert hateful.score > kind.score
    assert hateful.spans
