"""Does whoever reported learn that it mattered, and nobody else who it was?"""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.core.flags import Step
from bot.core.retention import Retention
from bot.store.forgetting import forget
from tests.builders import bytes_beside, decision
from tests.discord_gateway.deciding import DELETE, dismiss_anew, letters, until, uphold
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.discord_gateway.reporting_steps import reported, sent_in
from tests.loopback import Channel, Guild, LoopbackDiscord, Member
from tests.loopback.interactions import COMPONENT


@pytest.fixture
def elin(guild: Guild) -> Member:
    """Somebody who reports."""
    return guild.add_member("elin")


async def asked(server: LoopbackDiscord, who: Member, where: Channel, name: str) -> str:
    shown = await (await server.slash(who, where, name)).shown()
    assert shown.is_ephemeral
    return shown.text


async def decided(bot: Bot, step: Step, who: Member, number: int = 1) -> None:
    await bot.store.rule(decision(number, step, str(who.id), at=bot.clock.now()))
    bot.wake()


# Outcomes.


@pytest.mark.parametrize(
    ("step", "words", "listed"),
    [
        (Step.UPHOLD, "vi har agerat", "vi har agerat."),
        (Step.DISMISS, "bedömde att det inte bryter mot reglerna", "vi bedömde att det inte bryter mot reglerna."),
    ],
)
async def test_the_reporter_is_told_the_outcome_once_and_finds_it_in_myreports(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path,
    step: Step, words: str, listed: str,
) -> None:  # fmt: skip
    async with moderated(server, db, desk) as bot:
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
        assert "väntar på en moderator" in await asked(server, elin, channel, "myreports")
        await decided(bot, step, mo)
        letter = await letters(server, elin)
        assert letter.text.startswith("**Rapport 1:** Tack för att du sa till.")
        assert words in letter.text
        for secret in (mo.mention, anna.mention, "du är inte klok"):
            assert secret not in letter.text
        assert listed in await asked(server, elin, channel, "myreports")
        assert "Du har inga rapporter" in await asked(server, anna, channel, "myreports")
    async with moderated(server, db, desk):
        assert len(server.sent(elin)) == 1


async def test_what_befell_the_author_is_not_told(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "du är inte klok")
        await reported(server, elin, message)
        await uphold(bot, mo, 1, DELETE)
        letter = await letters(server, elin)
        assert "Vad som hände med vem berättar vi inte." in letter.text
        await eventually(lambda: message.deleted)
        statement = await letters(server, anna)
        assert "Det anmäldes av någon på servern." in statement.text
        assert str(elin.id) not in json.dumps(statement.components)


