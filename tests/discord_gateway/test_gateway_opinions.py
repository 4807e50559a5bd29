"""Does a second pair of eyes read blind, decide with the first, and put a disagreement before a third?"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.core.agreement import Agreement
from bot.core.flags import State, Step
from bot.core.opinions import Kind, Lean, Opinion, Waits
from bot.discord_gateway.agreement_words import agreement_lines
from bot.locales import LANGUAGES, speak
from tests.builders import decision
from tests.discord_gateway.harness import Bot, card_for, eventually, moderated
from tests.loopback import Channel, Guild, LoopbackDiscord, Member, Message, Permission
from tests.loopback.interactions import MODAL, Interaction

SECOND = "Andra ögon / Second opinion"
UPHOLD, DISMISS = "Bifall / Uphold", "Avskriv / Dismiss"
SECRET = ("kvinnohat", "misogyny", "hemlig", "vill bifalla", "would uphold", "bifölls", "upheld by")


@pytest.fixture
def lea(guild: Guild) -> Member:
    """Who leads the moderators."""
    return guild.add_member("lea", roles=[guild.add_role("lead", Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD)])


async def says(card: Message, *words: str) -> None:
    await eventually(lambda: all(word in card.text for word in words))


async def waits(bot: Bot, number: int = 1) -> tuple[State, Waits]:
    case = await bot.store.case(number)
    assert case is not None
    return case.state, case.waits


async def asks(
    server: LoopbackDiscord, who: Member, card: Message, button: str = SECOND, **values: object
) -> Interaction:
    """Somebody asks for a second opinion, leaning to uphold for a motive and with a note."""
    asked = await (await server.click(who, card, button)).acknowledgement()
    given = {"lean": "uphold", "motives": ["misogyny"], "note": "hemlig tanke"} | values
    return await server.submit_modal(asked, given)


async def upholds(server: LoopbackDiscord, who: Member, card: Message, button: str = UPHOLD) -> Interaction:
    asked = await (await server.click(who, card, button)).acknowledgement()
    return await server.submit_modal(asked, {})


async def queue(server: LoopbackDiscord, who: Member, channel: Channel) -> Message:
    return await (await server.slash(who, channel, "queue")).shown()


def sent(server: LoopbackDiscord, *answered: Interaction) -> str:
    """Every word that was sent in answer to these, or to anybody where none is named; as it left."""
    bodies = [
        json.dumps(request.body, ensure_ascii=False)
        for request in server.requests
        if not answered or any(each.token in request.path for each in answered)
    ]
    return "\n".join(bodies)


# Asked for.


async def test_a_second_opinion_is_asked_for_read_blind_and_becomes_the_decision_with_both_shown(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        done = await asks(server, mo, card)
        assert (await done.followup()).text.startswith("Tack! Flagga 1 går nu till någon annan")
        await says(card, f"{mo.mention} ber om andra ögon", f"{mo.mention} asks for a second opinion")
        assert [button["label"] for button in card.buttons] == [
            UPHOLD, DISMISS, "Eskalera / Escalate", "Sammanhang / Context",
        ]  # fmt: skip
        assert (await queue(server, mo, channel)).text == "Kön är tom."
        mine = await queue(server, my, channel)
        case = await server.slash(my, channel, "case", {"number": 1})
        await case.shown()
        asked = await (await server.click(my, mine, "Bifall")).acknowledgement()
        assert "kvinnohat" not in card.text + mine.text
        assert not any(option.get("default") for option in asked.modal["components"][0]["component"]["options"])
        await server.submit_modal(asked, {"motives": ["other"]})
        await says(
            card, f"Flagga 1 bifölls av {my.mention}", f"{mo.mention} vill bifalla: kvinnohat", "||hemlig tanke||"
        )
        await says(mine, "vill bifalla", "bifölls")
        assert card.buttons == []
        assert not card.mentions
        assert await waits(bot) == (State.UPHELD, Waits.ANYONE)


async def test_nothing_sent_to_the_second_reader_tells_how_the_first_leans(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await asks(server, mo, card, lean="dismiss")
        await says(card, "ber om andra ögon")
        server.requests.clear()
        bot.upkeep.changed(1)
        begun = [await server.slash(my, channel, "queue"), await server.slash(my, channel, "case", {"number": 1})]
        shown = [await each.shown() for each in begun]
        begun.append(await server.click(my, shown[0], "Sammanhang"))
        await begun[-1].shown()
        begun.append(await (await server.click(my, card, UPHOLD)).acknowledgement())
        told = sent(server)
        for word in ("hemlig", "vill avskriva", "would dismiss"):
            assert word not in told
        plain = sent(server, *begun[:3])
        assert "kvinnohat" not in plain
        assert "misogyny" not in plain


async def test_a_disagreement_is_kept_told_and_decided_by_a_third(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
) -> None:
    eva = guild.add_member("eva", roles=mo.roles)
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await asks(server, mo, card)
        await says(card, "ber om andra ögon")
        told = await server.click(my, card, DISMISS)
        assert (await told.followup()).text.startswith("Tack! Ni två som har läst flagga 1 är inte överens")
        await says(card, "Två har läst flaggan", f"{mo.mention} vill bifalla: kvinnohat", f"{my.mention} vill avskriva")
        await says(card, "||hemlig tanke||", "Two have read the flag")
        assert await waits(bot) == (State.PENDING, Waits.JOINT)
        for who in (mo, my):
            refused = await server.click(who, card, DISMISS)
            assert (await refused.followup()).text.startswith("Ingenting ändrades: du har redan sagt")
            early = await server.click(who, card, UPHOLD)
            assert (await early.shown()).text.startswith("Ingenting ändrades: du har redan sagt")
            assert (await queue(server, who, channel)).text == "Kön är tom."
        assert "vill bifalla" in (await queue(server, eva, channel)).text
        await server.click(eva, card, DISMISS)
        await says(card, f"avskrevs av {eva.mention}", "vill bifalla", "vill avskriva")
        rows = await bot.store.do(lambda db: db.execute("SELECT step, by FROM decisions").fetchall())
        assert [tuple(row) for row in rows] == [("dismiss", str(eva.id))]


async def test_whoever_was_unsure_agrees_with_either(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await asks(server, mo, card, lean="unsure")
        await says(card, "ber om andra ögon")
        await server.click(my, card, DISMISS)
        await says(card, f"avskrevs av {my.mention}", f"{mo.mention} är osäker")


async def test_the_asker_is_told_in_a_sentence_that_somebody_else_decides(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        modal = await (await server.click(mo, card, UPHOLD)).acknowledgement()
        other = await (await server.click(my, card, SECOND)).acknowledgement()
        await asks(server, mo, card)
        await says(card, "ber om andra ögon")
        dismissed = await server.click(mo, card, DISMISS)
        upheld = await server.click(mo, card, UPHOLD)
        late = await server.submit_modal(modal, {})
        for told in (await dismissed.followup(), await upheld.shown(), await late.followup()):
            assert told.text.startswith("Ingenting ändrades: du har bett om andra ögon på flagga 1")
            assert told.is_ephemeral
        also = await server.submit_modal(other, {"lean": "dismiss"})
        assert "någon har redan bett om andra ögon" in (await also.followup()).text
        assert await waits(bot) == (State.PENDING, Waits.ANOTHER)


async def test_asking_about_what_was_decided_meanwhile_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        asked = await (await server.click(mo, card, SECOND)).acknowledgement()
        await server.click(my, card, DISMISS)
        await says(card, "avskrevs")
        late = await server.submit_modal(asked, {"lean": "uphold"})
        assert (await late.followup()).text.startswith("Ingenting ändrades: Flagga 1 avskrevs")
        assert await bot.store.do(lambda db: db.execute("SELECT count(*) FROM opinions").fetchone()[0]) == 0


async def test_of_two_second_readers_at_once_one_decides_and_the_other_is_told(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
) -> None:
    eva = guild.add_member("eva", roles=mo.roles)
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await asks(server, mo, card)
        await says(card, "ber om andra ögon")
        modal = await (await server.click(my, card, UPHOLD)).acknowledgement()
        one, other = await asyncio.gather(server.submit_modal(modal, {}), server.submit_modal(modal, {}))
        await eventually(lambda: one.followups or other.followups)
        await says(card, "bifölls")
        late = await server.click(my, card, DISMISS) if card.buttons else None
        assert late is None
        rows = await bot.store.do(lambda db: db.execute("SELECT kind, by FROM opinions ORDER BY id").fetchall())
        assert [tuple(row) for row in rows] == [("asked", str(mo.id)), ("second", str(my.id))]
        assert (await queue(server, eva, channel)).text == "Kön är tom."


async def test_all_of_it_works_with_a_restart_between_the_steps(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    lea: Member,
    db: Path,
) -> None:
    await channel.post(anna, "hej")
    async with moderated(server, db, desk):
        pass
    await channel.post(anna, "en flagga här")
    async with moderated(server, db, desk):
        card = await card_for(server, desk)
    async with moderated(server, db, desk):
        asked = await (await server.click(mo, card, SECOND)).acknowledgement()
    async with moderated(server, db, desk):
        await server.submit_modal(asked, {"lean": "uphold"})
        await says(card, "ber om andra ögon")
    async with moderated(server, db, desk):
        mine = await queue(server, my, channel)
    async with moderated(server, db, desk):
        await server.click(my, mine, "Avskriv")
        await says(card, "vill avskriva")
    async with moderated(server, db, desk) as bot:
        bot.draws = True
        await server.click(lea, card, DISMISS)
        await says(card, f"avskrevs av {lea.mention}")
        assert card.buttons == []


# Drawn.


async def drawn(
    server: LoopbackDiscord, bot: Bot, channel: Channel, desk: Channel, anna: Member, mo: Member
) -> Message:
    """A flag that mo has upheld, and that somebody is to read again."""
    await channel.post(anna, "en flagga här")
    card = await card_for(server, desk)
    bot.draws = True
    asked = await (await server.click(mo, card, UPHOLD)).acknowledgement()
    await server.submit_modal(asked, {"motives": ["misogyny"], "note": "hemlig tanke"})
    await says(card, "bifölls")
    bot.draws = False
    return card


async def test_a_drawn_case_comes_to_somebody_else_like_any_open_one_and_tells_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await drawn(server, bot, channel, desk, anna, mo)
        await channel.post(channel.guild.add_member("bo"), "en flagga till")  # of an author without earlier cases
        await card_for(server, desk, 2)
        begun = await server.slash(my, channel, "queue")
        mine = await begun.shown()
        opened = await (await server.slash(my, channel, "case", {"number": 2})).shown()
        assert "**Flagga 1**" in mine.text
        assert mine.is_ephemeral
        assert [button["label"] for button in mine.buttons] == [button["label"] for button in opened.buttons]
        assert (
            mine.text.replace("Flagga 1", "Flagga 2").split("\n")[2:]
            == opened.text.replace("till", "här").split("\n")[2:]
        )
        context = await server.click(my, mine, "Sammanhang")
        await context.shown()
        second, up = await server.click(my, mine, "Andra ögon"), await server.click(my, mine, "Bifall")
        assert (await second.shown()).text.startswith("Ingenting ändrades: det här är en andra läsning")
        await up.acknowledgement()
        told = sent(server, begun, context, second)
        assert not [word for word in (*SECRET, str(mo.id)) if word in told]
        modal = sent(server, up)
        assert not [word for word in ("hemlig", "bifölls", "upheld by", str(mo.id), '"default": true') if word in modal]
        assert "**Flagga 2**" in (await queue(server, mo, channel)).text


async def test_a_second_reader_who_agrees_is_thanked(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await drawn(server, bot, channel, desk, anna, mo)
        mine = await queue(server, my, channel)
        asked = await (await server.click(my, mine, "Bifall")).acknowledgement()
        done = await server.submit_modal(asked, {"motives": ["other"]})
        assert (await done.followup()).text == "Tack, det var en andra läsning: ni är överens."
        await says(mine, f"bifölls av {mo.mention}")
        assert mine.buttons == card.buttons == []
        assert (await queue(server, my, channel)).text == "Kön är tom."
        assert await waits(bot) == (State.UPHELD, Waits.ANYONE)


async def test_a_second_reader_who_disagrees_opens_it_for_a_joint_decision(
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
        mine = await queue(server, my, channel)
        done = await server.click(my, mine, "Avskriv")
        assert "ni är inte överens, så flagga 1 är öppen igen" in (await done.followup()).text
        await says(card, f"öppnades på nytt av {my.mention}", f"{mo.mention} vill bifalla: kvinnohat", "vill avskriva")
        assert await waits(bot) == (State.PENDING, Waits.JOINT)
        assert (await queue(server, mo, channel)).text == "Kön är tom."
        again = await (await server.slash(lea, channel, "queue")).shown()
        await server.click(lea, again, "Avskriv")
        await says(card, f"avskrevs av {lea.mention}")
        rows = await bot.store.do(lambda db: db.execute("SELECT step FROM decisions ORDER BY id").fetchall())
        assert [row["step"] for row in rows] == ["uphold", "reopen", "dismiss"]


async def test_a_reading_that_somebody_else_gave_or_that_lapsed_is_no_longer_wanted(
    server: LoopbackDiscord,
    guild: Guild,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    my: Member,
    db: Path,
) -> None:
    eva = guild.add_member("eva", roles=mo.roles)
    async with moderated(server, db, desk) as bot:
        await drawn(server, bot, channel, desk, anna, mo)
        mine, hers = await queue(server, my, channel), await queue(server, eva, channel)
        one, other = await asyncio.gather(server.click(my, mine, "Avskriv"), server.click(eva, hers, "Avskriv"))
        told = [(await one.followup()).text, (await other.followup()).text]
        assert sorted(text.startswith("Ingenting ändrades: flagga 1 behöver ingen andra läsning") for text in told) == [
            False, True,
        ]  # fmt: skip
        await bot.store.rule(decision(1, Step.DISMISS, "Maja"), leads=True)
        await channel.post(anna, "en flagga till")
        second = await card_for(server, desk, 2)
        bot.draws = True
        await server.click(mo, second, DISMISS)
        await says(second, "avskrevs")
        late = await queue(server, my, channel)
        bot.clock.advance(days=14)
        lapsed = await server.click(my, late, "Avskriv")
        assert "behöver ingen andra läsning" in (await lapsed.followup()).text
        assert (await queue(server, my, channel)).text == "Kön är tom."


async def test_a_reading_goes_on_after_a_restart(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        card = await drawn(server, bot, channel, desk, anna, mo)
    async with moderated(server, db, desk):
        mine = await queue(server, my, channel)
    async with moderated(server, db, desk):
        await server.click(my, mine, "Avskriv")
        await says(card, "öppnades på nytt")


async def test_one_moderator_alone_is_held_up_by_nothing(
    server: LoopbackDiscord, guild: Guild, channel: Channel, desk: Channel, anna: Member, lea: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        bot.draws = True
        await channel.post_many(anna, ["flagga ett", "flagga två", "flagga tre"])
        one, two, three = [await card_for(server, desk, number) for number in (1, 2, 3)]
        await server.click(lea, one, DISMISS)
        await says(one, "avskrevs")
        await asks(server, lea, two)
        await says(two, "ber om andra ögon")
        assert "flagga tre" in (await queue(server, lea, channel)).text
        await server.click(lea, three, DISMISS)
        await says(three, "avskrevs")
        assert (await queue(server, lea, channel)).text == "Kön är tom."
        asked = await (await server.click(lea, two, "Eskalera / Escalate")).acknowledgement()
        await server.submit_modal(asked, {"note": "jag är ensam"})
        await says(two, "eskalerade flaggan")
        mine = await queue(server, lea, channel)
        await server.click(lea, mine, "Avskriv")
        await says(two, f"avskrevs av {lea.mention}")


# Refused, in one sentence and with nothing changed.


@pytest.mark.parametrize(
    "custom_id",
    [
        "uppsikt:second:2",
        "uppsikt:second:x",
        "uppsikt:read:dismiss:2",
        "uppsikt:read:next",
        "uppsikt:read:read:dismiss:1",
        "uppsikt:read:dismiss:1",
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, db: Path, custom_id: str
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        card.buttons[1]["custom_id"] = custom_id
        pressed = await (await server.click(mo, card, custom_id)).acknowledgement()
        told = (await (pressed.followup() if pressed.deferred else pressed.shown())).text
        assert any(words in told for words in ("finns inte här", "går inte att tyda", "ingen andra läsning"))
        assert await waits(bot) == (State.PENDING, Waits.ANYONE)


@pytest.mark.parametrize("asked", ["seconded", "reread"])
@pytest.mark.parametrize(
    "field",
    [
        {"custom_id": "lean", "value": "kanske"},
        {"custom_id": "lean", "values": ["uphold"]},
        {"custom_id": "note", "value": 7},
        {"custom_id": "note", "value": "x" * 1001},
        {"custom_id": "motives", "values": ["rude"]},
    ],
)
async def test_a_forged_modal_is_answered_and_changes_nothing(
    server: LoopbackDiscord,
    channel: Channel,
    desk: Channel,
    anna: Member,
    mo: Member,
    db: Path,
    asked: str,
    field: dict[str, object],
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        fields = [{"type": 18, "component": field}]
        if asked == "seconded" and field["custom_id"] != "lean":
            fields.append({"type": 18, "component": {"custom_id": "lean", "value": "uphold"}})
        forged = {"custom_id": f"uppsikt:{asked}:1", "components": fields}
        told = server.interactions.begin(MODAL, mo, desk, forged, card)
        assert "går inte att tyda" in (await told.shown()).text
        assert await waits(bot) == (State.PENDING, Waits.ANYONE)


async def test_without_the_role_nobody_asks_or_reads(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk) as bot:
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        refused = await server.click(anna, card, SECOND)
        assert (await refused.shown()).text.startswith("Det här får bara moderatorer göra")
        asked = await (await server.click(mo, card, SECOND)).acknowledgement()
        await mo.set_roles([])
        sent_in = await server.submit_modal(asked, {"lean": "uphold"})
        assert (await sent_in.followup()).text.startswith("Det här får bara moderatorer göra")
        for custom_id in ("uppsikt:read:dismiss:1", "uppsikt:read:uphold:1:0"):
            card.buttons[1]["custom_id"] = custom_id
            pressed = await (await server.click(anna, card, custom_id)).acknowledgement()
            told = await (pressed.followup() if pressed.deferred else pressed.shown())
            assert told.text.startswith("Det här får bara moderatorer göra")
        assert await waits(bot) == (State.PENDING, Waits.ANYONE)


async def test_notes_cannot_leave_their_spoilers_or_mention_anybody(
    server: LoopbackDiscord, channel: Channel, desk: Channel, anna: Member, mo: Member, my: Member, db: Path
) -> None:
    async with moderated(server, db, desk):
        await channel.post(anna, "en flagga här")
        card = await card_for(server, desk)
        await asks(server, mo, card, note=f"|| @everyone {anna.mention} **x** " * 20)
        await says(card, "ber om andra ögon")
        await server.click(my, card, DISMISS)
        await says(card, "Två har läst")
        [note] = [line for line in card.text.split("\n") if line.startswith("Anteckning")]
        assert note.replace("\\\\", "x").replace("\\|", "x").count("||") == 2
        assert not card.mentions_everyone
        assert not card.mentions


# Agreement.


async def test_admins_see_how_much_two_readers_agree_and_moderators_do_not(
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
        assert (await (await server.slash(lea, channel, "stats")).shown()).text.endswith(
            "Ingen flagga har två läsningar än, så det går inte att säga hur överens moderatorerna är."
        )
        await channel.post_many(anna, [f"flagga {number}" for number in range(20)])
        await bot.settled()
        for number in range(1, 21):
            lean = Lean.UPHOLD if number % 2 else Lean.DISMISS
            motives = ("misogyny",) if lean is Lean.UPHOLD else ()
            await bot.store.ask_another(Opinion(number, Kind.ASKED, "1", lean, bot.clock.now(), motives))
            step = Step(lean.value) if number > 1 else Step.DISMISS
            await bot.store.rule(decision(number, step, "2", motives=motives if number > 1 else ()))
            if number == 5:
                few = (await (await server.slash(lea, channel, "stats")).shown()).text
        assert "- beslutet: 0,64 över 5 flaggor: för få flaggor än" in few
        shown = (await (await server.slash(lea, channel, "stats")).shown()).text
        assert "- beslutet: 0,90 över 20 flaggor: duger att dra slutsatser av" in shown
        assert "- kvinnohat: 0,90 över 20 flaggor" in shown
        assert "Krippendorff" not in (await (await server.slash(mo, channel, "stats")).shown()).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [None, -0.004, 0.5, 0.7, 0.9, 1.0])
@pytest.mark.parametrize("pairs", [1, 20])
def test_every_figure_is_told_in_whole_words(language: str, value: float | None, pairs: int) -> None:
    lines = list(agreement_lines(Agreement(pairs, value, {"other": value}), speak(language)))
    assert len(lines) == 3
    assert not any("{" in line or "-0" in line for line in lines)


def test_the_labels_of_the_buttons_fit_on_a_phone() -> None:
    for deed in ("uphold", "dismiss", "second", "escalate", "context"):
        assert len(" / ".join(speak(language)(deed) for language in LANGUAGES)) <= 30


def test_every_sentence_to_a_moderator_is_one_sentence() -> None:
    for language in LANGUAGES:
        say = speak(language)
        for key in ("course-asker", "course-given", "course-leads", "waiting-another", "waiting-joint", "reread-only"):
            text = say(key, flag="1")
            assert text.endswith(".")
            assert text.count(". ") == 0
