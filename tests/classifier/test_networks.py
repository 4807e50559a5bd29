"""Our lean network and transformers give the same numbers for the shipped model."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from classifier import networks
from classifier.networks import OwnNetwork, TransformersNetwork

FOLDER = Path(__file__).parents[2] / "models" / "uppsikt-sv"


@pytest.fixture(scope="module")
def own() -> OwnNetwork:
    return OwnNetwork(FOLDER)


@pytest.fixture(scope="module")
def theirs() -> TransformersNetwork:
    return TransformersNetwork(FOLDER)


@pytest.fixture(scope="module")
def exact() -> OwnNetwork:
    """Ours as it runs on a processor that has no weights of eight bits."""

    def none_here(*_: object) -> None:
        raise RuntimeError("no such engine")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(networks, "_packed", none_here)
        return OwnNetwork(FOLDER)


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
def test_the_exact_way_gives_the_same_logits(
    exact: OwnNetwork, theirs: TransformersNetwork, lengths: list[int]
) -> None:
    ids, mask = _rows(exact.vocabulary, lengths, exact.pad)
    wanted = theirs.logits(ids, mask)
    assert torch.allclose(exact.logits(ids, mask), wanted, atol=1e-3)


@SHAPES
def test_an_explanation_starts_from_the_same_logits(
    exact: OwnNetwork, theirs: TransformersNetwork, lengths: list[int]
) -> None:
    ids, mask = _rows(exact.vocabulary, lengths, exact.pad)
    wanted = theirs.logits(ids, mask)
    with torch.no_grad():
        for network in (exact, theirs):
            assert torch.allclose(network.logits_of(network.vectors(ids, mask), mask), wanted, atol=1e-3)


@SHAPES
def test_eight_bits_stay_near(own: OwnNetwork, theirs: TransformersNetwork, lengths: list[int]) -> None:
    ids, mask = _rows(own.vocabulary, lengths, own.pad)
    gap = (own.logits(ids, mask) - theirs.logits(ids, mask)).abs()
    assert gap.mean() < 0.15
    assert gap.max() < 0.6


def test_padding_changes_nothing(exact: OwnNetwork) -> None:
    ids, mask = _rows(exact.vocabulary, [9, 40], exact.pad)
    assert torch.allclose(exact.logits(ids, mask)[0], exact.logits(ids[:1, :9], None)[0], atol=1e-3)


@pytest.mark.parametrize("which", ["own", "theirs"])
def test_gradients_reach_the_pieces_and_no_padding(which: str, request: pytest.FixtureRequest) -> None:
    network = request.getfixturevalue(which)
    ids, mask = _rows(network.vocabulary, [6, 9], network.pad)
    vectors = network.vectors(ids, mask).detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(network.logits_of(vectors, mask)[:, 0].sum(), vectors)
    assert gradient.shape == vectors.shape
    assert (gradient[mask].abs().sum(-1) > 0).all()
    assert gradient[~mask].abs().max() < 1e-6
