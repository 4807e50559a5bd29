"""How do tests make the values they need? One function a value, every slot with a default that is good."""

from __future__ import annotations

import json
import lzma
import os
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.core.flags import Decision, Flag, Reason, Step
from bot.core.messages import Channel, Posted, Withdrawn, snowflake_at
from bot.core.policy import Policy, WatchList
from bot.core.ports import Kept
from classifier.manifest import Manifest
from classifier.prepare import fold
from classifier.train.corpus import HELD_OUT_SOURCE, SOURCES
from classifier.verdict import LABELS, MOTIVES, TARGETS, Verdict
from tests.fakes import WORD, FakeClassifier

HOME = Path(__file__).resolve().parent.parent
MODEL = HOME / "models" / "uppsikt-sv"
NOW = datetime(2026, 1, 26, 8, 0, tzinfo=UTC)
SQUARE = Channel("100", "torget", guild="1")
MARKET = Channel("200", "marknad", guild="1")
THREAD = Channel("300", "en tråd", guild="1", parent="100", parent_name="torget")
FLAGGED = f"{WORD} det här"
HARMLESS = "en vanlig dag på torget"


def ident(number: int) -> str:
    """The id of the number-th message since NOW, a second each."""
    return str(snowflake_at(NOW + timedelta(seconds=number)) + 1)


def post(number: int = 1, text: str = HARMLESS, channel: Channel = SQUARE, **slots: Any) -> Posted:
    """The number-th message."""
    at = NOW + timedelta(seconds=number)
    return Posted(ident(number), channel, slots.pop("author", "u1"), slots.pop("at", at), text, **slots)


def edit(number: int, text: str, channel: Channel = SQUARE, *, revision: int = 1, **slots: Any) -> Posted:
    """The number-th message as it reads after an edit."""
    return post(number, text, channel, revision=revision, advances=False, **slots)


def gone(number: int, channel: Channel = SQUARE) -> Withdrawn:
    """The number-th message, deleted a minute later."""
    return Withdrawn(ident(number), channel, NOW + timedelta(seconds=number + 60))


def verdict(score: float = 0.0, threat: float = 0.0, *, unread: bool = False, **labels: float) -> Verdict:
    """A verdict with the labels that matter; all others are nought."""
    assert set(labels) <= set(LABELS)
    motives = {label: labels.get(label, 0.0) for label in MOTIVES}
    targets = {label: labels.get(label, 0.0) for label in TARGETS}
    return Verdict(score, threat, motives, targets, "fake@0", "ar" if unread else "sv", unread=unread)


def flag(message: Posted | None = None, *, at: datetime = NOW, score: float = 0.95) -> Flag:
    """A flag on a message."""
    reason = Reason("threshold", "flag", score, 0.5)
    return Flag(message or post(1, FLAGGED), verdict(score), (reason,), {"flag": 0.5}, at)


def kept(*changes: Flag | Withdrawn, **slots: Any) -> Kept:
    """A batch to save."""
    return Kept(slots.pop("at", NOW), changes, **slots)


def decision(number: int = 1, step: Step = Step.UPHOLD, by: str = "Maja", **slots: Any) -> Decision:
    """A decision of Maja's."""
    return Decision(number, step, by, slots.pop("at", NOW), **slots)


def policy(*phrases: str, **slots: Any) -> Policy:
    """A policy with a threshold for `flag` and `threat`, and a watch list read as the classifier reads."""
    thresholds: Mapping[str, float] = slots.pop("thresholds", {"flag": 0.5, "threat": 0.5})
    return Policy(thresholds, watch=WatchList.of(phrases, fold), fold=fold, **slots)


class ReplayModel(FakeClassifier):
    """The fake classifier with what `app.replay` asks of a model beyond the port: its thresholds."""

    manifest = Manifest("fake", "0" * 64, ("flag",), {"flag": 0.5, "threat": 0.5})


def line(number: int = 1, text: str = HARMLESS, **fields: Any) -> str:
    """The number-th message as a line of JSONL."""
    at = (NOW + timedelta(seconds=number)).isoformat()
    row = {"id": ident(number), "channel": "#torget", "author": "u1", "ts": at, "text": text}
    return json.dumps({**row, **fields}, ensure_ascii=False)


def write_lines(path: Path, lines: list[str]) -> Path:
    """A JSONL file."""
    path.write_text("".join(each + "\n" for each in lines), "utf-8")
    return path


def a_long_week(count: int, seed: int = 1) -> list[str]:
    """Lines as life brings them: posts, some flagged, edits, deletions with and without text, bad and double lines."""
    dice = random.Random(seed)
    lines: list[str] = []
    for number in range(1, count + 1):
        channel = dice.choice(["#torget", "#marknad", "#skolan"])
        text = f"{FLAGGED} {number}" if dice.random() < 0.07 else f"{HARMLESS} {number}"
        kind = dice.random()
        if kind < 0.02:
            lines.append(line(number, text, channel=channel, deleted=True))
        elif kind < 0.04:
            lines += [line(number, text, channel=channel), line(number, f"{FLAGGED} åter {number}", edited=True)]
        elif kind < 0.05:
            lines += [line(number, text, channel=channel), line(number, "", channel=channel, deleted=True)]
        elif kind < 0.06:
            lines.append('{"id": ')
        elif kind < 0.07:
            lines += [line(number, text, channel=channel)] * 2
        else:
            lines.append(line(number, text, channel=channel))
    return lines


def bytes_beside(path: Path) -> bytes:
    """Every byte of a database and of what SQLite keeps beside it."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


@contextmanager
def unprivileged() -> Iterator[Path]:
    """An empty folder of an ordinary user's, and his rights: root may write everywhere, and would see no refusal."""
    if os.geteuid() != 0:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    nobody = 65_534
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, nobody, nobody)
        os.setresuid(nobody, nobody, 0)
        try:
            yield Path(folder)
        finally:
            os.setresuid(0, 0, 0)


@lru_cache(maxsize=1)
def real_model() -> Any:
    """The model that is shipped, loaded once for all tests; on one thread, since others want the processor too."""
    import torch

    from classifier.model import Model

    loaded = Model.load(MODEL)
    torch.set_num_threads(1)
    return loaded


def write_unlabelled(data: Path, lines: Sequence[str]) -> None:
    """Every unlabelled source of ../shared/data in miniature, each line with its source's name before it."""
    for source in (*SOURCES, HELD_OUT_SOURCE):
        path = data / "unlabelled" / f"{source}.txt.xz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as file:
            file.writelines(f"{source}: {line}\n" for line in lines)
    english = data / "labelled" / "hatecheck_en.jsonl"
    english.parent.mkdir(exist_ok=True)
    rows = [
        ("threat_dir_h", "hateful|women"),
        ("ident_pos_nh", "non-hateful|women"),
        ("target_group_nh", "non-hateful|"),
    ]
    cases = [
        {"text": f"case {i} {kind}", "source": f"hatecheck/{kind}", "orig_label": label}
        for i in range(4)
        for kind, label in rows
    ]
    write_lines(english, [json.dumps(case) for case in cases])
