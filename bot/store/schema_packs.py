"""Which table holds the narrow rows of `scores` once more, to be read at once? One row a server, day and model.

What is in it can be made anew from `scores` (score_packs.py); any change there removes the day.
"""

from __future__ import annotations

_UNPACK = "DELETE FROM score_packs WHERE guild_id = {row}.guild_id AND day = {row}.posted / 86400;"

M017 = (
    # `day`: days since 1970, UTC. `channels`, `found`: what `cases`, records of numbers, refer to by place.
    """
    CREATE TABLE score_packs (
        guild_id TEXT NOT NULL,
        day INTEGER NOT NULL,
        model TEXT NOT NULL,
        channels TEXT NOT NULL CHECK (json_valid(channels)),
        found TEXT NOT NULL CHECK (json_valid(found)),
        cases BLOB NOT NULL,
        PRIMARY KEY (guild_id, day, model)
    ) STRICT, WITHOUT ROWID
    """,
    f"CREATE TRIGGER scores_come AFTER INSERT ON scores BEGIN {_UNPACK.format(row='NEW')} END",
    f"CREATE TRIGGER scores_go AFTER DELETE ON scores BEGIN {_UNPACK.format(row='OLD')} END",
    f"""CREATE TRIGGER scores_change AFTER UPDATE ON scores
    BEGIN {_UNPACK.format(row="OLD")} {_UNPACK.format(row="NEW")} END""",
)
