"""Weeks of a made-up town: what was read and flagged in its channels, and what moderators made of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.core.flags import Decision, Flag, Reason, Step
from bot.core.measures import Act, Measure
from bot.core.messages import Channel, Posted, snowflake_at
from bot.core.ports import Kept, Tally
from bot.store.connection import open_database
from bot.store.keeping import keep
from bot.store.queries import StoreReader
from bot.store.review import seen
from tests.builders import NOW, verdict

HOSTILE = "<b>ung\u202edom</b>\"'&amp;" + "å" * 60
MONDAY = NOW.replace(hour=0) - timedelta(hours=1)  # midnight of the week that is not over, by Swedish clocks
CHANNELS = (
    Channel("100", "torget", "1"), Channel("200", "marknad", "1"), Channel("400", HOSTILE, "1"),
    Channel("500", "liten kanal", "1"), Channel("600", "fullmäktige", "1"), Channel("900", "annan ort", "2"),
)  # fmt: skip
BUSY = {"100": 60, "200": 25, "400": 12, "500": 1, "600": 30, "900": 20}  # read in a busy hour
HATE = {"100": 0.004, "200": 0.001, "400": 0.02, "500": 0.03, "600": 0.008, "900": 0.01}
MOTIVES = ("xenophobia", "misogyny", "contempt_for_society", "antisemitism")


def make(path: Path, weeks: int = 9) -> None:
    """Nine weeks up to now, the same each time."""
    chance = random.Random(7)  # a made-up town, no secret
    tallies, flags = [], []
    for back in range(weeks * 7 * 24):
        hour = NOW - timedelta(hours=back)
        for channel in CHANNELS:
            read = chance.randrange(1 + BUSY[channel.id] * (1 + (hour.hour in range(15, 22))))
            found = [_flag(hour, channel, chance) for _ in range(read) if chance.random() < HATE[channel.id]]
            flags += found
            tallies.append(Tally(channel.id, hour, read, len(found), chance.randrange(1 + read // 15)))
    db = open_database(path)
    keep(db, Kept(NOW, flags, tallies=tallies, channels={each.id: each for each in CHANNELS}))
    rows = db.execute("SELECT id, flagged_at FROM flags ORDER BY id").fetchall()
    for row in rows:
        _handle(db, row["id"], datetime.fromisoformat(row["flagged_at"]), chance)
    db.execute("UPDATE flags SET announced_at = flagged_at")
    db.close()


def _flag(hour: datetime, channel: Channel, chance: random.Random) -> Flag:
    at = hour + timedelta(seconds=chance.randrange(3600))
    posted = Posted(str(snowflake_at(at) + chance.randrange(2**20)), channel, f"m{chance.randrange(50)}", at, "flagga")
    found = verdict(0.9, 0.02, women=0.8) if chance.random() < 0.3 else verdict(0.9, 0.02)
    return Flag(posted, replace(found), (Reason("threshold", "flag", 0.9, 0.5),), {"flag": 0.5}, at)


def _handle(db, number: int, at: datetime, chance: random.Random) -> None:  # type: ignore[no-untyped-def]
    if chance.random() < 0.05:
        return
    looked = at + timedelta(minutes=chance.randrange(1, 90))
    seen(db, number, looked)
    uphold, decided = chance.random() < 0.8, looked + timedelta(minutes=chance.randrange(1, 40))
    motives = chance.sample(MOTIVES, chance.randrange(3)) if uphold else ()
    measures = (Measure(Act.WARN),) if uphold and chance.random() < 0.3 else ()
    step = Step.UPHOLD if uphold else Step.DISMISS
    StoreReader(db).decide(Decision(number, step, chance.choice(("11", "12")), decided, tuple(motives), "", measures))
