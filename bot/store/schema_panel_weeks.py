"""Which tables hold sums by week, so that the map and the week cost the same however many flags there are?

Weeks are Swedish: from Monday, by Swedish clocks. Triggers keep the sums, so that whoever writes a count or a decision
keeps them too, in the same transaction. A thread counts as its channel. What a decision stands for counts in the week
in which it was taken, and no more once it is reopened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# The hour as Swedish clocks have it. Summer time runs from the last Sunday of March to that of October, 01:00 UTC
# (directive 2000/84/EC); SQLite's own 'localtime' is that of the machine. A test holds it to the time-zone database.
# Only in those two months is the Sunday worked out: this is asked for every count of every batch.
_LOCAL = """datetime({at}, iif(CASE substr({at}, 6, 2)
    WHEN '03' THEN datetime({at}) >= datetime(strftime('%Y', {at}) || '-04-01', '-7 days', 'weekday 0', '+1 hours')
    WHEN '10' THEN datetime({at}) < datetime(strftime('%Y', {at}) || '-11-01', '-7 days', 'weekday 0', '+1 hours')
    ELSE substr({at}, 6, 2) BETWEEN '04' AND '09' END,
    '+2 hours', '+1 hours'))"""
WEEK = "date({local}, 'weekday 0', '-6 days')"  # its Monday
_SLOT = "((strftime('%w', {local}) + 6) % 7 * 24 + strftime('%H', {local}))"  # hour of the week, from 0
_ROOT = "coalesce((SELECT nullif(parent_id, '') FROM channels WHERE id = {channel}), {channel})"
_GUILD = "coalesce((SELECT guild_id FROM channels WHERE id = {channel}), '')"

# How long something took, in whole steps: of a minute within the hour, of ten within the day, of two hours beyond.
_TOOK = """(SELECT CAST(CASE WHEN s < 3600 THEN s / 60 * 60 WHEN s < 86400 THEN s / 600 * 600 ELSE s / 7200 * 7200 END
    AS TEXT) FROM (SELECT min(max(CAST(strftime('%s', {end}) AS INTEGER) - CAST(strftime('%s', {begin}) AS INTEGER), 0),
    7776000) AS s))"""


_COLUMNS = ("read", "flagged", "unread")


def local(at: str) -> str:
    """An expression for the Swedish clock at a moment that another expression gives."""
    return _LOCAL.format(at=at)


def _week(at: str) -> str:
    return WEEK.format(local=local(at))


def _on_map(source: str, channel: str, at: str, read: str, upheld: str) -> tuple[str, str]:
    """Two statements that add to the map: by hour, and by four hours."""
    # Of one row, LIMIT keeps SQLite from working the clock out anew wherever it stands below.
    rows = source or "LIMIT 1"
    found = f"SELECT {channel} AS channel, {local(at)} AS local, {read} AS read, {upheld} AS upheld {rows}"
    slot = _SLOT.format(local="local")
    shape = """INSERT INTO {table} (channel_id, week, {step}, read, upheld)
        SELECT channel, {week}, {slot}, sum(read), sum(upheld) FROM ({found}) WHERE true GROUP BY 1, 2, 3
        ON CONFLICT DO UPDATE SET read = read + excluded.read, upheld = upheld + excluded.upheld"""
    slots = {"week": WEEK.format(local="local"), "found": found}
    return (
        shape.format(table="map_hours", step="slot", slot=slot, **slots),
        shape.format(table="map_blocks", step="block", slot=f"({slot} / 4)", **slots),
    )


def _figures(source: str, guild: str, at: str, figure: str, label: str = "''", n: str = "1") -> str:
    """A statement that adds to the week's figures."""
    return f"""INSERT INTO week_figures (guild_id, week, figure, label, n)
        SELECT guild, week, figure, label, sum(n) FROM (
            SELECT {guild} AS guild, {_week(at)} AS week, {figure} AS figure, {label} AS label, {n} AS n {source}
        ) WHERE n <> 0 GROUP BY 1, 2, 3, 4
        ON CONFLICT DO UPDATE SET n = n + excluded.n"""  # noqa: S608  # fixed texts, put together here


