"""How is told in a terminal what a threshold promises, and how much is missed? In sentences, or that it is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from babel.numbers import format_decimal, format_percent

from bot.core.tuning.figures import figures
from bot.core.tuning.guarantee import Why
from bot.core.tuning.recall import Recall
from bot.core.tuning.wishes import NOW, Wishes
from bot.evidence_tables import notes, rate_words, scope_plain
from bot.locales import Speak, speak
from bot.terminal import as_json
from bot.threshold_words import where_words
from bot.weighing import Advice, Standing


def advice_lines(advice: Advice, languages: Sequence[str]) -> str:
    """The answer with what it costs and rests on, or what is lacking; in each language."""
    lines = _each(languages, lambda say, language: _answer(advice, say, language))
    return "\n".join([*lines, notes(advice.weighed.evidence, advice.weighed.simulation, languages)])


def advice_json(advice: Advice) -> str:
    """All of it for programs; without a threshold the figures are of what is in force."""
    it, wishes, where = advice.suggestion, advice.wishes, advice.weighed.proposal.where
    return as_json({
        **scope_plain(advice.weighed.evidence),
        "group": where.group or None,
        "channel": where.channel or None,
        "label": advice.label,
        "wishes": {
            "recall": wishes.catch, "flags_a_day": wishes.flags, "precision": wishes.precision,
            "confidence": wishes.confidence,
        },
        "threshold": it.threshold,
        "why_not": None if it.why is None else str(it.why),
        "found": it.found,
        "audited": it.audited,
        "more_audits": None if it.decided else it.more,
        "more_decisions": it.more if it.decided else None,
        "figures": figures(advice.weighed.simulation),
    })  # fmt: skip


def missed_lines(standing: Standing, languages: Sequence[str]) -> str:
    """How much of what humans would find reaches one, by label; or that nobody knows, and how that is mended."""
    return "\n".join(_each(languages, lambda say, language: _missed(standing.caught, say, language)))


def _each(languages: Sequence[str], lines: Callable[[Speak, str], Sequence[str]]) -> list[str]:
    return [line for language in dict.fromkeys(languages) for line in lines(speak(language), language)]


def _answer(advice: Advice, say: Speak, language: str) -> list[str]:
    it, label = advice.suggestion, say(f"label-{advice.label}")
    kept = _kept(advice.wishes, label, say, language)
    if it.threshold is None:
        assert it.why is not None, "who gives no threshold says why"
        more = it.why is Why.TOO_LITTLE and it.more is not None
        key = f"{it.why}{'-more' if more else ''}{'-decided' if more and it.decided else ''}"
        slots = {"label": label, "kept": kept, "found": _number(it.found, language)}
        slots |= {"audited": _number(it.audited, language), "more": _number(it.more or 0, language)}
        return [say(f"suggest-{key}", **slots)]
    now, then = advice.weighed.simulation.now, advice.weighed.simulation.then
    where = where_words(advice.weighed.proposal.where, advice.weighed.channels, say)
    value = format_decimal(it.threshold, "0.00", locale=language)
    told = [say("suggest-answer", value=value, label=label, where=where, kept=kept)]
    rates = ((each.flags, each.minutes) for each in (now, then))
    (flags_now, minutes_now), (flags, minutes) = ([rate_words(r, say, language) for r in pair] for pair in rates)
    told.append(say("suggest-costs", flags=flags, flags_now=flags_now, minutes=minutes, minutes_now=minutes_now))
    if advice.wishes.catch is not None or advice.wishes.precision is not None:
        sure = _percent(advice.wishes.confidence, language)
        rests = {"found": _number(it.found, language), "audited": _number(it.audited, language)}
        told.append(say("suggest-sure", sure=sure, label=label, **rests))
    return told


def _kept(wishes: Wishes, label: str, say: Speak, language: str) -> str:
    told = []
    if wishes.catch is not None:
        told.append(say("suggest-catch", share=_percent(wishes.catch, language), label=label))
    if wishes.flags is not None:
        told.append(say("suggest-flags", flags=_number(wishes.flags, language)))
    if wishes.precision is not None:
        told.append(say("suggest-precision", share=_percent(wishes.precision, language)))
    return say("suggest-and", first=", ".join(told[:-1]), last=told[-1]) if len(told) > 1 else told[0]


def _missed(caught: Mapping[str, Recall], say: Speak, language: str) -> list[str]:
    if not any(each.audited for each in caught.values()):
        return [say("missed-unknown")]
    audited = _number(max(each.audited for each in caught.values()), language)
    told = [_missed_of(label, each, say, language) for label, each in caught.items() if each.found or label == "flag"]
    return [say("missed-title"), *told, say("missed-rests", audited=audited)]


def _missed_of(label: str, found: Recall, say: Speak, language: str) -> str:
    (value, low, high), name = found.at(NOW), say(f"label-{label}")
    counts = {"found": _number(found.found, language), "missed": _number(found.missed, language)}
    if value is None:
        return say("missed-early", label=name, **counts)
    shares = {"value": _whole(value, language), "low": _whole(low, language), "high": _whole(high, language)}
    return say("missed-of", label=name, **counts, **shares)


def _percent(share: float, language: str) -> str:
    return str(format_percent(share, "0.## %" if language == "sv" else "0.##%", locale=language))


def _whole(share: float, language: str) -> str:
    return str(format_percent(share, "0 %" if language == "sv" else "0%", locale=language))


def _number(value: float, language: str) -> str:
    return str(format_decimal(value, "#,##0.#", locale=language))
