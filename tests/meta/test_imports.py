"""The house as architecture.md draws it: cli -> app -> adapters -> pipeline -> core -> classifier.verdict."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from tests.builders import HOME

# From the top down: a module imports of its own layer and of those below it. A new module needs a place here.
LAYERS: dict[str, tuple[str, ...]] = {
    "commands": (
        "bot.cli",
        "bot.cli_backup",
        "bot.cli_model",
        "bot.cli_options",
        "bot.cli_reports",
        "bot.cli_thresholds",
        "bot.cli_thresholds_set",
        "bot.cli_thresholds_history",
        "bot.cli_thresholds_show",
        "bot.cli_thresholds_plot",
        "bot.cli_thresholds_drift",
        "bot.cli_thresholds_shadow",
        "bot.cli_thresholds_recalibrate",
        "bot.cli_thresholds_suggest",
        "bot.cli_web",
        "bot.__main__",
    ),
    "screens": (
        "bot.demo",
        "bot.classify",
        "bot.terminal",
        "bot.progress",
        "bot.train",
        "bot.measure",
        "bot.models",
        "bot.model_tables",
        "bot.standing",
        "bot.threshold_words",
        "bot.change_figures",
        "bot.evidence_tables",
        "bot.promise_words",
        "bot.shadows",
        "bot.shadow_tables",
        "bot.shift_tables",
        "bot.recalibration_words",
    ),
    "app": (
        "bot.app",
        "bot.live",
        "bot.changing",
        "bot.weighing",
        "bot.check",
        "bot.panel",
        "bot.plotting",
        "bot.rounds",
        "bot.recalibrating",
        "bot.backing_up",
        "bot.backup_rounds",
        "bot.backups_forgetting",
        "bot.restoring",
        "bot.private_files",
    ),
    "adapters": ("bot.store", "bot.discord_gateway", "bot.web"),
    "pipeline": (
        "bot.pipeline",
        "bot.reading",
        "bot.intake",
        "bot.acting",
        "bot.announcing",
        "bot.caring",
        "bot.appealing",
        "bot.telling",
        "bot.reporting",
        "bot.hearing_back",
        "bot.unanswered",
        "bot.drifting",
        "bot.replay",
        "bot.tuning",
        "bot.tuning_desk",
        "bot.lasting_evidence",
        "bot.shadow_desk",
        "bot.shadowing",
        "bot.healing",
        "bot.reviewing",
        "bot.opining",
        "bot.escalating",
        "bot.upkeep",
        "bot.signing_in",
    ),
    "plots": ("bot.plots",),
    "settings": (
        "bot.secrets_kept",
        "bot.config",
        "bot.config_sections",
        "bot.locales",
        "bot.settings_shown",
        "bot.shift_words",
    ),
    "keys": ("bot.keys",),
    "core": ("bot.core",),
    "vocabulary": ("classifier.verdict",),
}
ADAPTERS = LAYERS["adapters"]
# Of the classifier, all may import the vocabulary; the rest only those who load, train or read as it reads.
CLASSIFIER_FOR = {
    "classifier.model": ("bot.app", "bot.measure", "bot.models"),
    "classifier.manifest": ("bot.app", "bot.measure", "bot.models", "bot.standing"),
    "classifier.shelf": ("bot.config", "bot.models", "bot.standing"),
    "classifier.arrival": ("bot.models",),
    "classifier.errors": ("bot.app", "bot.config", "bot.standing"),
    "classifier.prepare": ("bot.config",),
    "classifier.slurs": ("bot.config",),
    "classifier.train": ("bot.train", "bot.measure", "bot.models"),
    "classifier.measure": ("bot.measure",),
    "classifier.whole": ("bot.measure",),
}
# Who may import what from elsewhere; whatever is not named here is anybody's.
ONLY_IN = {
    "discord": ("bot.discord_gateway",),
    "aiohttp": ("bot.discord_gateway", "bot.web"),
    "jinja2": ("bot.web", "bot.measure"),
    "sqlite_utils": ("bot.store",),
    "sqlite3": ("bot.store",),
    "torch": ("classifier",),
    "transformers": ("classifier",),
    "tokenizers": ("classifier",),
    "safetensors": ("classifier",),
    "numpy": ("classifier", "bot.core.tuning", "bot.store", "bot.plots"),
    "scipy": ("classifier", "bot.core.tuning"),
    "sklearn": ("classifier.train", "classifier.measure"),
    "matplotlib": ("bot.measure", "bot.plots"),
    "gensim": ("classifier.train",),
    "click": (*LAYERS["commands"], *LAYERS["screens"]),
    "rich": LAYERS["screens"],
    "tqdm": LAYERS["screens"],
    "pydantic": ("bot.config", "bot.config_sections"),
    "fluent": ("bot.locales",),
    "cryptography": ("bot.keys",),
    "pyrage": ("bot.keys",),
    "pickle": (),
    "importlib": (),
}
CORE_MAY_IMPORT = frozenset(
    {"__future__", "bisect", "bot.core", "classifier.verdict", "collections.abc", "dataclasses", "datetime", "enum",
     "functools", "hashlib", "hmac", "itertools", "json", "math", "numpy", "numpy.typing", "re", "scipy", "typing",
     "unicodedata"}
)  # fmt: skip


@dataclass(frozen=True)
class Import:
    """One import: who, what, and where it stands."""

    importer: str
    imported: str
    place: str

    def __str__(self) -> str:
        return f"{self.place}: {self.importer} imports {self.imported}"


@lru_cache
def trees() -> dict[str, tuple[Path, ast.Module]]:
    files = sorted([*(HOME / "bot").rglob("*.py"), *(HOME / "classifier").rglob("*.py")])
    return {name_of(file): (file, ast.parse(file.read_text("utf-8"))) for file in files}


def name_of(file: Path) -> str:
    parts = file.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@lru_cache
def imports() -> tuple[Import, ...]:
    return tuple(found for name in trees() for found in imports_of(name))


def imports_of(name: str) -> Iterator[Import]:
    file, tree = trees()[name]
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        place = f"{file.relative_to(HOME)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import):
            yield from (Import(name, alias.name, place) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package.split(".")[: len(package.split(".")) - node.level + 1], node.module or ""])
            source = (base if node.level else node.module or "").strip(".")
            for alias in node.names:  # `from bot import app` imports bot.app
                whole = f"{source}.{alias.name}"
                yield Import(name, whole if whole in trees() else source, place)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def layer(name: str) -> int | None:
    """The number of a module's layer, from the top."""
    for number, packages in enumerate(LAYERS.values()):
        if any(within(name, package) for package in packages):
            return number
    return None