def _counts(source: str, channel: str, hour: str, old: Sequence[str], new: Sequence[str]) -> list[str]:
    grown = {name: f"{after} - {before}" for name, before, after in zip(_COLUMNS, old, new, strict=True)}
    return [
        *_on_map(source, _ROOT.format(channel=channel), hour, grown["read"], "0"),
        _read_in_week(source, _GUILD.format(channel=channel), hour, grown),
    ]


def _read_in_week(source: str, guild: str, hour: str, grown: Mapping[str, str]) -> str:
    """A statement that adds a count's columns to the week's figures; the clock is worked out once for all of them."""
    columns = ", ".join(f"{change} AS {name}" for name, change in grown.items())
    found = f"SELECT {guild} AS guild, {_week(hour)} AS week, {columns} {source or 'LIMIT 1'}"
    figures = " UNION ALL ".join(f"SELECT '{name}' AS figure" for name in grown)
    n = " ".join(f"WHEN '{name}' THEN {name}" for name in grown)
    return f"""INSERT INTO week_figures (guild_id, week, figure, label, n)
        SELECT guild, week, figure, '', sum(n) FROM (
            SELECT guild, week, figure, CASE figure {n} END AS n FROM ({found}) CROSS JOIN ({figures})
        ) WHERE n <> 0 GROUP BY 1, 2, 3
        ON CONFLICT DO UPDATE SET n = n + excluded.n"""  # noqa: S608  # fixed texts, put together here


def _standing(source: str, sign: str) -> list[str]:
    """What a decision `d` of a flag `f` stands for: its outcome, motives, targets, and whether the model was right."""
    upheld = f"{source} AND d.step = 'uphold'"
    by_model = "EXISTS (SELECT 1 FROM json_each(f.reasons) WHERE value ->> 'rule' = 'threshold')"
    reported = """json_array_length(f.reasons) > 0
        AND NOT EXISTS (SELECT 1 FROM json_each(f.reasons) WHERE value ->> 'rule' <> 'report')"""
    place = ("f.guild_id", "d.decided_at")
    named = upheld.replace("WHERE", ", json_each(d.motives) AS m WHERE", 1)
    aimed = upheld.replace("WHERE", ", json_each(f.targets) AS t WHERE", 1) + " AND t.value >= 0.5"
    return [
        _figures(source, *place, "iif(d.step = 'uphold', 'upheld', 'dismissed')", n=sign),
        _figures(named, *place, "'motive'", "m.value", n=sign),
        _figures(f"{upheld} AND json_array_length(d.motives) = 0", *place, "'motive'", "'none'", n=sign),
        _figures(aimed, *place, "'target'", "t.key", n=sign),
        _figures(f"{upheld} AND f.about = 'words' AND {reported}", *place, "'missed'", n=sign),
        _figures(f"{source} AND f.about = 'words' AND {by_model}", *place,
                 "iif(d.step = 'uphold', 'right', 'wrong')", n=sign),
    ]  # fmt: skip


_DECISION = """FROM decisions AS d CROSS JOIN flags AS f ON f.id = d.flag_id
    WHERE d.step <> 'reopen' AND d.id = {which}"""
_BEFORE = "(SELECT max(id) FROM decisions WHERE flag_id = NEW.flag_id AND id < NEW.id)"
_LAST = """FROM decisions AS d CROSS JOIN flags AS f ON f.id = d.flag_id
    WHERE d.step <> 'reopen' AND d.id = (SELECT max(id) FROM decisions WHERE flag_id = d.flag_id)"""
_ON_MAP = "kind = 'message' AND about = 'words'"  # one of the messages that `counts` has read


