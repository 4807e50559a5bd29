"""Do 50 moderators decide 5,000 cards at once without a double decision, a lost one, or a card left behind?

Under the rate limits that Discord sets. Everybody begins at `/queue`; every fifth card is pressed by two people at
once, every fifth is upheld through the modal. What happened is counted in the database and on the cards themselves:
a decision is double where a flag has two, lost where a press was heard and its flag has none, and a card is left
behind where it still has buttons or does not name whoever decided by the database.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench.seeding import hang
from tests.bench.town import Town, percentile, town
from tests.loopback import Interaction, Member, Message

CARDS = 5_000
MODERATORS = 50
TWICE = 5  # every so manieth card is pressed by two
UPHELD = 5
MINUTES = 10  # until a card that is not updated counts as left behind


def crowd() -> dict[str, float]:
    """All of them at once."""
    return asyncio.run(_crowd())


async def _crowd() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder), MODERATORS) as place:
            cards = hang(place, CARDS)
            place.server.limits.as_discord()
            async with place.bot():
                started = time.perf_counter()
                pressed = await _decide_all(place, cards)
                deciding = time.perf_counter() - started
                updated = await _all_updated(place, cards, started)
            found = _counted(place, cards) | _told(place, cards, pressed)
            return found | {
                "cards": len(cards),
                "decided_per_second": len(cards) / deciding,
                "deciding_s": deciding,
                "updated_s": updated,
                "p99_ms": 1000 * percentile(_waits(place, pressed), 0.99),
                "limits_broken": len(place.server.limits.violations),
            }


async def _decide_all(place: Town, cards: list[Message]) -> list[Interaction]:
    """Every moderator works through a pile, one card after another; some cards lie in two piles at the same height."""
    piles: list[list[int]] = [[] for _ in place.moderators]
    for number in range(MODERATORS, len(cards)):  # the first ones are decided from the queue
        first = number % MODERATORS
        piles[first].append(number)
        if number % TWICE == 0:
            piles[first ^ 1].append(number)
    done = await asyncio.gather(
        *(_work(place, who, cards, pile) for who, pile in zip(place.moderators, piles, strict=True))
    )
    return [each for one in done for each in one]


async def _work(place: Town, who: Member, cards: list[Message], pile: list[int]) -> list[Interaction]:
    pressed = [await _from_the_queue(place, who)]
    for number in pile:
        card = cards[number]
        if not _is_open(card):  # somebody was faster, and the card says so
            continue
        if number % UPHELD == 1:
            asked = await (await place.server.click(who, card, "Bifall / Uphold")).acknowledgement()
            if asked.answer_type != 9:  # it was decided meanwhile, and that was told
                continue
            pressed.append(await place.server.submit_modal(asked, {"motives": ["other"]}))
        else:
            pressed.append(await place.server.click(who, card, "Avskriv / Dismiss"))
        await pressed[-1].acknowledgement()
    return pressed


async def _from_the_queue(place: Town, who: Member) -> Interaction:
    """Decided on a card of one's own: the one in the channel must follow through Discord's limits."""
    await asyncio.sleep(random.random())
    shown = await (await place.server.slash(who, place.desk, "queue")).shown(timeout=60)
    return await (await place.server.click(who, shown, "Avskriv")).acknowledgement()


async def _all_updated(place: Town, cards: list[Message], started: float) -> float:
    """When every card shows what was decided; whatever does not within the time is counted as left behind."""
    while any(_is_open(card) for card in cards) and time.perf_counter() - started < 60 * MINUTES:
        await asyncio.sleep(0.2)
    seconds = time.perf_counter() - started
    await asyncio.sleep(1)  # what lands on a card now would be an older view
    return seconds


def _is_open(card: Message) -> bool:
    return any(button["label"] == "Avskriv / Dismiss" for button in card.buttons)


def _counted(place: Town, cards: list[Message]) -> dict[str, float]:
    with place.rows() as rows:
        decisions = rows.execute("SELECT flag_id, by FROM decisions").fetchall()
        states = dict(rows.execute("SELECT id, state FROM flags").fetchall())
    counts = Counter(flag for flag, _ in decisions)
    by = dict(decisions)
    behind = [
        number
        for number, card in enumerate(cards, 1)
        if _is_open(card)
        or f"<@{by.get(number)}>" not in card.text
        or card.text.count("avskrevs av") + card.text.count("bifölls av") != 1
    ]
    return {
        "double": sum(count > 1 for count in counts.values()),
        "lost": sum(states[number] == "pending" or number not in counts for number in range(1, len(cards) + 1)),
        "left_behind": len(behind),
    }


def _told(place: Town, cards: list[Message], pressed: list[Interaction]) -> dict[str, float]:
    """Whoever was late was told; whoever was told nothing is the one that the database names."""
    late = sum(any("Ingenting ändrades" in told.text for told in each.followups) for each in pressed)
    return {"presses": len(pressed), "told_late": late, "untold": len(pressed) - len(cards) - late}


def _waits(place: Town, pressed: list[Interaction]) -> list[float]:
    heard = {
        request.path: request.time for request in place.server.requests.matching("POST /interactions/*/*/callback")
    }
    return [heard[f"/interactions/{each.id}/{each.token}/callback"] - each.began for each in pressed]
