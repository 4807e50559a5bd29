"""Spellings speak the same way in any company, and a torn file is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier.ngrams import BITS, NGrams, grams

TEXTS = ["hej på dig", "", "jag hatar er alla", "İstanbul är İ dag", "a", "å ä ö 😀", "\ud800", "x" * 5_000]
LABELS = 3


@pytest.fixture(scope="module")
def model() -> NGrams:
    dice = np.random.default_rng(7)
    size = 1 << BITS
    weights = dice.normal(size=(size, LABELS)).astype(np.float16)
    return NGrams(weights, dice.uniform(0.5, 9, size).astype(np.float32), np.array([1, 2, 3], dtype=np.float32))


def test_a_text_has_the_same_logits_in_any_batch(model: NGrams) -> None:
    alone = np.concatenate([model.logits([text]) for text in TEXTS])
    assert np.allclose(model.logits(TEXTS), alone, atol=1e-5)
    assert np.allclose(model.logits(TEXTS[::-1])[::-1], alone, atol=1e-5)


def test_logits_are_numbers_for_any_text(model: NGrams) -> None:
    found = model.logits(TEXTS)
    assert found.shape == (len(TEXTS), LABELS)
    assert np.isfinite(found).all()


def test_case_says_nothing(model: NGrams) -> None:
    assert np.allclose(model.logits(["HATAR ÅSA"]), model.logits(["hatar åsa"]))


def test_n_grams_start_within_their_text() -> None:
    found = grams(["hej", "İİ"])
    lengths = np.array([5, 4])  # a blank on either side
    assert (found.starts + found.sizes <= lengths[found.texts]).all()


@pytest.mark.parametrize("text", ["hej på dig", "İ", "İİİ stanbul İ", "a", "ﬃ ß", "😀", "ord " * 20])
def test_every_character_has_its_share(model: NGrams, text: str) -> None:
    assert len(model.by_character(text, 0)) == len(text)


def test_the_shares_of_the_characters_add_up_to_the_logit() -> None:
    """Only n-grams within the text weigh here: what touches the blanks around it has its share there."""
    text = "hatarjudarna"
    found = grams([text])
    within = (found.starts >= 1) & (found.starts + found.sizes <= len(text) + 1)
    buckets = np.setdiff1d(found.buckets[within], found.buckets[~within])
    weights = np.zeros((1 << BITS, 1), dtype=np.float32)
    weights[buckets, 0] = np.linspace(-1, 2, len(buckets))
    model = NGrams(weights, np.ones(1 << BITS, dtype=np.float32), np.zeros(1, dtype=np.float32))
    assert model.by_character(text, 0).sum() == pytest.approx(model.logits([text])[0, 0], abs=1e-4)


def test_saved_and_loaded_it_says_the_same(model: NGrams, tmp_path: Path) -> None:
    model.save(tmp_path / "n.safetensors")
    assert np.allclose(NGrams.load(tmp_path / "n.safetensors").logits(TEXTS), model.logits(TEXTS), atol=0.02)


def test_a_torn_file_is_refused(model: NGrams, tmp_path: Path) -> None:
    path = tmp_path / "n.safetensors"
    model.save(path)
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(Exception, match=r"(?i)safetensor|incomplete|header|metadata"):
        NGrams.load(path)


def test_a_file_with_numbers_that_are_none_is_refused(tmp_path: Path) -> None:
    size = 1 << BITS
    weights = np.zeros((size, 1), dtype=np.float32)
    weights[17] = np.nan
    path = tmp_path / "n.safetensors"
    NGrams(weights, np.ones(size, dtype=np.float32), np.zeros(1, dtype=np.float32)).save(path)
    with pytest.raises(ValueError, match="NaN"):
        NGrams.load(path)


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.safetensors"
    NGrams(np.zeros((8, 1)), np.ones(8), np.zeros(1, dtype=np.float32)).save(path)
    with pytest.raises(ValueError, match="shape"):
        NGrams.load(path)
