"""What may be asked for at the panel, and by whom? All of it, in one table; a test walks it for every rank."""

from __future__ import annotations

from bot.web import (
    abuse,
    appeals,
    case,
    deciding,
    entry,
    opining,
    pause,
    queue,
    record,
    safety_map,
    settings,
    static,
    thresholds,
    thresholds_changes,
    thresholds_live,
    thresholds_plots,
    week,
)
from bot.web.visit import Route

ROUTES: tuple[Route, ...] = (
    *static.ROUTES,
    *entry.ROUTES,
    *queue.ROUTES,
    *case.ROUTES,
    *deciding.ROUTES,
    *opining.ROUTES,
    *appeals.ROUTES,
    *abuse.ROUTES,
    *pause.ROUTES,
    *safety_map.ROUTES,
    *week.ROUTES,
    *settings.ROUTES,
    *record.ROUTES,
    *thresholds.ROUTES,
    *thresholds_changes.ROUTES,
    *thresholds_live.ROUTES,
    *thresholds_plots.ROUTES,
)
