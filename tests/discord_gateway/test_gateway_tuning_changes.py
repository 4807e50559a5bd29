"""Are thresholds changed by proposals that somebody applies, at once, by one of two, and taken back in one step?"""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.discord_gateway.harness import Bot, eventually, running
from tests.discord_gateway.tuning_steps import asked, flag_numbers, pressed, proposed, town
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message


async def hung(
    bot: Bot, channel: Channel, who: Member, leads: Channel, threshold: str = "0,8", /, **where: Channel
) -> Message:
    """A proposal for `flag`, as it hangs in the leads' channel."""
    before = len(bot.server.sent(leads))
    shown = await asked(bot.server, who, channel, "simulate", label="flag", threshold=threshold, **where)
    told = await (await proposed(bot.server, who, shown)).shown()
    assert "hänger här" in told.text, told.text
    return bot.server.sent(leads)[before]


async def test_a_proposal_that_another_admin_applies_holds_for_the_next_message_without_a_restart(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, karin: Member, olle: Member, db: Path
) -> None:
    leads = guild.add_text_channel("ledning")
    async with running(server, db, discord={"leads_channel": str(leads.id)}) as bot:
        await town(bot, channel, anna)
        card = await hung(bot, channel, karin, leads, channel=channel)
        assert not card.is_ephemeral
        assert card.allowed_mentions == {"parse": []}
        assert "**Ändring 1 av trösklar**" in card.text
        assert f"{karin.mention}" in card.text
        assert "Lugnare" in card.text
        assert "Flaggor per dygn: 36 → **11**" in card.text
        assert [each.filename for each in card.attachments] == ["precision.png", "flags.png"]
        assert "poäng" not in card.text, "no words of any message"
        count = len(await flag_numbers(bot))
        await channel.post(anna, "poäng 0.60")
        assert len(await flag_numbers(bot)) == count + 1
        await pressed(server, olle, card, "Tillämpa")
        await eventually(lambda: f"**Tillämpad** av {olle.mention}" in card.text)
        assert card.buttons == []
        await channel.post_many(anna, ["poäng 0.60", "poäng 0.85"])
        assert len(await flag_numbers(bot)) == count + 2


