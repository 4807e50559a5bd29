"""Can an admin answer what tuning is about at the terminal, in Swedish, by a week that was replayed and decided?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.decided_week import decided_week, flagged_at

Say = Callable[..., str]


@pytest.fixture
def uppsikt(tmp_path: Path) -> Say:
    """The program over the decided week, in Swedish alone."""
    db = decided_week(tmp_path / "week.db")
    config = tmp_path / "config.toml"
    config.write_text('[uppsikt]\nlanguages = ["sv"]\n', "utf-8")

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, ["thresholds", *words, "--db", str(db), "--config", str(config)])
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_an_admin_answers_what_tuning_is_about_and_undoes_the_change(uppsikt: Say) -> None:
    # How many flags would 0.8 have given in #val-debatt?
    place = ("simulate", "--label", "flag=0,8", "--channel", "#val-debatt")
    told, known = uppsikt(*place), json.loads(uppsikt(*place, "--json"))
    flags = round(known["then"]["flags_a_day"]["most"] * known["days"])
    assert flags == flagged_at(0.8, "#val-debatt")
    a_day = f"{flags / known['days']:.1f}".replace(".", ",")
    assert re.search(rf"Flaggor per dygn\s*│[^│]+│ {a_day}\s", told)

    # What are we missing? Nobody has read what was let through, and that is what is said.
    assert "Det som släpptes igenom har ingen läst. Om det tillkommande är riktigt vet bara ett stickprov." in uppsikt(
        "simulate", "--label", "flag=0,3"
    )

    # Set it so that 20 a day can be handled, with why; and undo the change.
    wanted = handled(uppsikt, 20)
    done = uppsikt("set", "--label", f"flag={wanted}", "--by", "Karin", "--why", "Vi hinner 20 om dagen")
    assert "Ändring 1 gäller nu" in done
    assert in_force(uppsikt) == wanted
    assert "Ändring 1 är tillbakatagen, som ändring 2" in uppsikt("undo", "--by", "Karin", "--why", "Vi väntar")
    assert in_force(uppsikt) == pytest.approx(0.8267, abs=0.001)
    past = [(each["number"], each["why"], each["undone_by"]) for each in json.loads(uppsikt("history", "--json"))]
    assert past == [(1, "Vi hinner 20 om dagen", 2), (2, "Vi väntar", None)]


def handled(uppsikt: Say, most: float) -> float:
    """The lowest of some thresholds that give at most so many flags a day, tried one after the other."""
    tried = {each / 20: uppsikt("simulate", "--label", f"flag={each / 20}", "--json") for each in range(2, 8)}
    fits = [each for each, known in tried.items() if json.loads(known)["then"]["flags_a_day"]["most"] <= most]
    assert fits, "a week of 500 messages can be handled"
    return min(fits)


def in_force(uppsikt: Say) -> Any:
    """The threshold for `flag` everywhere."""
    everywhere = json.loads(uppsikt("show", "--json"))["places"][0]
    return next(each["value"] for each in everywhere["thresholds"] if each["label"] == "flag")
