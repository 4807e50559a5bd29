"""How do models look in a terminal? Side by side, Swedish with English beside it; a foreign name cannot act on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.numbers import format_decimal
from rich.console import Group
from rich.table import Table
from rich.text import Text

from bot.locales import speak
from bot.models import Change
from bot.standing import FIGURES, Standing
from bot.terminal import both, heading, visible

NONE = "–"


def model_table(models: Sequence[Standing], languages: Sequence[str]) -> Table:
    """Every model with its headline figures; what is broken says why instead."""
    table = Table(title=heading(languages[:1], "models-title"), title_justify="left", show_lines=True, pad_edge=False)
    table.add_column(heading(languages, "column-model"), overflow="fold", ratio=3)
    table.add_column(heading(languages, "column-origin"), overflow="fold", ratio=2)
    for name in FIGURES:
        table.add_column(heading(languages, f"short-{name}"), justify="right", min_width=9)
    say = speak(languages[0])
    for each in models:
        told = each.manifest.model_id if each.manifest else each.problem
        size = _value(each.size_mb, "0.0", languages[0])
        table.add_row(
            Text(f"{visible(each.name)}\n{visible(told)}"),
            Text("\n".join([say(f"origin-{each.origin}"), f"{size} MB", say(f"use-{_use(each)}")])),
            *_values(each, languages),
        )
    return table


def model_card(asked: Standing, here: Standing, languages: Sequence[str]) -> Group:
    """Everything that is known of one model, and its figures beside those of the one in force."""
    manifest = asked.manifest
    if manifest is None:
        raise ValueError("a model that is broken has no card")
    table = Table(title=Text(visible(manifest.model_id)), title_justify="left", show_header=False, pad_edge=False)
    say = speak(languages[0])
    limits = [f"{label} {_value(limit, '0.00', languages[0])}" for label, limit in manifest.thresholds.items()]
    rows = {
        "column-use": say(f"use-{_use(asked)}"),
        "model-folder": str(asked.folder),
        "model-from": say(f"from-{asked.origin}", **_source(asked)),
        "model-labels": ", ".join(dict.fromkeys(label for label in manifest.outputs if label)),
        "model-thresholds": ", ".join(limits),
        "model-files": "\n".join(f"{digest}  {name}" for name, digest in manifest.files.items()),
    }
    for key, value in rows.items():
        table.add_row(heading(languages, key), Text("\n".join(map(visible, value.split("\n"))), overflow="fold"))
    beside = [asked] if here.name == asked.name else [here, asked]
    return Group(table, figure_table(beside, languages))


def figure_table(models: Sequence[Standing], languages: Sequence[str]) -> Table:
    """Figures side by side, a column for each model."""
    table = Table(pad_edge=False)
    table.add_column(heading(languages, "column-figure"))
    say = speak(languages[0])
    for each in models:
        told = each.manifest.model_id if each.manifest else say("origin-unknown")
        used = f"\n{say(f'use-{_use(each)}')}" if each.in_force else ""
        table.add_column(Text(f"{visible(told)}{used}"), justify="right", overflow="fold")
    columns = [_values(each, languages) for each in models]
    for number, name in enumerate(FIGURES):
        table.add_row(heading(languages, f"figure-{name}"), *(column[number] for column in columns))
    return table


def what_changed(change: Change, key: str, by: str, overruled_by: str, languages: Sequence[str]) -> str:
    """What a promotion or a rollback did, and whether the configuration lets it."""
    if not change.changed:
        told = both(languages, "model-promoted-before", name=change.new.name)
    else:
        told = both(languages, key, name=change.new.name, by=visible(by))
    if overruled_by:
        told += "\n" + both(languages, "model-overruled", model=visible(overruled_by))
    return told


def what_came(folder: Path, languages: Sequence[str]) -> str:
    """What an import did."""
    return both(languages, "model-imported", name=folder.name, folder=visible(str(folder)))


def what_is_left(folder: Path, languages: Sequence[str]) -> str:
    """How a model is measured that was not."""
    return both(languages, "model-unmeasured", name=folder.name)


def plain_model(model: Standing) -> dict[str, object]:
    """A model as a row of JSON."""
    manifest = model.manifest
    return {
        "name": model.name,
        "id": manifest.model_id if manifest else None,
        "folder": str(model.folder),
        "size_mb": round(model.size_mb, 1),
        "origin": model.origin,
        "in_force": model.in_force,
        "promoted": model.promoted,
        "problem": model.problem or None,
        "measured_at": model.report.get("measured_at"),
        "figures": model.figures,
    }


def plain_card(asked: Standing, here: Standing) -> dict[str, object]:
    """Everything that is known of one model as JSON."""
    manifest = asked.manifest
    if manifest is None:
        raise ValueError("a model that is broken has no card")
    return {
        **plain_model(asked),
        "digest": manifest.digest,
        "labels": list(manifest.outputs),
        "thresholds": dict(manifest.thresholds),
        "calibration": {label: list(weights) for label, weights in manifest.calibration.items()},
        "source": dict(manifest.source),
        "recipe": dict(manifest.recipe),
        "files": dict(manifest.files),
        "beside": plain_model(here),
    }


def _use(model: Standing) -> str:
    if model.in_force:
        return "yes" if model.promoted else "named"
    return "waits" if model.promoted else "no"


def _values(model: Standing, languages: Sequence[str]) -> list[str]:
    pattern = {"false_alarms_per_1000": "0.0"}
    return [_value(value, pattern.get(name, "0.000"), languages[0]) for name, value in model.figures.items()]


def _value(value: float | None, pattern: str, language: str) -> str:
    return NONE if value is None else str(format_decimal(value, pattern, locale=language))


def _source(model: Standing) -> dict[str, str]:
    found = model.manifest.source if model.manifest else {}
    return {
        "folder": str(found.get("folder", NONE)),
        "architecture": str(found.get("architecture", NONE)),
        "when": str(found.get("at", NONE))[:10],
    }
