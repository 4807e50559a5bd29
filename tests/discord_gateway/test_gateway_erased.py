"""What do moderators see of a case that is held, or erased under their hands? Through the loopback Discord."""

from __future__ import annotations

from pathlib import Path

from bot.core.deeds import Deed, DeedKind
from bot.core.flags import State
from bot.store.erasing import erase_person, scrub
from bot.store.holds import hold, release
from tests.discord_gateway.harness import card_for, eventually, moderated
from tests.loopback import Channel, LoopbackDiscord, Member


async def test_a_case_that_is_erased_under_a_moderators_hands_says_so_and_cannot_be_decided(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    """While the bot runs: the card names nobody any more, and whoever had it open is told that it is gone."""
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        mine = await (await server.slash(mo, channel, "queue")).shown()
        assert str(message.id) in card.text
        deed = Deed(DeedKind.ERASURE, "Eva", "på egen begäran", bot.clock.now())
        done = await bot.store.do(lambda db: erase_person(db, str(anna.id), deed))
        await bot.store.do(scrub)
        assert done.cases == 1
        bot.wake()
        await eventually(lambda: "är raderad" in card.text)
        assert str(message.id) not in card.text
        assert "flagga här" not in card.text
        assert card.buttons == []
        told = await server.click(mo, mine, "Avskriv")
        assert "kan inte avgöras" in (await told.followup()).text
        case = await bot.store.case(1)
        assert case is not None
        assert (case.state, case.decision) == (State.PENDING, None)


async def test_a_card_says_that_its_case_is_held_until_it_is_released(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await bot.store.do(lambda db: hold(db, [1], "Eva", "polisen", bot.clock.now()))
        bot.wake()
        await eventually(lambda: "Bevaras: inget i ärendet gallras" in card.text)
        await bot.store.do(lambda db: release(db, [1], "Eva", "avgjort", bot.clock.now()))
        bot.wake()
        await eventually(lambda: "Bevaras" not in card.text)
