"""What is kept of a simulation with a change, and given to programs? Its figures, as JSON can hold them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.tuning.shares import Share
from bot.core.tuning.simulation import Moved, Outcome, Rate, Simulation


def figures(simulation: Simulation) -> Mapping[str, object]:
    """Every figure by its name; None where there is too little to say. Never NaN or infinite."""
    return {
        "days": round(simulation.days, 2),
        "days_counted": round(simulation.days_counted, 2),
        "decided": simulation.decided,
        "minutes_each": round(simulation.minutes_each, 2),
        "minutes_assumed": simulation.minutes_assumed,
        "now": _outcome(simulation.now),
        "then": _outcome(simulation.then),
        "gained": _moved(simulation.gained),
        "lost": _moved(simulation.lost),
        "gained_precision": _share(simulation.gained_precision),
    }


def _outcome(it: Outcome) -> Mapping[str, object]:
    return {
        "flags_a_day": _rate(it.flags),
        "minutes_a_day": _rate(it.minutes),
        "unread_a_day": _rate(it.unread),
        "precision": _share(it.precision),
    }


def _rate(it: Rate) -> Mapping[str, float]:
    return {"least": round(it.least, 4), "most": round(it.most, 4)}


def _share(it: Share) -> Mapping[str, object]:
    rounded = {name: None if v is None else round(v, 4) for name, v in (("value", it.value), *_ends(it))}
    return {"upheld": it.upheld, "decided": it.decided, "too_few": it.few, **rounded}


def _ends(it: Share) -> tuple[tuple[str, float | None], ...]:
    return ("low", it.low), ("high", it.high)


def _moved(it: Moved) -> Mapping[str, object]:
    return {"flags": list(it.flags), "upheld": it.upheld, "dismissed": it.dismissed, "pending": it.pending}
