"""How well does a model work? Texts that nobody trained on, rivals beside it, goals, pictures, a report and a card."""

from bot.measure.report import measure_model

__all__ = ["measure_model"]
