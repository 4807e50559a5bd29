"""What `uppsikt check` says of the panel: where it is, whether it could start, whether others could read along."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.check import panel
from bot.config import Settings
from tests.web.panel_cases import make
from tests.web.panel_harness import served


def looked_at(**web: Any) -> tuple[bool, str]:
    return panel(Settings.model_validate({"web": web}))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def free(taken: int) -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        return int(other.getsockname()[1])


def test_a_free_port_of_this_machine_is_well(free: int) -> None:
    """The line says where the panel will be."""
    assert looked_at(port=free) == (True, f"panelen finns på http://127.0.0.1:{free} när boten är igång")


def test_a_taken_port_is_told_beforehand(taken: int) -> None:
    """With what to do about it."""
    well, line = looked_at(port=taken)
    assert not well
    assert f"127.0.0.1:{taken}" in line
    assert "[web] port" in line


async def test_a_port_at_which_the_bot_serves_its_panel_is_well(tmp_path: Path) -> None:
    """`check` may be run while the bot runs."""
    make(tmp_path / "uppsikt.db")
    async with served(tmp_path / "uppsikt.db") as running:
        port = int(running.address.rpartition(":")[2])
        assert (await asyncio.to_thread(looked_at, port=port))[0]


@pytest.mark.parametrize("address", ["", "http://uppsikt.example"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "uppsikt.example"])
def test_a_panel_that_others_reach_without_https_is_warned_of(free: int, host: str, address: str) -> None:
    """A cookie on its way could be read by anybody on the net."""
    well, line = looked_at(host=host, port=free, address=address)
    assert not well
    assert "https" in line


def test_with_https_before_it_any_host_is_well(free: int) -> None:
    """The line names the address that the team uses."""
    well, line = looked_at(host="0.0.0.0", port=free, address="https://uppsikt.example/")
    assert well
    assert "https://uppsikt.example " in line


def test_a_panel_that_is_switched_off_is_well() -> None:
    """And the line says so."""
    well, line = looked_at(enabled=False, host="0.0.0.0")
    assert well
    assert "avstängd" in line


def test_any_free_port_is_well() -> None:
    """Port 0 is whichever is free when the bot starts."""
    assert looked_at(port=0)[0]
