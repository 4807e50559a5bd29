"""Do second readings, escalation, measures, appeals, masking and pauses keep their promises where they meet?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app
from bot.core.errors import Refused
from bot.core.flags import State, Step
from bot.core.opinions import Escalation, Kind, Lean, Opinion
from classifier.slurs import Slurs
from tests.builders import decision
from tests.discord_gateway.deciding import DAY, WARN, appeal_card, dismiss_anew, letters, posted, until, uphold
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, NotOfferedError, Permission

APPEAL, GRANT, REJECT = "Överklaga / Appeal", "Bifall överklagandet / Grant", "Avslå / Reject"
UPHOLD, DISMISS = "Bifall / Uphold", "Avskriv / Dismiss"
WORDS = "jag citerade bara"
UNDECIDED = "Ingenting ändrades: flaggan är öppnad på nytt, så avgör den först."
INVOLVED = "Ingenting ändrades: du har varit med och beslutat i ärendet, så någon annan måste avgöra överklagandet."


@pytest.fixture
def lea(guild: Guild) -> Member:
    """Who leads the moderators."""
    return guild.add_member("lea", roles=[guild.add_role("lead", Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD)])


async def says(card: Message, *words: str) -> None:
    await eventually(lambda: all(word in card.text for word in words))


async def queue(server: LoopbackDiscord, who: Member, channel: Channel) -> Message:
    return await (await server.slash(who, channel, "queue")).shown()


async def told(server: LoopbackDiscord, who: Member, card: Message, button: str) -> str:
    """What somebody who presses a button is told."""
    return (await (await server.click(who, card, button)).shown()).text


async def appealed(server: LoopbackDiscord, desk: Channel, who: Member, number: int = 1, words: str = WORDS) -> Message:
    """The author appeals by the newest letter; the card it gets."""
    letter = await eventually(
        lambda: next((each for each in server.sent(who) if f"**Beslut i ärende {number}**" in each.text), None)
    )
    asked = await (await server.click(who.user, letter, APPEAL)).acknowledgement()
    await (await server.submit_modal(asked, {"words": words})).shown()
    return await appeal_card(server, desk, number)


async def hung(bot: Bot, channel: Channel, desk: Channel, author: Member) -> Message:
    """A message's card, once the bot knows where it hangs: what is decided elsewhere then reaches it."""
    card = await posted(bot, channel, desk, author)
    await until(bot, "SELECT count(*) FROM cards", 1)
    return card


async def drawn(
    server: LoopbackDiscord, bot: Bot, channel: Channel, desk: Channel, anna: Member, mo: Member
) -> Message:
    """A flag that mo has upheld with measures, and that somebody is to read again."""
    await channel.post(anna, "en flagga här")
    card = await card_for(server, desk)
    bot.draws = True
    asked = await (await server.click(mo, card, UPHOLD)).acknowledgement()
    await server.submit_modal(asked, {"measures": ["delete", "timeout"], "length": ["24h"]})
    await says(card, "bifölls", "Meddelandet raderades", "fick timeout")
    bot.draws = False
    return card


# A second reading, and an appeal.


