"""Does a message get from its posting to flag, card, context, decision, deletion, statement, appeal and reversal?"""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.discord_gateway.deciding import appeal_card, letters, posted
from tests.discord_gateway.harness import eventually, moderated
from tests.discord_gateway.whole_way import way
from tests.loopback import Channel, Guild, Interaction, LoopbackDiscord, Member, Message

SWEDISH_LETTERS = set("åäöÅÄÖ")
SWEDISH = {"uppsikt": {"languages": ["sv"]}}


async def test_a_message_goes_its_whole_way_in_swedish_and_no_log_tells_of_whom(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = way(server, guild, channel, desk)
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with moderated(server, db, desk, **SWEDISH):
            for step in whole.steps:
                await step()
            await whole.leaves_nothing_undone(db)
    assert [word for word in whole.secrets if word in caplog.text] == []


async def test_a_message_goes_its_whole_way_with_a_restart_between_all_steps(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = way(server, guild, channel, desk)
    async with moderated(server, db, desk, **SWEDISH):
        pass  # from now on nothing that is written is lost
    with caplog.at_level(logging.DEBUG, logger="bot"):
        for step in whole.steps:
            async with moderated(server, db, desk, **SWEDISH):
                await step()
        async with moderated(server, db, desk, **SWEDISH):
            await whole.leaves_nothing_undone(db)
    assert [word for word in whole.secrets if word in caplog.text] == []


async def test_whoever_speaks_english_gets_along_in_english_wherever_discord_tells_us_so(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    for each in (anna, mo, my):
        each.user.locale = "en-GB"
    async with moderated(server, db, desk) as bot:
        card = await posted(bot, channel, desk, anna, text="en flagga")
        queue = await english(await server.slash(mo, channel, "queue"), "**Flag 1** in")
        assert [button["label"] for button in queue.buttons] == [
            "Uphold", "Dismiss", "Second opinion", "Escalate", "Context",
        ]  # fmt: skip
        await english(await server.click(mo, queue, "Context"), "**The context of flag 1**")
        asked = await english_modal(await server.click(mo, card, "Bifall / Uphold"), "Uphold flag 1")
        await server.submit_modal(asked, {"motives": ["misogyny"], "measures": ["delete", "timeout"]})
        letter = await letters(server, anna)  # unasked for, so that nobody has told us her language
        assert "-# **Decision in case 1**" in letter.text
        await eventually(lambda: "-# The message was deleted" in card.text and anna.is_timed_out)
        asked = await english_modal(
            await server.click(anna.user, letter, "Överklaga / Appeal"), "Appeal the decision, case 1"
        )
        await english(await server.submit_modal(asked, {"words": "I quoted"}), "Thank you, your appeal in case 1")
        appeal = await appeal_card(server, desk)
        assert "Appeal in case 1" in appeal.text
        grant = "Bifall överklagandet / Grant"
        await english(await server.click(mo, appeal, grant), "Nothing changed: you took part")
        await english(await server.slash(my, channel, "queue"), "No flags wait, but one appeal.")
        await english(await server.click(my, appeal, grant), "The appeal in case 1 is granted")
        outcome = await letters(server, anna, 2)
        assert outcome.text.startswith("**The decision in case 1 no longer holds**: your appeal was granted")
        assert not SWEDISH_LETTERS & set(outcome.text)
        await eventually(lambda: not anna.is_timed_out)
        await english(await server.slash(anna, channel, "mycases"), "**Your cases**")
        await english(await server.slash(my, channel, "history member", {"who": anna}), "**Flags of")


async def english(answered: Interaction, words: str) -> Message:
    """What is shown in answer, which is English and begins so."""
    shown = await answered.shown()
    assert shown.text.startswith(words)
    assert not SWEDISH_LETTERS & set(shown.text)
    return shown


async def english_modal(answered: Interaction, title: str) -> Interaction:
    """The modal that is shown in answer, in English and of this title."""
    asked = await answered.acknowledgement()
    assert asked.modal["title"] == title
    assert not SWEDISH_LETTERS & set(str(asked.modal))
    return asked
