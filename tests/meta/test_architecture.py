"""Who may import whom: cli -> app -> adapters -> pipeline -> core -> classifier.verdict; a folder to a library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
FILES = sorted(path for top in ("bot", "classifier") for path in (HOME / top).rglob("*.py"))

# A library, and the only folders that may import it.
ONLY_IN = {
    "discord": ("bot/discord_gateway",),
    "sqlite_utils": ("bot/store",),
    "sqlite3": ("bot/store",),
    "torch": ("classifier",),
    "transformers": ("classifier",),
    "tokenizers": ("classifier",),
    "click": ("bot/cli.py", "bot/demo", "bot/train.py", "bot/measure.py"),
    "rich": ("bot/terminal.py",),
    "pydantic": ("bot/config.py",),
    "fluent": ("bot/locales",),
}
CORE_NEVER = ("asyncio", "logging", "sqlite3", "sqlite_utils", "discord", "time", "threading", "os", "random")
ADAPTERS = ("bot.discord_gateway", "bot.store")
COMPOSITION = (
    "bot/app.py",
    "bot/live.py",
    "bot/check.py",
    "bot/cli.py",
    "bot/demo",
    "bot/terminal.py",
    "bot/measure.py",
)


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, late imports too, type checking too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def within(path: Path, places: tuple[str, ...]) -> bool:
    """Whether a file is one of these files or lies in one of these folders."""
    name = path.relative_to(HOME).as_posix()
    return any(name == place or name.startswith(place + "/") for place in places)


def is_of(module: str, package: str) -> bool:
    """Whether a module is a package or lies in it."""
    return module == package or module.startswith(package + ".")


def offending(path: Path, forbidden: tuple[str, ...]) -> list[str]:
    """The imports of a file that are forbidden to it."""
    return [f"{path.relative_to(HOME)} imports {m}" for m in imports(path) if any(is_of(m, f) for f in forbidden)]


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_library_is_known_to_its_own_folder_alone(library: str) -> None:
    found = [line for path in FILES if not within(path, ONLY_IN[library]) for line in offending(path, (library,))]
    assert found == []


def test_the_classifier_never_imports_the_bot() -> None:
    assert [line for path in FILES if within(path, ("classifier",)) for line in offending(path, ("bot",))] == []


def test_the_vocabulary_that_all_share_imports_the_standard_library_alone() -> None:
    assert set(imports(HOME / "classifier" / "verdict.py")) <= {"__future__", "collections.abc", "dataclasses"}


def test_the_core_is_pure() -> None:
    found = [line for path in FILES if within(path, ("bot/core",)) for line in offending(path, CORE_NEVER)]
    assert found == []


def test_the_core_imports_nothing_of_ours_but_itself_and_the_vocabulary() -> None:
    allowed = ("bot.core", "classifier.verdict")
    found = [
        f"{path.relative_to(HOME)} imports {module}"
        for path in FILES
        if within(path, ("bot/core",))
        for module in imports(path)
        if module.split(".")[0] in ("bot", "classifier") and not any(is_of(module, a) for a in allowed)
    ]
    assert found == []


def test_pipeline_and_intake_know_no_adapter() -> None:
    forbidden = (*ADAPTERS, "bot.app", "bot.live", "bot.cli", "bot.terminal", "bot.config")
    files = [HOME / "bot" / name for name in ("pipeline.py", "intake.py", "announcing.py", "replay.py")]
    assert [line for path in files for line in offending(path, forbidden)] == []


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_adapters_never_import_one_another_nor_what_composes_them(adapter: str) -> None:
    others = tuple(other for other in ADAPTERS if other != adapter)
    folder = (adapter.replace(".", "/"),)
    forbidden = (*others, "bot.app", "bot.live", "bot.cli", "bot.terminal")
    assert [line for path in FILES if within(path, folder) for line in offending(path, forbidden)] == []


def test_adapters_are_built_where_things_are_composed_alone() -> None:
    places = (*COMPOSITION, "bot/store", "bot/discord_gateway")
    assert [line for path in FILES if not within(path, places) for line in offending(path, ADAPTERS)] == []


def test_tests_use_no_mocks() -> None:
    forbidden = ("unittest.mock", "mock", "pytest_mock")
    assert [line for path in (HOME / "tests").rglob("*.py") for line in offending(path, forbidden)] == []


def test_every_module_says_which_question_it_settles() -> None:
    silent = [str(p.relative_to(HOME)) for p in FILES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []
