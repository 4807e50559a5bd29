"""Do 1,000 members who report at once each get an answer in time, each in one case, and none lost over a kill?

Ten reports each, half of them on the same 20 messages, through the message menu and its form. In the middle the bot
is killed without warning and started again; whoever got no answer reports once more, as a person would. Then one more
report each, which must be refused. What happened is counted in the database: a report is lost where somebody has a
receipt that the table does not hold, and split where one message's reports stand in two cases.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from pathlib import Path

from tests.bench.town import Town, percentile, town
from tests.loopback import Interaction, Member, Message
from tests.loopback.interactions import SHOW_MODAL, DidNotRespondError

MEMBERS = 1_000
EACH = 10
SHARED = 20  # messages that half of the reports are on
LATE = 3.0
FORM = {"category": ["harassment"], "hurt": ["somebody"], "words": "det här är inte okej"}
SPLIT = """SELECT count(*) FROM (
    SELECT message_id FROM reports GROUP BY message_id HAVING count(DISTINCT flag_id) > 1)"""
RECEIPT = re.compile(r"nummer \*\*([0-9]+)\*\*")


def reports() -> dict[str, float]:
    """All of them at once."""
    return asyncio.run(_reports())


async def _reports() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder)) as place:
            with (Path(folder) / "config.toml").open("a") as file:  # the town's reporters write to few authors
                file.write("[reports]\nper_target_hour = 10000\n")
            people = [place.guild.add_member(f"r{number}") for number in range(MEMBERS)]
            shared = [await place.square.post(place.members[n % 20], f"det här är nummer {n}") for n in range(SHARED)]
            own = [await place.square.post(place.members[n % 20], f"ett eget, {n}") for n in range(MEMBERS * EACH // 2)]
            piles = [_pile(number, shared, own) for number in range(MEMBERS)]
            waits: list[float] = []
            told: list[int] = []
            begun: list[Interaction] = []
            again: list[Interaction] = []
            started = time.perf_counter()
            async with place.bot():
                half = [
                    _work(place, who, pile[: EACH // 2], waits, told, begun)
                    for who, pile in zip(people, piles, strict=True)
                ]
                killing = asyncio.ensure_future(asyncio.gather(*half))
                while len(told) < MEMBERS * EACH // 4 and not killing.done():
                    await asyncio.sleep(0.01)
                killing.cancel()
                await asyncio.gather(killing, return_exceptions=True)
            before = len(told)
            async with place.bot():
                whole = [_work(place, *each, waits, told, again) for each in zip(people, piles, strict=True)]
                await asyncio.gather(*whole)
                seconds = time.perf_counter() - started
                beyond = [
                    _work(place, who, [own[(n + 1) * 5 % len(own)]], waits, told, again) for n, who in enumerate(people)
                ]
                held = len(told)
                await asyncio.gather(*beyond)
                over = len(told) - held
            heard, heard_again = _heard(place, begun), _heard(place, again)
            return _counted(place, told) | {
                "reports": MEMBERS * EACH,
                "told_before_the_kill": before,
                "over_the_limit": over,
                "per_second": MEMBERS * EACH / seconds,
                "p99_ms": 1000 * percentile(heard + heard_again, 0.99),
                "late": sum(wait > LATE for wait in heard + heard_again),
                "unheard": len(again) - len(heard_again),  # by the bot that nobody killed
                "receipt_p99_ms": 1000 * percentile(waits, 0.99),
                "receipts_late": sum(wait > LATE for wait in waits),
            }


def _pile(number: int, shared: list[Message], own: list[Message]) -> list[Message]:
    mine = own[number * EACH // 2 : (number + 1) * EACH // 2]
    common = [shared[(number + step) % SHARED] for step in range(EACH // 2)]
    return [each for pair in zip(common, mine, strict=True) for each in pair]


async def _work(
    place: Town, who: Member, pile: list[Message], waits: list[float], told: list[int], begun: list[Interaction]
) -> None:
    for message in pile:
        asked = await _acknowledged(await place.server.context_menu(who, message, "Report"), begun)
        if asked is None or asked.answer_type != SHOW_MODAL:
            continue
        sent = await place.server.submit_modal(asked, FORM)
        if await _acknowledged(sent, begun) is not None:
            answer = (await sent.shown(timeout=60)).text
            waits.append(place.server.clock.now() - sent.began)
            if found := RECEIPT.search(answer):
                told.append(int(found[1]))


async def _acknowledged(made: Interaction, begun: list[Interaction]) -> Interaction | None:
    """None where Discord would have said that the application did not respond."""
    begun.append(made)
    try:
        return await made.acknowledgement(timeout=60)
    except DidNotRespondError:
        return None


def _heard(place: Town, begun: list[Interaction]) -> list[float]:
    """From each press to its acknowledgement, of those that were heard: a bot that is killed hears no more."""
    heard = {
        request.path: request.time for request in place.server.requests.matching("POST /interactions/*/*/callback")
    }
    waits = [(f"/interactions/{each.id}/{each.token}/callback", each.began) for each in begun]
    return [heard[path] - began for path, began in waits if path in heard]


def _counted(place: Town, told: list[int]) -> dict[str, float]:
    with place.rows() as rows:
        kept = {row[0] for row in rows.execute("SELECT id FROM reports")}
        split = rows.execute(SPLIT).fetchone()[0]
        most = rows.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM reporters GROUP BY who)").fetchone()[0]
        least = rows.execute("SELECT min(n) FROM (SELECT count(*) AS n FROM reporters GROUP BY who)").fetchone()[0]
    return {
        "lost": len(set(told) - kept),
        "kept": len(kept),
        "split": split,
        "most_of_one": most,
        "least_of_one": least,
    }
