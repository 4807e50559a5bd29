"""How is a recalibration told in a terminal? What it rests on, what it would change, and what it leaves as it is."""

from __future__ import annotations

from collections.abc import Sequence

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent

from bot.core.errors import Refused
from bot.core.tuning.recalibrations import Recalibration, Unscaled
from bot.locales import Speak, speak
from bot.recalibrating import Looked, Meaning, figures, plain, unfit
from bot.terminal import ZONE, as_json, visible

EXAMPLES = (0.5, 0.7, 0.9, 0.99)  # scores of the model's, of which those are shown that decisions speak for


def in_words(problem: Unscaled, language: str) -> Refused:
    """What the rules refuse, in a language."""
    slots = {name: visible(str(value)) for name, value in problem.slots.items()}
    return Refused(speak(language)("unscaled-" + problem.why, **slots))


def looked_lines(looked: Sequence[Looked], languages: Sequence[str]) -> str:
    """What decisions say, in each language; a blank line between servers."""
    said = ("\n".join(line for language in dict.fromkeys(languages) for line in _looked(it, language)) for it in looked)
    return "\n\n".join(said)


def done_lines(made: Recalibration, languages: Sequence[str]) -> str:
    """That a scale holds or was taken back, and what to do next."""
    key = "rescaled-undone" if made.undoes else "rescaled-applied"
    slots = {"number": str(made.number), "undoes": str(made.undoes), "label": made.label, "server": made.guild}
    return "\n".join(dict.fromkeys(speak(language)(key, **slots) for language in languages))


def meaning_lines(meanings: Sequence[Meaning], languages: Sequence[str]) -> str:
    """What thresholds mean by the scales that hold, a line each, in each language; empty for none."""
    return "\n".join(_meaning(each, language) for language in dict.fromkeys(languages) for each in meanings)


def looked_json(looked: Sequence[Looked], made: Recalibration | None) -> str:
    """All of it for programs; `made` is what was just put on record."""
    return as_json({"servers": [_plain(it) for it in looked], "made": None if made is None else _record(made)})


def meanings_plain(meanings: Sequence[Meaning]) -> list[dict[str, object]]:
    """What thresholds mean, for programs."""
    return [
        {
            "guild": it.guild,
            "label": it.label,
            "threshold": it.threshold,
            "probability": round(it.probability, 4),
            "recalibration": it.by.number,
        }
        for it in meanings
    ]


def _looked(it: Looked, language: str) -> list[str]:
    say, fit = speak(language), it.fit
    counts = {"upheld": str(fit.upheld), "dismissed": str(fit.dismissed), "audited": str(fit.audited)}
    lines = [say("rescale-title", label=say(f"label-{it.label}"), server=visible(it.guild) or "–")]
    lines.append(say("rescale-rests", **counts, model=visible(it.model)))
    if it.now is not None:
        lines.append(_now(it.now, say, language))
    if fit.before is not None and fit.after is not None:
        ends = (fit.before.calibration, fit.after.calibration)
        before, after = (format_decimal(100 * each, "0.0", locale=language) for each in ends)
        squares = (format_decimal(each, "0.000", locale=language) for each in (fit.before.brier, fit.after.brier))
        lines.append(say("rescale-off", before=before, after=after))
        lines.append(say("rescale-brier", **dict(zip(("before", "after"), squares, strict=True))))
    if fit.scale is None:
        problem = unfit(fit)
        return [*lines, say("rescale-not", why=say("unscaled-" + problem.why, **_shown(problem)))]
    examples = {score for score in EXAMPLES if score >= fit.scale.low}
    for score in sorted(examples if it.threshold is None else {*examples, it.threshold}):
        key = "rescale-threshold" if score == it.threshold else "rescale-score"
        lines.append(say(key, score=_score(score, language), then=_percent(fit.scale.at(score), language)))
    if fit.scale.low > 0:
        lines.append(say("rescale-from", low=_score(fit.scale.low, language)))
    return [*lines, say("rescale-stays")]


def _now(now: Recalibration, say: Speak, language: str) -> str:
    when = format_datetime(now.at.astimezone(ZONE), "d MMM y", locale=language)
    return say("rescale-now", number=str(now.number), by=visible(now.by), when=when, why=visible(now.why))


def _meaning(it: Meaning, language: str) -> str:
    say = speak(language)
    return say(
        "rescaled-means",
        label=say(f"label-{it.label}"),
        score=_score(it.threshold, language),
        then=_percent(it.probability, language),
        server=visible(it.guild) or "–",
        number=str(it.by.number),
    )


def _shown(problem: Unscaled) -> dict[str, str]:
    return {name: visible(str(value)) for name, value in problem.slots.items()}


def _score(score: float, language: str) -> str:
    return format_decimal(score, "0.00##", locale=language)


def _percent(share: float, language: str) -> str:
    return format_percent(share, locale=language)


def _plain(it: Looked) -> dict[str, object]:
    return {
        "guild": it.guild,
        "label": it.label,
        "model": it.model,
        "offered": plain(it.fit.scale),
        "why_not": it.fit.why and str(it.fit.why),
        "missing": dict(zip(("upheld", "dismissed"), it.fit.missing, strict=True)),
        **figures(it.fit),
        "in_force": None if it.now is None else _record(it.now),
        "threshold": it.threshold,
    }


def _record(made: Recalibration) -> dict[str, object]:
    return {
        "number": made.number,
        "guild": made.guild,
        "label": made.label,
        "model": made.model,
        "scale": plain(made.scale),
        "by": made.by,
        "why": made.why,
        "at": made.at.isoformat(),
        "undoes": made.undoes or None,
        "figures": dict(made.figures),
    }
