"""The rivals are real: each learns, each is the same in every run."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.train.baselines import BASELINES

HATEFUL = [f"vidriga kräk ut med er allihop nummer {i}" for i in range(40)]
KIND = [f"fika på torget i solen klockan {i}" for i in range(40)]
TRUTH = np.array([True] * 40 + [False] * 40)


@pytest.mark.parametrize("name", BASELINES)
def test_a_rival_learns_what_it_is_shown(name: str) -> None:
    rival = BASELINES[name]()
    rival.fit(HATEFUL + KIND, TRUTH)
    hateful, kind = rival.scores(["Vidriga kräk", "sol på torget"])
    assert 0 <= kind < hateful <= 1


@pytest.mark.parametrize("name", BASELINES)
def test_a_rival_is_the_same_in_every_run(name: str) -> None:
    first, second = BASELINES[name](), BASELINES[name]()
    for rival in (first, second):
        rival.fit(HATEFUL + KIND, TRUTH)
    texts = ["ut med dem", "", "torget 🌞 klockan ett"]
    assert first.scores(texts) == pytest.approx(second.scores(texts), abs=1e-5)
