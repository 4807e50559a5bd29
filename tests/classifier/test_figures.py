"""Figures say what they say they say: reckoned here by hand beside the code."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measure.goals import FUNCTIONALITIES, goals, unbeaten
from classifier import measure
from classifier.measure import Deletion, Judged

ROOT = Path(__file__).parents[2]


def _judged(hateful: bool, score: float, *, flagged: bool | None = None, **more: str | int) -> Judged:
    truth = frozenset({"flag"} if hateful else ())
    said = score >= 0.5 if flagged is None else flagged
    return Judged(truth, said, {"flag": score}, **more)  # type: ignore[arg-type]


def test_a_share_knows_its_interval() -> None:
    """Wilson's interval of 9 of 10, from the formula."""
    z, p, n = 1.959964, 0.9, 10
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    found = measure.share(9, 10)
    assert (found["low"], found["high"]) == (pytest.approx(middle - half), pytest.approx(middle + half))
    assert measure.share(0, 0) == {"of": 0}


def test_texts_are_told_apart_by_their_length() -> None:
    judged = [_judged(True, 0.9, words=n) for n in (1, 5, 6, 15, 16, 40, 41, 900)]
    assert {name: part["texts"] for name, part in measure.by_length(judged).items()} == {
        "1–5": 2, "6–15": 2, "16–40": 2, "41–": 2,
    }  # fmt: skip


def test_a_group_s_calibration_is_reckoned_where_it_has_texts_enough() -> None:
    well = [_judged(i % 10 < 3, 0.3, group="romer") for i in range(200)]
    badly = [_judged(False, 0.9, group="samer") for _ in range(100)]
    few = [_judged(False, 0.9, group="judar") for _ in range(99)]
    found = measure.calibration_by_group([*well, *badly, *few])
    assert set(found) == {"romer", "samer"}
    assert found["romer"]["value"] == pytest.approx(0)
    assert found["samer"]["value"] == pytest.approx(0.9)


def test_recall_and_false_alarms_are_kept_apart_for_each_group() -> None:
    judged = [_judged(i < 20, 0.9 if i % 2 else 0.1, group="kvinnor") for i in range(60)]
    found = measure.recall_and_alarms_by_group([*judged, _judged(True, 0.9, group="få")])
    assert set(found) == {"kvinnor"}
    assert found["kvinnor"]["recall"]["value"] == 0.5
    assert found["kvinnor"]["false_positives"]["of"] == 40


def test_what_a_span_is_worth_is_a_mean_of_losses() -> None:
    found = measure.deletion([Deletion(0.6, 0.1), Deletion(0.2, 0.4)])
    assert found == {"strongest": pytest.approx(0.4), "elsewhere": pytest.approx(0.25), "dearer": 0.5, "of": 2}


def test_reliability_shows_no_bin_of_a_few_texts() -> None:
    said, was = measure.reliability([_judged(i % 2 == 0, 0.55) for i in range(10)] + [_judged(True, 0.95)] * 4)
    assert said == [pytest.approx(0.55)]
    assert was == [0.5]


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=2), st.floats(0.1, 1))
def test_the_best_recall_at_a_precision_is_one_that_a_threshold_gives(
    pairs: list[tuple[bool, float]], precision: float
) -> None:
    judged = [_judged(truth, score) for truth, score in pairs]
    found = measure.recall_at_precision(judged, precision)
    hateful = sum(truth for truth, _ in pairs)
    possible = {0.0}
    for limit in {score for _, score in pairs}:
        flagged = [truth for truth, score in pairs if score >= limit]
        if hateful and sum(flagged) / len(flagged) >= precision:
            possible.add(sum(flagged) / hateful)
    assert found == pytest.approx(max(possible))


def test_every_functionality_of_the_test_has_a_name_that_says_whether_it_is_to_be_flagged() -> None:
    rows = [
        json.loads(line)
        for path in (ROOT / "tests/functional").glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert {row["kind"] for row in rows} == set(FUNCTIONALITIES)
    assert all(row["flag"] == FUNCTIONALITIES[row["kind"]].startswith("!") for row in rows)


def test_the_shipped_report_says_which_goals_are_reached_and_where_a_baseline_is_better() -> None:
    report = json.loads((ROOT / "models/uppsikt-sv/report.json").read_text("utf-8"))
    assert goals(report) == report["goals"]
    assert unbeaten(report) == report["unbeaten"]
    assert {"word list", "TF-IDF", "fastText"} == set(report["baselines"])
    by_name = {goal["figure"]: goal for goal in report["goals"]}
    assert by_name["real forum posts, AUC"]["reached"] == (report["forum"]["auc"] >= 0.9)


def test_the_card_shows_every_figure_and_picture_of_the_report() -> None:
    folder = ROOT / "models" / "uppsikt-sv"
    card, report = (folder / "README.md").read_text("utf-8"), json.loads((folder / "report.json").read_text("utf-8"))
    assert report["model"] in card
    assert all(goal["figure"] in card for goal in report["goals"])
    assert all(f"| {name} |" in card for name in report["functionalities"])
    pictures = [part.split(")")[0] for part in card.split("](plots/")[1:]]
    assert len(pictures) == 4
    assert all((folder / "plots" / name).read_text("utf-8").startswith("<?xml") for name in pictures)
    assert "nan" not in card.lower().split()
