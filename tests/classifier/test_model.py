"""The shipped model reads anything: in order, the same in any company, and never with an error."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.model import Model
from classifier.verdict import LABELS, Verdict

ROOT = Path(__file__).parents[2]
HARMLESS = "bussen kom i tid idag och solen sken över torget där vi fikade "
TEXTS = ["hej på dig", "", "jag hatar er alla, försvinn ur landet", "Simhallen öppnar klockan nio.", "ok", "😀😀"]
NOTHING = ["", " ", "\n\t \n", "\u200b\u200c\ufeff", "\x00", "\ud800", "\u202e\u202c", "\u3000"]
HOSTILE = {
    "one long word": "a" * 100_000,
    "many words": "hatar " * 17_000,
    "many short words": "a b " * 25_000,
    "only emoji": "😡🔪" * 2_000,
    "right to left": "\u202erah\u202c " * 2_000,
    "NUL": "ha\x00tar\x00" * 100,
    "lone surrogates": "hatar \ud83d\ude00\udfff er \ud800",
    "ten thousand marks": "a" + "\u0301" * 10_000,
    "eighteen for one": "\ufdfa" * 20_000,
    "special pieces": "<s> </s> <pad> <mask> " * 50,
    "nothing but line ends": "\r\n" * 5_000 + "x",
    "dotted I": "İ" * 3_000,
    "digits": "1234567890" * 5_000,
}


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    """The shipped model on one thread: threads that wait for one another spin where a processor is busy."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield Model.load(ROOT / "models" / "uppsikt-sv")
    torch.set_num_threads(threads)


def _near(one: Verdict, other: Verdict, tolerance: float = 0.03) -> bool:
    return all(math.isclose(a, other.of(label), abs_tol=tolerance) for label, a in one.items())


def _sound(verdict: Verdict, text: str) -> None:
    assert all(0 <= value <= 1 for _, value in verdict.items())
    before = 0
    for span in verdict.spans:
        assert before <= span.start < span.end <= len(text)
        assert 0 <= span.weight <= 1
        before = span.start


def _flagged_text(model: Model) -> str:
    labels = [json.loads(line) for line in (ROOT / "tests/data/week-labels.jsonl").read_text("utf-8").splitlines()]
    flagged = {row["id"] for row in labels if row["flag"]}
    rows = [json.loads(line) for line in (ROOT / "bot/demo/week.jsonl").read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows if row["id"] in flagged]
    return max(zip(model.read(texts), texts, strict=True), key=lambda pair: pair[0].score)[1]


def test_verdicts_come_in_the_order_of_the_texts(model: Model) -> None:
    texts = [text for text in TEXTS for _ in range(5)] + ["längre " * n for n in range(1, 90, 7)]
    read = model.read(texts)
    assert len(read) == len(texts)
    assert all(_near(a, model.read([text])[0]) for a, text in zip(read, texts, strict=True))
    assert all(_near(a, b) for a, b in zip(read, reversed(model.read(texts[::-1])), strict=True))


def test_no_texts_have_no_verdicts(model: Model) -> None:
    assert model.read([]) == []
    assert model.explain([], []) == []


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_a_text_of_nothing_scores_nothing(model: Model, text: str) -> None:
    verdict = model.read([text, "hej"], explain=True)[0]
    assert all(value == 0 for _, value in verdict.items())
    assert verdict.spans == ()
    assert not verdict.unread


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_and_explained_in_bounded_time(model: Model, name: str) -> None:
    started = time.perf_counter()
    (verdict,) = model.read([HOSTILE[name]], explain=True)
    assert time.perf_counter() - started < 20
    _sound(verdict, HOSTILE[name])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=60), min_size=1, max_size=4))
def test_any_text_gets_probabilities_and_spans_within_it(model: Model, texts: list[str]) -> None:
    for verdict, text in zip(model.read(texts, explain=True), texts, strict=True):
        _sound(verdict, text)


def test_an_explanation_changes_no_score_and_names_words(model: Model) -> None:
    text = _flagged_text(model)
    read, explained = model.read([text])[0], model.read([text], explain=True)[0]
    assert _near(read, explained, 1e-6)
    assert explained.spans
    assert all(text[span.start : span.end].strip() for span in explained.spans)
    assert sum(span.weight for span in explained.spans) <= 1 + 1e-6


def test_a_long_text_scores_as_its_worst_window(model: Model) -> None:
    hateful = _flagged_text(model)
    limit = model.manifest.thresholds["flag"]
    before = HARMLESS * 25  # 300 words
    short, long, harmless = model.read([hateful, before + hateful, before])
    assert short.score >= limit
    assert harmless.score < limit
    assert long.score >= limit
    assert long.score >= harmless.score


def test_the_spans_of_a_long_text_lie_where_its_hateful_words_are(model: Model) -> None:
    hateful = _flagged_text(model)
    before = HARMLESS * 25
    (verdict,) = model.read([before + hateful], explain=True)
    strongest = max(verdict.spans, key=lambda span: span.weight)
    assert strongest.end > len(before)


def test_a_disguise_is_shown_as_it_was_written(model: Model) -> None:
    text = "jävla h\u200ba\u200bt\u200ba\u200br er"
    _sound(model.read([text], explain=True)[0], text)


def test_a_verdict_names_every_label_and_the_model(model: Model) -> None:
    (verdict,) = model.read(["hej"])
    assert [label for label, _ in verdict.items()] == list(LABELS)
    assert verdict.model == model.model_id
    assert verdict.model.startswith("uppsikt-sv@")
    with pytest.raises(KeyError):
        verdict.of("no such label")


def test_a_long_text_in_another_language_is_said_to_be_unread(model: Model) -> None:
    finnish = "Kunnan uusi uimahalli avataan ensi viikolla ja kaikki asukkaat ovat tervetulleita tutustumaan siihen."
    unread, read = model.read([finnish, "Simhallen öppnar nästa vecka och alla är välkomna att prova den gratis då."])
    assert unread.unread
    assert not read.unread