async def test_a_reversed_decision_is_told_anew(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
        await uphold(bot, mo)
        await letters(server, elin)
        await dismiss_anew(bot, mo)
        assert "Bedömningen har ändrats" in (await letters(server, elin, 2)).text


async def test_closed_direct_messages_leave_the_answer_behind_myreports_also_in_direct_messages(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
        elin.user.close_dms()
        await uphold(bot, mo)
        await until(bot, "SELECT count(*) FROM answers WHERE state = 'waiting'", 1)
        shown = await (await server.slash(elin.user, server.dm(elin), "myreports")).shown()
        assert "vi har agerat." in shown.text
        await until(bot, "SELECT count(*) FROM answers WHERE state = 'received'", 1)


# Help.


async def test_support_lists_help_in_the_readers_language_and_nothing_is_kept_of_it(
    server: LoopbackDiscord, channel: Channel, desk: Channel, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk, support={"lines": ["Almköpings trygghetscenter: 0123-456."]}) as bot:
        before = await bot.store.do(lambda rows: list(rows.conn.iterdump()))
        assert "Almköpings trygghetscenter" in await asked(server, elin, channel, "support")
        elin.user.locale = "en-GB"
        assert "call 112" in await asked(server, elin, channel, "support")
        assert await bot.store.do(lambda rows: list(rows.conn.iterdump())) == before


# Not a weapon.


async def test_nobody_makes_more_reports_in_an_hour_than_the_limit_however_many_at_once(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk, reports={"per_reporter_hour": 3}) as bot:
        messages = [await channel.post(anna, f"ord {number}") for number in range(6)]
        told = await asyncio.gather(*(reported(server, elin, each) for each in messages))
        assert sum("Din rapport har nummer" in each for each in told) == 3
        assert sum("Du har rapporterat 3 gånger den senaste timmen" in each for each in told) == 3
        bot.clock.advance(hours=1, seconds=1)
        assert "nummer **4**" in await reported(server, elin, await channel.post(anna, "ett till"))


async def test_a_flood_on_one_member_meets_in_one_case_that_says_so(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    trusted = guild.add_role("vuxna för trygghet")
    adult = guild.add_member("vuxen", roles=[trusted])
    async with moderated(
        server, db, desk, reports={"per_target_hour": 3}, roles={"trusted": ["vuxna för trygghet"]}
    ) as bot:
        messages = [await channel.post(anna, f"ord {number}") for number in range(7)]
        for number, message in enumerate(messages[:5]):
            await reported(server, guild.add_member(f"m{number}"), message)
        assert len(await bot.flags()) == 3
        card = await card_for(server, desk, 1)
        await eventually(lambda: "Flod" in card.text and "Rapporterat 3 gånger" in card.text)
        assert str(messages[3].id) in card.text
        assert str(messages[4].id) in card.text
        await reported(server, adult, messages[5])
        assert len(await bot.flags()) == 4


async def test_a_moderator_marks_a_report_as_abusive_which_its_reporter_is_told_and_which_weighs_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await reported(server, elin, await channel.post(anna, "hej"), words="hon luktar", category=["threat"])
        card = await card_for(server, desk)
        private = await (await server.slash(mo, desk, "case", {"number": 1})).shown()
        chosen = await server.select(mo, private, "uppsikt:abusive:1", ["1"])
        assert "Rapport 1 är markerad." in (await chosen.shown()).text
        assert "gjordes för att komma åt någon" in (await letters(server, elin)).text
        await eventually(lambda: "Rapport 1: bedömd som missbruk" in card.text)
        assert "hon luktar" not in card.text
        query = "SELECT urgency FROM flags UNION ALL SELECT 1000 * (SELECT weight FROM reports WHERE id = 2)"
        await reported(server, elin, await channel.post(anna, "hej igen"))
        urgency, other, weight = [row[0] for row in await bot.store.do(lambda rows: rows.execute(query).fetchall())]
        assert urgency == 0 < other < 10
        assert weight < 300  # a newcomer's weighs 500
        again = await server.select(mo, private, "uppsikt:abusive:1", ["1"])
        assert "Ingenting ändrades" in (await again.shown()).text


async def test_any_of_the_latest_reports_of_a_case_can_be_found_abusive_not_only_those_that_are_shown(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        message = await channel.post(anna, "hej")
        for number in range(6):
            await reported(server, guild.add_member(f"m{number}"), message)
        private = await (await server.slash(mo, desk, "case", {"number": 1})).shown()
        chosen = await server.select(mo, private, "uppsikt:abusive:1", ["1"])
        assert "Rapport 1 är markerad." in (await chosen.shown()).text
        await until(bot, "SELECT id FROM reports WHERE abusive_at IS NOT NULL", 1)


async def test_only_moderators_mark_reports_and_forged_numbers_get_one_sentence(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await reported(server, elin, await channel.post(anna, "hej"))
        card = await card_for(server, desk)

        async def forged(who: Member, custom_id: str, *values: str) -> str:
            data = {"custom_id": custom_id, "component_type": 3, "values": list(values)}
            return (await server.interactions.begin(COMPONENT, who, desk, data, card).shown()).text

        assert "bara moderatorer" in await forged(anna, "uppsikt:abusive:1", "1")
        assert "Ingenting ändrades" in await forged(mo, "uppsikt:abusive:7", "1")
        assert "Ingenting ändrades" in await forged(mo, "uppsikt:abusive:1", "9" * 18)
        assert "tyda" in await forged(mo, "uppsikt:abusive:1", "x")
        await until(bot, "SELECT count(*) FROM reports WHERE abusive_at IS NOT NULL", 0)


# Trusted reporters.


async def test_what_a_trusted_reporter_reports_reaches_whoever_is_on_call_at_once_and_is_first_after_threats(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path
) -> None:
    call = guild.add_role("jour")
    adult = guild.add_member("vuxen", roles=[guild.add_role("vuxna")])
    at_desk = {"ping_role": str(call.id), "digest_minutes": 600}
    async with moderated(server, db, desk, desk=at_desk, roles={"trusted": ["vuxna"]}) as bot:
        await channel.post(anna, "en flagga här")
        first = await card_for(server, desk, 1)
        second = await channel.post(anna, "en flagga till")
        await bot.settled()
        assert call.mention not in first.text
        await reported(server, adult, second)
        told = await card_for(server, desk, 2)
        assert call.mention in told.text
        assert "betrodd" not in told.text
        shown = await (await server.slash(mo, desk, "queue")).shown()
        assert "**Flagga 2**" in shown.text


# Unanswered, and missed.


async def test_an_unanswered_report_climbs_and_the_lead_is_told_once(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member,
    db: Path,
) -> None:  # fmt: skip
    leads = guild.add_text_channel("ledare")
    async with moderated(server, db, desk, discord={"leads_channel": str(leads.id)}) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk, 1)
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
        await card_for(server, desk, 2)
        bot.clock.advance(hours=23)
        bot.wake()
        await asyncio.sleep(0.1)
        assert server.sent(leads) == []
        bot.clock.advance(hours=2)
        bot.wake()
        card = await card_for(server, leads, 2)
        assert "Obesvarad för länge." in card.text
        bot.wake()
        shown = await (await server.slash(mo, desk, "queue")).shown()
        assert "**Flagga 2**" in shown.text
        assert len(server.sent(leads)) == 1


async def test_upheld_reports_of_what_the_model_let_through_are_counted_as_missed(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        await card_for(server, desk)
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
        await uphold(bot, mo, 1)
        assert "Missade" not in await asked(server, mo, desk, "stats")
        await uphold(bot, mo, 2)
        assert "Missade av modellen de senaste 30 dygnen: ett bifallet" in await asked(server, mo, desk, "stats")


# Nobody learns who reported.


async def test_no_command_card_log_line_export_or_error_shows_who_reported(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member,
    db: Path, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG, logger="bot")
    leads = guild.add_text_channel("ledare")
    secret = str(elin.id)
    async with moderated(server, db, desk, discord={"leads_channel": str(leads.id)}) as bot:
        await reported(server, elin, await channel.post(anna, "du är inte klok"), hurt=["me"])
        await sent_in(server, await server.slash(elin, channel, "report", {"member": anna}), words="skrik")
        await card_for(server, desk, 2)
        bot.clock.advance(hours=25)
        bot.wake()
        await card_for(server, leads, 2)
        seen = []
        for name, options in {
            "queue": {}, "case": {"number": 1}, "stats": {}, "status": {}, "history member": {}, "pause": {},
        }.items():  # fmt: skip
            given = {"who": anna} if name == "history member" else options
            shown = await (await server.slash(mo, desk, name, given)).shown()
            seen.append(json.dumps(shown.components) + shown.text)
        elin.user.close_dms()
        await uphold(bot, mo, 1)
        await until(bot, "SELECT count(*) FROM answers WHERE state = 'waiting'", 1)
        seen += [json.dumps(each.components) + each.text for each in server.sent(desk) + server.sent(leads)]
        seen += [json.dumps(each.components) + each.text for each in server.sent(anna)]
        assert not [text for text in seen if secret in text or "drabbar mig" in text.lower()]
        held = await bot.store.do(
            lambda rows: {name for name in rows.table_names() if secret in str(list(rows[name].rows))}
        )
        assert held == {"reporters"}
    assert secret not in caplog.text
    for command in (["flags", "--json"], ["flags", "--show-text"]):
        done = CliRunner().invoke(main, [*command, "--db", str(db)])
        assert done.exit_code == 0
        assert secret not in done.output


async def test_an_admin_learns_who_reported_by_saying_who_asks_and_why_which_stays_on_record(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
    where = ["--db", str(db)]
    for missing in (["--by", "Eva", "--reason", " "], ["--by", "!", "--reason", "polisen frågar"]):
        refusal = CliRunner().invoke(main, ["reporters", "1", *missing, *where])
        assert refusal.exit_code == 1
        assert str(elin.id) not in refusal.output
    told = CliRunner().invoke(main, ["reporters", "1", "--by", "Eva", "--reason", "polisen frågar", *where])
    assert told.output == f"1\t{elin.id}\n"
    async with moderated(server, db, desk) as bot:
        query = "SELECT flag_id, by, reason FROM unmaskings"
        rows = await bot.store.do(lambda rows: [tuple(row) for row in rows.execute(query).fetchall()])
        assert rows == [(1, "Eva", "polisen frågar")]
        for change in ("DELETE FROM unmaskings", "UPDATE unmaskings SET by = 'x'"):
            with pytest.raises(Exception, match="append-only"):
                await bot.store.do(lambda rows, change=change: rows.execute(change))


async def test_who_reported_is_forgotten_first_to_the_last_byte(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, elin: Member, mo: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await reported(server, elin, await channel.post(anna, "du är inte klok"))
        later = bot.clock.now() + timedelta(days=31)
        await bot.store.do(lambda rows: forget(rows, Retention(90, 365, 30), later))
        (flag,) = await bot.flags()
        assert flag.text == "du är inte klok"
        await decided(bot, Step.DISMISS, mo)
        assert "Du har inga rapporter" in await asked(server, elin, channel, "myreports")
        assert server.sent(elin) == []
    assert str(elin.id).encode() not in bytes_beside(db)
