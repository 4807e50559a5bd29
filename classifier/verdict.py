"""What can be said about a message? The one vocabulary that classifier and bot share.

Standard library only: everything may import this, and it imports nothing. The labels are those of
the labelling guide; their order is the order of a model's outputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MOTIVES = (
    "antisemitism",
    "islamophobia",
    "xenophobia",
    "anti_lgbtq",
    "misogyny",
    "contempt_for_society",
    "other",
)
TARGETS = ("women", "journalists", "politicians", "police", "newly_arrived")
LABELS = ("flag", "threat", *MOTIVES, *TARGETS)

UNDETERMINED = "und"  # BCP 47 for a language that cannot be told


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of the text as given, and how much they spoke for the flag (0..1)."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says about one text; every probability is calibrated and in 0..1.

    `language` is a BCP 47 code, `und` where the text is too short to tell. `unread` is true where
    the model cannot read that language, so that a low score says nothing.
    """

    score: float
    threat: float
    motives: Mapping[str, float]
    targets: Mapping[str, float]
    model: str
    language: str = UNDETERMINED
    unread: bool = False
    spans: tuple[Span, ...] = field(default=())

    def of(self, label: str) -> float:
        """The probability of one of LABELS; KeyError for any other."""
        if label == "flag":
            return self.score
        if label == "threat":
            return self.threat
        return self.motives[label] if label in self.motives else self.targets[label]

    def items(self) -> Iterator[tuple[str, float]]:
        """Every label with its probability, in the order of LABELS."""
        return ((label, self.of(label)) for label in LABELS)
