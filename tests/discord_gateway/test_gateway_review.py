"""Does a moderator decide on the card? From a posted message to its updated card, through the loopback Discord."""

from __future__ import annotations

import asyncio
import logging
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import StoreBusy
from bot.core.flags import State, Step
from bot.core.leases import LENGTH
from bot.core.retention import Retention
from bot.store.forgetting import forget
from tests.builders import decision
from tests.discord_gateway.harness import PATIENCE, Bot, card_for, eventually, moderated, running
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, NotOfferedError, Permission
from tests.loopback.interactions import COMPONENT, MODAL


async def says(card: Message, *words: str) -> None:
    """Wait until a card says all of it."""
    await eventually(lambda: all(word in card.text for word in words))


async def state(bot: Bot, number: int = 1) -> State:
    case = await bot.store.case(number)
    assert case is not None
    return case.state


class Held:
    """The store's thread is busy while this lasts: a disk that hangs."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.gate = bot, threading.Event()

    def __enter__(self) -> None:
        self.bot.store._thread.submit(self.gate.wait)

    def __exit__(self, *_: object) -> None:
        self.gate.set()


async def remembered(bot: Bot, number: int = 1) -> None:
    """Wait until a flag's card is remembered."""
    async with asyncio.timeout(PATIENCE):
        while not await bot.store.cards_of(number):
            await asyncio.sleep(0)


# From the message to the decision.


async def test_a_message_becomes_a_flag_a_card_a_decision_and_an_updated_card(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        assert "||en flagga här||" in card.text
        asked = await (await server.click(mo, card, "Bifall")).acknowledgement()
        assert asked.modal["title"] == "Bifall flagga 1"
        await says(card, f"{mo.mention} tittar på den här")
        await server.submit_modal(asked, {"motives": ["misogyny"], "note": "tydligt, *tycker* jag"})
        await says(card, f"**Flagga 1 bifölls av {mo.mention}", "kvinnohat", r"Anteckning: ||tydligt, \*tycker\* jag||")
        assert card.buttons == []
        assert "tittar" not in card.text
        assert not card.mentions
        case = await bot.store.case(1)
    assert case is not None
    assert case.decision is not None
    assert (case.decision.step, case.decision.by) == (Step.UPHOLD, str(mo.id))
    assert (case.decision.motives, case.decision.note) == (("misogyny",), "tydligt, *tycker* jag")


async def test_the_same_holds_with_a_restart_between_all_steps(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    await channel.post(anna, "hej")
    async with moderated(server, db, desk):
        pass
    await channel.post(anna, "en flagga här")
    async with moderated(server, db, desk):
        card = await card_for(server, desk)
    async with moderated(server, db, desk):
        shown = await (await server.slash(mo, channel, "queue")).shown()
    async with moderated(server, db, desk):
        asked = await (await server.click(mo, shown, "Bifall")).acknowledgement()
    async with moderated(server, db, desk) as bot:
        server.faults.answer(f"PATCH /channels/{desk.id}/messages/*", 403, times=None)
        await server.submit_modal(asked, {"motives": ["other"]})
        await says(shown, "Flagga 1 bifölls")
        assert await state(bot) is State.UPHELD
    assert card.buttons
    server.faults.clear()
    async with moderated(server, db, desk):
        await says(card, "Flagga 1 bifölls", "Flag 1 was upheld")
    assert card.buttons == shown.buttons == []
    assert len(server.sent(desk)) == 1


async def test_dismissing_decides_at_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        pressed = await server.click(mo, card, "Avskriv / Dismiss")
        await says(card, "Flagga 1 avskrevs", "Flag 1 was dismissed")
        assert pressed.deferred
        assert not pressed.followups
        assert await state(bot) is State.DISMISSED


async def test_the_motives_that_the_model_finds_likely_are_chosen_beforehand(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "flagga")
        card = await card_for(server, desk)
        [button] = [button for button in card.buttons if "uphold" in button["custom_id"]]
        button["custom_id"] = "uppsikt:uphold:1:11"  # as for a flag whose likely motives are the first and the fifth
        asked = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
        await server.submit_modal(asked, {})
        await says(card, "antisemitism, kvinnohat")
        case = await bot.store.case(1)
        assert case is not None
        assert case.decision is not None
        assert case.decision.motives == ("antisemitism", "misogyny")


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("sv-SE", ["**Flagga 1**", "hat eller hot (mycket säker)", "Bifall", "Avskriv"]),
        ("en-GB", ["**Flag 1**", "hate or threat (very sure)", "Uphold", "Dismiss"]),
        ("fi", ["**Flag 1**", "Uphold"]),
    ],
)
async def test_a_card_of_ones_own_is_in_ones_own_language(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    locale: str,
    words: list[str],
) -> None:
    mo.user.locale = locale
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        asked = await server.slash(mo, channel, "queue")
        shown = await asked.shown()
        assert asked.ephemeral
        assert asked.deferred
        seen = shown.text + " ".join(button["label"] for button in shown.buttons)
        assert all(word in seen for word in words)
        await server.click(mo, shown, shown.buttons[1]["custom_id"])
        await says(shown, "avskrevs" if locale == "sv-SE" else "was dismissed")
        assert shown.buttons == []


