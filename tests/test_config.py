"""Every problem of a configuration is told at once, by key; the token comes from the environment alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import TOKEN, Settings, load
from bot.core.errors import BadConfiguration, BadModel
from bot.core.messages import Channel
from classifier.shelf import Promotion
from tests.builders import MODEL, NOW, SQUARE, THREAD

SECRET = "MTE0-this.is.no-token"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def read(path: Path, text: str, **environment: str) -> Settings:
    path.write_text(text, "utf-8")
    return load(path, environment)


def problems(path: Path, text: str | bytes) -> list[str]:
    """What is wrong with a configuration, a line each."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadConfiguration) as caught:
        load(path, {})
    assert all(problem.startswith(f"{path}: ") and len(problem.splitlines()) == 1 for problem in caught.value.problems)
    return [problem.removeprefix(f"{path}: ") for problem in caught.value.problems]


def test_no_file_at_all_is_a_configuration(path: Path) -> None:
    assert load(None, {}).model_dump() == read(path, "").model_dump() == Settings().model_dump()


def test_all_problems_are_told_at_once_each_by_its_key(path: Path) -> None:
    text = """
        colour = "red"
        [uppsikt]
        languages = ["sv", "klingon"]
        log_level = "loud"
        modell = "x"
        [thresholds]
        flag = 1.5
        threat = nan
        rude = 0.5
        [thresholds.channels]
        "#torget" = { flag = 2, rude = 0.1 }
        [discord]
        guilds = ["abc"]
        attachment_bytes = -1
        drain_seconds = "long"
        [watchlist]
        phrases = ["x"]
        [retention]
        pending_days = 0
    """
    told = problems(path, text)
    keys = [
        "colour", "uppsikt.languages.1", "uppsikt.log_level", "uppsikt.modell", "thresholds.flag", "thresholds.threat",
        "thresholds.rude", "thresholds.channels.#torget.flag", "thresholds.channels.#torget.rude", "discord.guilds.0",
        "discord.attachment_bytes", "discord.drain_seconds", "watchlist.phrases.0", "retention.pending_days",
    ]  # fmt: skip
    assert len(told) == len(keys)
    for key in keys:
        assert any(problem.startswith(key) for problem in told), key


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[uppsikt", "not valid TOML"),
        ("a = 1\na = 2", "not valid TOML"),
        (b"\xff\xfe", "not a text in UTF-8"),
        ("a = " + "[" * 100_000, "nested too deep"),
        ("a = " + "9" * 10_000, "a number too long"),
        ("uppsikt = 5", "uppsikt: input should be"),
        ("[channels]\ninclude = '#torget'", "channels.include: input should be a valid list"),
        ("[uppsikt]\nlanguages = []", "uppsikt.languages"),
        ("folder = '/etc'", "folder: there is no such key"),
        ("[[thresholds]]\nflag = 1", "thresholds"),
        (
            "[discord]\nmoderators_channel = 123",
            "discord.moderators_channel: input should be a string: put it in quotes",
        ),
        ("[discord]\nleads_channel = '#ansvariga'", "discord.leads_channel: write a number in quotes"),
        ("[desk]\nquiet_hours = '22-7'", 'desk.quiet_hours: write two times, such as "22:00-07:00"'),
        ("[desk]\nquiet_hours = '22:00-22:00'", "quiet hours begin and end at different times"),
        ("[desk]\nchannels = { hat = '1' }", "desk.channels.hat: input should be 'antisemitism'"),
    ],
)
def test_a_file_that_is_no_configuration_says_why_in_one_line(path: Path, text: str | bytes, why: str) -> None:
    (told,) = problems(path, text)
    assert told.startswith(why) or why in told


def test_a_missing_file_says_what_to_copy(path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r"there is no such file; copy config\.example\.toml to it"):
        load(path, {})


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration) as caught:
        load(tmp_path, {})
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        f'token = "{SECRET}"',
        f'[uppsikt]\ntoken = "{SECRET}"',
        f'[discord]\ntoken = "{SECRET}"\nlog = 5',
        f'[thresholds.channels]\ntoken = "{SECRET}"',
        f'[thresholds.channels."#a"]\ntoken = "{SECRET}"',
    ],
)
def test_a_token_in_the_file_is_refused_and_never_repeated(path: Path, text: str) -> None:
    told = problems(path, text)
    assert told[0] == f"a token does not belong in a file; set {TOKEN} in the environment, and renew it"
    assert SECRET not in "\n".join(told)


def test_the_token_of_the_environment_is_shown_by_nothing(path: Path) -> None:
    settings = read(path, "", **{TOKEN: SECRET})
    assert settings.token.get_secret_value() == SECRET
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert SECRET not in shown


