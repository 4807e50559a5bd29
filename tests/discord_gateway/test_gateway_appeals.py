"""Does an appeal reach somebody who did not decide the case, and does the author hear what came of it?"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import StoreBusy
from bot.core.flags import State, Step
from bot.core.messages import is_snowflake
from bot.core.statements import Outcome
from tests.builders import decision
from tests.discord_gateway.deciding import (
    DAY,
    DELETE,
    appeal_card,
    dismiss_anew,
    letters,
    posted,
    until,
    uphold,
    waits_for,
)
from tests.discord_gateway.harness import Bot, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, ManualClock, Member, Message, Permission
from tests.loopback.interactions import COMPONENT, MODAL

OPEN = "SELECT count(*) FROM appeals WHERE outcome IS NULL"
WORDS = "jag *citerade* bara"


async def state(bot: Bot, number: int = 1) -> State:
    case = await bot.store.case(number)
    assert case is not None
    return case.state


async def appealed(server: LoopbackDiscord, desk: Channel, who: Member, letter: Message, words: str = WORDS) -> Message:
    """The author appeals by the button in the letter; the card it gets."""
    asked = await (await server.click(who.user, letter, "Överklaga / Appeal")).acknowledgement()
    sent = await server.submit_modal(asked, {"words": words})
    assert "ditt överklagande av ärende 1 är framme" in (await sent.shown()).text
    return await appeal_card(server, desk)


async def rejected(server: LoopbackDiscord, who: Member, card: Message, reason: str = "reglerna gäller") -> str:
    """A moderator rejects an appeal; what that moderator is told."""
    asked = await (await server.click(who, card, "Avslå / Reject")).acknowledgement()
    return (await (await server.submit_modal(asked, {"words": reason})).shown()).text


async def granted(server: LoopbackDiscord, who: Member, card: Message) -> str:
    """A moderator grants an appeal; what that moderator is told."""
    return (await (await server.click(who, card, "Bifall överklagandet / Grant")).shown()).text


# From the statement to the outcome.


async def test_from_the_message_to_its_deletion_the_appeal_and_its_reversal_in_swedish(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk, uppsikt={"languages": ["sv"]}) as bot:
        message = await channel.post(anna, "en flagga här")
        card = await posted_card(server, desk)
        asked = await (await server.click(mo, card, "Bifall")).acknowledgement()
        await server.submit_modal(asked, {"motives": ["misogyny"], "measures": ["delete", "timeout"]})
        letter = await letters(server, anna)
        assert "**Beslut i ärende 1**" in letter.text
        await looking_again(bot, lambda: message.deleted and anna.is_timed_out)
        pressed = await (await server.click(anna.user, letter, "Överklaga")).acknowledgement()
        assert pressed.modal["title"] == "Överklaga beslut i ärende 1"
        sent = await server.submit_modal(pressed, {"words": WORDS})
        assert (await sent.shown()).is_ephemeral
        appeal = await appeal_card(server, desk)
        for words in (
            f"av {anna.mention}",
            "||en flagga här||",
            f"{mo.mention} bifoll flaggan",
            "kvinnohat; borttaget, timeout i",
            r"Den som skrev säger: ||jag \*citerade\* bara||",
        ):
            assert words in appeal.text, words
        told = await (await server.click(my, appeal, "Bifall överklagandet")).shown()
        assert told.text == "Överklagandet i ärende 1 är bifallet; den som skrev får veta det."
        outcome = await letters(server, anna, 2)
        assert "**Beslutet i ärende 1 gäller inte längre**: ditt överklagande bifölls" in outcome.text
        assert "går inte att lägga tillbaka, men du får gärna skriva det igen" in outcome.text
        await eventually(lambda: f"Överklagandet bifölls av {my.mention}" in appeal.text and not appeal.buttons)
        await eventually(lambda: f"Flagga 1 avskrevs av {my.mention}" in card.text)
        await looking_again(bot, lambda: not anna.is_timed_out)
        assert await state(bot) is State.DISMISSED


async def looking_again(bot: Bot, holds: Callable[[], bool]) -> None:
    """Wait as long as it takes, with a bot that looks again now and then."""

    def looked() -> bool:
        bot.wake()
        return holds()

    await eventually(looked)


async def posted_card(server: LoopbackDiscord, desk: Channel) -> Message:
    return await eventually(lambda: next((each for each in server.sent(desk) if "**Flagga 1**" in each.text), None))


async def test_the_same_holds_with_a_restart_between_all_steps(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
    async with moderated(server, db, desk) as bot:
        for task in bot.desk:
            task.cancel()
        await uphold(bot, mo, 1, DELETE)
    async with moderated(server, db, desk):
        letter = await letters(server, anna)
    async with moderated(server, db, desk):
        asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
    async with moderated(server, db, desk) as bot:
        for task in bot.desk:
            task.cancel()
        await (await server.submit_modal(asked, {"words": WORDS})).shown()
    async with moderated(server, db, desk) as bot:
        card = await appeal_card(server, desk)
        await until(bot, "SELECT count(*) FROM appeals WHERE shown IS NOT NULL", 1)
    async with moderated(server, db, desk):
        judging = await (await server.click(my, card, "Avslå / Reject")).acknowledgement()
    async with moderated(server, db, desk) as bot:
        for task in bot.desk:
            task.cancel()
        await (await server.submit_modal(judging, {"words": "reglerna gäller"})).shown()
    async with moderated(server, db, desk):
        outcome = await letters(server, anna, 2)
        await eventually(lambda: not card.buttons)
    assert "**Beslutet i ärende 1 står fast**" in outcome.text
    assert len(server.sent(anna)) == 2
    assert len([each for each in server.sent(desk) if "Överklagande i ärende" in each.text]) == 1


async def test_a_rejected_appeal_leaves_the_flag_upheld_and_its_reasons_are_told_but_not_by_whom(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    anna.user.locale = "en-GB"
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with moderated(server, db, desk, statements={"contact": "moderator@almkoping.example"}) as bot:
            await posted(bot, channel, desk, anna)
            await uphold(bot, mo)
            letter = await letters(server, anna)
            asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
            sent = await server.submit_modal(asked, {"words": WORDS})
            assert "your appeal in case 1 has arrived" in (await sent.shown()).text
            card = await appeal_card(server, desk)
            assert "är avslaget" in await rejected(server, my, card, "det *står* i reglerna @everyone")
            outcome = await letters(server, anna, 2)
            await eventually(lambda: "Överklagandet avslogs av" in card.text)
            assert await state(bot) is State.UPHELD
    assert outcome.text.startswith("**The decision in case 1 stands**")
    assert r"Reasons: det \*står\* i reglerna" in outcome.text
    assert "moderator@almkoping.example" in outcome.text
    assert "out-of-court" in outcome.text
    assert "står fast" not in outcome.text
    assert not outcome.mentions_everyone
    for name in (str(mo.id), str(my.id), my.name):
        assert name not in outcome.text
        assert name not in caplog.text
    assert "citerade" not in caplog.text


async def test_the_outcome_waits_behind_mycases_where_direct_messages_are_closed(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    anna.user.close_dms()
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await waits_for(bot)
        mine = await (await server.slash(anna, channel, "mycases")).shown()
        asked = await (await server.click(anna, mine, "Överklaga")).acknowledgement()
        await (await server.submit_modal(asked, {"words": WORDS})).shown()
        await rejected(server, my, await appeal_card(server, desk))
        await waits_for(bot)
        asked = await server.slash(anna, channel, "mycases")
        assert "Ditt överklagande avslogs" in (await asked.shown()).text
        assert "**Beslutet i ärende 1 står fast**" in (await asked.followup()).text


# Who may appeal, what and when.


async def test_a_second_appeal_is_told_the_case_number(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        early = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
        await appealed(server, desk, anna, letter)
        again = await server.click(anna.user, letter, "Överklaga / Appeal")
        assert (await again.shown()).text == "Du har redan överklagat, i ärende 1; varje beslut kan överklagas en gång."
        late = await server.submit_modal(early, {"words": "en gång till"})
        assert "Du har redan överklagat, i ärende 1" in (await late.shown()).text
        await until(bot, OPEN, 1)


async def test_somebody_elses_case_cannot_be_appealed_nor_told_from_one_that_is_not_there(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    bertil = guild.add_member("bertil")
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, 1)
        await posted(bot, channel, desk, bertil, 2)
        await uphold(bot, mo, 1)
        await uphold(bot, mo, 2)
        his = await letters(server, bertil)
        answers = []
        for number in (1, 99, 10**18 - 1):
            [button] = his.buttons
            button["custom_id"] = f"uppsikt:appeal:{number}"
            pressed = await server.click(bertil.user, his, f"uppsikt:appeal:{number}")
            answers.append((await pressed.shown()).text)
            sent = server.interactions.begin(MODAL, bertil.user, server.dm(bertil), filled_in("släpp mig", number), his)
            answers.append((await sent.shown()).text)
        assert set(answers) == {"Det finns inget beslut om dig med det numret; se dina ärenden med `/minaärenden`."}
        await until(bot, OPEN, 0)


def filled_in(value: object, number: object = 1) -> dict[str, object]:
    """What Discord sends of our modal; or what somebody else does."""
    field = {"type": 4, "custom_id": "words", "value": value}
    return {"custom_id": f"uppsikt:appealed:{number}", "components": [{"type": 18, "component": field}]}


@pytest.mark.parametrize(
    "forged",
    [
        {"custom_id": "uppsikt:appealed:1", "components": []},
        filled_in(7),
        filled_in("å" * 1001),
        filled_in(" \n"),
        filled_in("nej", "x"),
    ],
)
async def test_a_forged_or_empty_appeal_is_answered_and_changes_nothing(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    forged: dict[str, object],
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        sent = server.interactions.begin(MODAL, anna.user, server.dm(anna), forged, letter)
        told = (await sent.shown()).text
        assert "går inte att tyda" in told or "Du skrev ingenting" in told
        await until(bot, OPEN, 0)


async def test_a_press_of_an_appeal_button_that_is_not_on_the_message_is_answered(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await posted(bot, channel, desk, anna)
        data = {"custom_id": "uppsikt:grant:1", "component_type": 2, "id": 99}
        assert "går inte att tyda" in (await server.interactions.begin(COMPONENT, mo, desk, data, card).shown()).text
        [button, *_] = card.buttons
        button["custom_id"] = "uppsikt:grant:7"
        pressed = await server.click(mo, card, "uppsikt:grant:7")
        assert (await pressed.shown()).text.startswith("Det överklagandet finns inte här")


async def test_after_its_time_a_decision_cannot_be_appealed(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, statements={"appeal_days": 3}) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        open_since_then = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
        bot.clock.advance(days=3, seconds=1)
        for late in (
            await server.click(anna.user, letter, "Överklaga / Appeal"),
            await server.submit_modal(open_since_then, {"words": WORDS}),
        ):
            assert "Tiden för att överklaga beslutet i ärende 1 har gått ut" in (await late.shown()).text
        mine = await (await server.slash(anna, channel, "mycases")).shown()
        assert "Beslutet gäller." in mine.text
        assert mine.buttons == []


async def test_what_was_taken_back_needs_no_appeal(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        await dismiss_anew(bot, my)
        pressed = await server.click(anna.user, letter, "Överklaga / Appeal")
        assert "gäller inte längre, så det behöver inte överklagas" in (await pressed.shown()).text


async def test_who_has_left_the_server_can_still_appeal_from_the_letter(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        await anna.leave()
        card = await appealed(server, desk, anna, letter)
        assert "är bifallet" in await granted(server, my, card)
        await waits_for(bot)
        shown = await server.slash(anna.user, server.dm(anna), "mycases")
        assert "bifölls" in (await shown.shown()).text
        assert "gäller inte längre" in (await shown.followup()).text


@pytest.fixture
async def slow_server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(clock=ManualClock()) as started:
        yield started


async def test_an_appeal_written_for_longer_than_fifteen_minutes_still_arrives(
    slow_server: LoopbackDiscord, db: Path
) -> None:
    server, clock = slow_server, slow_server.clock
    assert isinstance(clock, ManualClock)
    guild = server.add_guild("Almköping")
    channel, desk = guild.add_text_channel("allmänt"), guild.add_text_channel("moderatorer")
    anna, mo = guild.add_member("anna"), guild.add_member("mo")
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
        clock.advance(16 * 60)
        bot.clock.advance(minutes=16)
        sent = await server.submit_modal(asked, {"words": WORDS})
        assert "är framme" in (await sent.shown()).text
        await appeal_card(server, desk)


async def test_a_thousand_hostile_characters_stay_behind_their_spoiler(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    hostile = ("@everyone <@&1> || # **[x](https://x.example)** `\n" * 30)[:1000].strip().ljust(1000, "*")
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, text="flagga " + "*_|å" * 400)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna, await letters(server, anna), hostile)
        [quoted] = [line for line in card.text.split("\n") if line.startswith("Den som skrev säger")]
        assert quoted.count("||") == 2
        assert not card.mentions_everyone
        assert not card.mentions
        assert not card.mentioned_roles
        assert all(is_snowflake(each["custom_id"].split(":")[2]) for each in card.buttons)


# Who may judge.


async def test_whoever_decided_the_case_and_whoever_it_is_about_may_not_judge_it(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, my)
        await uphold(bot, mo)
        card = await appealed(server, desk, my, await letters(server, my))
        for who, words in ((mo, "du har varit med och beslutat"), (my, "det är ditt eget ärende")):
            assert words in await granted(server, who, card)
            assert words in (await (await server.click(who, card, "Avslå / Reject")).shown()).text
        await until(bot, OPEN, 1)
        assert await state(bot) is State.UPHELD


async def test_without_the_role_nobody_judges_not_even_from_a_modal_that_is_open(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
) -> None:
    bertil = guild.add_member("bertil")
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna, await letters(server, anna))
        assert (await granted(server, bertil, card)).startswith("Det här får bara moderatorer göra")
        asked = await (await server.click(my, card, "Avslå / Reject")).acknowledgement()
        await my.set_roles([])
        sent = await server.submit_modal(asked, {"words": "nej"})
        assert (await sent.shown()).text.startswith("Det här får bara moderatorer göra")
        await until(bot, OPEN, 1)


async def test_of_two_moderators_at_once_one_decides_and_the_other_is_told(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
) -> None:
    mia = guild.add_member("mia", roles=mo.roles)
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna, await letters(server, anna))
        asked = await (await server.click(mia, card, "Avslå / Reject")).acknowledgement()
        told = await asyncio.gather(
            granted(server, my, card),
            granted(server, mia, card),
            _text(server, asked),
        )
        assert sum("är bifallet" in each or "är avslaget" in each for each in told) == 1
        assert sum(each == "Ingenting ändrades: överklagandet är redan avgjort." for each in told) == 2
        await letters(server, anna, 2)
        await until(bot, "SELECT count(*) FROM notices WHERE state = 'sent'", 2)
        assert len(server.sent(anna)) == 2


async def _text(server: LoopbackDiscord, asked: object) -> str:
    return (await (await server.submit_modal(asked, {"words": "nej"})).shown()).text  # type: ignore[arg-type]


async def test_appeals_of_another_server_can_neither_be_seen_nor_judged(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await appealed(server, desk, anna, await letters(server, anna))
        assert (await (await server.slash(eve, place, "queue")).shown()).text == "Kön är tom."
        await place.post(elsewhere.add_member("otto"), "flagga hos oss")
        await until(bot, "SELECT count(*) FROM flags", 2)
        hers = await (await server.slash(eve, place, "queue")).shown()
        hers.buttons[1]["custom_id"] = "uppsikt:grant:1"
        pressed = await server.click(eve, hers, "uppsikt:grant:1")
        assert (await pressed.shown()).text.startswith("Det överklagandet finns inte här")
        await until(bot, OPEN, 1)
        await bot.appealing.judge(1, "999", Outcome.REJECTED, "nej")  # not even that it is over can be found out
        again = await server.click(eve, hers, "uppsikt:grant:1")
        assert (await again.shown()).text.startswith("Det överklagandet finns inte här")


# Where appeals come up.


async def test_when_no_flag_waits_the_queue_shows_the_first_appeal_that_one_may_judge_and_links_all(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna, await letters(server, anna))
        await until(bot, "SELECT count(*) FROM appeals WHERE card_message_id IS NOT NULL", 1)
        link = f"[ärende 1]({card.jump_url})"
        assert "Ett överklagande väntar på beslut." in (await (await server.slash(mo, channel, "stats")).shown()).text
        his = await (await server.slash(mo, channel, "queue")).shown()
        assert "Inga flaggor väntar, men ett överklagande." in his.text
        assert link in his.text
        assert his.buttons == []
        hers = await (await server.slash(my, channel, "queue")).shown()
        assert link in hers.text
        told = await server.click(my, hers, "Bifall överklagandet")
        assert "är bifallet" in (await told.shown()).text
        await eventually(lambda: not card.buttons)
        assert (await (await server.slash(my, channel, "queue")).shown()).text == "Kön är tom."


async def test_without_a_moderators_channel_an_appeal_comes_up_in_the_queue_alone(
    server: LoopbackDiscord, channel: Channel, anna: Member, mo: Member, my: Member, db: Path, desk: Channel
) -> None:
    async with moderated(server, db, desk, discord={"moderators_channel": ""}) as bot:
        await channel.post(anna, "en flagga här")
        await until(bot, "SELECT count(*) FROM flags", 1)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
        await (await server.submit_modal(asked, {"words": WORDS})).shown()
        hers = await (await server.slash(my, channel, "queue")).shown()
        assert "citerade" in hers.text
        assert "är bifallet" in (await (await server.click(my, hers, "Bifall överklagandet")).shown()).text
        assert server.sent(desk) == []


async def test_an_open_appeal_whose_card_is_gone_is_hung_up_anew(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await posted(bot, channel, desk, anna)
        assert message
        await uphold(bot, mo)
        first = await appealed(server, desk, anna, await letters(server, anna))
        await until(bot, "SELECT count(*) FROM appeals WHERE card_message_id IS NOT NULL", 1)
        await first.delete()
        await bot.store.do(lambda db: db.execute("UPDATE flags SET withdrawn_at = flagged_at"))
        bot.wake()
        second = await appeal_card(server, desk)
        assert second is not first
        assert "är bifallet" in await granted(server, my, second)


async def test_an_appeals_card_that_cannot_be_hung_up_heals(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo, 1, DAY)
        letter = await letters(server, anna)
        server.faults.answer(f"POST /channels/{desk.id}/messages", 403, code=50013, times=3)
        await appealed(server, desk, anna, letter)


# What fails.


async def test_a_database_that_fails_is_told_and_nothing_is_half_done(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        await until(bot, "SELECT count(*) FROM notices WHERE state = 'sent'", 1)
        asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
        works = bot.store.do

        async def busy(work: object) -> object:
            raise StoreBusy("upptagen")

        bot.store.do = busy  # type: ignore[method-assign, assignment]
        for failed in (
            await server.submit_modal(asked, {"words": WORDS}),
            await server.click(anna.user, letter, "Överklaga / Appeal"),
            await server.slash(anna, channel, "mycases"),
        ):
            assert (await failed.shown()).text.startswith("Databasen går inte att nå")
        bot.store.do = works  # type: ignore[method-assign]
        await until(bot, OPEN, 0)
        card = await appealed(server, desk, anna, letter)
        assert "är bifallet" in await granted(server, my, card)


async def test_a_flag_that_is_reopened_meanwhile_is_decided_first(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna, await letters(server, anna))
        await bot.store.rule(decision(1, Step.REOPEN, "Maja", at=bot.clock.now() + timedelta(seconds=1)))
        assert "flaggan är öppnad på nytt" in await granted(server, my, card)
        bot.clock.advance(seconds=2)  # what is decided is told once it takes effect, and not ahead of the clock
        await bot.store.rule(decision(1, Step.DISMISS, "Maja", at=bot.clock.now()))
        bot.wake()
        await eventually(lambda: "Beslutet ändrades på annat sätt" in card.text and not card.buttons)
        assert "det togs tillbaka" in (await letters(server, anna, 2)).text


async def test_a_slow_database_delays_the_answer_and_not_its_acknowledgement(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        letter = await letters(server, anna)
        card = await appealed(server, desk, anna, letter)
        gate = threading.Event()
        bot.store._thread.submit(gate.wait)
        try:
            asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()
            mine = await (await server.slash(anna, channel, "mycases")).acknowledgement()
            judging = await (await server.click(my, card, "Avslå / Reject")).acknowledgement()
            granting = await (await server.click(my, card, "Bifall överklagandet / Grant")).acknowledgement()
            assert asked.modal
            assert judging.modal
            assert mine.deferred
            assert granting.deferred
        finally:
            gate.set()
        assert "Ärende 1" in (await mine.shown()).text
        assert "är bifallet" in (await granting.shown()).text
        again = await server.submit_modal(asked, {"words": "en gång till"})
        assert "Du har redan överklagat" in (await again.shown()).text
        late = await server.submit_modal(judging, {"words": "nej"})
        assert "överklagandet är redan avgjort" in (await late.shown()).text


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
            await posted(bot, channel, desk, anna)
            await uphold(bot, mo)
            letter = await letters(server, anna)
            await until(bot, "SELECT count(*) FROM notices WHERE state = 'sent'", 1)
            asked = await (await server.click(anna.user, letter, "Överklaga / Appeal")).acknowledgement()

            async def wrong(work: object) -> object:
                raise ValueError("hemliga ord")

            works, bot.store.do = bot.store.do, wrong  # type: ignore[method-assign, assignment]
            sent = await server.submit_modal(asked, {"words": "hemliga ord"})
            assert (await sent.shown()).text.startswith("Något gick fel; se efter med `/minaärenden`")
            bot.store.do = works  # type: ignore[method-assign]
    assert "hemliga" not in caplog.text


async def test_an_appeal_decided_on_a_card_that_nobody_had_noted_is_told_on_that_card(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna, await letters(server, anna))
        await until(bot, "SELECT count(*) FROM appeals WHERE card_message_id IS NOT NULL", 1)
        # As after a kill between hanging it up and saving where; it was decided before it could be hung up anew.
        await bot.store.do(
            lambda db: db.execute("UPDATE appeals SET shown = NULL, card_channel_id = NULL, card_message_id = NULL")
        )
        assert "är bifallet" in await granted(server, my, card)
        await eventually(lambda: "Överklagandet bifölls av" in card.text)
        assert card.buttons == []
