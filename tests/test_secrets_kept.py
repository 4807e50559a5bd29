"""Secrets that were planted are found in no output, no log, no export and no file that is not theirs."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from bot.config import load
from bot.keys.secret import place_of
from bot.secrets_kept import STRUCK, keep_secrets, striking
from bot.settings_shown import shown
from bot.store import open_database
from tests.backup_steps import flags
from tests.builders import HOME, line, write_lines

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
SESSION = "panelens-hemliga-session"


@pytest.fixture
def identity() -> str:
    return str(pyrage.x25519.Identity.generate())


def commands(db: Path, identity: Path) -> list[list[str]]:
    """Commands that work, and many that do not."""
    public = str(pyrage.x25519.Identity.from_str(identity.read_text().strip()).to_public())
    return [
        ["run"],  # no model that is there, so that it ends
        ["flags", "--db", str(db), "--json"],
        ["flags", "--db", f"{db}-no"],
        ["backup", "--db", str(db)],
        ["backup", "--db", str(db), "--recipient", public],
        ["backup", "--db", str(db), "--recipient", identity.read_text().strip()],
        ["restore", str(identity), "--db", str(db), "--identity", str(identity)],
        ["restore", str(identity), "--db", str(db), "--identity", str(place_of(db))],
        ["restore", str(place_of(db)), "--db", str(db), "--identity", str(identity)],
        ["web", "--db", str(place_of(db))],
        ["flags", "--db", str(identity)],
        ["replay", str(identity), "--db", str(db)],
        ["check", "--config", str(identity)],
        ["retain", "--db", str(db)],
        ["thresholds", "history", "--db", str(db)],
    ]


def test_no_command_shows_a_secret_whatever_goes_wrong(tmp_path: Path, identity: str) -> None:
    db, key = tmp_path / "uppsikt.db", tmp_path / "identity.txt"
    flags(db, 1)
    key.write_text(identity + "\n")
    (tmp_path / "config.toml").write_text('[uppsikt]\nmodel = "/no/such/model"\nlog_level = "debug"\n')
    write_lines(tmp_path / "week.jsonl", [line(1)])
    secrets = [TOKEN, identity, place_of(db).read_text().strip()]
    environment = {**os.environ, "UPPSIKT_TOKEN": TOKEN, "PYTHONPATH": str(HOME)}
    script = (
        "import sys, json\nfrom bot.cli import main\n"
        "for arguments in json.load(sys.stdin):\n"
        "    print('>', arguments[0], flush=True)\n"
        "    try:\n        main(arguments, standalone_mode=False)\n"
        "    except BaseException as problem:\n        print(type(problem).__name__, problem)\n"
    )
    import json

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], input=json.dumps(commands(db, key)), text=True,
        cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert said.count("\n> ") + said.startswith("> ") == len(commands(db, key)), said
    for secret in secrets:
        assert secret not in said
        theirs = {key, place_of(db)}
        holding = [path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
        assert set(holding) <= theirs


def test_a_traceback_of_a_mistake_of_ours_holds_no_secret() -> None:
    script = """
import os
from bot.secrets_kept import keep_secrets
keep_secrets(os.environ["UPPSIKT_TOKEN"])
raise RuntimeError("cannot log in with " + os.environ["UPPSIKT_TOKEN"])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "UPPSIKT_TOKEN": TOKEN, "PYTHONPATH": str(HOME)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert TOKEN not in done.stderr
    assert f"RuntimeError: cannot log in with {STRUCK}" in done.stderr


def test_a_log_holds_no_secret_wherever_it_stands(identity: str) -> None:
    written = io.StringIO()
    root, handler = logging.getLogger(), logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    root.addHandler(handler)
    others = {each: each.formatter for each in root.handlers}
    hook = sys.excepthook
    try:
        keep_secrets(SESSION)
        keep_secrets(SESSION)  # a second time changes nothing
        log = logging.getLogger("a.library")
        log.warning("session %s of %s", SESSION, {"token": TOKEN})
        try:
            raise ValueError(f"not an identity: {identity}")
        except ValueError:
            log.exception("failed")
    finally:
        root.removeHandler(handler)
        sys.excepthook = hook
        for each, formatter in others.items():
            each.setFormatter(formatter)
    text = written.getvalue()
    assert not any(secret in text for secret in (SESSION, TOKEN, identity))
    assert text.startswith(f"WARNING session {STRUCK} of {{'token': '{STRUCK}'}}\nERROR failed\n")
    assert "ValueError: not an identity" in text


def test_ordinary_words_are_left_as_they_are() -> None:
    strike = striking("", "kort")
    text = "flag 12 in 1320000000000000001: upheld by Maja, model uppsikt-sv@0123456789ab, kort"
    assert strike(text) == text


def test_the_settings_page_says_of_the_token_only_that_there_is_one(tmp_path: Path) -> None:
    settings = load(None, {"UPPSIKT_TOKEN": TOKEN})
    assert TOKEN not in repr(settings) + str(settings.model_dump()) + repr(shown(settings))


def test_a_session_of_the_panel_is_kept_as_its_digest(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as db:
        assert "digest" in db["panel_sessions"].columns_dict
        assert not {"secret", "token"} & set(db["panel_sessions"].columns_dict)
