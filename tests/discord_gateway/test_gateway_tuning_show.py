"""Does `/thresholds` show what thresholds do, and what others would have done, to admins alone and in their words?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discord_gateway.harness import running
from tests.discord_gateway.tuning_steps import asked, town
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, NotOfferedError


async def test_an_admin_sees_what_is_in_force_and_what_it_does_with_pictures(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "show")
        assert shown.text.startswith("**Trösklar överallt**\n- hat eller hot: **0,50** (modellen)\n- hot: **0,50**")
        assert "Flaggor per dygn: 36\n" in shown.text
        assert "Riktiga bland de avgjorda: 56 % (40 %–70 %)" in shown.text
        assert "**Det som missas:** okänt." in shown.text
        assert "[audit]" in shown.text
        assert [each.filename for each in shown.attachments] == ["precision.png", "flags.png"]
        assert all(each.data.startswith(b"\x89PNG") for each in shown.attachments)
        assert all("hat eller hot" in str(each.upload.description) for each in shown.attachments)


async def test_another_threshold_stands_beside_the_one_in_force_with_cases_that_can_be_opened(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0,8", channel=channel)
        assert f"i {channel.mention}" in shown.text
        assert "hat eller hot: 0,50 → 0,80" in shown.text
        assert "Flaggor per dygn: 36 → **11**" in shown.text
        assert "25 avgjorda ärenden faller bort (bifallna 9, avskrivna 16; 0 väntar än)" in shown.text
        assert "Öppna med `/ärende`: 1, 2, 3" in shown.text
        assert [button["label"] for button in shown.buttons] == ["Föreslå"]
        opened = await (await server.slash(karin, channel, "case", {"number": 1})).shown()
        assert "Flagga 1" in opened.text


async def test_too_few_decisions_give_no_share(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna, decided=5)
        shown = await asked(server, karin, channel, "show")
        assert "för få avgjorda (5 av minst 20)" in shown.text
        assert "%" not in shown.text.split("Riktiga")[1].split("\n")[0]


async def test_english_readers_read_english(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    karin.user.locale = "en-GB"
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="threat", threshold="0.75")
        assert "threat: 0.50 → 0.75" in shown.text
        assert "Flags a day" in shown.text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"label": "flag", "threshold": "1,5"}, "”1,5” är ingen tröskel"),
        ({"label": "flag", "threshold": "-0.1"}, "är ingen tröskel"),
        ({"label": "flag", "threshold": "nan"}, "”nan” är ingen tröskel"),
        ({"label": "flag", "threshold": "hög @everyone"}, "är ingen tröskel"),
        ({"label": "otrevlig", "threshold": "0.5"}, "Det finns ingen etikett ”otrevlig”"),
        ({"label": "flag", "threshold": "0.5", "group": "ungdom"}, "det finns ingen grupp ungdom"),
    ],
)
async def test_what_cannot_be_understood_is_refused_in_one_sentence(
    server: LoopbackDiscord,
    channel: Channel,
    anna: Member,
    karin: Member,
    db: Path,
    options: dict[str, str],
    sentence: str,
) -> None:
    async with running(server, db) as bot:
        await channel.post(anna, "poäng 0.60")
        await bot.settled()
        shown = await asked(server, karin, channel, "simulate", **options)
        assert sentence in shown.text
        assert "\n" not in shown.text
        assert shown.buttons == []


async def test_where_nothing_was_read_that_is_said(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    empty = guild.add_text_channel("tyst")
    async with running(server, db) as bot:
        assert (await asked(server, karin, channel, "show")).text.startswith("Inga meddelanden har lästs här än")
        await channel.post(anna, "poäng 0.60")
        await bot.settled()
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0.7", channel=empty)
        assert shown.text.startswith("Inga meddelanden har lästs där under de senaste 28 dygnen")


async def test_a_label_is_completed_in_the_readers_words_and_meant_by_them(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        typed = await server.autocomplete(karin, channel, "thresholds simulate", {"label": "kvinnoh"}, "label")
        found = (await typed.acknowledgement()).choices
        assert [(each["name"], each["value"]) for each in found] == [("kvinnohat", "misogyny")]
        shown = await asked(server, karin, channel, "simulate", label="Hat eller hot", threshold="0.9")
        assert "hat eller hot: 0,50 → 0,90" in shown.text


async def test_each_level_says_what_it_means_here(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "level")
        assert "**balanserad** (gäller nu): modellens egna trösklar" in shown.text
        assert "hat eller hot 0,67, hot 0,67" in shown.text
        assert "24 flaggor per dygn, 48 minuter" in shown.text
        assert [each["label"] for each in shown.buttons] == ["Föreslå försiktig", "Föreslå vaksam"]
        shown = await asked(server, karin, channel, "level", level="vaksam")
        assert [each["label"] for each in shown.buttons] == ["Föreslå vaksam"]
        assert "Det finns ingen nivå ”arg”" in (await asked(server, karin, channel, "level", level="arg")).text


async def test_so_many_flags_a_day_as_the_moderators_can_handle(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "suggest", label="flag", flags=20)
        assert shown.text.startswith("Tröskeln **0,71** för hat eller hot ger högst 20 flaggor per dygn.\n")
        assert "→ **20**" in shown.text
        assert [each["label"] for each in shown.buttons] == ["Föreslå"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"catch": "95 %"}, "att minst 95 % av hat eller hot når en människa: ingen har läst det som inte flaggades"),
        (
            {"precision": "99"},
            "Det går inte att lova att minst 99 % av flaggorna är riktiga än: underlaget är för litet",
        ),
        ({"catch": "mycket"}, "”mycket” är ingen andel"),
        ({"catch": "100 %"}, "”100 %” är ingen andel"),
        ({}, "Säg vad tröskeln ska hålla"),
    ],
)
async def test_what_the_decisions_do_not_suffice_for_is_said(
    server: LoopbackDiscord,
    channel: Channel,
    anna: Member,
    karin: Member,
    db: Path,
    options: dict[str, str],
    sentence: str,
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "suggest", label="flag", **options)
        assert sentence in shown.text
        assert shown.buttons == []


async def test_moderators_are_not_offered_it_and_who_is_no_admin_is_refused(
    server: LoopbackDiscord, channel: Channel, anna: Member, mo: Member, karin: Member, db: Path
) -> None:
    async with running(server, db):
        with pytest.raises(NotOfferedError):
            await server.slash(mo, channel, "thresholds show", {})
    async with running(server, db, roles={"admin": ["Trygghetschef"]}):
        for name, options in [
            ("show", {}),
            ("simulate", {"label": "flag", "threshold": "0.8"}),
            ("suggest", {"label": "flag", "flags": 3}),
            ("level", {}),
            ("history", {}),
            ("undo", {}),
        ]:
            shown = await asked(server, karin, channel, name, **options)
            assert shown.text == "Det här får bara administratörer göra; be någon som är det."


async def test_what_concerns_other_servers_is_not_shown_nor_changed_from_one(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    elsewhere = server.add_guild("Grannbyn")
    place = elsewhere.add_text_channel("allmänt")
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        await place.post(elsewhere.add_member("otto"), "poäng 0.60")
        await bot.settled()
        shown = await asked(server, karin, channel, "show")
        assert "Flaggor per dygn: 36\n" in shown.text
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0.8")
        assert "det gäller andra servrar också" in shown.text
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0.8", channel=place)
        assert (
            shown.text
            == f"Ingenting ändrades: ingen kanal {place.mention} har lästs; kontrollera namnet, eller ange dess id."
        )


async def test_the_commands_have_swedish_names(server: LoopbackDiscord, channel: Channel, db: Path) -> None:
    async with running(server, db):
        pass
    command = server.commands.named(1, "thresholds", None)
    assert command is not None
    assert command["name_localizations"] == {"sv-SE": "trösklar"}
    names = {each["name"]: each["name_localizations"]["sv-SE"] for each in command["options"]}
    assert names == {
        "show": "visa",
        "simulate": "simulera",
        "suggest": "rekommendera",
        "level": "nivå",
        "history": "historik",
        "undo": "ångra",
    }
    async with running(server, db):
        assert server.commands.named(1, "thresholds", None) is command, "nothing is registered anew"
