"""What is a case about, in the words of the labels? What it was flagged for and what the model finds likely."""

from __future__ import annotations

from bot.core.cases import Case
from bot.core.desk_listing import LIKELY
from classifier.verdict import MOTIVES, TARGETS

MOST = 6


def about(case: Case) -> list[tuple[str, float]]:
    """Labels with their probabilities, the surest first: reasons, and motives and targets that are likely."""
    found = {r.label: r.value for r in case.flag.reasons if r.rule == "threshold" and r.value is not None}
    likely = {
        label: value for label, value in case.flag.verdict.items() if label in (*MOTIVES, *TARGETS) and value >= LIKELY
    }
    return sorted((likely | found).items(), key=lambda each: -each[1])[:MOST]
