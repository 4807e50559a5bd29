"""What is said under [desk] is in force, or refused with a line that names it."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.config import load
from bot.core.desk import Desk
from bot.core.errors import BadConfiguration
from bot.core.telling_times import Rhythm


def written(folder: Path, desk: str) -> Path:
    path = folder / "config.toml"
    path.write_text(f'[discord]\nmoderators_channel = "1"\n[desk]\n{desk}\n', "utf-8")
    return path


def test_without_wishes_everything_is_told_at_once_in_one_place_and_unmasked(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""), {})
    assert settings.channels_of_desk() == Desk("1")
    assert settings.rhythm() == Rhythm()
    assert settings.masking().find is None


def test_wishes_are_in_force(tmp_path: Path) -> None:
    wishes = """
    threats_channel = "2"
    channels = { misogyny = "3" }
    ping_role = "4"
    pings_per_hour = 2
    digest_minutes = 30
    quiet_hours = "22:00-07:15"
    mask_slurs = true
    """
    settings = load(written(tmp_path, wishes), {})
    assert settings.channels_of_desk() == Desk("1", "2", {"misogyny": "3"})
    rhythm = settings.rhythm()
    assert (rhythm.every, rhythm.pings) == (timedelta(minutes=30), 2)
    assert rhythm.quiet is not None
    assert (rhythm.quiet.begin, rhythm.quiet.end) == (time(22), time(7, 15))
    assert settings.masking().find is not None


def test_where_nobody_is_on_call_nobody_is_mentioned(tmp_path: Path) -> None:
    assert load(written(tmp_path, "pings_per_hour = 9"), {}).rhythm().pings == 0


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('threats_channel = "hot"', "desk.threats_channel"),
        ('channels = { rude = "3" }', "desk.channels.rude"),
        ('channels = { misogyny = "#kvinnohat" }', "desk.channels.misogyny"),
        ('ping_role = "jour"', "desk.ping_role"),
        ("pings_per_hour = -1", "desk.pings_per_hour"),
        ("digest_minutes = 2000", "desk.digest_minutes"),
        ('quiet_hours = "22-07"', "desk.quiet_hours"),
        ('quiet_hours = "24:00-07:00"', "desk.quiet_hours"),
        ('quiet_hours = "07:00-07:00"', "desk.quiet_hours"),
        ("night = true", "desk.night"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        load(written(tmp_path, line), {})
    assert any(named in problem for problem in caught.value.problems)
