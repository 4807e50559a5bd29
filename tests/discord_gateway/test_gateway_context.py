"""Does a moderator see what was written around a flagged message? Through the loopback Discord, and the card alone."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.context import Context
from bot.core.errors import StoreBusy
from bot.core.flags import Step
from bot.core.messages import Channel as Where
from bot.core.retention import Retention
from bot.discord_gateway.card import LONGEST
from bot.discord_gateway.context_card import context_card
from bot.locales import LANGUAGES, speak
from bot.store.forgetting import forget
from tests.builders import bytes_beside, decision, post
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, Permission

BUTTON = "Sammanhang / Context"
BIG = "9" * 19


async def asked(server: LoopbackDiscord, who: Member, card: Message) -> Message:
    """What somebody reads who presses the button."""
    pressed = await server.click(who, card, BUTTON)
    shown = await pressed.shown()
    assert pressed.deferred
    assert pressed.ephemeral
    return shown


async def seen_at(bot: Bot) -> str | None:
    rows = await bot.store.do(lambda db: db.execute("SELECT seen_at FROM flags").fetchall())
    return None if rows[0]["seen_at"] is None else str(rows[0]["seen_at"])


async def test_the_context_shows_five_messages_before_and_after_and_the_chain_of_replies(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        chain = [await channel.post(mo, "led 0")]
        for number in range(1, 8):
            chain.append(await channel.post(mo, f"led {number}", reply_to=chain[-1]))
        await channel.post_many(mo, [f"före {number}" for number in range(7)])
        flagged = await channel.post(anna, "en flagga här", reply_to=chain[-1])
        await channel.post_many(mo, [f"efter {number}" for number in range(7)])
        card = await card_for(server, desk)
        shown = await asked(server, mo, card)
        wanted = [f"led {number}" for number in range(3, 8)]
        wanted += [f"före {number}" for number in range(2, 7)] + ["en flagga här"]
        wanted += [f"efter {number}" for number in range(5)]
        quoted = [line for line in shown.text.split("\n") if line.startswith("||")]
        assert quoted == [f"||{text}||" for text in wanted]
        when = f"<t:{int(flagged.created_at)}:f>"
        assert f"▶ **Det flaggade:** {anna.mention}, {when} · [läs]({flagged.jump_url})" in shown.text
        assert shown.text.count("▶") == 1
        assert "svarar på" in shown.text
        assert not shown.mentions
        await bot.settled()
    assert "före".encode() not in bytes_beside(db)


async def test_opening_the_context_takes_the_lease_and_notes_the_first_look(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        assert await seen_at(bot) is None
        await asked(server, mo, card)
        first = await seen_at(bot)
        assert first is not None
        await eventually(lambda: f"{mo.mention} tittar på den här" in card.text)
        bot.clock.advance(seconds=60)
        await asked(server, my, card)
        assert await seen_at(bot) == first
        assert f"{mo.mention} tittar på den här" in card.text
        assert card.buttons


async def test_the_context_of_ones_own_card_is_in_ones_own_language(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    mo.user.locale = "en-GB"
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        mine = await (await server.slash(mo, channel, "queue")).shown()
        shown = await (await server.click(mo, mine, "Context")).shown()
        assert "**The context of flag 1**" in shown.text
        assert "||en flagga här||" in shown.text


async def test_a_chain_ends_where_its_message_is_gone(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        first = await channel.post(mo, "borttaget")
        second = await channel.post(mo, "kvar", reply_to=first)
        await channel.post_many(mo, [f"före {number}" for number in range(7)])
        await channel.post(anna, "en flagga här", reply_to=second)
        await first.delete()
        shown = await asked(server, mo, await card_for(server, desk))
        assert "||kvar||" in shown.text
        assert "||borttaget||" not in shown.text


async def test_of_a_message_that_is_gone_its_surroundings_are_shown_and_it_is_said(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(mo, "före")
        message = await channel.post(anna, "en flagga här")
        await channel.post(mo, "efter")
        card = await card_for(server, desk)
        await message.delete()
        shown = await asked(server, mo, card)
        assert "Det flaggade meddelandet finns inte kvar" in shown.text
        assert "||före||" in shown.text
        assert "||efter||" in shown.text
        assert "▶" not in shown.text


async def test_the_context_in_a_thread_is_that_of_the_thread(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        thread = channel.add_thread("en tråd", anna)
        await channel.post(mo, "utanför")
        await thread.post(mo, "innanför")
        await thread.post(anna, "en flagga här")
        shown = await asked(server, mo, await card_for(server, desk))
        assert "||innanför||" in shown.text
        assert "utanför" not in shown.text


async def test_a_channel_that_is_gone_is_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await channel.delete()
        assert (await asked(server, mo, card)).text.startswith("Kanalen finns inte längre där boten kommer åt den")
        assert await seen_at(bot) is None


@pytest.mark.parametrize("lost", [Permission.READ_MESSAGE_HISTORY, Permission.VIEW_CHANNEL])
async def test_a_bot_that_may_no_longer_read_there_says_what_it_needs(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    lost: Permission,
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        channel.deny(guild.me, lost)
        await bot.settled()
        told = (await asked(server, mo, card)).text
        assert told.startswith(f"Boten får inte läsa historiken i {channel.mention}")


async def test_a_discord_that_does_not_answer_is_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        server.faults.answer(f"GET /channels/{channel.id}/messages", 400, times=None)
        assert (await asked(server, mo, card)).text.startswith("Discord svarar inte just nu")
        server.faults.clear()
        assert "||en flagga här||" in (await asked(server, mo, card)).text


async def test_a_forgotten_flag_has_no_context_any_more(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        later = bot.clock.now() + timedelta(days=9)
        await bot.store.do(lambda db: forget(db, Retention(1, 1), later))
        assert (await asked(server, mo, card)).text.startswith("Texten i flagga 1 är gallrad")


async def test_a_decided_flag_still_has_its_context_and_nobody_looks_at_it(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        mine = await (await server.slash(mo, channel, "queue")).shown()
        await bot.store.rule(decision(1, Step.DISMISS, "Maja"))
        shown = await (await server.click(mo, mine, "Sammanhang")).shown()
        assert "||en flagga här||" in shown.text


async def test_titles_and_names_have_no_context_and_no_button_for_it(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        channel.add_thread("flagga rubrik", anna)
        card = await card_for(server, desk)
        await bot.settled()
        assert len(card.buttons) == 4
        card.buttons[1]["custom_id"] = "uppsikt:context:1"  # as on a card of another version
        told = await (await server.click(mo, card, "uppsikt:context:1")).shown()
        assert told.text.startswith("Flagga 1 gäller en rubrik")
        await bot.store.do(lambda db: db.execute("UPDATE flags SET kind = 'name'"))
        told = await (await server.click(mo, card, "uppsikt:context:1")).shown()
        assert told.text.startswith("Flagga 1 gäller ett visningsnamn")


@pytest.mark.parametrize("custom_id", ["uppsikt:context:2", "uppsikt:context:999999999999999999"])
async def test_the_context_of_an_unknown_flag_is_refused(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path, custom_id: str
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        card.buttons[2]["custom_id"] = custom_id
        assert "finns inte här" in (await (await server.click(mo, card, custom_id)).shown()).text


async def test_without_the_role_there_is_no_context(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        assert (await asked(server, anna, card)).text.startswith("Det här får bara moderatorer göra")
        assert await seen_at(bot) is None


async def test_a_look_that_cannot_be_noted_shows_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)

        async def busy(flag: int, at: object) -> None:
            raise StoreBusy("upptagen")

        bot.store.seen = busy  # type: ignore[method-assign, assignment]
        assert (await asked(server, mo, card)).text.startswith("Databasen går inte att nå")
        await asyncio.sleep(0)
        assert "tittar" not in card.text


async def test_nothing_of_the_context_is_logged(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with moderated(server, db, desk):
            await channel.post(mo, "hemliga ord")
            await channel.post(anna, "en flagga här")
            assert "hemliga" in (await asked(server, mo, await card_for(server, desk))).text
    assert "hemliga" not in caplog.text


# The answer itself.


def full(text: str) -> Context:
    """A context with as much to say as there can be."""
    where = Where(BIG, "torget", guild=BIG)
    posts = [replace(post(number, text, where), id=f"{number:0>19}", author=BIG) for number in range(1, 17)]
    return Context(posts[10].id, posts[5:], posts[:5])


def said(context: Context, language: str = "sv") -> str:
    view = context_card(10**17, context, BIG, speak(language))
    return "\n".join(item["content"] for item in view.to_components()[0]["components"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["å" * 4000, "*_" * 2000, "<@1>" * 1000, "@everyone " * 400, "||" * 2000])
def test_the_longest_context_fits_into_a_message_and_leaves_nobody_out(text: str, language: str) -> None:
    told = said(full(text), language)
    assert len(told) <= LONGEST
    quoted = [line for line in told.split("\n") if line.startswith("||")]
    assert len(quoted) == 16
    assert len(set(quoted)) == 1


@given(st.text(alphabet="|\\*_`~<>@[]()#- \n\u202e\u0301a", max_size=200))
def test_nobodys_words_leave_their_spoiler(text: str) -> None:
    for line in said(full(text)).split("\n"):
        bare = line.replace("\\\\", "x").replace("\\|", "x")
        assert bare.count("|") in (0, 4)
        assert bare.count("|") == 0 or (bare.startswith("||") and bare.endswith("||"))
