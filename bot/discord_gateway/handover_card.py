"""What does the safety coordinator see of a case? The message behind a spoiler, what was decided and by whom, and what
has become of it since. No thresholds and no probabilities: a person has decided, and the coordinator decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.core.cases import Case
from bot.core.flags import State
from bot.discord_gateway.card import COLOURS, excerpt, view_of
from bot.discord_gateway.lines import both


def handover_card(case: Case, languages: Sequence[str]) -> discord.ui.LayoutView:
    """The card of a handed-over case as it is now."""
    heading = both(languages, "handover-heading", flag=str(case.id))
    if case.state is State.PENDING:
        heading += "\n" + both(languages, "handover-reopened")
    elif case.state is State.DISMISSED:
        heading += "\n" + both(languages, "handover-dismissed")
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=COLOURS[case.state])
    for part in (heading, *excerpt(case, languages, len(heading))):
        container.add_item(discord.ui.TextDisplay(part))
    return view_of(container)
