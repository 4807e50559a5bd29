"""Is a moderator who is flagged a member like any other? Nobody handles a case about a message of their own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.flags import State, Step
from bot.core.opinions import Escalation, Kind, Lean, Opinion, Waits
from tests.builders import decision
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Permission

OWN = "det är ditt eget meddelande, så någon annan moderator måste ta hand om flagga 1"


@pytest.fixture
def lea(guild: Guild) -> Member:
    """Who leads the moderators."""
    return guild.add_member("lea", roles=[guild.add_role("lead", Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD)])


async def state_of(bot: Bot) -> tuple[State, Waits, int]:
    case = await bot.store.case(1)
    assert case is not None
    return case.state, case.waits, len(case.opinions)


@pytest.mark.parametrize("who", ["mo", "lea"])
@pytest.mark.parametrize("button", ["Bifall / Uphold", "Avskriv / Dismiss", "Andra ögon / Second opinion"])
async def test_a_press_on_the_card_of_ones_own_message_is_refused_and_changes_nothing(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    mo: Member,
    lea: Member,
    my: Member,
    db: Path,
    who: str,
    button: str,
) -> None:
    author = {"mo": mo, "lea": lea}[who]
    async with moderated(server, db, desk) as bot:
        await channel.post(author, "en flagga här")
        card = await card_for(server, desk)
        pressed = await server.click(author, card, button)
        refusal = await (pressed.followup() if "Dismiss" in button else pressed.shown())
        assert OWN in refusal.text
        assert await state_of(bot) == (State.PENDING, Waits.ANYONE, 0)
        await (await server.click(my, card, "Avskriv / Dismiss")).acknowledgement()  # somebody else may
        await eventually(lambda: not card.buttons)


async def test_ones_own_message_cannot_be_escalated(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(mo, "en flagga här")
        card = await card_for(server, desk)
        pressed = await server.click(mo, card, "Eskalera / Escalate")
        assert OWN in (await pressed.shown()).text
        assert await state_of(bot) == (State.PENDING, Waits.ANYONE, 0)


async def test_what_is_sent_in_from_a_modal_that_a_slow_disk_let_through_is_refused_too(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(mo, "en flagga här")
        await card_for(server, desk)
        now = bot.clock.now()
        by = str(mo.id)
        asked = await bot.store.ask_another(Opinion(1, Kind.ASKED, by, Lean.UNSURE, now))
        escalated = await bot.store.escalate(Escalation(1, by, now))
        ruled = await bot.store.rule(decision(1, Step.DISMISS, by), leads=True)
        assert [each and each.changed for each in (asked, escalated, ruled)] == [False] * 3
        assert await state_of(bot) == (State.PENDING, Waits.ANYONE, 0)


async def test_the_queue_gives_nobody_a_message_of_their_own(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(mo, "en flagga här")
        await card_for(server, desk)
        own = await (await server.slash(mo, desk, "queue")).shown()
        assert "Kön är tom" in own.text
        assert "**Flagga 1**" in (await (await server.slash(my, desk, "queue")).shown()).text


async def test_nobody_reads_a_decided_message_of_their_own_again(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(mo, "en flagga här")
        await card_for(server, desk)
        until = bot.clock.now() + timedelta(days=1)
        await bot.store.rule(decision(1, Step.UPHOLD, str(my.id)), again_until=until)
        assert "Kön är tom" in (await (await server.slash(mo, desk, "queue")).shown()).text
        again = await bot.store.reread(decision(1, Step.DISMISS, str(mo.id), at=bot.clock.now()))
        assert again is not None
        assert again.agreed is None
        assert (await state_of(bot))[0] is State.UPHELD
