"""Which figures are to be reached, and are they? Goals, what each functionality is, and what a rival does better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Report = Mapping[str, Any]

# What each part of the functional test asks. F: after HateCheck (Röttger et al. 2021); S: Swedish ones.
# "!" marks those whose cases are to be flagged.
FUNCTIONALITIES = {
    "F01": "! strong negative emotions", "F02": "! negative attributes", "F03": "! dehumanisation",
    "F04": "! implicit derogation", "F05": "! open threats to a group", "F06": "! harm as what is deserved",
    "F07": "! veiled threats", "F08": "! slurs", "F09": "reclaimed words", "F10": "innocent words that look like slurs",
    "F11": "! hate with profanity", "F12": "profanity without hate", "F13": "! hate in a later sentence",
    "F14": "! hate as a question", "F15": "! hate as an opinion", "F16": "! negated praise", "F17": "negated hate",
    "F18": "neutral mentions", "F19": "praise", "F20": "quotes that denounce", "F21": "counter-speech",
    "F22": "abuse of things", "F23": "abuse of individuals", "F24": "abuse of groups without protection",
    "F25": "! denial", "F26": "teaching and history", "F27": "! hate of public roles", "F28": "harsh fair criticism",
    "F29": "! exclusion", "S01": "! slurs in compounds", "S02": "innocent compounds", "S03": "! dog whistles",
    "S04": "the same words, innocent", "S05": "! hate without å ä ö", "S06": "innocent without å ä ö",
    "S07": "! hate in dialect and SMS", "S08": "innocent dialect and SMS", "S09": "! English and Swenglish",
    "S10": "innocent English and Swenglish", "S11": "municipal complaints", "S12": "! hate in municipal topics",
    "S13": "! veiled threats to officials", "S14": "the same words, kind", "S15": "law and news that quote hate",
    "S16": "figurative violence", "S17": "! leetspeak", "S18": "innocent leetspeak", "S19": "! spaced and dotted",
    "S20": "innocent, spaced", "S21": "! look-alike and invisible letters", "S22": "innocent look-alikes",
    "S23": "! stretched", "S24": "innocent, stretched", "S25": "! hate in emoji", "S26": "innocent emoji",
    "S27": "learners' Swedish", "S28": "irony against hate", "S29": "! hate inside a long message",
    "S30": "long innocent messages", "S31": "! threats to anybody", "S32": "criticism of religion and policy",
}  # fmt: skip


def goals(report: Report) -> list[dict[str, Any]]:
    """Every goal with its figure and whether it is reached."""
    kinds = {name: figures["value"] for name, figures in report["functionalities"].items()}
    harmless = [1 - value for name, value in kinds.items() if "!" not in FUNCTIONALITIES.get(name, "!")]
    lost = max(report["recall_open"] - value for value in report["recall_disguised"].values())
    by_group = [figures["value"] for figures in report["calibration_by_group"].values()]
    functional, week, forum = report["functional"], report["week"], report["forum"]
    found: list[tuple[str, float, str, float]] = [
        ("functional test, macro-F1", functional["macro_f1"], "≥", 0.93),
        ("functional test, false positives", functional["false_positives"]["value"], "≤", 0.06),
        ("worst harmless functionality, false positives", max(harmless, default=0.0), "≤", 0.20),
        ("worst functionality, accuracy", min(kinds.values(), default=0.0), "≥", 0.75),
        ("week with 7 % flagged, recall", _share(week["recall"]), "≥", 0.95),
        ("week with 7 % flagged, precision", _share(week["precision"]), "≥", 0.85),
        ("week with 7 % flagged, recall of threats", _share(week["threat_recall"]), "≥", 0.96),
        ("false alarms per 1,000 real lines", 1000 * report["false_alarms_all"]["value"], "≤", 2.0),
        ("real forum posts, AUC", forum["auc"], "≥", 0.90),
        ("real forum posts, recall at precision 0.60", forum["recall_at_precision_0.60"], "≥", 0.75),
        ("motives, macro-F1 on flagged messages", report["motives"]["macro"], "≥", 0.85),
        ("worst disguise, loss of recall", lost, "≤", 0.08),
        ("neutral mentions, gap between groups", report["neutral_gap"], "≤", 0.05),
        ("calibration error", report["calibration_error"], "≤", 0.03),
        ("calibration error, worst group", max(by_group, default=0.0), "≤", 0.06),
    ]
    return [
        {"figure": name, "value": value, "goal": f"{sign} {goal:g}", "reached": _reached(value, sign, goal)}
        for name, value, sign, goal in found
    ]


def _share(figures: Mapping[str, float]) -> float:
    """A share's value; 0 where there was nothing to take a share of, as of a model that flags nothing."""
    return figures.get("value", 0.0)


def _reached(value: float, sign: str, goal: float) -> bool:
    return value >= goal if sign == "≥" else value <= goal


HEADLINES: dict[str, tuple[Callable[[Report], float], int]] = {  # figure: where it stands, and which way is better
    "functional macro-F1": (lambda r: r["functional"]["macro_f1"], 1),
    "functional false positives": (lambda r: r["functional"]["false_positives"]["value"], -1),
    "functional AUC": (lambda r: r["functional"]["auc"], 1),
    "week recall": (lambda r: r["week"]["recall"]["value"], 1),
    "week precision": (lambda r: _share(r["week"]["precision"]), 1),
    "own messages AUC": (lambda r: r["messages"]["auc"], 1),
    "real forum AUC": (lambda r: r["forum"]["auc"], 1),
    "real forum recall at precision 0.60": (lambda r: r["forum"]["recall_at_precision_0.60"], 1),
    "false alarms per 1,000": (lambda r: 1000 * r["false_alarms_all"]["value"], -1),
}


def unbeaten(report: Report) -> list[dict[str, Any]]:
    """Where a baseline is as good as the model, or better."""
    return [
        {"baseline": name, "figure": figure, "baseline_value": of(rival), "value": of(report)}
        for name, rival in report["baselines"].items()
        for figure, (of, better) in HEADLINES.items()
        if better * of(rival) >= better * of(report)
    ]
