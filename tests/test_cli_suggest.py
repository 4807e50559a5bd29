"""Which threshold keeps what is needed, and how much is missed, from a real database to the terminal."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.config import Audit
from bot.core.flags import Flag, Reason, Step
from bot.core.ports import Kept, Tally
from bot.core.tuning.audit import LetThrough
from bot.core.tuning.spreads import spreads
from bot.store import audits, open_database
from bot.store.keeping import keep
from bot.store.review import rule
from classifier.manifest import read_manifest
from classifier.verdict import Verdict
from tests.builders import MODEL, NOW, SQUARE, decision, post, verdict

MODEL_ID = read_manifest(MODEL).model_id
LIMITS = {"flag": 0.8}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(score: float) -> Verdict:
    bare = verdict(score)
    return Verdict(bare.score, 0.0, bare.motives, bare.targets, MODEL_ID, "sv")


def town(path: Path, *, flagged: int = 150, through: int = 150, share: float | None = 1.0, missed: int = 0) -> Path:
    """Five days: so many flags at 0.95, all upheld as misogyny; so many let through at 0.3, of which some are missed.

    `share` is the audit's; None: there is none.
    """
    read = [(post(number, at=NOW + timedelta(minutes=20 * number)), said(0.95 if number <= flagged else 0.3))
            for number in range(1, flagged + through + 1)]  # fmt: skip
    flags = [
        Flag(each, it, (Reason("threshold", "flag", it.score, 0.8),), LIMITS, each.at) for each, it in read[:flagged]
    ]
    ends = [Tally(SQUARE.id, each.at.replace(minute=0), 1, 0) for each, _ in (read[0], read[-1])]
    with closing(open_database(path)) as db:
        drawn: list[LetThrough] = []
        if share is not None:
            sampling = audits.begin(db, Audit(enabled=True, share=share, per_day=1_000))
            assert sampling is not None
            drawn = [sampling.let_through(each, it, LIMITS, each.at) for each, it in read[flagged:]]
        keep(
            db, Kept(NOW, [*flags, *drawn], channels={SQUARE.id: SQUARE}, spreads=spreads(read[flagged:]), tallies=ends)
        )
        for row in db.execute("SELECT id, score, message_id FROM flags").fetchall():
            number = next(n for n, (each, _) in enumerate(read, 1) if each.id == row["message_id"])
            upheld = number <= flagged + missed
            rule(db, decision(row["id"], Step.UPHOLD if upheld else Step.DISMISS, motives=("misogyny",) * upheld))
    return path


def asked(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["thresholds", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def test_a_recall_is_promised_with_its_cost_from_decisions_and_samples(tmp_path: Path) -> None:
    """Everything that humans found was caught at 0.95, and all that was let through was read: so high may it be."""
    db = town(tmp_path / "u.db")
    it = json.loads(asked("suggest", "--db", db, "--recall", "0.9", "--json"))
    assert (it["threshold"], it["found"], it["audited"], it["why_not"]) == (0.95, 150, 150, None)
    assert it["figures"]["then"]["flags_a_day"]["most"] == it["figures"]["now"]["flags_a_day"]["most"]
    told = asked("suggest", "--db", db, "--recall", "0.9", "--confidence", "0.9")
    assert "0,95 överallt" in told
    assert "minst 90 % av alla fall av hat eller hot når en människa" in told
    assert "90 % säkerhet" in told
    assert "flaggor per dygn" in told


def test_without_samples_it_says_that_nobody_knows_and_how_to_switch_them_on(tmp_path: Path) -> None:
    db = town(tmp_path / "u.db", share=None)
    it = json.loads(asked("suggest", "--db", db, "--recall", "0.95", "--json"))
    assert (it["threshold"], it["why_not"]) == (None, "no-audit")
    assert "[audit] i config.toml" in asked("suggest", "--db", db, "--recall", "0.95")
    shown = asked("show", "--db", db)
    assert "Hur mycket som missas vet ingen" in shown
    assert json.loads(asked("show", "--db", db, "--json"))["caught"]["flag"]["value"] is None


def test_of_few_cases_nothing_is_promised_and_it_says_about_how_many_more_would_do(tmp_path: Path) -> None:
    db = town(tmp_path / "u.db", flagged=20, through=20)
    it = json.loads(asked("suggest", "--db", db, "--recall", "0.95", "--json"))
    assert (it["threshold"], it["why_not"]) == (None, "too-little")
    assert 20 < it["more_audits"] < 200
    assert f"Ungefär {it['more_audits']} stickprov till" in asked("suggest", "--db", db, "--recall", "0.95")
    precise = json.loads(asked("suggest", "--db", db, "--precision", "0.95", "--json"))
    assert precise["more_audits"] is None
    assert 39 <= precise["more_decisions"] <= 60, "59 that are all right would do"


def test_so_many_flags_a_day_and_a_precision_are_kept_to_together(tmp_path: Path) -> None:
    db = town(tmp_path / "u.db")
    few = json.loads(asked("suggest", "--db", db, "--flags-a-day", "40", "--json"))
    assert few["threshold"] == 0.31, "at 0.3 what was let through would come too"
    both = json.loads(asked("suggest", "--db", db, "--flags-a-day", "40", "--precision", "0.9", "--json"))
    assert both["threshold"] == 0.31
    none = asked("suggest", "--db", db, "--flags-a-day", "1", "--recall", "0.9", "--channel", "#torget")
    assert "klarar allt på en gång" in none


def test_what_is_missed_is_shown_for_each_motive_with_its_interval(tmp_path: Path) -> None:
    """Of 150 that were caught and 10 that were not; the interval holds the truth."""
    db = town(tmp_path / "u.db", missed=10)
    caught = json.loads(asked("show", "--db", db, "--json"))["caught"]
    for label in ("flag", "misogyny"):
        assert caught[label]["value"] == pytest.approx(150 / 160, abs=1e-3)
        assert caught[label]["low"] < 150 / 160 <= caught[label]["high"], "misses that are known cannot be fewer"
        assert (caught[label]["found"], caught[label]["missed"], caught[label]["audited"]) == (160, 10, 150)
    shown = asked("show", "--db", db)
    assert "kvinnohat: 94 %" in shown
    assert "antisemitism" not in shown, "nothing was found of it"
    (row,) = json.loads(asked("plot", "precision", "--db", db, "--out", "b.png", "--json"))
    assert any(each.get("of") == "recall" for each in row["rows"])


def test_a_drawn_share_stands_for_all_that_was_let_through(tmp_path: Path) -> None:
    """A part of it was drawn by real dice; the interval of recall holds the truth, and is wider than of the whole."""
    db = town(tmp_path / "u.db", missed=30, share=0.5)
    it = json.loads(asked("show", "--db", db, "--json"))["caught"]["flag"]
    assert 0 < it["audited"] < 150
    assert it["low"] < 150 / 180 < it["high"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((), "say what the threshold must keep"),
        (("--recall", "1"), "0<x<1"),
        (("--recall", "nan"), "is no number"),
        (("--flags-a-day", "nan"), "is no number"),
        (("--flags-a-day", "inf"), "0<=x<=999999"),
        (("--flags-a-day", "1e300"), "0<=x<=999999"),
        (("--recall", "0.9", "--label", "journalists"), "humans are not asked about it"),
        (("--recall", "0.9", "--channel", "#ingenstans"), "ingenstans"),
    ],
)
def test_what_cannot_be_asked_is_answered_in_one_sentence(
    tmp_path: Path, typed: tuple[str, ...], sentence: str
) -> None:
    db = town(tmp_path / "u.db", flagged=2, through=2)
    result = CliRunner().invoke(main, ["thresholds", "suggest", "--db", str(db), *typed])
    assert result.exit_code != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
