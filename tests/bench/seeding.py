"""How do thousands of flags come to wait in a database, with cards that hang in the moderators' channel?

Straight into the file and the loopback, before the bot starts: what is measured is how they are handled.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.cases import Card, Case, Told
from bot.core.flags import Flag, Reason
from bot.core.messages import Channel, Posted
from bot.core.ports import Kept
from bot.discord_gateway.card import card
from bot.store import cards, keeping, review
from bot.store.connection import open_database
from classifier.verdict import MOTIVES, TARGETS, Span, Verdict
from tests.bench.town import Town
from tests.loopback import Message
from tests.loopback.messages import COMPONENTS_V2

TEXT = "ett påhittat meddelande som någon borde se på"
AT_ONCE = 1_000  # flags in one transaction


def hang(town: Town, count: int) -> list[Message]:
    """So many open flags, told of already; their cards, in the order of the flags."""
    hung: list[Message] = []
    db = open_database(town.db)
    while len(hung) < count:
        flags = [_flag(town, number) for number in range(len(hung), min(count, len(hung) + AT_ONCE))]
        keeping.keep(db, Kept(datetime.now(UTC), flags))
        told = []
        for case in review.unannounced(db, AT_ONCE):
            hung.append(_hung(town, case))
            told.append(Card(case.id, str(town.desk.id), str(hung[-1].id), case.version))
        cards.announced(db, Told([each.flag for each in told], told), datetime.now(UTC))
    db.close()
    return hung


def heap(town: Town, count: int) -> None:
    """So many open flags without cards, each its own message, of every urgency and from the last ninety days."""
    db = open_database(town.db)
    keeping.keep(db, Kept(datetime.now(UTC), [_flag(town, 0)]))
    columns = [row["name"] for row in db.execute("PRAGMA table_info(flags)").fetchall()]
    new = {
        "id": "n",
        "message_id": "CAST(message_id AS INTEGER) + n",
        "urgency": "(n % 2) * 3000 + (n % 3) * 100",
        "flagged_at": "strftime('%Y-%m-%dT%H:%M:%S.000+00:00', 'now', '-' || (n % 129600) || ' minutes')",
    }
    values = ", ".join(new.get(column, column) for column in columns)
    db.execute(
        f"""WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
        INSERT INTO flags ({", ".join(columns)}) SELECT {values} FROM numbers, (SELECT * FROM flags WHERE id = 1)""",
        [count],
    )
    db.execute("UPDATE flags SET announced_at = flagged_at")
    db.close()


def _flag(town: Town, number: int) -> Flag:
    posted = town.square.write(town.members[number % len(town.members)], f"{TEXT} {number}", tell=False)
    at = datetime.now(UTC) - timedelta(minutes=5)
    place = Channel(str(town.square.id), "torget", str(town.guild.id))
    likely = dict.fromkeys(MOTIVES, 0.02) | {MOTIVES[number % len(MOTIVES)]: 0.8}
    verdict = Verdict(
        0.93, 0.1, likely, dict.fromkeys(TARGETS, 0.02), "bench@0", "sv", spans=(Span(12, 22, 0.7), Span(4, 11, 0.2))
    )
    post = Posted(str(posted.id), place, str(posted.author.id), at, f"{TEXT} {number}")
    return Flag(post, verdict, (Reason("threshold", "flag", 0.93, 0.5),), {"flag": 0.5}, at)


def _hung(town: Town, case: Case) -> Message:
    shown = card(case, ["sv", "en"]).to_components()
    return town.desk.write(town.server.bot, components=shown, flags=COMPONENTS_V2, tell=False)
