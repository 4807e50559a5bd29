"""How is a member's history told? Case by case with its date: no score, no text, nothing that was dismissed at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.history import LATELY, Earlier, Entry
from bot.discord_gateway.measure_words import in_short
from bot.discord_gateway.moments import moment
from bot.locales import Speak

LISTED = 3  # cases on a card


def earlier(cases: Sequence[Earlier], say: Speak) -> str:
    """How often an author's messages were upheld lately, and when: one line, the latest cases by number."""
    named = [say("card-earlier-case", flag=str(each.flag), when=moment(each.at, "D")) for each in cases[-LISTED:]]
    named = ["…", *named] if len(cases) > LISTED else named
    return say("card-earlier", count=len(cases), days=LATELY.days, cases=", ".join(named))


def history(entries: Sequence[Entry], who: str, say: Speak) -> str:
    """A member's cases that were ever upheld, the latest first."""
    if not entries:
        return say("history-none", who=who)
    return "\n".join([say("history-heading", who=who), *(_line(entry, say) for entry in entries)])


def _line(entry: Entry, say: Speak) -> str:
    return "- " + say(
        "history-entry",
        flag=str(entry.flag),
        when=moment(entry.at, "D"),
        what=in_short(entry.motives, entry.measures, say),
        standing=say(f"standing-{entry.standing}"),
    )
