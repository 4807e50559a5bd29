"""What does an author read? A statement of reasons in the shape of DSA article 17(3), and what became of it.

    a  what was decided, where it holds, and for how long   the measures
    b  the facts                                            what, where, when, and how it came to be looked at
    c  what part a machine had in it                        it found, a human decided
    e  the rule                                             the motives in words, and the server's rules as configured
    f  what can be done against it                          the appeal with its last day, and the ways beyond

The moderator is never named. The text stands behind a spoiler: it is the author's own, but others look at screens too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import discord

from bot.config import Statements
from bot.core.cases import Case
from bot.core.measures import Act, Measure
from bot.core.messages import Kind
from bot.core.statements import News, Notice, Statement
from bot.discord_gateway.appeal_buttons import appeal_id
from bot.discord_gateway.card import LONGEST, view_of
from bot.discord_gateway.lines import both, in_each, once, place
from bot.discord_gateway.measure_words import told
from bot.discord_gateway.moments import moment
from bot.discord_gateway.spoiler import harmless, spoiler
from bot.locales import Speak, speak

QUOTES = (1_500, 600, 200, 40)  # characters of a text; the first that leaves room for the rest
COLOURS = {News.STATEMENT: 0x8A6D3B, News.REJECTED: 0x8A6D3B, News.GRANTED: 0x4F6F52, News.WITHDRAWN: 0x4F6F52}


def notice_card(notice: Notice, languages: Sequence[str], settings: Statements) -> discord.ui.LayoutView:
    """A notice as its author reads it."""
    statement = notice.statement
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOURS[notice.news])
    for part in _parts(notice, languages, settings):
        container.add_item(discord.ui.TextDisplay(part))
    if notice.news is News.STATEMENT and _may_be_appealed(statement):
        row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
        container.add_item(row.add_item(appeal_button(statement, languages)))
    return view_of(container)


def heading(notice: Notice, languages: Sequence[str]) -> str:
    """The first lines of a notice, which no other notice has."""
    slots = {"flag": str(notice.statement.case.id), "when": moment(notice.made_at)}
    if notice.news is News.STATEMENT:
        return both(languages, "statement-heading", **slots)
    return in_each(languages, lambda say: say(f"news-{notice.news}", **slots))


def appeal_button(statement: Statement, languages: Sequence[str]) -> discord.ui.Button[discord.ui.LayoutView]:
    """The button that begins an appeal."""
    label = " / ".join(speak(language)("appeal") for language in languages)
    return discord.ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id=appeal_id(statement.case.id))


def _may_be_appealed(statement: Statement) -> bool:
    """As far as is known without looking at the clock: who presses later is told that the time is over."""
    return statement.ended_at is None and statement.appeal is None


def _parts(notice: Notice, languages: Sequence[str], settings: Statements) -> list[str]:
    for room in QUOTES:
        lines = _reasons if notice.news is News.STATEMENT else _outcome
        parts = [heading(notice, languages), *lines(notice.statement, notice.news, languages, settings, room)]
        if sum(map(len, parts)) <= LONGEST:
            break
    return parts


def _reasons(
    statement: Statement, _news: News, languages: Sequence[str], settings: Statements, room: int
) -> Iterator[str]:
    decision, case = statement.decision, statement.case
    yield in_each(languages, lambda say: _about(statement, say))
    if case.flag.message.kind is not Kind.PERSON:  # what others say of somebody is not told: it could say who they are
        yield both(languages, without(case)) if case.forgotten else spoiler(case.flag.message.text, room)
    for measure in statement.measures:
        yield in_each(languages, partial(_told, statement, measure))
    yield in_each(languages, lambda say: _ground(decision.motives, say))
    if settings.rules:
        yield once(languages, "statement-rules", settings.rules)
    yield both(languages, _noticed(case))
    if _may_be_appealed(statement):
        until = statement.appealable_until(settings.appeal_days)
        yield both(languages, "statement-appeal", until=moment(until, "D"))
    yield from _onward(languages, settings)


def without(case: Case) -> str:
    """The key of the sentence that stands where the text does not."""
    return "statement-restricted" if case.restricted else "statement-forgotten"


def _noticed(case: Case) -> str:
    """How it came to be looked at."""
    rules = {reason.rule for reason in case.flag.reasons}
    if rules == {"report"} or (case.audited and case.heard.count):
        return "statement-reported"
    return "statement-sampled" if case.audited else "statement-found"


def _outcome(
    statement: Statement, news: News, languages: Sequence[str], settings: Statements, room: int
) -> Iterator[str]:
    if news is not News.WITHDRAWN:
        yield both(languages, "news-judged")
    if news is News.REJECTED:
        answer = statement.appeal.answer if statement.appeal is not None else None
        shown = None if answer is None else harmless(answer, room)
        yield both(languages, "news-reason-forgotten") if shown is None else once(languages, "news-reason", shown)
        yield from _onward(languages, settings)
        return
    yield both(languages, "news-undone")
    if any(measure.act is Act.DELETE for measure in statement.measures):
        yield both(languages, "news-deleted")


def _onward(languages: Sequence[str], settings: Statements) -> Iterator[str]:
    yield both(languages, "statement-onward")
    if settings.contact:
        yield once(languages, "statement-contact", settings.contact)


def _told(statement: Statement, measure: Measure, say: Speak) -> str:
    return f"**{told(measure, statement.ends_at(measure), say)}**"


def _about(statement: Statement, say: Speak) -> str:
    post = statement.case.flag.message
    return say(f"statement-{post.kind}", where=place(post.channel.id), posted=moment(post.at))


def _ground(motives: Sequence[str], say: Speak) -> str:
    words = ", ".join(say(f"label-{motive}") for motive in motives)
    return say("statement-ground", motives=words) if words else say("statement-ground-plain")
