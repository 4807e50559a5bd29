"""How do thresholds do, and what should they be? Tuning on evidence from the terminal."""

from __future__ import annotations

import click

from bot.cli_thresholds_drift import drift
from bot.cli_thresholds_history import history, levels
from bot.cli_thresholds_plot import plot
from bot.cli_thresholds_recalibrate import recalibrate
from bot.cli_thresholds_set import set_, undo
from bot.cli_thresholds_shadow import shadow
from bot.cli_thresholds_show import show, simulate
from bot.cli_thresholds_suggest import suggest


@click.group()
def thresholds() -> None:
    """See what thresholds do, what others would have done, and change them so that it can be undone."""


for command in (drift, history, levels, plot, recalibrate, set_, shadow, show, simulate, suggest, undo):
    thresholds.add_command(command)
