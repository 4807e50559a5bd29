"""Stand-ins for the world: small, real in what they do, and never a mock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from classifier.verdict import MOTIVES, TARGETS, Span, Verdict

WORD = "flagga"  # a text that holds it is one to look at
SCORE = re.compile(r"poäng ([01]\.[0-9]+)")  # a text that holds it says its own score
THREAT = "hotflagga"  # and one that holds this is a threat; "#misogyny" in it says what it is about


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 1, 26, 8, 0, tzinfo=UTC)) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def advance(self, **duration: float) -> None:
        self.time += timedelta(**duration)


class FakeClassifier:
    """Finds one word, and remembers every text it was given."""

    model_id = "fake@0"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, texts: Sequence[str], *, explain: bool = False) -> list[Verdict]:
        self.texts += texts
        verdicts = [_labelled(_verdict(_score(text)), text) for text in texts]
        return self.explain(texts, verdicts) if explain else verdicts

    def explain(self, texts: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
        return [_labelled(_verdict(verdict.score, text), text) for text, verdict in zip(texts, verdicts, strict=True)]


def _score(text: str) -> float:
    said = SCORE.search(text)
    return float(said[1]) if said else 0.95 if WORD in text.casefold() else 0.01


def _verdict(score: float, text: str = "") -> Verdict:
    start = text.casefold().find(WORD)
    spans = (Span(start, start + len(WORD), 1.0),) if start >= 0 else ()
    motives, targets = dict.fromkeys(MOTIVES, 0.0), dict.fromkeys(TARGETS, 0.0)
    return Verdict(score, 0.0, motives, targets, "fake@0", "sv", spans=spans)


def _labelled(verdict: Verdict, text: str) -> Verdict:
    motives = {motive: 0.95 if f"#{motive}" in text else 0.0 for motive in MOTIVES}
    return replace(verdict, threat=0.95 if THREAT in text.casefold() else 0.0, motives=motives)
