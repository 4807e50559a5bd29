"""What is made of a batch of messages? What is flagged, what is drawn from the rest, and what is only counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.core.flags import Flag
from bot.core.messages import Edited, Kind, Posted, Withdrawn
from bot.core.policy import Policy, assess
from bot.core.ports import Classifier, Spread, Tally
from bot.core.tuning.audit import LetThrough, Sampling, in_frame
from bot.core.tuning.shadow import Beside
from bot.core.tuning.spreads import spreads
from classifier.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a batch, by the identity of each post."""

    flags: Mapping[int, Flag] = field(default_factory=dict)
    unread: Set[int] = frozenset()  # by language
    audit: Mapping[int, LetThrough] = field(default_factory=dict)  # of what was not flagged, where samples are drawn
    scored: Sequence[Spread] = ()  # how the others were scored
    beside: Sequence[Beside] = ()  # what a candidate made of it


def judged(
    classifier: Classifier,
    posts: Sequence[Posted],
    verdicts: Sequence[Verdict],
    policy: Policy,
    now: datetime,
    sampling: Sampling | None,
) -> Read:
    """What a policy makes of verdicts; with spans for the few that are flagged, or may be drawn."""
    read = list(zip(posts, verdicts, strict=True))
    flags = {id(post): flag for post, verdict in read if (flag := assess(post, verdict, policy, now))}
    audit = {
        id(post): sampling.let_through(post, verdict, policy.limits(post.channel), now)
        for post, verdict in (read if sampling else ())
        if sampling and id(post) not in flags and in_frame(post)
    }
    shown = flags | {key: each.flag for key, each in audit.items() if each.flag is not None}
    texts, known = [flag.message.text for flag in shown.values()], [flag.verdict for flag in shown.values()]
    explained = dict(zip(shown, classifier.explain(texts, known), strict=True))
    return Read(
        {key: replace(flag, verdict=explained[key]) for key, flag in flags.items()},
        {id(post) for post, verdict in read if verdict.unread},
        {
            key: replace(each, flag=replace(each.flag, verdict=explained[key])) if each.flag else each
            for key, each in audit.items()
        },
        spreads((post, verdict) for post, verdict in read if id(post) not in flags),
    )


def changes_of(post: Posted, read: Read) -> Iterator[Flag | LetThrough | Edited]:
    """What is to be saved of a post."""
    if (flag := read.flags.get(id(post))) is not None:
        yield flag
        return
    if (let_through := read.audit.get(id(post))) is not None:
        yield let_through
    if post.kind is Kind.MESSAGE and post.revision:
        # Of an edit that is not flagged nothing is kept, but that what was flagged before is there no more.
        yield Edited(post.id, post.revision)


def is_news(change: Flag | LetThrough | Edited | Withdrawn) -> bool:
    """Whether somebody waits to hear of it: of flags only the new ones are news, and the store counts them."""
    return change.flag is not None if isinstance(change, LetThrough) else not isinstance(change, Flag)


def tallies_of(posts: Sequence[Posted], read: Read) -> list[Tally]:
    """How many were read, flagged and unread, by channel and hour."""
    tallies: dict[tuple[str, datetime], list[int]] = {}
    for post in posts:
        if not post.advances and id(post) not in read.flags:
            continue  # an edit, a title or a name is not one more message
        hour = post.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        tally = tallies.setdefault((post.channel.id, hour), [0, 0, 0])
        tally[0] += post.advances
        tally[1] += id(post) in read.flags
        tally[2] += id(post) in read.unread
    return [Tally(channel, hour, *counts) for (channel, hour), counts in tallies.items()]
