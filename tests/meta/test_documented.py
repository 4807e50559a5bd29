"""Every command, option and setting says what it does, and what others script against is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.config import Settings, load
from classifier.verdict import LABELS
from tests.builders import HOME

EXAMPLE = HOME / "config.example.toml"
README = HOME / "README.md"
# What interfaces.md promises of the commands that are there so far: fields and options may be added, none dropped.
PROMISED = {
    "demo": (),
    "run": ("--config",),
    "check": ("--config",),
    "replay": ("FILE", "--db", "--config"),
    "classify": ("FILE", "--explain", "--config"),
    "flags": ("--db", "--state", "--json"),
    "decide": ("FLAG", "STEP", "--by", "--motive", "--note", "--db"),
    "train": ("--encoder",),
    "retain": ("--dry-run", "--proofs", "--db"),
    "hold": ("CASE", "--reason", "--by", "--db"),
    "release": ("CASE", "--reason", "--by", "--db"),
    "holds": ("--db",),
    "backup": ("--db", "--to", "--recipient"),
    "restore": ("FILE", "--identity", "--db", "--force"),
    "reporters": ("FLAG", "--by", "--reason", "--db"),
    "disclose": ("CASES", "--draft", "--review", "--out", "--by", "--reason", "--db"),
    "papers": ("--out", "--config"),
    "thresholds set": ("--label", "--level", "--channel", "--group", "--by", "--why", "--db", "--json"),
    "thresholds undo": ("NUMBER", "--by", "--why", "--db", "--json"),
    "thresholds history": ("--db", "--json"),
    "thresholds levels": ("--db", "--json"),
    "thresholds plot": ("KIND", "--out", "--format", "--label", "--proposed", "--channel", "--days", "--db"),
    "thresholds recalibrate": ("--label", "--server", "--by", "--why", "--undo", "--db", "--json"),
    "evidence make": ("CASE", "--out", "--reason", "--by", "--recipient", "--db"),
    "evidence verify": ("FILE", "--identity", "--key"),
    "model list": ("--json",),
    "model show": ("NAME", "--json"),
    "model import": ("FOLDER", "--name", "--labels", "--data", "--no-measure"),
    "model promote": ("NAME", "--by", "--reason"),
    "model rollback": ("--by", "--reason"),
}


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


EVERY = pytest.mark.parametrize(
    ("path", "command"), [pytest.param(path, command, id=" ".join(path)) for path, command in commands()]
)


@EVERY
def test_every_command_says_what_it_does_in_whole_sentences(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help, f"{' '.join(path)} has no help"
    assert re.match(r"[A-Z].*[.:]", command.help.splitlines()[0] + command.help.split("\n\n")[0][-1])


@EVERY
def test_every_option_and_argument_says_what_it_is_for(path: tuple[str, ...], command: click.Command) -> None:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{' '.join(path)} {parameter.opts[0]} has no help"
            assert parameter.help.endswith((".", ")")), f"{' '.join(path)} {parameter.opts[0]}: a whole sentence"
        else:
            names = (
                parameter.type.choices if isinstance(parameter.type, click.Choice) else [str(parameter.name).upper()]
            )
            for name in names:
                assert str(name) in str(command.help), f"{' '.join(path)}: the help does not say what {name} is"


@EVERY
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_there_everywhere(path: tuple[str, ...], command: click.Command, option: str) -> None:
    done = CliRunner().invoke(main, [*path, option])
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")


@pytest.mark.parametrize("name", PROMISED)
def test_what_others_script_against_is_there(name: str) -> None:
    command = dict(commands())[tuple(name.split())]
    there = {opt for p in command.params if isinstance(p, click.Option) for opt in (*p.opts, *p.secondary_opts)}
    there |= {str(p.name).upper() for p in command.params if isinstance(p, click.Argument)}
    assert set(PROMISED[name]) <= there


@pytest.mark.skipif(not README.exists(), reason="the README is written last")
def test_the_readme_names_every_command_and_starts_with_the_two_that_matter() -> None:
    text = README.read_text("utf-8")
    for path, command in commands():
        if not isinstance(command, click.Group):
            assert f"uppsikt {' '.join(path)}" in text, f"the README does not name `uppsikt {' '.join(path)}`"
    assert 0 <= text.index("make demo") < text.index("make test")


def sections() -> dict[str, list[str]]:
    """The lines of the example, by the name of their table."""
    found: dict[str, list[str]] = {"": []}
    name = ""
    for line in EXAMPLE.read_text("utf-8").splitlines():
        if header := re.fullmatch(r"\[([\w.]+)\]", line):
            name = header[1]
            found[name] = []
        else:
            found[name].append(line)
    return found


def keys() -> Iterator[tuple[str, str]]:
    for section, field in Settings.model_fields.items():
        if not field.exclude:
            inner = field.annotation
            yield from ((section, key) for key in getattr(inner, "model_fields", ()))  # a table of names has none


def test_a_table_of_the_towns_own_names_has_its_comment() -> None:
    tables = [
        name for name, field in Settings.model_fields.items() if getattr(field.annotation, "__origin__", 0) is dict
    ]
    assert tables == ["groups"]
    for name in tables:
        assert re.search(rf"^# .+\n\[{name}\]$", EXAMPLE.read_text("utf-8"), re.MULTILINE)


def test_the_example_loads_to_exactly_the_defaults() -> None:
    assert load(EXAMPLE, {}).model_dump() == Settings().model_dump()


@pytest.mark.parametrize(("section", "key"), [pytest.param(*each, id=".".join(each)) for each in keys()])
def test_the_example_holds_every_key_with_its_default_and_a_comment(section: str, key: str) -> None:
    if section == "thresholds" and key in LABELS:  # has no default of its own: it is the model's
        assert re.search(rf"^#.*\b{key}\b", "\n".join(sections()[section]), re.MULTILINE)
        return
    if f"{section}.{key}" in sections():
        lines = sections()[section]
        assert any(line.startswith("# ") for line in lines[-3:]), f"[{section}.{key}] has no comment before it"
        return
    lines = sections()[section]
    (number,) = [i for i, line in enumerate(lines) if re.match(rf"{key} = ", line)]
    assert lines[number - 1].startswith("# "), f"{section}.{key} has no comment"
    default = getattr(getattr(Settings(), section), key)
    assert tomllib.loads(lines[number])[key] == (str(default) if hasattr(default, "parts") else default)


def test_the_example_holds_no_key_that_is_none() -> None:
    raw = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert {(section, key) for section, table in raw.items() for key in table} <= set(keys())
