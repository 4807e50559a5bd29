"""Which cases stand on a page of the panel? Read from the front of an index, at most so many for a filter.

An open case stands where core/urgency puts it; what is decided, by its number, the latest first. What somebody is to
read again, blind, stands among the open ones for that person, and not among the decided ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.about import MAY_BE
from bot.core.cases import Case, blinded
from bot.core.desk_listing import LENGTHS, NEAR, PAGE, Age, Eyes, Key, Listed, Mine, Pile, Wanted
from bot.core.flags import FINDINGS, State
from bot.core.urgency import BAND, THREAT
from bot.store import readings
from bot.store.audits import is_blind
from bot.store.keeping import stamp
from bot.store.review import case
from classifier.verdict import TARGETS

Filters = tuple[list[str], dict[str, Any]]  # conditions, and what stands in their slots

OPEN = "state = 'pending' AND text IS NOT NULL"
DECIDED = "state <> 'pending'"
ASKED = 200  # of one person's questions for a second opinion, the latest

# A step from server to server on the index, however many flags each has.
GUILDS = """WITH RECURSIVE found (guild) AS (
        SELECT min(guild_id) FROM flags INDEXED BY {index} WHERE {pile}
        UNION ALL
        SELECT (SELECT min(guild_id) FROM flags INDEXED BY {index} WHERE {pile} AND guild_id > guild) FROM found
        WHERE guild IS NOT NULL
    ) SELECT guild FROM found WHERE guild IS NOT NULL"""
NEAREST = {
    Pile.OPEN: f"""SELECT id, rank FROM flags INDEXED BY flags_desk
        WHERE guild_id = :guild AND {OPEN} AND (rank, id) > (:rank, :flag) ORDER BY rank, id LIMIT :near""",  # noqa: S608  # fixed texts
    Pile.DECIDED: f"""SELECT id, -id AS rank FROM flags INDEXED BY flags_desk_decided
        WHERE guild_id = :guild AND {DECIDED} AND id < :flag ORDER BY id DESC LIMIT :near""",  # noqa: S608  # fixed texts
}
OWN = {
    Pile.OPEN: f"SELECT id, rank FROM flags WHERE id IN (SELECT value FROM json_each(:ids)) AND {OPEN}",  # noqa: S608  # as above
    Pile.DECIDED: f"SELECT id, -id AS rank FROM flags WHERE id IN (SELECT value FROM json_each(:ids)) AND {DECIDED}",  # noqa: S608  # as above
}
LABEL = """(json_extract({column}, '$.' || :{name}) >= 0.5 OR EXISTS (
    SELECT 1 FROM json_each(flags.reasons) WHERE value ->> 'rule' = 'threshold' AND value ->> 'label' = :{name}))"""
# While samples are not to be told from flags: its place among the likeliest, which is all that is shown of either.
MAY_BE_ABOUT = """:{name} IN (SELECT label FROM (
        SELECT key AS place, value AS label, CASE value WHEN 'threat' THEN flags.threat
            ELSE coalesce(json_extract({column}, '$.' || value), 0) END AS sure FROM json_each(:{name}_among)
    ) ORDER BY sure DESC, place LIMIT {most})"""
UNREAD = """NOT EXISTS (SELECT 1 FROM readings WHERE readings.flag_id = flags.id AND readings.ended_at IS NULL
    AND readings.by <> :who AND readings.until > :now AND flags.author_id <> :who)"""
REREAD = """SELECT flag_id, urgency FROM readings
    WHERE guild_id = ?1 AND ended_at IS NULL AND by <> ?2 AND until > ?3
    AND NOT EXISTS (SELECT 1 FROM flags WHERE id = flag_id AND (author_id = ?2 OR restricted_at IS NOT NULL))
    ORDER BY urgency DESC, flag_id LIMIT 50"""


def listed(db: Database, wanted: Wanted, eyes: Eyes, now: datetime) -> Listed:
    """A page of what is wanted."""
    found: list[Key] = []
    end: Key | None = None  # as far as every server was looked through
    filters = _filters(wanted, eyes, now, blind=wanted.pile is Pile.OPEN and is_blind(db))
    for guild in eyes.guilds or guilds(db, wanted.pile):
        keys, last = _of_guild(db, wanted, eyes, guild, filters)
        found += keys
        end = last if end is None or (last is not None and _place(last) < _place(end)) else end
    again = _again(db, wanted, eyes, now, filters)
    everything = sorted({*found, *again}, key=_place)
    within = [key for key in everything if end is None or _place(key) <= _place(end)]
    page = within[:PAGE]
    more = page[-1] if len(within) > PAGE else end
    cases = [_shown(db, key, again) for key in page]
    return Listed(cases, page, more, cut=len(within) <= PAGE and end is not None)


def guilds(db: Database, pile: Pile = Pile.OPEN) -> list[str]:
    """The servers that have any such flag."""
    index, pile_is = ("flags_desk", OPEN) if pile is Pile.OPEN else ("flags_desk_decided", DECIDED)
    query = GUILDS.format(index=index, pile=pile_is)
    return [row["guild"] for row in db.execute(query).fetchall()]


def channels(db: Database, guilds: Sequence[str], limit: int) -> list[tuple[str, str]]:
    """Ids and names of known channels, by name."""
    query = """SELECT id, name FROM channels WHERE ?1 = '[]' OR guild_id IN (SELECT value FROM json_each(?1))
        ORDER BY name, id LIMIT ?2"""
    return [(row["id"], row["name"]) for row in db.execute(query, [json.dumps(list(guilds)), limit]).fetchall()]


def is_reread(db: Database, flag: int, who: str, author: str, now: datetime) -> bool:
    """Whether somebody is to read a decided case again, blind."""
    reading = readings.of_flag(db, flag, now)
    return reading is not None and who not in (reading.by, author)


def _of_guild(db: Database, wanted: Wanted, eyes: Eyes, guild: str, filters: Filters) -> tuple[list[Key], Key | None]:
    """The nearest that pass the filters, and the last one looked at where there are more behind it."""
    where, slots = list(filters[0]), dict(filters[1])
    near, slots["guild"] = PAGE + 1 if not where else NEAR, guild
    first = wanted.after or Key(-(2**62), 2**62 if wanted.pile is Pile.DECIDED else 0)
    slots |= {"rank": first.rank, "flag": first.flag, "near": near}
    if wanted.mine is not None:
        slots["ids"] = json.dumps(_own(db, wanted.mine, eyes))
        where.append("flags.guild_id = :guild")
        where.append("(nearest.rank, nearest.id) > (:rank, :flag)" if wanted.pile is Pile.OPEN else "flags.id < :flag")
    nearest = OWN[wanted.pile] if wanted.mine is not None else NEAREST[wanted.pile]
    if not where:
        keys = [Key(row["rank"], row["id"]) for row in db.execute(nearest, slots).fetchall()]
        return keys, keys[-1] if len(keys) == near else None
    query = f"""SELECT nearest.id, nearest.rank FROM ({nearest}) AS nearest CROSS JOIN flags ON flags.id = nearest.id
        WHERE {" AND ".join(where)} ORDER BY nearest.rank, nearest.id LIMIT {PAGE + 1}"""  # noqa: S608  # fixed texts
    keys = [Key(row["rank"], row["id"]) for row in db.execute(query, slots).fetchall()]
    if len(keys) > PAGE:
        return keys, keys[-1]
    return keys, None if wanted.mine is not None else _last(db, nearest, slots)


def _last(db: Database, nearest: str, slots: dict[str, Any]) -> Key | None:
    query = f"SELECT id, rank FROM ({nearest}) LIMIT 1 OFFSET :near - 1"  # noqa: S608  # a fixed text
    row = db.execute(query, slots).fetchone()
    return None if row is None else Key(row["rank"], row["id"])


def _filters(wanted: Wanted, eyes: Eyes, now: datetime, *, blind: bool) -> Filters:
    slots: dict[str, Any] = {"who": eyes.who, "now": stamp(now)}
    where = [UNREAD] if wanted.pile is Pile.DECIDED else []
    for name, among in (("motive", FINDINGS), ("target", TARGETS)):
        if value := getattr(wanted, name):
            where.append((MAY_BE_ABOUT if blind else LABEL).format(column=f"flags.{name}s", name=name, most=MAY_BE))
            slots |= {name: value, f"{name}_among": json.dumps(among)}
    if wanted.threat and blind:
        where.append(MAY_BE_ABOUT.format(column="flags.motives", name="threat", most=MAY_BE))
        slots |= {"threat": "threat", "threat_among": json.dumps(FINDINGS)}
    elif wanted.threat:
        where.append(f"flags.urgency >= {THREAT}")
    if wanted.channel:
        where.append("flags.channel_id = :channel")
        slots["channel"] = wanted.channel
    if wanted.reported:
        where.append("EXISTS (SELECT 1 FROM reports WHERE reports.flag_id = flags.id)")
    if wanted.age is not None:
        where.append(f"flags.flagged_at {'<' if wanted.age is Age.OLDER else '>='} :since")
        slots["since"] = stamp(now - LENGTHS[wanted.age])
    return where, slots


def _own(db: Database, mine: Mine, eyes: Eyes) -> list[int]:
    if mine is Mine.READING:
        return list(eyes.reading)
    query = "SELECT flag_id FROM opinions WHERE by = ? AND kind = 'asked' ORDER BY id DESC LIMIT ?"
    return [row["flag_id"] for row in db.execute(query, [eyes.who, ASKED]).fetchall()]


def _again(db: Database, wanted: Wanted, eyes: Eyes, now: datetime, filters: Filters) -> set[Key]:
    """What this person is to read again, blind, as far as the filters let it through."""
    if wanted.pile is Pile.DECIDED or wanted.mine is Mine.ASKED:
        return set()
    where, slots = filters
    found = set()
    for key in _rereads(db, eyes, now):
        passes = (
            not where
            or db.execute(
                f"SELECT 1 FROM flags WHERE id = :flag AND {' AND '.join(where)}",  # noqa: S608  # fixed texts
                {**slots, "flag": key.flag},
            ).fetchone()
        )
        behind = wanted.after is None or _place(key) > _place(wanted.after)
        if passes and behind and (wanted.mine is None or key.flag in eyes.reading):
            found.add(key)
    return found


def _rereads(db: Database, eyes: Eyes, now: datetime) -> Iterator[Key]:
    for guild in eyes.guilds or guilds(db, Pile.DECIDED):
        for row in db.execute(REREAD, [guild, eyes.who, stamp(now)]).fetchall():
            urgency = min(row["urgency"], THREAT - 1)
            yield Key(-(urgency // BAND * 400_000 + urgency), row["flag_id"])


def _shown(db: Database, key: Key, again: set[Key]) -> Case:
    found = case(db, key.flag)
    assert found is not None, "flags are never deleted"
    return blinded(found) if key in again and found.state is not State.PENDING else found


def _place(key: Key) -> tuple[int, int]:
    return key.rank, key.flag