def nobody(offenders: list[Import]) -> None:
    assert not offenders, "\n" + "\n".join(map(str, offenders))


def test_every_module_has_a_place_in_the_table() -> None:
    homeless = [name for name in trees() if within(name, "bot") and name != "bot" and layer(name) is None]
    assert not homeless, f"give {', '.join(homeless)} a layer in LAYERS"


def test_nobody_imports_from_a_layer_above() -> None:
    known = [(each, layer(each.importer), layer(each.imported)) for each in imports()]
    nobody([each for each, above, below in known if above is not None and below is not None and below < above])


def test_adapters_never_import_one_another() -> None:
    nobody(
        [
            each
            for each in imports()
            for adapter in ADAPTERS
            if within(each.importer, adapter)
            and any(within(each.imported, other) for other in ADAPTERS if other != adapter)
        ]
    )


def test_the_classifier_never_imports_the_bot() -> None:
    nobody([each for each in imports() if within(each.importer, "classifier") and within(each.imported, "bot")])


def test_the_bot_knows_no_more_of_the_classifier_than_it_must() -> None:
    allowed = {("classifier.verdict", "bot")} | {(what, who) for what, whos in CLASSIFIER_FOR.items() for who in whos}
    nobody(
        [
            each
            for each in imports()
            if within(each.importer, "bot")
            and within(each.imported, "classifier")
            and not any(within(each.imported, what) and within(each.importer, who) for what, who in allowed)
        ]
    )


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_library_is_imported_only_where_it_belongs(library: str) -> None:
    homes = ONLY_IN[library]
    nobody(
        [
            each
            for each in imports()
            if within(each.imported, library) and not any(within(each.importer, home) for home in homes)
        ]
    )


def test_the_core_imports_nothing_that_acts_or_waits() -> None:
    nobody(
        [
            each
            for each in imports()
            if within(each.importer, "bot.core")
            and not any(within(each.imported, allowed) for allowed in CORE_MAY_IMPORT)
        ]
    )


def test_the_core_never_asks_for_the_time_opens_a_file_or_prints() -> None:
    banned = {"now", "today", "utcnow", "open", "print", "input"}
    calls = [
        f"{file.relative_to(HOME)}:{node.lineno}: {called}()"
        for name, (file, tree) in trees().items()
        if within(name, "bot.core")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (called := getattr(node.func, "attr", getattr(node.func, "id", ""))) in banned
    ]
    assert not calls, "\n".join(calls)


def test_plots_are_drawn_of_what_they_are_given() -> None:
    """They read no settings, ask no store and know no platform: whoever shows a picture brings what is in it."""
    allowed = ("bot.plots", "bot.core", "bot.locales")
    nobody(
        [
            each
            for each in imports()
            if within(each.importer, "bot.plots")
            and within(each.imported, "bot")
            and not any(within(each.imported, package) for package in allowed)
        ]
    )


def test_the_vocabulary_needs_the_standard_library_only() -> None:
    nobody(
        [
            each
            for each in imports_of("classifier.verdict")
            if each.imported.split(".")[0] not in sys.stdlib_module_names
        ]
    )


def test_nobody_but_the_composition_root_builds_a_store_or_a_gateway() -> None:
    builders = ("SqliteStore", "DiscordGateway", "Pipeline", "Intake")
    built = [
        f"{file.relative_to(HOME)}:{node.lineno}: {node.func.id}()"
        for name, (file, tree) in trees().items()
        if not any(within(name, home) for home in LAYERS["app"])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in builders
    ]
    assert not built, "\n".join(built)


def test_asking_for_help_loads_nothing_heavy() -> None:
    """What is heavy is imported late: a library that `bot.cli` pulls in is waited for by every command."""
    heavy = {"torch", "transformers", "numpy", "discord", "sqlite_utils", "rich", "sklearn", "aiohttp", "matplotlib",
             "cryptography", "pyrage"}  # fmt: skip
    code = "import sys, bot.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HOME)
    assert heavy & set(done.stdout.split()) == set()
