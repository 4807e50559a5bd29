"""Do `/case` and `/stats` answer, in the right language, with what their asker may see?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.flags import State, Step
from bot.core.measures import Act, Measure
from bot.core.retention import Retention
from bot.core.statistics import Statistics
from bot.discord_gateway.figures import figures
from bot.locales import LANGUAGES, speak
from bot.store.forgetting import forget
from tests.builders import decision
from tests.discord_gateway.harness import card_for, eventually, moderated, running
from tests.loopback import Channel, LoopbackDiscord, Member, Message, NotOfferedError, Permission

CLOCK = (
    "Tidsräkningen utgår från uppsiktsplikten (BBS-lagen, lag 1998:112, 4 §): "
    "tiden räknas från det att ett fall flaggades."
)


async def asked(server: LoopbackDiscord, who: Member, channel: Channel, number: int) -> Message:
    """What somebody reads who asks for a flag."""
    begun = await server.slash(who, channel, "case", {"number": number})
    shown = await begun.shown()
    assert begun.deferred
    assert begun.ephemeral
    return shown


WARN = Measure(Act.WARN)


async def told(server: LoopbackDiscord, who: Member, channel: Channel) -> list[str]:
    """The lines that somebody reads who asks for the figures."""
    begun = await server.slash(who, channel, "stats")
    shown = await begun.shown()
    assert begun.deferred
    assert begun.ephemeral
    return shown.text.split("\n")


# /case


async def test_an_open_flag_is_shown_with_its_buttons_and_the_card_says_who_looks(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post_many(anna, ["flagga ett", "flagga två"])
        card = await card_for(server, desk, 2)
        shown = await asked(server, mo, channel, 2)
        assert "||flagga två||" in shown.text
        assert "tittar" not in shown.text
        labels = [button["label"] for button in shown.buttons]
        assert labels == ["Bifall", "Avskriv", "Andra ögon", "Eskalera", "Sammanhang"]
        await eventually(lambda: f"{mo.mention} tittar på den här" in card.text)
        rows = await bot.store.do(lambda db: db.execute("SELECT seen_at FROM flags ORDER BY id").fetchall())
        assert [row["seen_at"] is None for row in rows] == [True, False]
        assert f"{mo.mention} tittar" in (await asked(server, my, channel, 2)).text
        await server.click(mo, shown, "Avskriv")
        await eventually(lambda: "avskrevs" in shown.text and "avskrevs" in card.text)


async def test_a_decided_flag_is_shown_with_the_way_back_alone_and_nobody_looks_at_it(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        await bot.store.rule(decision(1, Step.UPHOLD, "Maja"))
        shown = await asked(server, mo, channel, 1)
        assert "Flagga 1 bifölls av Maja" in shown.text
        assert "tittar" not in shown.text
        assert [button["label"] for button in shown.buttons] == ["Öppna igen"]


async def test_a_forgotten_flag_is_shown_as_forgotten(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        later = bot.clock.now() + timedelta(days=9)
        await bot.store.do(lambda db: forget(db, Retention(1, 1), later))
        shown = await asked(server, mo, channel, 1)
        assert "texten är gallrad" in shown.text
        assert shown.buttons == []


@pytest.mark.parametrize("number", [0, -1, 2, 2**53])
async def test_an_unknown_number_is_refused(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path, number: int
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        assert (await asked(server, mo, channel, number)).text.startswith("Den flaggan finns inte här")


async def test_a_flag_of_another_server_is_not_here(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    mo.user.locale = "en-GB"
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        assert (await asked(server, eve, place, 1)).text.startswith("Den flaggan finns inte här")
        await place.post(elsewhere.add_member("otto"), "flagga hos oss")
        await card_for(server, desk, 2)
        assert "**Flag 2**" in (await asked(server, mo, channel, 2)).text


@pytest.mark.parametrize("command", ["case", "stats"])
async def test_who_has_no_role_is_offered_nothing_and_told_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path, command: str
) -> None:
    options = {"number": 1} if command == "case" else {}
    async with moderated(server, db, desk):
        with pytest.raises(NotOfferedError):
            await server.slash(anna, channel, command, options)
    async with moderated(server, db, desk, roles={"moderator": ["Trygghet"]}):
        refused = await (await server.slash(mo, channel, command, options)).shown()
        assert refused.text.startswith("Det här får bara moderatorer göra")


async def test_the_commands_have_swedish_names(server: LoopbackDiscord, channel: Channel, db: Path) -> None:
    async with running(server, db):
        case, stats = server.commands.named(1, "case", None), server.commands.named(1, "stats", None)
        assert case is not None
        assert stats is not None
        assert case["name_localizations"] == {"sv-SE": "ärende"}
        assert stats["name_localizations"] == {"sv-SE": "statistik"}
        option, _unmasked = case["options"]
        assert (option["name"], option["name_localizations"]) == ("number", {"sv-SE": "nummer"})
        assert option["required"]


async def test_what_discord_leaves_out_of_an_option_does_not_make_it_another(
    server: LoopbackDiscord, channel: Channel, db: Path
) -> None:
    async with running(server, db):
        pass
    case = server.commands.named(1, "case", None)
    assert case is not None
    option, _unmasked = case["options"]
    for key in [key for key, value in option.items() if not value]:
        del option[key]
    async with running(server, db):
        assert server.commands.named(1, "case", None) is case


# /stats


async def test_the_figures_tell_what_waits_what_was_decided_and_how_quickly(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        assert await told(server, mo, channel) == [
            "Inga flaggor väntar på beslut.",
            "Avgjorda i dag: 0 bifallna, 0 avskrivna.",
            "Avgjorda de senaste sju dygnen: 0 bifallna, 0 avskrivna.",
            "De senaste 30 dygnen har ingen flagga öppnats.",
            "De senaste 30 dygnen har ingen flagga avgjorts.",
            "De senaste 30 dygnen har ingen åtgärd blivit klar.",
            CLOCK,
        ]
        await channel.post_many(anna, [f"flagga {number}" for number in range(4)])
        await bot.settled()
        start = bot.clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
        times = [(start + timedelta(minutes=number)).isoformat(timespec="milliseconds") for number in range(4)]
        for number, time in enumerate(times, 1):
            update = ("UPDATE flags SET flagged_at = ? WHERE id = ?", [time, number])
            await bot.store.do(lambda db, update=update: db.execute(*update))
        await bot.store.rule(decision(1, Step.UPHOLD, "Maja", at=start + timedelta(minutes=10), measures=[WARN]))
        await bot.store.rule(decision(2, Step.DISMISS, "Maja", at=start + timedelta(minutes=31)))
        bot.clock.time = start + timedelta(hours=2, minutes=7)
        lines = await told(server, mo, channel)
        assert [
            each for each in lines if "tidsgräns" not in each
        ] == [  # which is of the machine's own time of flagging
            "2 flaggor väntar på beslut; den äldsta har väntat i 2 tim 5 min.",
            "Avgjorda i dag: en bifallen, en avskriven.",
            "Avgjorda de senaste sju dygnen: en bifallen, en avskriven.",
            "Hälften av de flaggor som öppnades de senaste 30 dygnen öppnades inom 20 min.",
            "Hälften av de flaggor som avgjordes de senaste 30 dygnen avgjordes inom 20 min.",
            "Hälften av de flaggor som ledde till åtgärd de senaste 30 dygnen var åtgärdade inom 10 min.",
            CLOCK,
        ]
        bot.clock.advance(days=1)
        assert "Avgjorda i dag: 0 bifallna, 0 avskrivna." in await told(server, mo, channel)
        mo.user.locale = "en-GB"
        assert "Decided in the last seven days: 1 upheld, 1 dismissed." in await told(server, mo, channel)


async def test_the_figures_are_of_the_servers_that_the_asker_may_see(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    eve = elsewhere.add_member("eve", roles=[elsewhere.add_role("mod", Permission.MANAGE_MESSAGES)])
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await bot.settled()
        assert (await told(server, eve, place))[0] == "Inga flaggor väntar på beslut."
        await place.post(elsewhere.add_member("otto"), "flagga hos oss")
        await bot.settled()
        assert (await told(server, eve, place))[0].startswith("En flagga väntar på beslut")
        assert (await told(server, mo, channel))[0].startswith("2 flaggor väntar på beslut")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("span", "swedish"),
    [
        (timedelta(), "mindre än en minut"),
        (timedelta(seconds=59), "mindre än en minut"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 tim 0 min"),
        (timedelta(hours=47, minutes=59), "47 tim 59 min"),
        (timedelta(hours=50, minutes=59), "2 dygn 2 tim"),
    ],
)
def test_times_are_told_as_one_says_them(span: timedelta, swedish: str, language: str) -> None:
    words = figures(Statistics(1, span, {State.UPHELD: 1}, {}, span, span, span), speak(language))
    assert language != "sv" or words.count(swedish) == 4
    assert "{" not in words
