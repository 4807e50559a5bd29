"""What is a case about, in the words of the labels? What it was flagged for and what the model finds likely.

While a sample is not to be told from a flag (`Case.is_veiled`), no more than what it may be about, and not how surely.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.cases import Case
from bot.core.desk_listing import LIKELY
from bot.core.flags import FINDINGS
from bot.core.tuning.scale import told
from classifier.verdict import MOTIVES, TARGETS

MOST = 6
MAY_BE = 2  # labels that a case may be about, while nobody is to see how surely


def about(case: Case) -> list[tuple[str, float]]:
    """Labels with their probabilities as this community's decisions say, the surest first; none of a veiled case."""
    if case.is_veiled:
        return []
    verdict = case.flag.verdict
    found = {r.label: r.value for r in case.flag.reasons if r.rule == "threshold" and r.value is not None}
    likely = {label: value for label, value in verdict.items() if label in (*MOTIVES, *TARGETS) and value >= LIKELY}
    if case.audited:
        found["flag"] = verdict.score
    sure = ((label, told(case.scales, label, value)) for label, value in (likely | found).items())
    return sorted(sure, key=lambda each: -each[1])[:MOST]


def may_be_about(case: Case) -> list[str]:
    """The likeliest of what a person can find, as many for a flag as for a sample; none where more may be seen."""
    return likeliest(dict(case.flag.verdict.items())) if case.is_veiled else []


def likeliest(values: Mapping[str, float]) -> list[str]:
    """Of what a person can find; `values` are the model's, 0 where it says nothing."""
    return sorted(FINDINGS, key=lambda label: -values.get(label, 0.0))[:MAY_BE]
