"""What may be asked for at the panel, and by whom? All of it, in one table; a test walks it for every rank."""

from __future__ import annotations

from bot.web import entry, static, thresholds, thresholds_changes, thresholds_live, thresholds_plots
from bot.web.visit import Route

ROUTES: tuple[Route, ...] = (
    *static.ROUTES,
    *entry.ROUTES,
    *thresholds.ROUTES,
    *thresholds_changes.ROUTES,
    *thresholds_live.ROUTES,
    *thresholds_plots.ROUTES,
)
