"""Whose cases stand in the pictures of the panel? Those of Almköping, a town that never was: neutral words, all masked.

Nine weeks of six channels, decided by three moderators; what waits now has a threat, a report and a question. The same
each time, from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.core.flags import Decision, Flag, Reason, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Channel, Posted, snowflake_at
from bot.core.opinions import Escalation, Kind, Lean, Opinion
from bot.core.ports import Kept, Spread, Tally
from bot.core.reports import Category, Complaint, Hurt, Limits, Report, Reporter
from bot.core.tuning.bins import BINS
from bot.store import opining, reports
from bot.store.connection import open_database
from bot.store.keeping import keep
from bot.store.queries import StoreReader
from bot.store.review import seen
from classifier.manifest import read_manifest
from classifier.verdict import Span
from tests.bench.reading import MODEL
from tests.builders import NOW, verdict

MODEL_ID = read_manifest(MODEL).model_id
WEEKS = 9
BUSY = {"torget": (70, 0.004), "val-debatt": (45, 0.011), "ungdomar": (30, 0.006), "trafik-och-vägar": (40, 0.002),
        "fritid": (35, 0.001), "fullmäktige": (12, 0.009)}  # read in a busy hour, and the share of hate  # fmt: skip
CHANNELS = {name: Channel(str(100 + number), name, "1") for number, name in enumerate(BUSY)}
MODERATORS = ("Karin", "Maja", "John")
ABOUT = ("xenophobia", "contempt_for_society", "misogyny", "islamophobia")
TEXT = "det här är ett påhittat inlägg om den nya bron som någon borde se på innan det blir kväll"
THREATENS, REPORTED, ASKED, ESCALATED = 1, 2, 4, 5  # among those that wait


def make(path: Path) -> int:
    """Write the town's database; the number of the case that pictures open."""
    chance = random.Random(11)  # a made-up town, no secret
    db = open_database(path)
    hours = [NOW - timedelta(hours=back) for back in range(WEEKS * 7 * 24, 0, -1)]
    read = [each for hour in hours for each in _hour(hour, chance)]
    flags, tallies, spreads = (
        [flag for each in read for flag in each[0]],
        [each[1] for each in read],
        [each[2] for each in read],
    )
    keep(db, Kept(NOW, flags, tallies=tallies, spreads=spreads, channels={each.id: each for each in CHANNELS.values()}))
    decided = [row["id"] for row in db.execute("SELECT id FROM flags ORDER BY id").fetchall()]
    for number in decided:
        _decide(db, number, chance)
    keep(db, Kept(NOW, [_waiting(number, chance) for number in range(1, 8)]))
    first = decided[-1] + 1
    _say_more(db, first)
    db.execute("UPDATE flags SET announced_at = flagged_at")
    db.close()
    return int(first + REPORTED)


def _hour(hour: datetime, chance: random.Random) -> Iterator[tuple[list[Flag], Tally, Spread]]:
    """What was flagged in each channel, what was read there, and how the rest scored."""
    for name, (busy, hate) in BUSY.items():
        here = CHANNELS[name].id
        read = chance.randrange(1 + busy * (1 + 2 * (hour.hour in range(14, 21))))
        flags = [_flag(hour, name, chance) for _ in range(read) if chance.random() < hate]
        through = [min(BINS - 1, int(chance.betavariate(0.3, 4) * 80)) for _ in range(read)]
        counts = {("flag", number): through.count(number) for number in set(through)}
        yield flags, Tally(here, hour, read, len(flags)), Spread(here, hour, MODEL_ID, counts)


def _flag(hour: datetime, name: str, chance: random.Random, *, threat: float = 0.02, score: float = 0.0) -> Flag:
    at = hour + timedelta(seconds=chance.randrange(3600))
    score = score or 0.83 + 0.17 * chance.random()
    label = chance.choice(ABOUT)
    labels = {label: 0.6 + 0.39 * chance.random()} | ({"women": 0.82} if label == "misogyny" else {})
    text = " ".join(chance.sample(TEXT.split(), chance.randrange(6, 16)))
    span = Span(0, text.index(" "), 0.8)
    post = Posted(str(snowflake_at(at) + chance.randrange(2**20)), CHANNELS[name], f"medlem-{chance.randrange(900)}",
                  at, text)  # fmt: skip
    found = replace(verdict(score, threat, **labels), model=MODEL_ID, spans=(span,))
    reasons = [Reason("threshold", "flag", score, 0.8267)]
    reasons += [Reason("threshold", "threat", threat, 0.6666)] if threat > 0.6666 else []
    return Flag(post, found, tuple(reasons), {"flag": 0.8267}, at)


def _decide(db: Database, number: int, chance: random.Random) -> None:
    row = db.execute("SELECT flagged_at, score, motives FROM flags WHERE id = ?", [number]).fetchone()
    looked = datetime.fromisoformat(row["flagged_at"]) + timedelta(minutes=chance.randrange(1, 90))
    seen(db, number, looked)
    upheld = chance.random() < row["score"] - 0.05
    motives = (chance.choice(ABOUT),) if upheld else ()
    measures = (Measure(Act.WARN),) if upheld and chance.random() < 0.3 else ()
    at = min(looked + timedelta(minutes=chance.randrange(1, 6)), NOW - timedelta(minutes=5))
    step = Step.UPHOLD if upheld else Step.DISMISS
    StoreReader(db).decide(Decision(number, step, chance.choice(MODERATORS), at, motives, "", measures))


def _waiting(number: int, chance: random.Random) -> Flag:
    hour = NOW - timedelta(hours=1, minutes=17 * number)
    name = list(BUSY)[number % len(BUSY)]
    return _flag(hour, name, chance, threat=0.91 if number == THREATENS else 0.02, score=0.99 - 0.02 * number)


def _say_more(db: Database, first: int) -> None:
    case = {row["id"]: row for row in db.execute("SELECT * FROM flags WHERE id >= ?", [first]).fetchall()}
    at = NOW - timedelta(minutes=40)
    complaint = Complaint(Category.HATE, Hurt.SOMEBODY, "Det här kändes inte bra.", ("xenophobia",))
    row = case[first + REPORTED]
    post = Posted(row["message_id"], CHANNELS[row["channel"]], row["author_id"],
                  datetime.fromisoformat(row["posted_at"]), row["text"])  # fmt: skip
    known = Flag(post, verdict(0.9, 0.02), (), {}, datetime.fromisoformat(row["flagged_at"]))
    reports.file_all(db, [Report(Reporter("medlem-7"), complaint, known, at)], Limits())
    opining.ask(db, Opinion(first + ASKED, Kind.ASKED, "Maja", Lean.UNSURE, at, (), "Är det ironi?"))
    opining.escalate(db, Escalation(first + ESCALATED, "John", at, "Gäller en i fullmäktige."))
