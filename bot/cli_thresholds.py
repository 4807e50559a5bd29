"""How do thresholds do, and what should they be? Tuning on evidence from the terminal."""

from __future__ import annotations

import click

from bot.cli_thresholds_drift import drift
from bot.cli_thresholds_shadow import shadow


@click.group()
def thresholds() -> None:
    """See what thresholds do, what others would have done, and change them so that it can be undone."""


thresholds.add_command(drift)
thresholds.add_command(shadow)
