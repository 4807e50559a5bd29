"""What is documented is what is there: commands, settings, words in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from fluent.syntax import FluentParser, ast

from bot.cli import main
from bot.config import Settings, load
from bot.locales import FILES, LANGUAGES

HOME = Path(__file__).resolve().parents[2]
EXAMPLE = HOME / "config.example.toml"


def keys(model: type[Any], prefix: str = "") -> Iterator[str]:
    """Every key of the configuration, sections and all."""
    for name, field in model.model_fields.items():
        if field.exclude:
            continue
        if isinstance(field.annotation, type) and hasattr(field.annotation, "model_fields"):
            yield from keys(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize("command", main.commands.values(), ids=lambda command: str(command.name))
def test_every_command_and_option_has_help(command: click.Command) -> None:
    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_names_every_command(command: str) -> None:
    assert f"uppsikt {command}" in (HOME / "README.md").read_text("utf-8")


def test_the_example_is_exactly_the_defaults() -> None:
    assert load(EXAMPLE, {}).model_dump() == Settings().model_dump()


@pytest.mark.parametrize("key", list(keys(Settings)))
def test_the_example_holds_every_key_with_a_comment(key: str) -> None:
    section, _, name = key.rpartition(".")
    text = EXAMPLE.read_text("utf-8")
    if section == "thresholds":
        assert re.search(rf"#[^\n]*\b{name}\b", text) or "[thresholds.channels]" in text
        return
    part = text.split(f"[{section}]")[1].split("\n[")[0]
    lines = part.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith(f"{name} ="))
    assert lines[place - 1].startswith("# ")


def test_the_example_holds_no_key_that_is_not_there() -> None:
    raw = tomllib.loads(EXAMPLE.read_text("utf-8"))
    known = set(keys(Settings)) | {"thresholds.channels"}
    assert {f"{section}.{name}" for section, part in raw.items() for name in part} <= known


def messages(language: str, file: str) -> dict[str, set[str]]:
    """Each message's key with the slots it uses."""
    resource = FluentParser().parse((HOME / "bot" / "locales" / language / file).read_text("utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, ast.Junk)], f"{language}/{file} does not parse"
    found = {}
    for entry in resource.body:
        if isinstance(entry, ast.Message):
            found[entry.id.name] = set(re.findall(r"\$(\w+)", str(entry.value.to_json())))
            found[entry.id.name] |= {node.id.name for node in _variables(entry)}
    return found


def _variables(node: Any) -> Iterator[ast.VariableReference]:
    if isinstance(node, ast.VariableReference):
        yield node
    elif isinstance(node, ast.BaseNode):
        for value in vars(node).values():
            for item in value if isinstance(value, list) else [value]:
                yield from _variables(item)


@pytest.mark.parametrize("file", FILES)
def test_every_language_has_the_same_messages_with_the_same_slots(file: str) -> None:
    swedish = messages("sv", file)
    for language in LANGUAGES:
        other = messages(language, file)
        assert set(other) == set(swedish), f"{language}/{file}: add or remove these keys"
        assert {k: s for k, s in other.items() if s != swedish[k]} == {}, f"{language}/{file}: other slots than Swedish"
