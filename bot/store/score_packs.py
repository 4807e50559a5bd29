"""How are fifty thousand cases read at once? Packed by day, once a day is over; a change of one unpacks its day.

Triggers unpack (schema_packs.py), within the transaction of the change, whoever makes it: what is packed is so. The
daily retention packs anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from bot.store.transaction import at_once
from classifier.verdict import LABELS

DAY = 86_400  # seconds
OPEN = timedelta(days=1)  # what is younger is not packed: it is decided now
CASE = np.dtype(
    [
        *[(name, "<i8") for name in ("flag", "at", "took")],
        *[(name, "<i4") for name in ("channel", "found")],
        ("marks", "u1"),
        ("scores", "<f4", (len(LABELS),)),
    ]
)
STATE, ANYWAY, REPORTED = 2, 2, 1  # of marks: state << STATE, and two bits

# One row of lists instead of a row for each case: no Python object is made for each number.
_ROWS = """SELECT json_group_array(flag_id), json_group_array(posted), json_group_array(coalesce(took, 0)),
    json_group_array(state * 4 + anyway * 2 + reported), json_group_array(channel_id), json_group_array(found),
    coalesce(group_concat(hex(probabilities), ''), '')
    FROM scores WHERE guild_id = ? AND posted >= ? AND posted < ? AND model = ?"""
_PACKS = """SELECT day, channels, found, cases FROM score_packs
    WHERE guild_id = ? AND day >= ? AND day < ? AND model = ? ORDER BY day"""
_UNPACKED = """SELECT DISTINCT guild_id, posted / 86400 AS day, model FROM scores WHERE posted < ? AND NOT EXISTS (
    SELECT 1 FROM score_packs AS pack
    WHERE pack.guild_id = scores.guild_id AND pack.day = scores.posted / 86400 AND pack.model = scores.model)"""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Cases as records of CASE; `channel` and `found` are places in the two lists beside them."""

    channels: tuple[str, ...]  # ids
    found: tuple[str, ...]  # JSON lists of what humans found
    cases: NDArray[np.void]


def read(db: Database, guild: str, model: str, days: tuple[int, int]) -> Pack:
    """The cases of a server and a model, posted from one day to before another, as days since 1970 (UTC)."""
    packs = db.execute(_PACKS, [guild, *days, model]).fetchall()
    ready = [
        Pack(tuple(json.loads(channels)), tuple(json.loads(found)), np.frombuffer(cases, CASE))
        for _, channels, found, cases in packs
    ]
    gaps = pairwise([days[0] - 1, *(row[0] for row in packs), days[1]])
    rest = [_rows(db, guild, model, (before + 1, day)) for before, day in gaps if before + 1 < day]
    return together(ready + rest)


def together(packs: Sequence[Pack]) -> Pack:
    """Several as one."""
    channels, of_channels = _numbered([each for pack in packs for each in pack.channels])
    found, of_found = _numbered([each for pack in packs for each in pack.found])
    cases = np.concatenate([np.zeros(0, CASE), *(pack.cases for pack in packs)])
    lengths = [len(pack.cases) for pack in packs]
    for column, numbers, sizes in (
        ("channel", of_channels, [len(pack.channels) for pack in packs]),
        ("found", of_found, [len(pack.found) for pack in packs]),
    ):
        begins = np.cumsum([0, *sizes], dtype=np.int64)[:-1]
        cases[column] = numbers[cases[column] + np.repeat(begins, lengths)] if len(cases) else cases[column]
    return Pack(channels, found, cases)


def pack_up(db: Database, now: datetime) -> None:
    """Pack the days that are over and are not packed, each at once."""
    end = int((now - OPEN).timestamp()) // DAY
    for guild, day, model in db.execute(_UNPACKED, [end * DAY]).fetchall():
        with at_once(db):
            pack = _rows(db, guild, model, (day, day + 1))
            db.execute(
                """INSERT OR REPLACE INTO score_packs (guild_id, day, model, channels, found, cases)
                VALUES (?, ?, ?, ?, ?, ?)""",
                [guild, day, model, json.dumps(pack.channels), json.dumps(pack.found), pack.cases.tobytes()],
            )


def _rows(db: Database, guild: str, model: str, days: tuple[int, int]) -> Pack:
    row = db.execute(_ROWS, [guild, days[0] * DAY, days[1] * DAY, model]).fetchone()
    columns = list(_columns(row[:4]))
    channels, channel = _numbered(json.loads(row[4]))
    found, which = _numbered(json.loads(row[5]))
    cases = np.zeros(len(channel), CASE)
    for name, column in zip(
        ("flag", "at", "took", "marks", "channel", "found"), [*columns, channel, which], strict=True
    ):
        cases[name] = column
    cases["scores"] = np.frombuffer(bytes.fromhex(row[6]), "<f4").reshape(-1, len(LABELS))
    return Pack(channels, found, cases)


def _columns(lists: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    for text in lists:
        yield np.fromstring(text[1:-1], np.int64, sep=",")


def _numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Different texts, and of each which of them it is: few stand in many rows."""
    different = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return tuple(different), np.array([different[text] for text in texts], np.int64)
