"""Do the pages for moderators, members and the data-protection officer call things what the bot calls them?

On these pages bold words are names on the screen, and words with a slash in backticks are commands.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, TextElement

from bot.cli import main
from tests.builders import HOME

PAGES = ("moderatorer.md", "medlemmar.md", "dataskyddsombud.md")


def spoken() -> Iterator[tuple[str, str]]:
    """Every Swedish message that is plain text, by its key."""
    for file in sorted((HOME / "bot" / "locales" / "sv").glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            if isinstance(entry, Message) and entry.value is not None:
                parts = entry.value.elements
                if all(isinstance(part, TextElement) for part in parts):
                    yield entry.id.name, "".join(str(part.value) for part in parts if isinstance(part, TextElement))


@pytest.mark.parametrize("page", PAGES)
def test_every_name_on_a_page_is_one_that_the_bot_uses(page: str) -> None:
    text = (HOME / "bot" / "pages" / page).read_text("utf-8")
    known = dict(spoken())
    on_screen = set(known.values())
    names = {words for key, words in known.items() if key.endswith("-name")} | {"status"}
    wanted = set(re.findall(r"\*\*([^*]+)\*\*", text)) - on_screen
    wanted |= {command for command in re.findall(r"`/([^`]+)`", text) if not set(command.split()) <= names}
    assert wanted == set(), "write these as bot/locales/sv has them"


@pytest.mark.parametrize("page", PAGES)
def test_the_readme_leads_to_the_pages(page: str) -> None:
    assert f"(bot/pages/{page})" in (HOME / "README.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_on_a_page_is_one_that_can_be_typed(page: str) -> None:
    """Words and options of each `uppsikt …`, so that what is copied from a page works."""
    text = (HOME / "bot" / "pages" / page).read_text("utf-8")
    for typed in re.findall(r"(?m)(?:^|`)uppsikt ([^\n`#]+)", text):
        command: click.Command
        command, words = main, shlex.split(typed.replace("…", ""))
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        if (
            isinstance(command, click.Group) and command is not main
        ):  # `evidence CASE` is short for `evidence make CASE`
            command = command.commands.get("make", command)
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        unknown = [word for word in words if word.startswith("--") and word not in options]
        assert command is not main, f"there is no `uppsikt {typed}`"
        assert not unknown, f"`uppsikt {typed}` knows no {unknown}"
