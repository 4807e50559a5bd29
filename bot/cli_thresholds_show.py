"""What do thresholds do, and what would others have done? Shown in the terminal; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli_options import config_option, db_option, settings_of

json_option = click.option("--json", "as_json", is_flag=True, help="JSON with everything, for programs.")
days_option = click.option(
    "--days", type=click.IntRange(1, 400), default=28, show_default=True, metavar="N",
    help="How many days to look back from the last message that was read.",
)  # fmt: skip


@click.command()
@days_option
@json_option
@db_option
@config_option
def show(days: int, as_json: bool, db: Path | None, config_file: Path | None) -> None:
    """Show which thresholds are in force, who says so, what they do (flags a day, how many rightly), what is missed."""
    from bot.evidence_tables import notes, standing_json, standing_table
    from bot.promise_words import missed_lines
    from bot.recalibrating import meanings
    from bot.recalibration_words import meaning_lines, meanings_plain
    from bot.terminal import console
    from bot.weighing import stand

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    with in_words(languages):
        standing = stand(db or settings.database, settings, days)
    limits = [(origin.label, origin.value) for place in standing.places for origin in place.origins]
    means = meanings(db or settings.database, settings, limits)
    if as_json:
        click.echo(standing_json(standing, means=meanings_plain(means)))
        return
    console().print(standing_table(standing, languages))
    everywhere = standing.places[0].simulation
    assert everywhere is not None, "the model ships thresholds for everywhere, and something was read"
    click.echo(missed_lines(standing, languages))
    click.echo(notes(standing.evidence, everywhere, languages))
    if means:
        click.echo(meaning_lines(means, languages))


@click.command()
@click.option(
    "--label", "labels", multiple=True, required=True, metavar="LABEL=VALUE",
    help="A label's threshold to try, from 0 to 1, to two decimals; may be given more than once.",
)  # fmt: skip
@click.option("--channel", default="", metavar="C", help='Only in this channel and its threads: an id or "#name".')
@click.option("--group", default="", metavar="G", help="Only in the channels of this group of [groups].")
@days_option
@json_option
@db_option
@config_option
def simulate(
    labels: tuple[str, ...], channel: str, group: str, days: int, as_json: bool, db: Path | None,
    config_file: Path | None,
) -> None:  # fmt: skip
    """See what other thresholds would have done: flags a day, how many rightly, decided cases gained and lost, minutes.

    It is answered from scores, counts and decisions; no text is read and nothing is changed.
    """
    from bot.evidence_tables import notes, simulated_json, simulated_table
    from bot.terminal import console
    from bot.threshold_words import values_of
    from bot.weighing import weigh

    settings = settings_of(config_file)
    languages = settings.uppsikt.languages
    values = values_of(labels)
    with in_words(languages):
        weighed = weigh(db or settings.database, settings, (channel, group), values, days)
    if as_json:
        click.echo(simulated_json(weighed))
        return
    console().print(simulated_table(weighed, languages))
    click.echo(notes(weighed.evidence, weighed.simulation, languages))


@contextmanager
def in_words(languages: Sequence[str]) -> Iterator[None]:
    """What is missing or refused, in the first language of the configuration."""
    from bot.cli_thresholds_set import spoken
    from bot.core.tuning.no_evidence import NoEvidence
    from bot.evidence_tables import lacking

    try:
        with spoken(languages):
            yield
    except NoEvidence as problem:
        raise lacking(problem, languages[0]) from problem
