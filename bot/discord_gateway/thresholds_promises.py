"""How is told what a threshold promises, what is missed, and why nothing can be promised yet? A sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.errors import Refused
from bot.core.tuning.guarantee import Suggestion, Why
from bot.core.tuning.recall import Recall
from bot.core.tuning.wishes import Wishes
from bot.discord_gateway import thresholds_input
from bot.discord_gateway.thresholds_words import limit, number, percent
from bot.locales import Speak


@dataclass(frozen=True, slots=True)
class Wished:
    """What was typed as a wish."""

    catch: str = ""
    flags: int | None = None
    precision: str = ""

    def read(self, say: Speak) -> Wishes:
        """What is meant; Refused for no share, and for no wish at all."""
        shares = [thresholds_input.share(each, say) if each else None for each in (self.catch, self.precision)]
        wishes = Wishes(shares[0], None if self.flags is None else float(self.flags), shares[1])
        if wishes.nothing:
            raise Refused(say("tune-no-wish"))
        return wishes


def promised(found: Suggestion, label: str, wishes: Wishes, say: Speak, language: str) -> str:
    """The threshold, and what it keeps."""
    assert found.threshold is not None, "a promise has its threshold"
    kept = _wishes(label, wishes, say, language)
    line = say("tune-suggested", value=limit(found.threshold, language), label=say(f"label-{label}"), kept=kept)
    sure = wishes.catch is not None or wishes.precision is not None
    return f"{line} {say('tune-sure')}" if sure else line


def unable(found: Suggestion, label: str, wishes: Wishes, say: Speak, language: str) -> str:
    """Why there is no such threshold, and what it would take."""
    assert found.why is not None, "who gives no threshold says why"
    slots = {
        "label": say(f"label-{label}"),
        "kept": _wishes(label, wishes, say, language),
        "found": found.found,
        "audited": found.audited,
    }
    if found.why is Why.TOO_LITTLE and found.more is not None:
        key = "tune-unable-more-decided" if found.decided else "tune-unable-more"
        return say(key, more=number(found.more, language), **slots)
    return say("tune-unable-" + found.why, **slots)


def missed(caught: Mapping[str, Recall], limits: Mapping[str, float], say: Speak, language: str) -> list[str]:
    """How much is missed of each label, as far as audited cases tell."""
    known = {label: each for label, each in caught.items() if each.audited}
    if not known:
        return [say("tune-missed-unknown")]
    return [_missed(label, each, limits[label], say, language) for label, each in known.items()]


def _missed(label: str, found: Recall, threshold: float, say: Speak, language: str) -> str:
    value, low, high = found.at(threshold)
    name = say(f"label-{label}")
    if value is None:
        return say("tune-missed-early", label=name, audited=found.audited, missed=found.missed)
    told = {"value": percent(value, language), "low": percent(low, language), "high": percent(high, language)}
    return say("tune-missed", label=name, audited=found.audited, **told)


def _wishes(label: str, wishes: Wishes, say: Speak, language: str) -> str:
    told = []
    if wishes.catch is not None:
        told.append(say("tune-wish-catch", share=percent(wishes.catch, language), label=say(f"label-{label}")))
    if wishes.flags is not None:
        told.append(say("tune-wish-flags", flags=number(wishes.flags, language)))
    if wishes.precision is not None:
        told.append(say("tune-wish-precision", share=percent(wishes.precision, language)))
    return say("tune-and").join(told) if len(told) < 3 else ", ".join(told)
