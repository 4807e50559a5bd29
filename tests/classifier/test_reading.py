"""The shipped model reads any text, in any company, and says nothing of nothing."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time

import pytest

from classifier.model import Model
from classifier.verdict import LABELS, MOTIVES, TARGETS, Verdict
from tests.builders import HOME, MODEL

# Plain hate as the labelling guide draws it: whoever ships a model that misses these has shipped none.
PLAIN = [
    "judarna är giriga råttor hela släktet och borde utrotas",
    "alla muslimer är ohyra, släng ut dom ur landet",
    "bögar är sjuka i huvudet allihop, dom ska bort",
    "jävla blattar, åk hem era parasiter",
]
HARMLESS = "Tack för hjälpen med snöskottningen i morse, det var verkligen snällt av er på torget. "
NOTHING = ["", " ", "\n\t ", "\u200b\u200d\u2060", "\u0301\u0302", "\0", "\ud800", "\u202e"]
HOSTILE = {
    "100,000 characters": "hejsan " * 14_286,
    "no blanks": "x1y2z3" * 16_667,
    "emoji": "😀👩‍👩‍👧🏳️‍🌈" * 200,
    "zero width": "\u200b" * 5000,
    "right to left": "\u202egubberalla\u202c ihop \u2067abc\u2069",
    "NUL": "hej\0du\0",
    "10,000 marks": "a" + "\u0301" * 10_000,
    "dotted capitals": "İaİb" * 500,
    "Arabic words": "\ufdfa" * 2000,
    "surrogates": "\ud83d hej \udc00",
    "Chinese": "你好世界" * 300,
    "controls": "\x1b[31m\x07\x9b2J hej",
    "special pieces": "<s></s><pad><mask><unk>[CLS][SEP]",
    "one letter": "a",
    "one sign": "!",
}


def sound(verdict: Verdict, text: str) -> None:
    """A verdict that keeps its promises."""
    assert set(verdict.motives) == set(MOTIVES)
    assert set(verdict.targets) == set(TARGETS)
    for label, value in verdict.items():
        assert math.isfinite(value), label
        assert 0 <= value <= 1, label
    for span in verdict.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert 0 <= span.weight <= 1


@pytest.mark.parametrize("text", PLAIN)
def test_plain_hate_is_flagged_with_the_words_that_spoke(model: Model, text: str) -> None:
    (verdict,) = model.read([text], explain=True)
    assert verdict.score >= model.manifest.thresholds["flag"]
    assert verdict.spans


@pytest.mark.parametrize(
    "text", ["hej på er", "är bussen sen idag?", HARMLESS, "Kommunfullmäktige sammanträder på torsdag klockan sju."]
)
def test_plain_chat_is_not(model: Model, text: str) -> None:
    (verdict,) = model.read([text])
    assert verdict.score < model.manifest.thresholds["flag"]
    assert verdict.threat < model.manifest.thresholds["threat"]


def test_nothing_is_nothing(model: Model) -> None:
    for text, verdict in zip(NOTHING, model.read(NOTHING, explain=True), strict=True):
        assert all(value == 0 for _, value in verdict.items()), repr(text)
        assert verdict.spans == ()
        assert not verdict.unread


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_read_like_any_other(model: Model, kind: str) -> None:
    text = HOSTILE[kind]
    started = time.process_time()
    (verdict,) = model.read([text], explain=True)
    sound(verdict, text)
    assert time.process_time() - started < 60


def test_no_texts_have_no_verdicts(model: Model) -> None:
    assert model.read([]) == []
    assert model.explain([], []) == []


def test_a_verdict_hardly_depends_on_its_company_and_keeps_its_place(model: Model) -> None:
    texts = [*PLAIN, "", HARMLESS, HARMLESS * 8, "hej", "ok " * 200, "\u200b"]
    together = model.read(texts)
    assert [verdict.score for verdict in model.read(texts[::-1])][::-1] == pytest.approx(
        [verdict.score for verdict in together], abs=0.03
    )
    for text, verdict in zip(texts, together, strict=True):
        (alone,) = model.read([text])
        for label in LABELS:
            assert alone.of(label) == pytest.approx(verdict.of(label), abs=0.03), label


def test_the_same_texts_have_the_same_verdicts(model: Model) -> None:
    assert model.read(PLAIN, explain=True) == model.read(PLAIN, explain=True)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("place", ["beginning", "middle", "end"])
def test_hate_in_a_long_text_weighs_as_much_as_alone_wherever_it_stands(model: Model, text: str, place: str) -> None:
    harmless = (HARMLESS * 40)[:3000]
    cut = {"beginning": 0, "middle": 1500, "end": 3000}[place]
    long = f"{harmless[:cut]}. {text}. {harmless[cut:]}"
    alone, within, without = model.read([text, long, harmless])
    assert without.score < 0.3
    assert within.score >= without.score + 0.2
    assert within.score >= model.manifest.thresholds["flag"] - 0.25, (alone.score, within.score)


def test_the_words_that_spoke_in_a_long_text_are_the_hate(model: Model) -> None:
    text = (HARMLESS * 40)[:3000] + " " + PLAIN[0]
    (verdict,) = model.read([text], explain=True)
    assert verdict.spans
    strongest = max(verdict.spans, key=lambda span: span.weight)
    assert strongest.start > 2500


def test_disguise_does_not_help(model: Model) -> None:
    text = "judarna borde utrotas"
    disguised = [
        "j\u200budarna borde utrotas",
        "jud4rna b0rde utrotas",
        "JUDARNA BORDE UTROTAS",
        "judаrnа bоrde utrоtаs",
    ]
    (plain,) = model.read([text])
    for verdict in model.read(disguised):
        assert verdict.score == pytest.approx(plain.score, abs=0.3)


def test_explaining_changes_nothing_but_the_spans(model: Model) -> None:
    plain, explained = model.read(PLAIN), model.read(PLAIN, explain=True)
    for one, other in zip(plain, explained, strict=True):
        assert dict(one.items()) == dict(other.items())
        assert one.spans == ()


def test_the_models_id_is_its_name_and_the_beginning_of_its_manifests_digest(model: Model) -> None:
    name, _, digest = model.model_id.partition("@")
    assert name == json.loads((MODEL / "manifest.json").read_text("utf-8"))["name"]
    assert len(digest) == 12
    assert model.read(["hej"])[0].model == model.model_id


def test_nothing_is_fetched_when_a_model_is_loaded() -> None:
    """With no way out of the process, loading and reading work all the same."""
    code = f"""
import socket
def no(*_, **__): raise AssertionError("a connection was tried")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = no
from pathlib import Path
from classifier.model import Model
print(len(Model.load(Path({str(MODEL)!r})).read(["hej"])))
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=HOME)
    assert done.stdout.strip() == "1", done.stderr