async def test_without_a_leads_channel_the_proposer_has_the_card_and_others_find_it_by_its_number(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, olle: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0,8")
        card = await (await proposed(server, karin, shown)).shown()
        assert card.is_ephemeral
        assert [each["label"] for each in card.buttons] == ["Tillämpa", "Lägg undan"]
        found = await asked(server, olle, channel, "history", number=1)
        assert "**Föreslagen.**" in found.text
        await pressed(server, olle, found, "Lägg undan")
        await eventually(lambda: f"**Undanlagd** av {olle.mention}" in found.text)
        late = await pressed(server, karin, card, "Tillämpa")
        assert (await late.followup()).text == (
            f"Ingenting ändrades: ändring 1 återkallades av {olle.mention}; föreslå den på nytt."
        )
        assert bot.tuning.policy().thresholds["flag"] == 0.5


async def test_of_two_admins_at_once_one_wins_and_the_other_is_told(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, karin: Member, olle: Member, db: Path
) -> None:
    leads = guild.add_text_channel("ledning")
    async with running(server, db, discord={"leads_channel": str(leads.id)}) as bot:
        await town(bot, channel, anna)
        card = await hung(bot, channel, karin, leads)
        presses = await asyncio.gather(*(pressed(server, who, card, "Tillämpa") for who in (karin, olle)))
        await eventually(lambda: any(each.followups for each in presses))
        told = [message.text for each in presses for message in each.followups]
        assert len(told) == 1
        assert told[0].startswith("Ingenting ändrades: ändring 1 är redan tillämpad, av <@")
        changes = await bot.tuning_desk.footing()
        assert len([each for each in changes.changes if each.applied]) == 1


async def test_a_proposal_upon_thresholds_that_somebody_has_changed_since_is_refused(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, karin: Member, olle: Member, db: Path
) -> None:
    leads = guild.add_text_channel("ledning")
    async with running(server, db, discord={"leads_channel": str(leads.id)}) as bot:
        await town(bot, channel, anna)
        first = await hung(bot, channel, karin, leads, "0,8")
        second = await hung(bot, channel, karin, leads, "0,9")
        looked = await asked(server, karin, channel, "simulate", label="flag", threshold="0,7")
        await pressed(server, olle, first, "Tillämpa")
        await eventually(lambda: "**Tillämpad**" in first.text)
        stale = (
            f"Ingenting ändrades: {olle.mention} ändrade trösklarna efter att det här föreslogs (ändring 1): "
            "titta på siffrorna igen."
        )
        late = await pressed(server, karin, second, "Tillämpa")
        assert (await late.followup()).text == stale
        assert (await (await proposed(server, karin, looked)).shown()).text == stale
        assert bot.tuning.policy().thresholds["flag"] == 0.8


async def test_an_undo_shows_what_it_does_and_then_does_it(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0,8")
        card = await (await proposed(server, karin, shown)).shown()
        await pressed(server, karin, card, "Tillämpa")
        await eventually(lambda: "**Tillämpad**" in card.text)
        ask = await asked(server, karin, channel, "undo")
        assert "**Ta tillbaka ändring 1?**" in ask.text
        assert "överallt: hat eller hot: 0,80 → 0,50" in ask.text
        assert "Flaggor per dygn: 11 → **36**" in ask.text
        assert bot.tuning.policy().thresholds["flag"] == 0.8, "nothing is taken back before the button"
        done = await (await proposed(server, karin, ask, "Ta tillbaka", "För få flaggor")).shown()
        assert done.text == "Ändring 1 är tillbakatagen, som ändring 2. Det gäller från nästa meddelande."
        assert bot.tuning.policy().thresholds["flag"] == 0.5
        past = await asked(server, karin, channel, "history")
        assert "**2** (tillämpad) överallt: hat eller hot: 0,80 → 0,50" in past.text
        assert "**1** (tillbakatagen) överallt: hat eller hot: 0,50 → 0,80" in past.text
        assert past.text.index("**2**") < past.text.index("**1**")
        assert "För få flaggor" in past.text
        assert "det finns ingen ändring att ta tillbaka" in (await asked(server, karin, channel, "undo")).text


async def test_buttons_work_after_a_restart_and_a_level_can_be_proposed(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        levels = await asked(server, karin, channel, "level")
    async with running(server, db):
        card = await (await proposed(server, karin, levels, "Föreslå försiktig")).shown()
        assert "hat eller hot: 0,50 → 0,67; hot: 0,50 → 0,67" in card.text
    async with running(server, db) as bot:
        await pressed(server, karin, card, "Tillämpa")
        await eventually(lambda: "**Tillämpad**" in card.text)
        assert dict(bot.tuning.policy().thresholds) == {"flag": 0.67, "threat": 0.67}
    async with running(server, db) as bot:
        assert dict(bot.tuning.policy().thresholds) == {"flag": 0.67, "threat": 0.67}


async def test_the_terminal_and_discord_share_one_history(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0,8", channel=channel)
        card = await (await proposed(server, karin, shown)).shown()
        await pressed(server, karin, card, "Tillämpa")
        await eventually(lambda: "**Tillämpad**" in card.text)
        (change,) = (await bot.tuning_desk.footing()).changes
        assert change.proposal.by == change.by == str(karin.id)
        assert change.proposal.figures["then"]["flags_a_day"] == {"least": 11.0, "most": 11.0}  # type: ignore[index]
        assert "ändring 1 av" in (await asked(server, karin, channel, "show", channel=channel)).text


async def test_who_is_no_admin_presses_in_vain(
    server: LoopbackDiscord, guild: Guild, channel: Channel, anna: Member, karin: Member, mo: Member, db: Path
) -> None:
    leads = guild.add_text_channel("ledning")
    async with running(server, db, discord={"leads_channel": str(leads.id)}) as bot:
        await town(bot, channel, anna)
        card = await hung(bot, channel, karin, leads)
        for button in ("Tillämpa", "Lägg undan"):
            told = await (await server.click(mo, card, button)).shown()
            assert told.text == "Det här får bara administratörer göra; be någon som är det."
        assert bot.tuning.policy().thresholds["flag"] == 0.5


async def test_a_reason_is_asked_for_and_kept_harmless(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0,8")
        told = await (await proposed(server, karin, shown, why="   ")).shown()
        assert "skriv varför" in told.text
        card = await (await proposed(server, karin, shown, why="**@everyone** || [x](https://x.se)")).shown()
        assert "@everyone" not in card.text
        assert "\\*\\*" in card.text


async def test_forged_ids_change_nothing(
    server: LoopbackDiscord, channel: Channel, anna: Member, karin: Member, db: Path
) -> None:
    async with running(server, db) as bot:
        await town(bot, channel, anna)
        shown = await asked(server, karin, channel, "simulate", label="flag", threshold="0,8")
        button = shown.buttons[0]
        good = button["custom_id"]
        assert good == "uppsikt:tune:propose:e:050:0:28"
        for forged, sentence in [
            ("uppsikt:tune:propose:e:0ff:0:28", "går inte att tyda"),
            ("uppsikt:tune:propose:ee50:0:28", ""),
            ("uppsikt:tune:propose:c1:050:0:28", "ingen kanal"),
            ("uppsikt:tune:propose:g000000000000:050:0:28", "går inte att tyda"),
            ("uppsikt:tune:propose:e:050:77:28", "titta på siffrorna igen"),
            ("uppsikt:tune:apply:999", "det finns ingen ändring 999"),
            ("uppsikt:tune:undo:999:0", "det finns ingen ändring 999"),
        ]:
            button["custom_id"] = forged
            press = await (await server.click(karin, shown, forged)).acknowledgement()
            if ":apply:" in forged:
                assert sentence in (await press.followup()).text
            elif sentence:
                told = await (await server.submit_modal(press, {"why": "därför"})).shown()
                assert sentence in told.text, forged
        assert (await bot.tuning_desk.footing()).changes == []
