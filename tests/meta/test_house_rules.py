"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import HOME

CODE = sorted([*(HOME / "bot").rglob("*.py"), *(HOME / "classifier").rglob("*.py")])
TESTS = sorted((HOME / "tests").rglob("*.py"))
LONGEST = 400  # lines: past that a file settles more than one question


def nodes(files: list[Path]) -> Iterator[tuple[str, ast.AST]]:
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            yield f"{file.relative_to(HOME)}:{getattr(node, 'lineno', 1)}", node


def test_no_test_uses_a_mock() -> None:
    """A mock does what the test expects; a small real fake does what the part promises."""
    found = [
        place
        for place, node in nodes(TESTS)
        if (isinstance(node, ast.Import) and any("mock" in alias.name for alias in node.names))
        or (
            isinstance(node, ast.ImportFrom)
            and ("mock" in (node.module or "") or any("mock" in a.name for a in node.names))
        )
        or (isinstance(node, ast.arg) and node.arg == "mocker")
    ]
    assert not found, f"mocks in {', '.join(found)}"


def test_no_exception_is_swallowed_without_a_word() -> None:
    found = [
        place
        for place, node in nodes(CODE)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(statement, ast.Pass) for statement in node.body))
    ]
    assert not found, f"swallowed in {', '.join(found)}"


def test_no_weights_are_unpickled() -> None:
    """A pickle runs whatever its maker wished."""
    found = [
        place
        for place, node in nodes(CODE)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "load"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("torch", "pickle", "joblib")
        and not any(keyword.arg == "weights_only" for keyword in node.keywords)
    ]
    assert not found, f"pickles loaded in {', '.join(found)}"


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(HOME)))
def test_every_module_says_which_question_it_settles(file: Path) -> None:
    text = file.read_text("utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{file.relative_to(HOME)} has no docstring"
    assert len(text.splitlines()) <= LONGEST


def test_no_module_is_called_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert not [str(file) for file in (*CODE, *TESTS) if empty & set(file.with_suffix("").name.split("_"))]
