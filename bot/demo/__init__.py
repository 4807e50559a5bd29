"""What does Uppsikt do? The main job on a made-up week of the municipality of Almköping."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from bot import app
from bot.config import Settings
from bot.progress import bar
from bot.replay import Skipped
from bot.terminal import both, console, flag_table

WEEK = Path(__file__).parent / "week.jsonl"
DEFAULT_DB = Path("uppsikt-demo.db")


def run_demo(db: Path, settings: Settings, *, show_text: bool) -> None:
    """Replay the week through the real pipeline into a fresh database and show what came of it."""
    languages = settings.uppsikt.languages
    if db == DEFAULT_DB:
        app.remove(db)
    click.echo(both(languages, "demo-intro"))
    with bar(WEEK.stat().st_size, "bytes") as show:
        done = app.replay(WEEK, db, settings, skip=_never, show=show)
    rows = app.ask(db, lambda reader: reader.flags())
    screen = console()
    screen.print(flag_table(rows, languages, show_text=show_text))
    click.echo(both(languages, "demo-summary", read=done.totals.read, flagged=len(rows)) + "\n")
    click.echo(both(languages, "demo-next"))
    first, name = (rows[0].id if rows else 1), _program()
    for key, command in (
        ("demo-next-flags", f"{name} flags --db {db} --show-text"),
        ("demo-next-decide", f"{name} decide {first} uphold --by NAME --db {db}"),
        ("demo-next-panel", f"{name} web --db {db} --sign-in NAMN"),
        ("demo-next-sqlite", f"sqlite3 {db} 'SELECT id, channel, score FROM flags'"),  # noqa: S608  # shown, not run
    ):
        click.echo(f"  {command}")
        click.echo("      " + both(languages, key).replace("\n", " · "))


def _program() -> str:
    """How this program is called from here: `make demo` leaves it in .venv."""
    if shutil.which("uppsikt"):
        return "uppsikt"
    called = Path(sys.argv[0])
    return (
        str(called.relative_to(Path.cwd()))
        if called.is_absolute() and called.is_relative_to(Path.cwd())
        else str(called)
    )


def _never(skipped: Skipped) -> None:
    raise AssertionError(f"the bundled week has a bad line: {skipped.number}: {skipped.why}")