async def test_a_reader_who_differs_puts_an_appeal_aside_and_a_joint_decision_takes_the_measures_back(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await drawn(server, bot, channel, desk, anna, mo)
        appeal = await appealed(server, desk, anna)
        mine = await queue(server, my, channel)
        await server.click(my, mine, "Avskriv")
        await says(card, "är inte överens", "Meddelandet raderades", "fick timeout till")
        assert anna.is_timed_out, "until it is decided jointly, what was decided stands"
        assert await told(server, lea, appeal, GRANT) == UNDECIDED
        await server.click(lea, card, DISMISS)
        await says(card, f"avskrevs av {lea.mention}", "timeout hävdes", "; det går inte att ångra.")
        await says(appeal, "Beslutet ändrades på annat sätt")
        assert appeal.buttons == card.buttons == []
        assert not anna.is_timed_out
        outcome = await letters(server, anna, 2)
        assert "**Beslutet i ärende 1 gäller inte längre**: det togs tillbaka" in outcome.text
        assert "går inte att lägga tillbaka" in outcome.text


async def test_a_joint_decision_that_stands_by_it_begins_anew_what_can_be_appealed(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await drawn(server, bot, channel, desk, anna, mo)
        appeal = await appealed(server, desk, anna)
        await server.click(my, await queue(server, my, channel), "Avskriv")
        await says(card, "är inte överens")
        asked = await (await server.click(lea, card, UPHOLD)).acknowledgement()
        await server.submit_modal(asked, {"measures": ["timeout"], "length": ["24h"]})
        await says(card, f"bifölls av {lea.mention}", "fick timeout till")
        assert anna.is_timed_out
        await says(appeal, "Beslutet ändrades på annat sätt")
        second = await letters(server, anna, 2)
        assert "**Beslut i ärende 1**" in second.text
        assert "Det tas bort" not in second.text
        assert [button["label"] for button in second.buttons] == [APPEAL]


@pytest.mark.parametrize("granted", [True, False])
async def test_an_appeal_that_is_judged_first_ends_the_reading(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, lea: Member,
    db: Path, granted: bool,
) -> None:  # fmt: skip
    async with moderated(server, db, desk) as bot:
        await drawn(server, bot, channel, desk, anna, mo)
        mine = await queue(server, my, channel)
        appeal = await appealed(server, desk, anna)
        if granted:
            assert "är bifallet" in await told(server, lea, appeal, GRANT)
        else:
            asked = await (await server.click(lea, appeal, REJECT)).acknowledgement()
            assert (
                "är avslaget" in (await (await server.submit_modal(asked, {"words": "reglerna gäller"})).shown()).text
            )
        late = await server.click(my, mine, "Avskriv")
        assert (await late.followup()).text == (
            "Ingenting ändrades: flagga 1 behöver ingen andra läsning av dig längre."
        )
        assert (await queue(server, lea, channel)).text == "Kön är tom.", "whoever judged it cannot read it blind"
        case = await bot.store.case(1)
        assert case is not None
        assert case.state is (State.DISMISSED if granted else State.UPHELD)


async def test_whoever_has_read_a_decision_again_does_not_judge_its_appeal(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    async with moderated(server, db, desk) as bot:
        await drawn(server, bot, channel, desk, anna, mo)
        asked = await (await server.click(my, await queue(server, my, channel), "Bifall")).acknowledgement()
        assert "ni är överens" in (await (await server.submit_modal(asked, {})).followup()).text
        appeal = await appealed(server, desk, anna)
        for who in (mo, my):
            assert await told(server, who, appeal, GRANT) == INVOLVED
        assert "är bifallet" in await told(server, lea, appeal, GRANT)


# Escalation, and an appeal.


async def test_what_a_lead_has_upheld_is_judged_by_somebody_else_and_the_leads_card_says_so(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member,
    lea: Member, db: Path,
) -> None:  # fmt: skip
    leads = guild.add_text_channel("ansvariga")
    async with moderated(server, db, desk, discord={"leads_channel": str(leads.id)}) as bot:
        card = await posted(bot, channel, desk, anna)
        asked = await (await server.click(mo, card, "Eskalera / Escalate")).acknowledgement()
        await server.submit_modal(asked, {"note": "gäller en politiker"})
        [theirs] = await server.wait_for_sent(leads)
        asked = await (await server.click(lea, theirs, UPHOLD)).acknowledgement()
        await server.submit_modal(asked, {"measures": ["timeout"], "length": ["1h"]})
        await says(theirs, "fick timeout till")
        appeal = await appealed(server, desk, anna)
        assert await told(server, lea, appeal, GRANT) == INVOLVED
        assert "är bifallet" in await told(server, my, appeal, GRANT)
        for each in (card, theirs):
            await says(each, f"avskrevs av {my.mention}", "timeout hävdes", "eskalerade flaggan")
            assert each.buttons == []
        case = await bot.store.case(1)
        assert case is not None
        assert case.state is State.DISMISSED
        assert (await queue(server, lea, channel)).text == "Kön är tom."


# The queue.


async def test_the_queue_gives_a_lead_threats_first_and_then_what_others_have_asked_for(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member,
    lea: Member, db: Path,
) -> None:  # fmt: skip
    async with moderated(server, db, desk) as bot:
        texts = (
            "överklagad flagga",
            "läst flagga",
            "flagga",
            "frågad flagga",
            "oense flagga",
            "hög flagga",
            "hotflagga",
        )
        for number, text in enumerate(texts, 1):
            await posted(bot, channel, desk, anna, number, text)
        appeal_of, reread, plain, asked, disputed, high, threat = range(1, 8)
        at = bot.clock.now()
        await uphold(bot, mo, appeal_of)
        await appealed(server, desk, anna, appeal_of)
        await bot.store.rule(decision(reread, Step.DISMISS, str(mo.id), at=at), again_until=at + timedelta(days=1))
        for number, lean in ((asked, Lean.UNSURE), (disputed, Lean.UPHOLD)):
            await bot.store.ask_another(Opinion(number, Kind.ASKED, str(mo.id), lean, at))
        await bot.store.rule(decision(disputed, Step.DISMISS, str(my.id), at=at))
        await bot.store.escalate(Escalation(high, str(mo.id), at))
        assert await order(server, lea, channel) == [threat, high, disputed, asked, reread, plain]
        last = await queue(server, lea, channel)
        assert last.text.startswith("Inga flaggor väntar, men ett överklagande.")
        assert [button["label"] for button in last.buttons] == ["Bifall överklagandet", "Avslå"]


async def order(server: LoopbackDiscord, who: Member, channel: Channel) -> Sequence[int]:
    """The numbers of the flags that somebody is given, and dismisses one after another."""
    given: list[int] = []
    while "**Flagga " in (shown := await queue(server, who, channel)).text:
        given.append(int(shown.text.split("**Flagga ")[1].split("**")[0]))
        await server.click(who, shown, "Avskriv")
        await eventually(lambda shown=shown: not shown.buttons)  # type: ignore[misc]
    return given


# Pauses, and what was read.


async def test_whoever_pauses_is_given_no_appeal_by_the_queue_and_may_judge_one_by_choice(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        appeal = await appealed(server, desk, anna)
        await (await server.slash(my, channel, "pause", {"hours": 1})).shown()
        shown = await queue(server, my, channel)
        assert shown.text.startswith("Du har paus till")
        assert "citerade" not in shown.text
        assert "är bifallet" in await told(server, my, appeal, GRANT)


@pytest.mark.parametrize("from_the_queue", [True, False])
async def test_an_appeal_counts_as_read_once_and_may_be_one_too_many(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path,
    from_the_queue: bool,
) -> None:  # fmt: skip
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        card = await appealed(server, desk, anna)
        await (await server.slash(my, channel, "pause", {"limit": 1})).shown()
        if from_the_queue:
            asked = await server.slash(my, channel, "queue")
            await asked.shown()
        else:
            asked = await server.click(my, card, GRANT)
            assert "är bifallet" in (await asked.shown()).text
        assert (await asked.followup()).text.startswith("Du har läst en flagga i dag")
        if from_the_queue:
            assert "är bifallet" in await told(server, my, card, GRANT)
        shown = await (await server.slash(my, channel, "pause")).shown()
        assert "I dag har du läst en flagga" in shown.text
        shown = await (await server.slash(mo, channel, "pause")).shown()
        assert "inte läst någon flagga" in shown.text


async def test_whoever_reads_again_or_passes_a_case_on_has_read_it(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    async with moderated(server, db, desk) as bot:
        await drawn(server, bot, channel, desk, anna, mo)
        await queue(server, my, channel)
        card = await posted(bot, channel, desk, anna.guild.add_member("bo"), 2)
        asked = await (await server.click(lea, card, "Eskalera / Escalate")).acknowledgement()
        await (await server.submit_modal(asked, {})).followup()
        await says(card, "eskalerade flaggan")
        for who in (my, lea):
            await until(bot, f"SELECT count(*) FROM exposed WHERE who = '{who.id}'", 1)


# Masking. The word is taken from the list, so that it need not stand here.


async def test_slurs_are_masked_wherever_others_read_them_and_never_to_the_one_who_wrote_them(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
) -> None:
    coordinator = guild.add_text_channel("samordnaren")
    word = next(word for word in sorted(Slurs()._list._whole) if len(word) > 6 and word.isalpha())
    hidden = word[0] + "▪" * (len(word) - 1)
    wishes = {"desk": {"mask_slurs": True}, "measures": {"coordinator_channel": str(coordinator.id)}}
    async with moderated(server, db, desk, **wishes) as bot:
        card = await posted(bot, channel, desk, anna, text=f"flagga {word} här")
        asked = await (await server.click(mo, card, UPHOLD)).acknowledgement()
        await server.submit_modal(asked, {"measures": ["warn", "handover"]})
        [handed] = await server.wait_for_sent(coordinator)
        first = handed.text
        assert f"||flagga {word} här||" in (await letters(server, anna)).text
        appeal = await appealed(server, desk, anna, words=f"jag skrev {word} om mig själv")
        theirs = await queue(server, my, channel)
        for text in (first, handed.text, appeal.text, theirs.text):
            assert f"||flagga {hidden} här||" in text
            assert word not in text
            assert "Skällsord är maskerade" in text
        for text in (appeal.text, theirs.text):
            assert f"||jag skrev {hidden} om mig själv||" in text
        mine = await (await server.slash(anna, channel, "mycases")).shown()
        assert f"||flagga {word} här||" in mine.text
        assert "är bifallet" in await told(server, my, appeal, GRANT)
        await says(appeal, "Överklagandet bifölls")
        await says(handed, "avskrevs efter en ny prövning")
        assert word not in appeal.text + handed.text


# The terminal.


async def test_a_case_with_measures_is_not_turned_round_in_the_terminal(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await hung(bot, channel, desk, anna)
        await uphold(bot, mo, 1, WARN, DAY)
        await says(card, "fick timeout till")
        with pytest.raises(Refused, match="flag 1 is already upheld: it cannot be changed to dismissed"):
            app.decide(db, decision(1, Step.DISMISS, "Maja"))
        assert not app.decide(db, decision(1, Step.UPHOLD, "Maja", at=bot.clock.now())).changed
        bot.wake()
        await until(bot, "SELECT count(*) FROM measures WHERE state = 'done'", 2)
        assert anna.is_timed_out
        assert len(server.sent(anna)) == 1


@pytest.mark.parametrize("step", [Step.DISMISS, Step.UPHOLD])
async def test_what_was_reopened_is_decided_in_the_terminal_and_its_measures_are_taken_back(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path, step: Step
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await drawn(server, bot, channel, desk, anna, mo)
        await server.click(my, await queue(server, my, channel), "Avskriv")
        await says(card, "är inte överens")
        app.decide(db, decision(1, step, "Maja", at=bot.clock.now()))
        bot.wake()  # as the live bot does now and then
        outcome = "avskrevs av Maja" if step is Step.DISMISS else "bifölls av Maja"
        await says(card, outcome, "timeout hävdes", "; det går inte att ångra.")
        assert not anna.is_timed_out
        letter = await letters(server, anna, 2)
        assert "**Beslutet i ärende 1 gäller inte längre**: det togs tillbaka" in letter.text


async def test_what_was_upheld_in_the_terminal_has_no_measures_and_tells_its_author_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await hung(bot, channel, desk, anna)
        app.decide(db, decision(1, Step.UPHOLD, "Maja", at=bot.clock.now()))
        bot.wake()
        await says(card, "bifölls av Maja")
        await dismiss_anew(bot, my)
        await says(card, f"avskrevs av {my.mention}")
        assert server.sent(anna) == []


# Measures, and how one hears of them.


async def test_whoever_is_timed_out_and_takes_no_direct_messages_asks_the_bot_there_and_appeals(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    anna.user.close_dms()
    async with moderated(server, db, desk) as bot:
        card = await hung(bot, channel, desk, anna)
        await uphold(bot, mo, 1, DAY)
        await says(card, "fick timeout till", "kunde inte skickas; det väntar i `/minaärenden`")
        with pytest.raises(NotOfferedError):  # Discord offers no commands to whoever is timed out there
            await server.slash(anna, channel, "mycases")
        mine = await (await server.slash(anna.user, server.dm(anna), "mycases")).shown()
        asked = await (await server.click(anna.user, mine, "Överklaga")).acknowledgement()
        await (await server.submit_modal(asked, {"words": WORDS})).shown()
        assert "är bifallet" in await told(server, my, await appeal_card(server, desk), GRANT)
        await eventually(lambda: not anna.is_timed_out)
        asked = await server.slash(anna, channel, "mycases")
        assert "Ditt överklagande bifölls" in (await asked.shown()).text
        assert "gäller inte längre" in (await asked.followup()).text
