"""What tests of `/thresholds` have in common: a town with decided flags, and what an admin reads."""

from __future__ import annotations

from typing import Any

from bot.core.flags import Step
from tests.builders import decision
from tests.discord_gateway.harness import Bot
from tests.loopback import Channel, Interaction, LoopbackDiscord, Member, Message

SCORES = [0.10, 0.20, 0.30, 0.40, *(round(0.55 + 0.01 * number, 2) for number in range(36))]  # four are let through
FLAGGED = len(SCORES) - 4


async def town(bot: Bot, channel: Channel, author: Member, decided: int = FLAGGED) -> None:
    """Messages of every score; of the flags, those up to 0.7 are dismissed and the others upheld."""
    await channel.post_many(author, [f"poäng {score:.2f}" for score in SCORES])
    await bot.settled()
    for number, score in enumerate(SCORES[4 : 4 + decided], 1):
        step = Step.UPHOLD if score > 0.7 else Step.DISMISS
        await bot.store.rule(
            decision(number, step, "Maja", at=bot.clock.now(), motives=("other",) if score > 0.7 else ())
        )


async def asked(server: LoopbackDiscord, who: Member, channel: Channel, name: str, /, **options: Any) -> Message:
    """What somebody reads who asks: deferred at once, and seen by that person alone."""
    begun = await server.slash(who, channel, f"thresholds {name}", options)
    shown = await begun.shown()
    assert begun.deferred
    assert begun.ephemeral
    assert shown.allowed_mentions == {"parse": []}, "nobody is ever mentioned"
    return shown


async def proposed(
    server: LoopbackDiscord, who: Member, shown: Message, button: str = "Föreslå", why: str = "Lugnare"
) -> Interaction:
    """Presses *Propose*, and says why; the answer to that."""
    press = await (await server.click(who, shown, button)).acknowledgement()
    return await server.submit_modal(press, {"why": why})


async def pressed(server: LoopbackDiscord, who: Member, card: Message, button: str) -> Interaction:
    """Presses a button of a card, and waits for what comes of it."""
    press = await server.click(who, card, button)
    await press.acknowledgement()
    return press


async def flag_numbers(bot: Bot) -> list[int]:
    """The numbers of all flags, once everything is saved."""
    await bot.settled()
    return [each.id for each in await bot.flags()]
