"""Does a moderator see what became of a member's earlier cases, and nothing more than that?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.flags import Step
from bot.core.history import LATELY
from tests.builders import decision
from tests.discord_gateway.deciding import DAY, DELETE, HANDOVER, dismiss_anew, posted, uphold
from tests.discord_gateway.harness import moderated, running
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, NotOfferedError


async def test_a_history_lists_upheld_cases_by_date_with_what_became_of_them_and_no_text(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        for number in (1, 2, 3, 4):
            await posted(bot, channel, desk, anna, number, f"flagga hemlig {number}")
        await uphold(bot, mo, 1, DELETE, DAY)
        bot.clock.advance(days=1)
        await uphold(bot, mo, 2, HANDOVER, motives=())
        await dismiss_anew(bot, my, 1)
        await bot.store.rule(decision(3, Step.DISMISS, str(mo.id), at=bot.clock.now()))
        asked = await server.slash(mo, channel, "history member", {"who": anna})
        shown = await asked.shown()
    day = int(bot.clock.now().timestamp())
    assert asked.ephemeral
    assert shown.text.split("\n") == [
        f"**Flaggor om {anna.mention}**, de senaste först",
        f"- Nr 2, <t:{day}:D>: överlämnat · gäller",
        f"- Nr 1, <t:{day - 24 * 3600}:D>: kvinnohat; borttaget, timeout i ett dygn · upphävt",
    ]
    assert not shown.mentions


async def test_who_has_left_is_asked_about_by_id_and_who_has_nothing_has_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    mo.user.locale = "en-US"
    async with moderated(server, db, desk) as bot:
        await posted(bot, channel, desk, anna)
        await uphold(bot, mo)
        await anna.leave()
        shown = await (await server.slash(mo, channel, "history member", {"who": anna.user})).shown()
        assert "misogyny" in shown.text
        none = await (await server.slash(mo, channel, "history member", {"who": my})).shown()
        assert none.text == f"{my.mention} has no upheld flags here."


async def test_at_most_twenty_cases_are_listed(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    motives = ("antisemitism", "islamophobia", "xenophobia", "anti_lgbtq", "misogyny", "contempt_for_society", "other")
    async with running(server, db, discord={"display_names": False}) as bot:
        await channel.post_many(anna, [f"flagga {number}" for number in range(25)])
        await bot.settled()
        for number in range(1, 26):
            await uphold(bot, mo, number, DELETE, DAY, HANDOVER, motives=motives)
        shown = await (await server.slash(mo, channel, "history member", {"who": anna})).shown()
        lines = shown.text.split("\n")[1:]
        assert 10 <= len(lines) <= 20
        assert lines[0].startswith("- Nr 25,")


async def test_only_moderators_see_a_history(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with running(server, db):
        with pytest.raises(NotOfferedError):
            await server.slash(anna, channel, "history member", {"who": mo})
    async with running(server, db, roles={"moderator": ["Trygghet"]}):
        asked = await server.slash(mo, channel, "history member", {"who": anna})
        assert (await asked.shown()).text.startswith("Det här får bara moderatorer göra")


async def test_a_card_tells_the_authors_upheld_cases_of_the_last_ninety_days(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    bertil = guild.add_member("bertil")
    async with moderated(server, db, desk) as bot:
        card = await posted(bot, channel, desk, anna, 1)
        assert "Tidigare" not in card.text
        await posted(bot, channel, desk, anna, 2)
        await posted(bot, channel, desk, bertil, 3)
        for number in (1, 2, 3):
            await uphold(bot, mo, number)
        at = int(bot.clock.now().timestamp())
        card = await posted(bot, channel, desk, anna, 4)
    assert (
        f"Tidigare: 2 bifallna flaggor de senaste {LATELY.days} dygnen (nr 1 den <t:{at}:D>, nr 2 den <t:{at}:D>)"
        in card.text
    )
    assert "Earlier: 2 upheld flags in the last 90 days" in card.text


async def test_the_commands_are_registered_once_for_the_places_where_they_work(
    server: LoopbackDiscord, channel: Channel, db: Path
) -> None:
    for _ in range(2):
        async with running(server, db):
            pass
    assert len(server.requests.matching("PUT /applications/*/commands")) == 1
    by_name = {command["name"]: command for command in server.commands.all()}
    mine, history = by_name["mycases"], by_name["history"]
    assert mine["name_localizations"] == {"sv-SE": "minaärenden"}
    assert sorted(mine["contexts"]) == [0, 1]
    assert mine["default_member_permissions"] is None
    assert history["name_localizations"] == {"sv-SE": "historik"}
    [member] = history["options"]
    assert member["name_localizations"] == {"sv-SE": "medlem"}
    assert history["contexts"] == [0]
