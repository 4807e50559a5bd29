"""What is left of messages that were let through? How many had which score, by channel, hour, label and bin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain

from bot.core.messages import Posted
from bot.core.ports.reading import Spread
from bot.core.tuning.bins import BINS, bin_of
from classifier.verdict import Verdict

LEAST = 1 / BINS - 1e-9  # below lies bin 0


def spreads(read: Iterable[tuple[Posted, Verdict]]) -> list[Spread]:
    """The scores of messages that were not flagged. An edit, a title or a name is not one more message."""
    found: dict[tuple[str, datetime, str], dict[tuple[str, int], int]] = {}
    for post, verdict in read:
        if not post.advances:
            continue
        hour = post.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        counts = found.setdefault((post.channel.id, hour, verdict.model), {})
        first = ("flag", bin_of(verdict.score))
        counts[first] = counts.get(first, 0) + 1
        # Not by `verdict.items()`, which asks for each label by name: this is done for every message that is read.
        for label, value in chain((("threat", verdict.threat),), verdict.motives.items(), verdict.targets.items()):
            if value >= LEAST and (number := bin_of(value)):
                key = (label, number)
                counts[key] = counts.get(key, 0) + 1
    return [Spread(channel, hour, model, counts) for (channel, hour, model), counts in found.items()]
