"""`uppsikt web` as a program of its own: it serves, it lets in by a link, it ends when told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.builders import HOME
from tests.web.panel_cases import make

LINK = re.compile(r"(http://127\.0\.0\.1:([0-9]+)/in/[A-Za-z0-9_-]{43})")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    make(tmp_path / "uppsikt.db")
    return tmp_path / "uppsikt.db"


class Program:
    """`uppsikt web` as somebody types it."""

    def __init__(self, *arguments: str) -> None:
        ours = {"PYTHONPATH": str(HOME), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bot", "web", *arguments],
            env={**os.environ, **ours},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def link(self) -> str:
        """The link that it prints."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := LINK.search(line):
                return found[1]
        raise AssertionError("it ended without a link")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture
def program(db: Path) -> Iterator[Program]:
    running = Program("--db", str(db), "--port", "0", "--sign-in", "Karin")
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


async def name_at(link: str) -> str:
    """Who one is after coming in by a link."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        async with browser.post(link) as page:
            found = re.search(r'<span class="who"><bdi>(.*?)</bdi>', await page.text())
    assert found is not None
    return found[1]


async def test_it_lets_in_whom_the_command_names_and_ends_when_told_to(program: Program) -> None:
    """The link leads in, under that name; SIGTERM ends it with exit code 0."""
    assert await name_at(program.link()) == "Karin"
    assert program.stop() == 0


async def test_beside_a_panel_that_is_served_already_it_prints_a_link_to_that_one(program: Program, db: Path) -> None:
    """The bot serves one too: whoever has lost the way in gets one in the terminal."""
    port = LINK.fullmatch(program.link())[2]  # type: ignore[index]  # it matched already
    second = Program("--db", str(db), "--port", port, "--sign-in", "Sven")
    link = second.link()
    assert LINK.fullmatch(link)[2] == port  # type: ignore[index]  # as above
    assert second.process.wait(30) == 0
    second.process.communicate()
    assert await name_at(link) == "Sven"


def refused(*arguments: str) -> str:
    """The one line of a refusal, with exit code 2."""
    done = CliRunner().invoke(main, ["web", *arguments])
    assert done.exit_code == 2, done.output
    (line,) = done.stderr.splitlines()
    return line


def test_a_port_of_another_programs_is_refused_in_one_line(db: Path) -> None:
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = refused("--db", str(db), "--port", str(taken.getsockname()[1]))
    assert line.startswith("uppsikt: the panel cannot listen at 127.0.0.1:")
    assert line.endswith("choose another port")


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A typing mistake leaves no empty file."""
    assert "there is no such database" in refused("--db", str(tmp_path / "fel.db"))
    assert not (tmp_path / "fel.db").exists()


@pytest.mark.parametrize("name", ["", "  ", "---", "a" * 101])
def test_what_is_no_name_is_refused_before_anything_is_served(db: Path, name: str) -> None:
    """Decisions carry it, so colleagues must know it."""
    assert "--sign-in: give a name" in refused("--db", str(db), "--port", "0", "--sign-in", name)
