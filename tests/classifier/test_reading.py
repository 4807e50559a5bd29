"""The shipped model: the same texts have the same verdicts, plain cases are told apart, nothing is fetched."""

from __future__ import annotations

import subprocess
import sys

import pytest

from classifier.model import Model
from tests.builders import HOME, MODEL

# Plain hate as the labelling guide draws it: whoever ships a model that misses these has shipped none.
PLAIN = [
    "judarna är giriga råttor hela släktet och borde utrotas",
    "alla muslimer är ohyra, släng ut dom ur landet",
    "bögar är sjuka i huvudet allihop, dom ska bort",
    "jävla blattar, åk hem era parasiter",
]
CALM = [
    "hej på er",
    "är bussen sen idag?",
    "Tack för hjälpen med snöskottningen i morse!",
    "Kommunfullmäktige sammanträder på torsdag klockan sju.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_hate_is_flagged(model: Model, text: str) -> None:
    assert model.read([text])[0].score >= model.manifest.thresholds["flag"]


@pytest.mark.parametrize("text", CALM)
def test_plain_chat_is_not(model: Model, text: str) -> None:
    (verdict,) = model.read([text])
    assert verdict.score < model.manifest.thresholds["flag"]
    assert verdict.threat < model.manifest.thresholds["threat"]


def test_hate_at_the_end_of_a_long_text_is_not_cut_off(model: Model) -> None:
    calm = " ".join(CALM * 30)[:3000]
    without, *within = model.read([calm, *(f"{calm}. {text}" for text in PLAIN)])
    for text, verdict in zip(PLAIN, within, strict=True):
        assert verdict.score >= without.score + 0.1, text
        assert verdict.score >= model.manifest.thresholds["flag"] - 0.3, text


def test_disguise_does_not_help(model: Model) -> None:
    plain, *disguised = model.read(
        [
            "judarna borde utrotas",
            "j\u200budarna borde utrotas",
            "judаrnа bоrde utrоtаs",
            "ｊｕｄａｒｎａ borde utrotas",
        ]
    )
    for verdict in disguised:
        assert verdict.score == pytest.approx(plain.score, abs=0.03)


def test_the_same_texts_have_the_same_verdicts(model: Model) -> None:
    assert model.read(PLAIN, explain=True) == model.read(PLAIN, explain=True)


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
