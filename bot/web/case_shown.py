"""What does a page show of a case? The same for the queue and for the case's own page: gathered here, worded there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.core.about import about, may_be_about
from bot.core.cases import Case
from bot.core.context import Context, Missing
from bot.core.desk_listing import LIKELY
from bot.core.flags import FINDINGS, Reason
from bot.core.leases import Lease
from bot.core.masking import READ
from bot.core.measures import Act
from bot.core.messages import Kind, is_snowflake
from bot.core.opinions import Kind as Opinions
from bot.core.opinions import Opinion, Waits, may_ask, shows_opinions
from bot.core.shape import Piece, Shape, marked, shape
from bot.core.undertakings import Hindrance, Undertaking
from bot.web.visit import Visit
from classifier.verdict import Span

WORDS_SHOWN = 60  # as blocks, while it is masked
WORDS_LISTED = 16
WEIGHTY = 8
EVEN = 0.5  # how much every word weighs on a page that is not to tell


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as somebody sees it."""

    case: Case
    lease: Lease | None = None  # somebody else's
    means: Mapping[Act, Hindrance | None] | None = None  # None: no bot runs, so that nothing can be done
    context: Context | Missing | str | None = None  # words: why there can be none

    @property
    def labels(self) -> list[tuple[str, float]]:
        return about(self.case)

    @property
    def may_be(self) -> list[str]:
        """What it may be about, in place of `labels` while a sample is not to be told from a flag."""
        return may_be_about(self.case)

    @property
    def is_rescaled(self) -> bool:
        """Whether the decisions here have said how sure any of `labels` is."""
        return any(label in self.case.scales for label, _ in self.labels)

    @property
    def reasons(self) -> Sequence[Reason]:
        """Why it was flagged, where that may be seen."""
        return () if self.case.is_veiled else self.case.flag.reasons

    @property
    def below(self) -> list[tuple[str, float, float]]:
        """Of a sample, once it is decided: labels, how sure the model was, and the thresholds that it stayed below."""
        if not self.case.audited or self.case.is_open:
            return []
        values = dict(self.case.flag.verdict.items())
        return [(label, values[label], limit) for label, limit in self.case.flag.thresholds.items()]

    @property
    def spans(self) -> Sequence[Span]:
        """The words that weighed; all alike where nobody is to see how surely it was flagged."""
        spans = self.case.flag.verdict.spans
        return [replace(span, weight=EVEN) for span in spans] if self.case.is_veiled else spans

    @property
    def shape(self) -> Shape:
        return shape(self.case.flag.message.text[:READ], self.spans, WORDS_SHOWN)

    @property
    def listed(self) -> Shape:
        return shape(self.case.flag.message.text[:READ], self.spans, WORDS_LISTED)

    @property
    def pieces(self) -> list[Piece]:
        return marked(self.case.flag.message.text[:READ], self.spans)

    @property
    def is_cut(self) -> bool:
        return len(self.case.flag.message.text) > READ

    @property
    def weighty(self) -> list[Piece]:
        """The words that weighed most."""
        text, spans = self.case.flag.message.text, sorted(self.case.flag.verdict.spans, key=lambda span: -span.weight)
        return [Piece(text[span.start : span.end].strip(), span.weight) for span in spans[:WEIGHTY]]

    @property
    def has_text(self) -> bool:
        return not self.case.forgotten and self.case.flag.message.kind not in (Kind.PERSON, Kind.ELSEWHERE)

    @property
    def findings(self) -> list[tuple[str, bool]]:
        """What can be found in it, and whether the model finds it likely, where that may be seen."""
        values, veiled = dict(self.case.flag.verdict.items()), self.case.is_veiled
        return [(finding, values[finding] >= LIKELY and not veiled) for finding in FINDINGS]

    @property
    def may_ask(self) -> bool:
        return may_ask(self.case.waits)

    @property
    def may_escalate(self) -> bool:
        return self.case.waits is not Waits.LEADS

    @property
    def askers(self) -> list[str]:
        """Who has asked for a second opinion that nobody has given yet."""
        waits = self.case.is_open and self.case.waits is Waits.ANOTHER
        return [opinion.by for opinion in self.case.opinions] if waits else []

    @property
    def opinions(self) -> list[Opinion]:
        """What others see in it, where that may be seen; an answer that became the decision is told once."""
        if not shows_opinions(self.case.waits, self.case.is_open):
            return []
        return [opinion for opinion in self.case.opinions if not _is_the_decision(opinion, self.case)]

    @property
    def measures(self) -> list[tuple[Undertaking, str]]:
        """The last of each kind, with the key of the sentence that tells how far it has come."""
        latest = {each.measure.act: each for each in self.case.undertakings}
        return [(each, _standing(each)) for each in latest.values()]

    @property
    def link(self) -> str:
        """Where it stands in Discord; empty where it never did."""
        post = self.case.flag.message
        if self.case.is_erased or not is_snowflake(post.channel.id) or not is_snowflake(post.channel.guild):
            return ""
        there = f"https://discord.com/channels/{quote(post.channel.guild)}/{quote(post.channel.id)}"
        return f"{there}/{quote(post.id)}" if post.kind is Kind.MESSAGE else there


async def opened(visit: Visit, case: Case, *, around: bool = False) -> Shown:
    """A case that somebody turns to: the lease is taken while it is open, and what stands around it is asked for."""
    desk, lease, means = visit.desk, None, None
    if case.is_open:
        taken = await desk.reviewing.turn_to(case.id, visit.who.who)
        lease = None if taken.holder == visit.who.who else taken
        means = None if desk.beside is None or case.is_reread else await desk.beside.means(case)
    if desk.caring is not None:
        await desk.caring.met(visit.who.who, case)
    plain = visit.request.query.get("plain") == "1"
    context = await _context(visit, case) if around else None
    return Shown(case if plain else desk.mask(case), lease, means, context)


async def _context(visit: Visit, case: Case) -> Context | Missing | str:
    message = case.flag.message
    if case.forgotten:
        return visit.say(f"context-{case.without}", flag=str(case.id))
    if message.kind is not Kind.MESSAGE:
        return visit.say(f"context-{message.kind}", flag=str(case.id))
    if visit.desk.beside is None:
        return visit.say("web-context-no-bot")
    found = await visit.desk.beside.context(message)
    return found.masked(visit.desk.mask) if isinstance(found, Context) else found


def _standing(each: Undertaking) -> str:
    if each.state in ("due", "undoing") and each.hindrance is not None:
        return f"failed-{each.measure.act}-{each.state}"
    if each.state == "done" and each.hindrance is Hindrance.IRREVERSIBLE:
        return "taken-delete-stands"
    return f"taken-{each.measure.act}-{each.state}"


def _is_the_decision(opinion: Opinion, case: Case) -> bool:
    last = case.decision
    if opinion.kind is not Opinions.SECOND or last is None:
        return False
    return (opinion.by, opinion.lean.value) == (last.by, last.step.value)