tables = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text("ab\"'#\\é", max_size=5),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)
names = st.sampled_from(
    [
        "uppsikt.model",
        "uppsikt.database",
        "channels.include",
        "thresholds.flag",
        "discord.guilds",
        "retention.x",
        "token",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(names, tables, max_size=4))
def test_whatever_stands_in_the_file_it_is_settings_or_problems(path: Path, content: dict[str, object]) -> None:
    path.write_text("".join(f"{key} = {value!r}\n" for key, value in content.items()), "utf-8")
    try:
        assert isinstance(load(path, {}), Settings)
    except BadConfiguration as bad:
        assert bad.problems


def test_paths_count_from_the_files_own_folder(path: Path) -> None:
    settings = read(path, "[uppsikt]\ndatabase = 'a/b.db'\nmodel = 'mine/model'")
    assert settings.database == path.parent / "a" / "b.db"
    assert settings.model_folder == path.parent / "mine" / "model"


def test_a_model_is_a_name_of_ours_or_a_path(path: Path) -> None:
    assert read(path, "").model_folder.parts[-2:] == ("models", "uppsikt-sv")
    assert read(path, "[uppsikt]\nmodel = '/somewhere/else'").model_folder == Path("/somewhere/else")


@pytest.mark.parametrize("models", ["shelf", "deep/shelf"])
def test_a_name_is_looked_for_on_the_own_shelf_first_then_among_ours(path: Path, models: str) -> None:
    mine = path.parent / models / "mine"
    mine.mkdir(parents=True)
    text = f"[uppsikt]\nmodels = '{models}'\nmodel = "
    assert read(path, f"{text}'mine'").model_folder == mine
    assert read(path, f"{text}'uppsikt-sv'").model_folder == MODEL
    assert read(path, f"{text}'none'").model_folder.name == "none"
    assert read(path, f"[uppsikt]\nmodels = '{path.parent / models}'\nmodel = 'mine'").model_folder == mine


def test_where_no_model_is_named_the_promoted_one_is_used_and_ours_until_one_is(path: Path) -> None:
    shelf = path.parent / "shelf"
    (shelf / "mine").mkdir(parents=True)
    settings = read(path, "[uppsikt]\nmodels = 'shelf'")
    assert settings.model_folder == MODEL
    settings.shelf.promote(Promotion("mine", "0" * 64, "Maja", NOW), ())
    assert settings.model_folder == shelf / "mine"
    assert read(path, "[uppsikt]\nmodels = 'shelf'\nmodel = 'uppsikt-sv'").model_folder == MODEL


def test_a_broken_record_of_promotions_is_one_clear_error(path: Path) -> None:
    (path.parent / "promoted.json").write_text("{")
    settings = read(path, "[uppsikt]\nmodels = '.'")
    with pytest.raises(BadModel, match=r"promoted\.json is broken"):
        _ = settings.model_folder
    assert read(path, "[uppsikt]\nmodels = '.'\nmodel = 'uppsikt-sv'").model_folder == MODEL


def test_settings_become_the_policy_in_force(path: Path) -> None:
    settings = read(
        path,
        """
        [channels]
        exclude = ["#skräp"]
        [thresholds]
        threat = 0.6
        misogyny = 0.9
        [thresholds.channels]
        "#torget" = { flag = 0.8 }
        [discord]
        exempt_roles = ["Polisen"]
        [watchlist]
        phrases = ["banan"]
        """,
    )
    rules = settings.policy({"flag": 0.7, "threat": 0.7})
    assert rules.limits(Channel("9", "x")) == {"flag": 0.7, "threat": 0.6, "misogyny": 0.9}
    assert rules.limits(SQUARE) == rules.limits(THREAD) == {"flag": 0.8, "threat": 0.6, "misogyny": 0.9}
    assert not rules.reads(Channel("9", "skräp"))
    assert rules.exempt_roles == {"Polisen"}
    assert rules.watch.found(rules.fold("B4N4N")) == ["banan"]


def test_settings_never_change(path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        read(path, "").uppsikt.model = "another"


def test_roles_are_configured_by_id_or_name(path: Path) -> None:
    ranks = read(path, '[roles]\nmoderator = ["Moderator", "123"]\nadmin = ["IT"]').ranks()
    assert ranks.moderator == {"Moderator", "123"}
    assert ranks.lead == frozenset()
    assert ranks.admin == {"IT"}
    assert problems(path, "[roles]\nmoderators = []") == ["roles.moderators: there is no such key"]


def test_groups_of_channels_have_thresholds_between_everywheres_and_their_channels(path: Path) -> None:
    rules = read(
        path,
        """
        [groups]
        youth = ["#torget", "200"]
        [thresholds.groups]
        youth = { flag = 0.6 }
        """,
    ).policy({"flag": 0.5})
    assert rules.group(THREAD) == rules.group(SQUARE) == "youth"
    assert rules.limits(SQUARE)["flag"] == 0.6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[groups]\na = ["#x"]\nb = ["x"]', "groups: 'x' is in 'a' and in 'b': a channel is in one group only"),
        ('[groups]\n"#x" = ["y"]', "groups: '#x' looks like a channel: a group's name is a word, such as youth"),
        ('[groups]\n1320000000000000001 = ["y"]', "groups: '1320000000000000001' looks like a channel"),
        ('[groups]\nval = ["#val"]', "groups: 'val' is a channel of a group and a group"),
        (
            "[thresholds.groups]\nval = { flag = 0.5 }",
            "groups: there is no group 'val', which [thresholds.groups] names",
        ),
        ("[groups]\nval = []", "groups.val: list should have at least 1 item"),
        ('[groups]\nval = "#torget"', "groups.val: input should be a valid list"),
        (
            '[groups]\nval = ["x"]\n[thresholds.groups]\nval = { flag = 2 }',
            "thresholds.groups.val.flag: input should be",
        ),
        ('groups = "val"', "groups: input should be a valid dictionary"),
    ],
)
def test_groups_that_make_no_sense_are_refused(path: Path, text: str, told: str) -> None:
    (problem,) = problems(path, text)
    assert problem.startswith(told)
