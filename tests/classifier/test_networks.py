"""Our lean network and transformers give the same numbers for the shipped model."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from classifier.networks import OwnNetwork, TransformersNetwork

FOLDER = Path(__file__).parents[2] / "models" / "uppsikt-sv"


@pytest.fixture(scope="module")
def own() -> OwnNetwork:
    return OwnNetwork(FOLDER)


@pytest.fixture(scope="module")
def theirs() -> TransformersNetwork:
    return TransformersNetwork(FOLDER)


def _rows(vocabulary: int, lengths: list[int], pad: int) -> tuple[torch.Tensor, torch.Tensor | None]:
    dice = torch.Generator().manual_seed(4)
    longest = max(lengths)
    ids = torch.randint(4, vocabulary, (len(lengths), longest), generator=dice)
    ids[:, 0] = 1
    mask = torch.arange(longest) < torch.tensor(lengths)[:, None]
    ids[~mask] = pad
    return ids, None if min(lengths) == longest else mask


SHAPES = pytest.mark.parametrize("lengths", [[12, 12, 12], [5, 30, 12, 3], [126], [1]], ids=str)


def test_both_know_the_same_of_the_model(own: OwnNetwork, theirs: TransformersNetwork) -> None:
    assert (own.outputs, own.vocabulary, own.pad) == (theirs.outputs, theirs.vocabulary, theirs.pad)
    assert not own.exclusive
    assert not theirs.exclusive


@SHAPES
def test_the_exact_way_gives_the_same_logits(own: OwnNetwork, theirs: TransformersNetwork, lengths: list[int]) -> None:
    ids, mask = _rows(own.vocabulary, lengths, own.pad)
    with torch.no_grad():
        lean = own.logits_of(own.vectors(ids), mask)
        theirs_too = theirs.logits_of(theirs.vectors(ids), mask)
    assert torch.allclose(lean, theirs.logits(ids, mask), atol=1e-3)
    assert torch.allclose(lean, theirs_too, atol=1e-3)


@SHAPES
def test_eight_bits_stay_near(own: OwnNetwork, theirs: TransformersNetwork, lengths: list[int]) -> None:
    ids, mask = _rows(own.vocabulary, lengths, own.pad)
    gap = (own.logits(ids, mask) - theirs.logits(ids, mask)).abs()
    assert gap.mean() < 0.15
    assert gap.max() < 0.6


def test_padding_changes_nothing(own: OwnNetwork) -> None:
    ids, mask = _rows(own.vocabulary, [9, 40], own.pad)
    with torch.no_grad():
        together = own.logits_of(own.vectors(ids), mask)[0]
        alone = own.logits_of(own.vectors(ids[:1, :9]), None)[0]
    assert torch.allclose(together, alone, atol=1e-3)


def test_gradients_reach_the_vectors(own: OwnNetwork) -> None:
    ids, mask = _rows(own.vocabulary, [6, 9], own.pad)
    vectors = own.vectors(ids).detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(own.logits_of(vectors, mask)[:, 0].sum(), vectors)
    assert gradient.shape == vectors.shape
    assert gradient[mask].abs().sum() > 0
    assert gradient[~mask].abs().sum() == 0
