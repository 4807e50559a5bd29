"""Which threshold keeps what is needed? Asked from the terminal; nothing is changed."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import MOST_A_DAY, Number, config_option, db_option, settings_of
from bot.cli_thresholds_show import days_option, in_words, json_option
from bot.core.errors import BadInput
from classifier.verdict import LABELS

SHARE = Number(0, 1, min_open=True, max_open=True)


@click.command()
@click.option("--label", type=click.Choice(LABELS), default="flag", show_default=True, help="Whose threshold.")
@click.option("--recall", type=SHARE, metavar="SHARE", help="At least this share of it must reach a human, as 0.95.")
@click.option("--flags-a-day", type=Number(0, MOST_A_DAY), metavar="N", help="At most so many flags a day in all.")
@click.option("--precision", type=SHARE, metavar="SHARE", help="At least this share of what it flags must be right.")
@click.option(
    "--confidence", type=SHARE, default=0.95, show_default=True, metavar="SHARE", help="How surely each share is kept."
)
@click.option("--channel", default="", metavar="C", help='Only in this channel and its threads: an id or "#name".')
@click.option("--group", default="", metavar="G", help="Only in the channels of this group of [groups].")
@days_option
@json_option
@db_option
@config_option
def suggest(
    label: str, recall: float | None, flags_a_day: float | None, precision: float | None, confidence: float,
    channel: str, group: str, days: int, as_json: bool, db: Path | None, config_file: Path | None,
) -> None:  # fmt: skip
    """Find the threshold that keeps what is needed, and what it costs; or say what is lacking for an answer.

    --recall, --flags-a-day and --precision may be combined. Shares are promised from decided cases and the audit
    sample, each with the confidence that is named; see the README for how often such promises were kept.
    """
    from bot.core.tuning.wishes import Wishes
    from bot.promise_words import advice_json, advice_lines
    from bot.weighing import suggest as found_by

    wishes = Wishes(recall, flags_a_day, precision, confidence)
    if wishes.nothing:
        raise BadInput("say what the threshold must keep: --recall, --flags-a-day or --precision, or several of them")
    if wishes.catch is not None or wishes.precision is not None:
        _asked_about(label)
    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    with in_words(languages):
        advice = found_by(db or settings.database, settings, (channel, group), label, wishes, days)
    click.echo(advice_json(advice) if as_json else advice_lines(advice, languages))


def _asked_about(label: str) -> None:
    """BadInput where no decision could ever say whether a label is right."""
    from bot.core.tuning.evidence import truth

    if not truth(label):
        raise BadInput(f"{label}: humans are not asked about it, so no share of it can be promised; use --flags-a-day")