def _trigger(name: str, event: str, statements: list[str] | tuple[str, ...]) -> str:
    return f"CREATE TRIGGER {name} {event} BEGIN {'; '.join(statements)}; END"


def counted_when(name: str, event: str, figure: str, guild: str, at: str) -> str:
    """A trigger that counts one more of a figure whenever something happens; for later migrations."""
    return _trigger(name, event, [_figures("", guild, at, f"'{figure}'")])


_NONE = ("0", "0", "0")
_NEW = tuple(f"NEW.{each}" for each in _COLUMNS)
_OLD = tuple(f"OLD.{each}" for each in _COLUMNS)

_TABLES = (
    """
    CREATE TABLE map_hours (
        channel_id TEXT NOT NULL,
        week TEXT NOT NULL,
        slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 167),
        read INTEGER NOT NULL,
        upheld INTEGER NOT NULL,
        PRIMARY KEY (channel_id, week, slot)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE map_blocks (
        week TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        block INTEGER NOT NULL CHECK (block BETWEEN 0 AND 41),
        read INTEGER NOT NULL,
        upheld INTEGER NOT NULL,
        PRIMARY KEY (week, channel_id, block)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE week_figures (
        guild_id TEXT NOT NULL,
        week TEXT NOT NULL,
        figure TEXT NOT NULL,
        label TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (week, guild_id, figure, label)
    ) STRICT, WITHOUT ROWID
    """,
)
_INDEXES = (
    f"CREATE INDEX flags_upheld_where ON flags (channel_id, posted_at) WHERE state = 'upheld' AND {_ON_MAP}",
    "CREATE INDEX channels_by_parent ON channels (parent_id)",
    # The record, newest first: of all, of a kind, of a person.
    "CREATE INDEX decisions_record ON decisions (decided_at, id)",
    "CREATE INDEX decisions_reopened ON decisions (decided_at, id) WHERE step = 'reopen'",
    "CREATE INDEX decisions_by_person ON decisions (by, decided_at, id)",
    "CREATE INDEX decisions_reopened_by ON decisions (by, decided_at, id) WHERE step = 'reopen'",
    "CREATE INDEX decisions_with_measures ON decisions (by, decided_at, id) WHERE measures <> '[]'",
    "CREATE INDEX measures_record ON measures (asked_at, id)",
    "CREATE INDEX opinions_record ON opinions (given_at, id)",
    "CREATE INDEX opinions_by_person ON opinions (by, given_at, id)",
    "CREATE INDEX escalations_record ON escalations (escalated_at, id)",
    "CREATE INDEX escalations_by_person ON escalations (by, escalated_at, id)",
    "CREATE INDEX unmaskings_record ON unmaskings (at, id)",
    "CREATE INDEX reports_abusive ON reports (abusive_at, id) WHERE abusive_at IS NOT NULL",
)
_BACKFILL = (
    *_counts("FROM counts", "channel_id", "hour", _NONE, _COLUMNS),
    *_on_map(f"FROM flags WHERE state = 'upheld' AND {_ON_MAP}", _ROOT.format(channel="flags.channel_id"),
             "posted_at", "0", "1"),
    *_standing(_LAST, "1"),
    _figures("FROM decisions AS d CROSS JOIN flags AS f ON f.id = d.flag_id WHERE d.step <> 'reopen'", "f.guild_id",
             "d.decided_at", "'decided'", _TOOK.format(begin="f.flagged_at", end="d.decided_at")),
    _figures("FROM decisions AS d CROSS JOIN flags AS f ON f.id = d.flag_id WHERE d.step = 'reopen'", "f.guild_id",
             "d.decided_at", "'reopened'"),
    _figures("FROM flags WHERE seen_at IS NOT NULL", "guild_id", "seen_at", "'seen'",
             _TOOK.format(begin="flagged_at", end="seen_at")),
    _figures("FROM flags WHERE acted_at IS NOT NULL", "guild_id", "acted_at", "'acted'",
             _TOOK.format(begin="flagged_at", end="acted_at")),
    _figures("FROM reports", "guild_id", "made_at", "'report'"),
    _figures("FROM appeals", "guild_id", "made_at", "'appeal'"),
    _figures("FROM appeals WHERE outcome IS NOT NULL", "guild_id", "decided_at", "'appeal-' || outcome"),
)  # fmt: skip
_UPHELD = _ON_MAP.replace("kind", "NEW.kind").replace("about", "NEW.about")
_TRIGGERS = (
    _trigger("weeks_counted", "AFTER INSERT ON counts", _counts("", "NEW.channel_id", "NEW.hour", _NONE, _NEW)),
    _trigger("weeks_recounted", "AFTER UPDATE OF read, flagged, unread ON counts",
             _counts("", "NEW.channel_id", "NEW.hour", _OLD, _NEW)),
    _trigger("weeks_upheld", "AFTER UPDATE OF state ON flags WHEN (OLD.state = 'upheld') <> (NEW.state = 'upheld') "
             f"AND {_UPHELD}",
             _on_map("", _ROOT.format(channel="NEW.channel_id"), "NEW.posted_at", "0",
                     "iif(NEW.state = 'upheld', 1, -1)")),
    _trigger("weeks_decided", "AFTER INSERT ON decisions WHEN NEW.step <> 'reopen'", [
        *_standing(_DECISION.format(which="NEW.id"), "1"),
        _figures("FROM flags AS f WHERE f.id = NEW.flag_id", "f.guild_id", "NEW.decided_at", "'decided'",
                 _TOOK.format(begin="f.flagged_at", end="NEW.decided_at")),
    ]),
    _trigger("weeks_reopened", "AFTER INSERT ON decisions WHEN NEW.step = 'reopen'", [
        *_standing(_DECISION.format(which=_BEFORE), "-1"),
        _figures("FROM flags AS f WHERE f.id = NEW.flag_id", "f.guild_id", "NEW.decided_at", "'reopened'"),
    ]),
    _trigger("weeks_seen", "AFTER UPDATE OF seen_at ON flags WHEN OLD.seen_at IS NULL AND NEW.seen_at IS NOT NULL",
             [_figures("", "NEW.guild_id", "NEW.seen_at", "'seen'",
                       _TOOK.format(begin="NEW.flagged_at", end="NEW.seen_at"))]),
    # Only the last measure counts, as core/statistics has it.
    _trigger("weeks_acted", "AFTER UPDATE OF acted_at ON flags WHEN OLD.acted_at IS NOT NEW.acted_at", [
        _figures("WHERE OLD.acted_at IS NOT NULL", "NEW.guild_id", "OLD.acted_at", "'acted'",
                 _TOOK.format(begin="NEW.flagged_at", end="OLD.acted_at"), "-1"),
        _figures("WHERE NEW.acted_at IS NOT NULL", "NEW.guild_id", "NEW.acted_at", "'acted'",
                 _TOOK.format(begin="NEW.flagged_at", end="NEW.acted_at")),
    ]),
    _trigger("weeks_reported", "AFTER INSERT ON reports", [_figures("", "NEW.guild_id", "NEW.made_at", "'report'")]),
    _trigger("weeks_appealed", "AFTER INSERT ON appeals", [_figures("", "NEW.guild_id", "NEW.made_at", "'appeal'")]),
    _trigger("weeks_answered", "AFTER UPDATE OF outcome ON appeals WHEN OLD.outcome IS NULL "
             "AND NEW.outcome IS NOT NULL",
             [_figures("", "NEW.guild_id", "NEW.decided_at", "'appeal-' || NEW.outcome")]),
)  # fmt: skip

M018 = (*_TABLES, *_INDEXES, *_BACKFILL, *_TRIGGERS)
