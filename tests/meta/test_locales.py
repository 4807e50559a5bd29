"""Swedish and English say the same things: equal keys, equal slots, words for everything that is looked up."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl

from bot.core.flags import State
from bot.locales import FILES, LANGUAGES, speak
from classifier.verdict import LABELS
from tests.builders import HOME

LOCALES = HOME / "bot" / "locales"


class Slots(visitor.Visitor):
    """Collects the names of the slots of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802  # fluent's own name
        self.names.add(node.id.name)


def messages(file: Path) -> dict[str, set[str]]:
    """The keys of a file with their slots."""
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(file.read_text("utf-8")).body:
        assert not isinstance(entry, ftl.Junk), f"{file}: cannot be parsed: {entry.content!r}"
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{file}: {entry.id.name} stands there twice"
            slots = Slots()
            slots.visit(entry)
            found[entry.id.name] = slots.names
    return found


@cache
def every_key() -> frozenset[str]:
    return frozenset(key for file in FILES for key in messages(LOCALES / "sv" / file))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "sv"])
def test_each_language_has_the_keys_and_slots_of_the_swedish(language: str, file: str) -> None:
    swedish, other = messages(LOCALES / "sv" / file), messages(LOCALES / language / file)
    missing, surplus = set(swedish) - set(other), set(other) - set(swedish)
    assert not missing, f"add to {language}/{file}: {', '.join(sorted(missing))}"
    assert not surplus, f"remove from {language}/{file}, or add to sv/{file}: {', '.join(sorted(surplus))}"
    for key, slots in swedish.items():
        assert other[key] == slots, f"{language}/{file}: {key} has the slots {other[key]}, in Swedish {slots}"


def test_each_language_has_the_same_files_and_they_are_all_loaded() -> None:
    for language in LANGUAGES:
        assert sorted(path.name for path in (LOCALES / language).glob("*.ftl")) == sorted(FILES)


def test_no_key_stands_in_two_files() -> None:
    keys = [key for file in FILES for key in messages(LOCALES / "sv" / file)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_and_state_has_words(language: str) -> None:
    say = speak(language)
    wanted = [
        *(f"label-{label}" for label in LABELS),
        *(f"state-{state}" for state in State),
        *(f"sure-{sure}" for sure in ("high", "medium", "low")),
    ]
    assert [key for key in wanted if say(key) == key] == []


def test_every_key_that_the_program_asks_for_is_there() -> None:
    asked: dict[str, str] = {}
    for file in (HOME / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "both", "heading"):
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        asked[argument.value] = f"{file.relative_to(HOME)}:{node.lineno}"
    assert len(asked) > 10
    missing = {key: place for key, place in asked.items() if key not in every_key()}
    assert not missing, f"add to the locales: {missing}"


def test_every_key_is_asked_for_somewhere() -> None:
    files = [*(HOME / "bot").rglob("*.py"), *(HOME / "bot" / "web" / "templates").glob("*.html")]
    code = "\n".join(file.read_text("utf-8") for file in files)
    families = set(re.findall(r"f\"([a-z]+-)\{", code)) | set(re.findall(r"\"([a-z-]+-)\" \+", code))
    families |= set(re.findall(r"'([a-z-]+-)' \+", code))
    unused = [
        key
        for key in every_key()
        if not any(f"{quote}{key}{quote}" in code for quote in "\"'") and not key.startswith(tuple(families))
    ]
    assert not unused, f"nobody says: {', '.join(sorted(unused))}"


@pytest.mark.parametrize(("read", "flagged"), [(0, 0), (1, 1), (508, 36)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_told_with_the_right_plural(language: str, read: int, flagged: int) -> None:
    told = speak(language)("demo-summary", read=read, flagged=flagged)
    assert str(read) in told
    assert "{" not in told


def test_a_language_that_we_do_not_speak_is_swedish() -> None:
    assert speak("xx")("flags-none") == speak("sv")("flags-none")
