"""Does a human need to look at it? Verdict and policy in, a flag with its reasons or nothing out.

A policy holds thresholds by label: for everywhere, for a group of channels, for a channel (by id or name) and so for
its threads. The narrower goes before the wider, and a channel's id before its name.

A label at or above its threshold is a reason. Motives and targets have none of their own unless an admin
sets one: by default `flag` and `threat` decide, and motives say what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from bot.core.flags import Flag, Reason
from bot.core.messages import Channel, Posted
from classifier.verdict import Verdict

Thresholds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WatchList:
    """Words and phrases that are a reason of their own, compared as the classifier reads them."""

    entries: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @staticmethod
    def of(phrases: Iterable[str], fold: Callable[[str], str]) -> WatchList:
        """Compile phrases; `*` at either end of a phrase stands for the rest of the word."""
        entries: dict[str, re.Pattern[str]] = {}
        for phrase in phrases:
            folded = fold(phrase.strip("*"))
            if folded:
                head = "" if phrase.startswith("*") else r"(?<!\w)"
                tail = "" if phrase.endswith("*") else r"(?!\w)"
                entries[phrase] = re.compile(head + re.escape(folded).replace(r"\ ", r"\s+") + tail)
        return WatchList(entries)

    def found(self, folded: str) -> list[str]:
        """The entries that occur in a folded text."""
        return [phrase for phrase, pattern in self.entries.items() if pattern.search(folded)]


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """What is read and what is flagged, as configured. Never changes: a change is another policy."""

    thresholds: Thresholds
    by_channel: Mapping[str, Thresholds] = field(default_factory=dict)  # by channel id or name
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by name: ids or names of channels
    by_group: Mapping[str, Thresholds] = field(default_factory=dict)
    include: frozenset[str] = frozenset()  # ids or names; empty: every channel
    exclude: frozenset[str] = frozenset()
    exempt_roles: frozenset[str] = frozenset()
    watch: WatchList = field(default_factory=WatchList)
    flag_unread: bool = False
    fold: Callable[[str], str] = str.casefold

    def limits(self, channel: Channel) -> Thresholds:
        """The thresholds in force in a channel: everywhere's, its group's over them, its parent's, its own."""
        return _limits(self, self.group(channel), names(channel))

    def group(self, channel: Channel) -> str:
        """The group that a channel is in; empty for none. A thread is in its channel's: members name threads."""
        whose = replace(channel, name="") if channel.parent else channel
        found = set(names(whose))
        return next((group for group, members in self.groups.items() if found & members), "")

    def reads(self, channel: Channel) -> bool:
        """Whether a channel's messages are read at all."""
        found = set(names(channel))
        if found & self.exclude:
            return False
        return not self.include or bool(found & self.include)

    def exempts(self, message: Posted) -> bool:
        """Whether an author's role keeps this message from being read."""
        return bool(message.roles & self.exempt_roles)


def assess(message: Posted, verdict: Verdict, policy: Policy, now: datetime) -> Flag | None:
    """A flag with every reason for it, or None."""
    limits = policy.limits(message.channel)
    reasons = [
        Reason("threshold", label, round(value, 4), limits[label])
        for label, value in verdict.items()
        if label in limits and value >= limits[label]
    ]
    if policy.watch.entries:
        reasons += [Reason("watchlist", phrase) for phrase in policy.watch.found(policy.fold(message.text))]
    if verdict.unread and policy.flag_unread:
        reasons.append(Reason("language", verdict.language))
    if not reasons:
        return None
    return Flag(message, verdict, tuple(reasons), dict(limits), now)


def names(channel: Channel) -> tuple[str, ...]:
    """What a channel may be called in a configuration, from its parent to itself, each by its name and then its id."""
    forms: Sequence[str] = (channel.parent_name, channel.parent, channel.name, channel.id)
    return tuple(form for name in forms if name for form in (name, "#" + name.removeprefix("#")))


@lru_cache(maxsize=4096)
def _limits(policy: Policy, group: str, called: tuple[str, ...]) -> Thresholds:
    merged = {**policy.thresholds, **policy.by_group.get(group, {})}
    for name in called:
        merged.update(policy.by_channel.get(name, {}))
    return merged
