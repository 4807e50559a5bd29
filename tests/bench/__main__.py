"""`python -m tests.bench [PART…]`: measure the parts that are named, or all but those that take more than some minutes;
print a table, write bench.json."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.parts import PARTS, rows
from tests.bench.reading import HOME

OUT = Path("bench.json")
# Of 10,000, of a million, of 100,000, of a gigabyte: minutes, and so only when they are named.
APART = {"reports", "record", "erasing", "backing-up"}
ALONE = "--alone"  # one part, in this process, its figures on the last line


def main(names: list[str]) -> None:
    """The parts, a table, a file."""
    if unknown := sorted(set(names) - set(PARTS)):
        sys.exit(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    figures = {name: _in_a_process(name) for name in PARTS if name in (names or PARTS.keys() - APART)}
    table = Table(title=f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for column in ("figure", "Uppsikt", "against", "ratio", "goal", "reached"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for row in rows(figures):
        table.add_row(*row.cells())
    Console(width=120).print(table)
    OUT.write_text(json.dumps({"machine": platform.platform(), "figures": figures}, indent=1) + "\n", "utf-8")
    print(f"written to {OUT}")


def _in_a_process(name: str) -> dict[str, float]:
    print(f"measuring {name} …", file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", ALONE, name], cwd=HOME, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {key: float(value) for key, value in found.items()}


if __name__ == "__main__":
    if sys.argv[1:2] == [ALONE]:
        print(json.dumps(PARTS[sys.argv[2]]()))
    else:
        main(sys.argv[1:])
