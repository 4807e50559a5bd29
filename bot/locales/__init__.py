"""In which words do we speak? Swedish is the source language, English stands beside it (Project Fluent)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import lru_cache
from pathlib import Path

from fluent.runtime import AbstractResourceLoader, FluentLocalization
from fluent.syntax import FluentParser
from fluent.syntax.ast import Resource

LANGUAGES = ("sv", "en")
FILES = tuple(sorted(file.name for file in (Path(__file__).parent / "sv").glob("*.ftl")))
Speak = Callable[..., str]


class _Files(AbstractResourceLoader):
    """Reads the files beside this one, and closes them, which Fluent's own loader does not."""

    def resources(self, locale: str, resource_ids: list[str]) -> Generator[list[Resource], None, None]:
        folder = Path(__file__).parent / locale
        yield [FluentParser().parse((folder / name).read_text("utf-8")) for name in resource_ids]


@lru_cache
def speak(language: str) -> Speak:
    """A function from a message's key and its slots to words; Swedish where a language lacks them."""
    languages = [language, "sv"] if language in LANGUAGES else ["sv"]
    words = FluentLocalization(languages, list(FILES), _Files(), use_isolating=False)

    @lru_cache(maxsize=4096)  # a form is nothing but such words, and a thousand members may ask for it at once
    def plain(key: str) -> str:
        return str(words.format_value(key))

    def say(key: str, **slots: object) -> str:
        return str(words.format_value(key, slots)) if slots else plain(key)

    return say


def language_of(locale: str) -> str:
    """Our language for a Discord locale (sv-SE, en-GB …): Swedish for Swedish, English for all others."""
    return "sv" if locale.lower().startswith("sv") else "en"
