"""In which words is a reporter answered? Plain and warm, and never of what befell whom."""

from __future__ import annotations

from collections.abc import Sequence

from bot.config import Support
from bot.core.flags import State
from bot.core.reports import Answer, Mine, Receipt
from bot.discord_gateway.moments import moment
from bot.locales import Speak


def receipt(made: Receipt, support: Sequence[str], say: Speak) -> str:
    """The report is saved: its number, what happens now, and where there is help."""
    number = str(made.number)
    key = "receipt-later" if made.state is State.PENDING else f"receipt-{made.state}"
    return "\n".join([say("receipt", number=number), say(key), "", *support])


def help_lines(support: Support, language: str, say: Speak) -> list[str]:
    """Where there is help, as configured."""
    lines = support.lines if language == "sv" else support.lines_en
    return [say("support-heading"), *(f"- {line}" for line in lines)]


def answer(told: Answer, say: Speak) -> str:
    """What became of a report."""
    key = f"answer-changed-{told.outcome}" if told.changed else f"answer-{told.outcome}"
    return say(key, number=str(told.report))


def my_reports(mine: Sequence[Mine], say: Speak) -> str:
    """One's own reports, the newest first."""
    if not mine:
        return say("myreports-none")
    return "\n".join([say("myreports-heading"), *(_line(each, say) for each in mine)])


def _line(mine: Mine, say: Speak) -> str:
    became = say("myreports-open") if mine.outcome is None else say(f"myreports-{mine.outcome}")
    line = say(
        "myreports-line",
        number=str(mine.number),
        when=moment(mine.at, "d"),
        what=say(f"category-{mine.category}"),
        became=became,
    )
    return f"{line} {say('myreports-abusive')}" if mine.abusive else line