# Two at once.


async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
        second = await server.click(my, card, "Avskriv / Dismiss")
        first = await server.submit_modal(asked, {})
        await eventually(lambda: first.followups or second.followups)
        await says(card, "Flagga 1 ")
        [told] = first.followups + second.followups
        won = "bifölls" if second.followups else "avskrevs"
        assert told.text.startswith("Ingenting ändrades: Flagga 1 " + won)
        assert told.is_ephemeral
        await says(card, won)
        rows = await bot.store.do(lambda db: db.execute("SELECT by FROM decisions").fetchall())
        assert [row["by"] for row in rows] == [str(mo.id if second.followups else my.id)]


async def test_a_card_of_ones_own_shows_what_somebody_else_decided_meanwhile(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        mine = await (await server.slash(mo, channel, "queue")).shown()
        await server.click(my, card, "Avskriv / Dismiss")
        await says(card, "avskrevs")
        late = await server.click(mo, mine, "Avskriv")
        assert f"avskrevs av {my.mention}" in (await late.followup()).text
        await says(mine, "avskrevs")


async def test_asking_for_the_next_shows_two_people_different_flags_and_the_card_who_looks(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post_many(anna, ["flagga ett", "flagga två"])
        await card_for(server, desk, 2)
        card = await card_for(server, desk, 1)
        asked = [await server.slash(who, channel, "queue") for who in (mo, my)]
        texts = [(await each.shown()).text for each in asked]
        assert "flagga ett" in texts[0]
        assert "flagga två" in texts[1]
        assert "flagga ett" in (await (await server.slash(mo, channel, "queue")).shown()).text
        await says(card, f"{mo.mention} tittar på den här")
        assert not card.mentions
        bot.clock.advance(seconds=LENGTH.total_seconds())
        bot.wake()
        await eventually(lambda: "tittar" not in card.text)


async def test_what_somebody_looks_at_comes_last_and_says_so(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        assert "tittar" not in (await (await server.slash(mo, channel, "queue")).shown()).text
        assert f"{mo.mention} tittar" in (await (await server.slash(my, channel, "queue")).shown()).text


async def test_the_digest_has_a_button_that_does_what_the_command_does(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with running(server, db, discord={"moderators_channel": str(desk.id), "display_names": False}) as bot:
        await channel.post_many(anna, [f"flagga {number}" for number in range(6)])
        await bot.settled()
        bot.keep_desk()
        [digest] = await server.wait_for_sent(desk)
        assert "6 nya flaggor" in digest.text
        pressed = await server.click(mo, digest, "Visa nästa / Show next")
        assert "flagga 0" in (await pressed.shown()).text
        assert pressed.ephemeral


async def test_an_empty_queue_says_so(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        assert (await (await server.slash(mo, channel, "queue")).shown()).text == "Kön är tom."


# What becomes of a message afterwards.


async def test_edits_and_deletions_of_a_flagged_message_are_shown_on_its_card(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        message = await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await message.edit("snällt")
        await says(card, "Meddelandet ändrades <t:", "||en flagga här||")
        await message.delete()
        await says(card, "Meddelandet togs bort <t:", "The message was deleted")
        assert card.buttons


async def test_a_forgotten_text_leaves_its_card_and_can_not_be_decided(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        mine = await (await server.slash(mo, channel, "queue")).shown()
        later = bot.clock.now() + timedelta(days=9)
        await bot.store.do(lambda db: forget(db, Retention(1, 1), later))
        bot.wake()
        await says(card, "texten är gallrad")
        assert "flagga här" not in card.text
        assert card.buttons == []
        told = await server.click(mo, mine, "Avskriv")
        assert "är gallrad, så den kan inte avgöras" in (await told.followup()).text
        assert await state(bot) is State.PENDING


async def test_a_decision_from_elsewhere_reaches_the_card(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await remembered(bot)
        await bot.store.rule(decision(1, Step.DISMISS, "Maja @everyone"))
        bot.wake()
        await says(card, "avskrevs av Maja")
        assert not card.mentions_everyone


async def test_a_card_that_was_deleted_is_forgotten_and_its_flag_is_not(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await remembered(bot)
        await card.delete()
        await (await server.slash(mo, channel, "queue")).shown()
        async with asyncio.timeout(PATIENCE):
            while await bot.store.cards_of(1):
                await asyncio.sleep(0)
        assert await state(bot) is State.PENDING


async def test_without_the_moderators_channel_flags_are_still_decided_from_the_queue(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        await remembered(bot)
        await desk.delete()
        mine = await (await server.slash(mo, channel, "queue")).shown()
        await server.click(mo, mine, "Avskriv")
        await says(mine, "avskrevs")
        async with asyncio.timeout(PATIENCE):
            while await bot.store.cards_of(1):
                await asyncio.sleep(0)


async def test_a_card_that_cannot_be_updated_does_not_hold_up_the_others(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post_many(anna, ["flagga ett", "flagga två"])
        first, second = await card_for(server, desk, 1), await card_for(server, desk, 2)
        await remembered(bot, 2)
        server.faults.answer(f"PATCH /channels/{desk.id}/messages/{first.id}", 403, times=None)
        for number in (1, 2):
            await bot.store.rule(decision(number, Step.DISMISS, "Maja"))
        bot.wake()
        await says(second, "avskrevs")
        assert first.buttons
        server.faults.clear()
        await says(first, "avskrevs")


# Refused, in one sentence and with nothing changed.


async def test_without_the_role_nothing_can_be_done(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        dismissed = await server.click(anna, card, "Avskriv / Dismiss")
        assert (await dismissed.followup()).text.startswith("Det här får bara moderatorer göra")
        upheld = await server.click(anna, card, "Bifall / Uphold")
        assert (await upheld.shown()).text.startswith("Det här får bara moderatorer göra")
        with pytest.raises(NotOfferedError):
            await server.slash(anna, channel, "queue")
        assert await state(bot) is State.PENDING


async def test_refusals_are_in_the_members_language(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    anna.user.locale = mo.user.locale = "en-US"
    async with moderated(server, db, desk):
        assert (await (await server.slash(mo, channel, "queue")).shown()).text == "The queue is empty."
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        refused = await server.click(anna, card, "Avskriv / Dismiss")
        assert (await refused.followup()).text.startswith("Only moderators may do this")
        await server.click(mo, card, "Avskriv / Dismiss")
        await says(card, "avskrevs")
        data = {"custom_id": "uppsikt:dismiss:1", "component_type": 2, "id": 99}
        late = server.interactions.begin(COMPONENT, mo, desk, data, card)
        assert (await late.shown()).text.startswith("That button cannot be read, and nothing changed")


async def test_where_roles_are_configured_they_decide_and_not_permissions(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    eva = guild.add_member("eva", roles=[guild.add_role("Trygghet")])
    async with moderated(server, db, desk, roles={"moderator": ["Trygghet"]}):
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        for command in ("queue", "status"):
            asked = await server.slash(mo, channel, command)
            assert (await asked.shown()).text.startswith("Det här får bara moderatorer göra")
        assert "Flagga 1" in (await (await server.slash(eva, channel, "queue")).shown()).text


async def test_a_role_lost_after_the_modal_was_opened_no_longer_counts(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
        await mo.set_roles([])
        sent = await server.submit_modal(asked, {})
        assert (await sent.followup()).text.startswith("Det här får bara moderatorer göra")
        assert await state(bot) is State.PENDING


@pytest.mark.parametrize(
    "custom_id",
    [
        "uppsikt:dismiss:999999999999999999",
        "uppsikt:dismiss:2",
        "uppsikt:uphold:2:0",
        "uppsikt:dismiss:-1",
        "uppsikt:dismiss:",
        "uppsikt:dismiss:1:",
        "uppsikt:uphold:1:zz",
        "uppsikt:dismiss:1'; DROP TABLE flags",
        "uppsikt:pardon:1",
        "något annat",
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path, custom_id: str
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        card.buttons[1]["custom_id"] = custom_id
        pressed = await (await server.click(mo, card, custom_id)).acknowledgement()
        told = await (pressed.followup() if pressed.deferred else pressed.shown())
        assert "finns inte här" in told.text or "går inte att tyda" in told.text
        assert told.is_ephemeral
        assert await state(bot) is State.PENDING


async def test_a_press_of_a_button_that_is_not_on_the_message_is_answered_and_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post_many(anna, ["flagga ett", "flagga två"])
        await card_for(server, desk, 2)
        card = await card_for(server, desk, 1)
        data = {"custom_id": "uppsikt:dismiss:2", "component_type": 2, "id": 99}
        pressed = server.interactions.begin(COMPONENT, mo, desk, data, card)
        assert "går inte att tyda" in (await pressed.shown()).text
        assert await state(bot, 2) is State.PENDING


@pytest.mark.parametrize(
    "forged",
    [
        {"custom_id": "uppsikt:upheld:x", "components": []},
        {"custom_id": "annat", "components": []},
        {"custom_id": "uppsikt:upheld:1", "components": [{"type": 18, "component": {"custom_id": "note", "value": 7}}]},
        {
            "custom_id": "uppsikt:upheld:1",
            "components": [{"type": 18, "component": {"custom_id": "motives", "values": ["rude"]}}],
        },
    ],
)
async def test_a_forged_modal_is_answered_and_changes_nothing(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    forged: dict[str, object],
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        sent = server.interactions.begin(MODAL, mo, desk, forged, card)
        assert "går inte att tyda" in (await sent.shown()).text
        assert await state(bot) is State.PENDING


async def test_a_modal_sent_in_after_the_flag_was_decided_changes_nothing_and_says_what_was_decided(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
        await server.click(my, card, "Avskriv / Dismiss")
        await says(card, "avskrevs")
        sent = await server.submit_modal(asked, {"motives": ["other"]})
        assert f"avskrevs av {my.mention}" in (await sent.followup()).text
        assert await state(bot) is State.DISMISSED


async def test_a_decision_whose_card_is_gone_is_kept_and_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
        await card.delete()
        sent = await server.submit_modal(asked, {})
        told = (await sent.followup()).text
        assert "Flagga 1 bifölls" in told
        assert "kortet gick inte att uppdatera" in told
        assert await state(bot) is State.UPHELD


async def test_flags_of_another_server_can_neither_be_seen_nor_decided(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        assert (await (await server.slash(eve, place, "queue")).shown()).text == "Kön är tom."
        await place.post(elsewhere.add_member("otto"), "flagga hos oss")
        await card_for(server, desk, 2)
        mine = await (await server.slash(eve, place, "queue")).shown()
        mine.buttons[1]["custom_id"] = "uppsikt:dismiss:1"
        told = await server.click(eve, mine, "uppsikt:dismiss:1")
        assert "finns inte här" in (await told.followup()).text
        assert await state(bot) is State.PENDING
        first = await (await server.slash(mo, channel, "queue")).shown()
        await server.click(mo, first, "Avskriv")
        await says(first, "avskrevs")
        assert "hos oss" in (await (await server.slash(mo, channel, "queue")).shown()).text


async def test_a_database_that_fails_is_told_and_nothing_is_half_done(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
        works = bot.store.case

        async def busy(number: int) -> object:
            raise StoreBusy("upptagen")

        bot.store.case = busy  # type: ignore[method-assign, assignment]
        for pressed in (await server.click(mo, card, "Avskriv / Dismiss"), await server.submit_modal(asked, {})):
            assert (await pressed.followup()).text.startswith("Databasen går inte att nå")
        bot.store.case = works  # type: ignore[method-assign]
        assert await state(bot) is State.PENDING
        await server.click(mo, card, "Avskriv / Dismiss")
        await says(card, "avskrevs")


async def test_a_slow_database_delays_the_answer_and_not_its_acknowledgement(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        with Held(bot):
            upheld = await (await server.click(mo, card, "Bifall / Uphold")).acknowledgement()
            dismissed = await (await server.click(mo, card, "Avskriv / Dismiss")).acknowledgement()
            queue = await (await server.slash(mo, channel, "queue")).acknowledgement()
            assert upheld.modal
            assert dismissed.deferred
            assert queue.deferred
            assert card.buttons
        await says(card, "avskrevs")
        await queue.shown()


async def test_a_mistake_of_our_own_is_answered_and_logged_without_words(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with moderated(server, db, desk) as bot:
            await channel.post(anna, "en flagga med hemliga ord")
            card = await card_for(server, desk)

            async def wrong(number: int) -> object:
                raise ValueError("hemliga ord")

            bot.store.case = wrong  # type: ignore[method-assign, assignment]
            pressed = await server.click(mo, card, "Avskriv / Dismiss")
            assert (await pressed.followup()).text.startswith("Något gick fel")
    assert "ValueError at test_gateway_review.py:" in caplog.text
    assert "hemliga" not in caplog.text


# Many at once.


async def test_many_moderators_decide_many_cards_without_a_double_decision_a_lost_one_or_a_card_left_behind(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    crowd = [guild.add_member(f"mo{number}", roles=mo.roles) for number in range(8)]
    async with running(server, db, discord={"moderators_channel": str(desk.id), "display_names": False}) as bot:
        await channel.post_many(anna, [f"flagga {number}" for number in range(40)])
        await bot.settled()
        while cases := await bot.store.unannounced(5):
            await bot.store.announced(await bot.gateway.announce(cases), bot.clock.now())
        bot.keep_desk()
        cards = server.sent(desk)
        assert len(cards) == 40
        # Each card is pressed by three people at once, half of them from a card of their own.
        presses = [(card, crowd[(number + n) % 8]) for number, card in enumerate(cards) for n in range(3)]
        pressed = [await server.click(who, card, "Avskriv / Dismiss") for card, who in presses]
        queues = [await (await server.slash(who, channel, "queue")).shown() for who in crowd]
        pressed += [
            await server.click(who, shown, "Avskriv") for who, shown in zip(crowd, queues, strict=True) if shown.buttons
        ]
        await eventually(lambda: all(not card.buttons and "avskrevs" in card.text for card in cards))
        await eventually(lambda: sum(len(each.followups) for each in pressed) == len(pressed) - 40)
        rows = await bot.store.do(lambda db: db.execute("SELECT flag_id, by FROM decisions").fetchall())
        assert sorted(row["flag_id"] for row in rows) == list(range(1, 41))
        by = {f"**Flagga {row['flag_id']} avskrevs av <@{row['by']}>" for row in rows}
        assert all(any(words in card.text for words in by) for card in cards)
        async with asyncio.timeout(PATIENCE):
            while await bot.store.cards_behind(0, 1):
                await asyncio.sleep(0)


# A press that went wrong.


async def test_a_flag_that_was_dismissed_by_mistake_is_opened_again_and_decided_anew(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await server.click(mo, card, "Avskriv")
        await says(card, "avskrevs av")
        assert card.buttons == []  # where a thumb slips, there is no way back and forth
        mine = await (await server.slash(mo, channel, "case", {"number": 1})).shown()
        assert [button["label"] for button in mine.buttons] == ["Öppna igen"]
        done = await server.click(mo, mine, "Öppna igen")
        assert (await done.followup()).text == (
            "Flagga 1 är öppen igen; det som redan är gjort står kvar tills den avgörs på nytt."
        )
        await says(card, "öppnades på nytt av")
        asked = await (await server.click(mo, card, "Bifall")).acknowledgement()
        await server.submit_modal(asked, {"motives": ["misogyny"]})
        await says(card, "bifölls av")
        rows = await bot.store.do(lambda db: db.execute("SELECT step FROM decisions ORDER BY id").fetchall())
        assert [row["step"] for row in rows] == ["dismiss", "reopen", "uphold"]


async def test_a_flag_is_opened_again_once_and_not_by_whoever_wrote_the_message(
    server: LoopbackDiscord, channel: Channel, desk: Channel, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        await channel.post(my, "en flagga här")
        await server.click(mo, await card_for(server, desk), "Avskriv")
        async with asyncio.timeout(PATIENCE):
            while await state(bot) is not State.DISMISSED:
                await asyncio.sleep(0)
        mine = await (await server.slash(mo, channel, "case", {"number": 1})).shown()
        theirs = await (await server.slash(my, channel, "case", {"number": 1})).shown()
        assert theirs.buttons == []
        first, second = await server.click(mo, mine, "Öppna igen"), await server.click(mo, mine, "Öppna igen")
        told = sorted([(await first.followup()).text, (await second.followup()).text])
        assert told[0].startswith("Flagga 1 är öppen igen")
        assert told[1].startswith("Ingenting ändrades: flagga 1 är öppen redan")
        assert await state(bot) is State.PENDING
