"""Is the author told what was decided, once, or does it wait behind /mycases? Through the loopback Discord."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Statements
from bot.core.cases import Case
from bot.core.flags import Reason, State
from bot.core.retention import Retention
from bot.core.statements import News, Notice, Statement
from bot.discord_gateway.statement_card import notice_card
from bot.store.forgetting import forget
from tests.builders import NOW, decision, flag
from tests.discord_gateway.deciding import (
    DAY,
    DELETE,
    HANDOVER,
    WARN,
    dismiss_anew,
    letters,
    posted,
    until,
    uphold,
    waits_for,
)
from tests.discord_gateway.harness import eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member

SENT = "SELECT count(*) FROM notices WHERE state = 'sent'"


async def test_the_author_is_told_what_why_and_how_to_appeal_and_not_by_whom(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = {"rules": "https://almkoping.example/regler", "contact": "moderator@almkoping.example"}
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with moderated(server, db, desk, statements=settings) as bot:
            await posted(bot, channel, desk, anna)
            await uphold(bot, mo, 1, DELETE, WARN, DAY)
            letter = await letters(server, anna)
            await until(bot, SENT, 1)
            end = int((bot.clock.now() + timedelta(days=1)).timestamp())
            last = int((bot.clock.now() + timedelta(days=180)).timestamp())
    for words in (
        "**Beslut i ärende 1**",
        f"ditt meddelande i {channel.mention}",
        "||en flagga här||",
        "**Det tas bort från servern.**",
        "**Du får en varning.**",
        f"**Du kan inte skriva på servern i ett dygn, till <t:{end}:f>.**",
        "bryter mot serverns regler (kvinnohat)",
        "Serverns regler / The server's rules: https://almkoping.example/regler",
        "uppmärksammades av en automatisk läsning. En människa har läst det och fattat beslutet",
        f"senast <t:{last}:D>",
        "tvistlösningsorgan",
        "Kontakt / Contact: moderator@almkoping.example",
        "-# **Decision in case 1**",
        "-# **It is removed from the server.**",
    ):
        assert words in letter.text, words
    assert [button["label"] for button in letter.buttons] == ["Överklaga / Appeal"]
    assert [button["custom_id"] for button in letter.buttons] == ["uppsikt:appeal:1"]
    assert not letter.mentions
    for name in (str(mo.id), mo.name, str(anna.id), "en flagga här"):
        assert name not in caplog.text
    assert str(mo.id) not in letter.text
    assert len(server.sent(anna)) == 1


async def test_without_a_measure_against_the_author_nobody_is_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, 1)
        await posted(bot, channel, desk, anna, 2)
        await uphold(bot, mo, 1, HANDOVER)
        await uphold(bot, mo, 2, WARN)
        letter = await letters(server, anna)
        assert "ärende 2" in letter.text
        await until(bot, SENT, 1)
        assert len(server.sent(anna)) == 1


async def test_with_direct_messages_closed_it_waits_behind_mycases_and_the_card_says_so(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    anna.user.close_dms()
    async with moderated(server, db, desk) as bot:
        card = await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await eventually(lambda: "kunde inte skickas; det väntar i `/minaärenden`" in card.text)
        asked = await server.slash(anna, channel, "mycases")
        shown = await asked.shown()
        assert asked.ephemeral
        assert "**Dina ärenden**" in shown.text
        assert "**Ärende 1**" in shown.text
        assert "Beslutet gäller." in shown.text
        assert [button["custom_id"] for button in shown.buttons] == ["uppsikt:appeal:1"]
        letter = await asked.followup()
        assert letter.is_ephemeral
        assert "**Beslut i ärende 1**" in letter.text
        assert "Decision" not in letter.text
        await eventually(lambda: "kunde inte skickas" not in card.text)
        again = await server.slash(anna, channel, "mycases")
        await again.shown()
        assert not again.followups
        assert server.sent(anna) == []


async def test_a_member_who_has_left_finds_it_in_the_direct_messages_once_back(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await anna.leave()
        await uphold(bot, mo)
        await waits_for(bot)
        guild.add_member(anna.user)
        asked = await server.slash(anna.user, server.dm(anna), "mycases")
        await asked.shown()
        assert "**Beslut i ärende 1**" in (await asked.followup()).text


async def test_who_has_no_server_in_common_or_is_gone_is_not_tried_again(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, 1)
        await posted(bot, channel, desk, anna, 2)
        server.faults.answer("POST /channels/*/messages", 403, code=50278, message="no mutual guilds")
        await uphold(bot, mo, 1)
        await waits_for(bot, 1)
    server.faults.answer("POST /users/@me/channels", 404, code=10013, message="Unknown User")
    async with moderated(server, db, desk) as bot:
        await uphold(bot, mo, 2)
        await waits_for(bot, 2)
        assert server.sent(anna) == []


async def test_what_may_heal_is_tried_again_and_told_once(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    bertil = guild.add_member("bertil")
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna, 1)
        await posted(bot, channel, desk, bertil, 2)
        server.faults.answer(f"POST /channels/{server.dm(anna).id}/messages", 403, code=50001, times=None)
        await uphold(bot, mo, 1)
        await uphold(bot, mo, 2)
        await letters(server, bertil)
        assert server.sent(anna) == []
        server.faults.clear()
        await letters(server, anna)
        await until(bot, SENT, 2)
        assert len(server.sent(anna)) == len(server.sent(bertil)) == 1


async def test_what_was_sent_just_before_a_crash_is_not_sent_again(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await letters(server, anna)
        await until(bot, SENT, 1)
        await bot.store.do(lambda db: db.execute("UPDATE notices SET state = 'due', told_at = NULL"))
    path = f"POST /channels/{server.dm(anna).id}/messages"
    before = len(server.requests.matching(path))
    async with moderated(server, db, desk) as bot:
        await until(bot, SENT, 1)
    assert len(server.requests.matching(path)) == before
    assert len(server.sent(anna)) == 1


async def test_a_decision_made_while_the_bot_was_down_is_told_at_the_next_start(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        for task in bot.desk:
            task.cancel()
        await uphold(bot, mo)
    assert server.sent(anna) == []
    async with moderated(server, db, desk):
        await letters(server, anna)


async def test_switched_off_nothing_is_sent_and_everything_waits(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk, statements={"enabled": False}) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await waits_for(bot)
        assert server.sent(anna) == []


async def test_a_decision_that_is_taken_back_otherwise_is_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo, 1, DELETE)
        await letters(server, anna)
        await dismiss_anew(bot, my)
        letter = await letters(server, anna, 2)
        assert "**Beslutet i ärende 1 gäller inte längre**: det togs tillbaka" in letter.text
        assert "går inte att lägga tillbaka, men du får gärna skriva det igen" in letter.text
        assert letter.buttons == []
        shown = await (await server.slash(anna, channel, "mycases")).shown()
        assert "Beslutet gäller inte längre." in shown.text
        assert shown.buttons == []


async def test_the_longest_of_everything_still_fits(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    settings = {"rules": "r" * 400, "contact": "k" * 200}
    motives = ("antisemitism", "islamophobia", "xenophobia", "anti_lgbtq", "misogyny", "contempt_for_society", "other")
    async with moderated(server, db, desk, statements=settings) as bot:
        await posted(bot, channel, desk, anna, text="flagga " + "_*|å" * 480)
        await uphold(bot, mo, 1, DELETE, WARN, DAY, motives=motives)
        letter = await letters(server, anna)
        assert "kkk" in letter.text
        [quoted] = [line for line in letter.text.split("\n") if line.startswith("||")]
        assert quoted.count("||") - quoted.count(r"\|\|") >= 2


async def test_mycases_holds_ones_own_only_the_newest_ten_first_in_ones_language(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    bertil = guild.add_member("bertil")
    bertil.user.locale = "en-GB"
    async with moderated(server, db, desk) as bot:
        for number in range(1, 12):
            await posted(bot, channel, desk, anna, number, f"flagga {number} " + "*_" * 300)
            await uphold(bot, mo, number)
        await posted(bot, channel, desk, bertil, 12, "min egen flagga")
        await uphold(bot, mo, 12)
        mine = await (await server.slash(anna, channel, "mycases")).shown()
        assert len(mine.buttons) == 10
        assert mine.text.index("Ärende 11**") < mine.text.index("Ärende 2**")
        assert "Ärende 1**" not in mine.text
        assert "min egen" not in mine.text
        his = await (await server.slash(bertil.user, server.dm(bertil), "mycases")).shown()
        assert "**Your cases**" in his.text
        assert "**Case 12**" in his.text
        assert len(his.buttons) == 1
        none = await (await server.slash(mo, channel, "mycases")).shown()
        assert none.text == "Det finns inga beslut om något du har skrivit."


async def test_a_text_that_was_forgotten_is_said_to_be(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    anna.user.close_dms()
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await waits_for(bot)
        later = bot.clock.now() + timedelta(days=100)
        await bot.store.do(lambda db: forget(db, Retention(90, 365), later))
        asked = await server.slash(anna, channel, "mycases")
        assert "Texten är gallrad." in (await asked.shown()).text
        letter = await asked.followup()
        assert "Texten är gallrad." in letter.text
        assert "||" not in letter.text


async def test_a_display_name_is_called_one(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    await anna.rename("flagga 88")
    async with moderated(server, db, desk, discord={"display_names": True}) as bot:
        await channel.post(anna, "hej")
        await until(bot, "SELECT count(*) FROM flags", 1)
        await uphold(bot, mo)
        assert "Det gäller ditt visningsnamn, sett i" in (await letters(server, anna)).text


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (["report"], "anmäldes av någon på servern"),
        (["threshold", "report"], "uppmärksammades av en automatisk läsning"),
    ],
)
def test_what_members_alone_have_reported_is_said_to_be(rules: list[str], words: str) -> None:
    found = replace(flag(), reasons=tuple(Reason(rule, "flag") for rule in rules))
    about = Statement(1, Case(1, found, State.UPHELD), decision(measures=(WARN,)))
    card = notice_card(Notice(1, News.STATEMENT, about, NOW), ["sv"], Statements())
    assert words in str(card.to_components())
