"""What is left of messages that were let through? How many had which score, by channel, hour, label and bin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.core.messages import Posted
from bot.core.ports.reading import Spread
from bot.core.tuning.bins import bin_of
from classifier.verdict import Verdict


def spreads(read: Iterable[tuple[Posted, Verdict]]) -> list[Spread]:
    """The scores of messages that were not flagged. An edit, a title or a name is not one more message."""
    found: dict[tuple[str, datetime, str], dict[tuple[str, int], int]] = {}
    for post, verdict in read:
        if not post.advances:
            continue
        hour = post.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        counts = found.setdefault((post.channel.id, hour, verdict.model), {})
        for label, value in verdict.items():
            number = bin_of(value)
            if number or label == "flag":
                counts[label, number] = counts.get((label, number), 0) + 1
    return [Spread(channel, hour, model, counts) for (channel, hour, model), counts in found.items()]
