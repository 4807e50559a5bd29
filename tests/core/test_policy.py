"""What a human needs to look at, by label, channel, thread, role and watch list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flags import Reason
from bot.core.messages import Channel
from bot.core.policy import Policy, assess
from classifier.verdict import LABELS, MOTIVES, TARGETS
from tests.builders import MARKET, NOW, SQUARE, THREAD, policy, post, verdict

HIGH = verdict(0.8, 0.8, **dict.fromkeys((*MOTIVES, *TARGETS), 0.8))
probabilities = st.floats(0, 1)


def reasons(rules: Policy, text: str = "", channel: Channel = SQUARE, seen=HIGH) -> tuple[Reason, ...]:
    """Why a message is flagged; nothing where it is not."""
    found = assess(post(1, text, channel), seen, rules, NOW)
    return found.reasons if found else ()


def labels(rules: Policy, channel: Channel = SQUARE) -> set[str]:
    return {reason.label for reason in reasons(rules, channel=channel)}


@given(st.dictionaries(st.sampled_from(LABELS), probabilities), st.dictionaries(st.sampled_from(LABELS), probabilities))
def test_the_reasons_are_the_labels_at_or_above_their_thresholds(
    limits: dict[str, float], values: dict[str, float]
) -> None:
    seen = verdict(values.pop("flag", 0.0), values.pop("threat", 0.0), **values)
    found = {reason.label for reason in reasons(policy(thresholds=limits), seen=seen)}
    assert found == {label for label in LABELS if label in limits and seen.of(label) >= limits[label]}


def test_motives_and_targets_alone_flag_nothing_unless_an_admin_says_so() -> None:
    seen = verdict(0.1, 0.1, misogyny=1.0, women=1.0)
    assert reasons(policy(), seen=seen) == ()
    assert reasons(policy(thresholds={"flag": 0.5, "misogyny": 0.9}), seen=seen) == (
        Reason("threshold", "misogyny", 1.0, 0.9),
    )


def test_a_flag_tells_its_value_its_limit_and_every_limit_in_force_there() -> None:
    rules = policy(by_channel={"#torget": {"flag": 0.7}})
    found = assess(post(), verdict(0.75), rules, NOW)
    assert found is not None
    assert found.reasons == (Reason("threshold", "flag", 0.75, 0.7),)
    assert found.thresholds == {"flag": 0.7, "threat": 0.5}


@pytest.mark.parametrize("name", ["100", "#torget", "torget"])
def test_a_channels_thresholds_go_before_everywheres_by_id_or_name(name: str) -> None:
    rules = policy(by_channel={name: {"flag": 0.9}})
    assert labels(rules, SQUARE) == {"threat"}
    assert labels(rules, MARKET) == {"flag", "threat"}


def test_a_threads_own_thresholds_go_before_its_channels_and_those_before_everywheres() -> None:
    rules = policy(by_channel={"#torget": {"flag": 0.9, "threat": 0.9}, "300": {"threat": 0.4}})
    assert rules.limits(THREAD) == {"flag": 0.9, "threat": 0.4}
    assert rules.limits(SQUARE) == {"flag": 0.9, "threat": 0.9}
    assert rules.limits(MARKET) == {"flag": 0.5, "threat": 0.5}


def test_a_groups_thresholds_go_before_everywheres_and_its_channels_own_before_those() -> None:
    rules = policy(
        groups={"youth": frozenset({"#torget", "200"})},
        by_group={"youth": {"flag": 0.6, "threat": 0.6}},
        by_channel={"#torget": {"flag": 0.7}},
    )
    assert rules.limits(SQUARE) == {"flag": 0.7, "threat": 0.6}
    assert rules.limits(MARKET) == {"flag": 0.6, "threat": 0.6}
    assert rules.limits(THREAD) == rules.limits(SQUARE)
    assert rules.limits(Channel("9", "nytt", "1")) == {"flag": 0.5, "threat": 0.5}


def test_a_thread_that_is_called_as_a_groups_channel_is_not_in_the_group() -> None:
    """Members name threads, and shall not choose their thresholds so."""
    rules = policy(groups={"youth": frozenset({"#marknad"})}, by_group={"youth": {"flag": 0.9}})
    named = Channel("301", "marknad", "1", parent="100", parent_name="torget")
    assert rules.group(named) == ""
    assert rules.limits(named) == rules.limits(SQUARE)


def test_a_channels_id_goes_before_its_name() -> None:
    rules = policy(by_channel={"100": {"flag": 0.9}, "#torget": {"flag": 0.1, "threat": 0.1}})
    assert rules.limits(SQUARE) == {"flag": 0.9, "threat": 0.1}


def test_two_policies_never_share_their_limits() -> None:
    first, second = policy(thresholds={"flag": 0.1}), policy(thresholds={"flag": 0.9})
    assert first.limits(SQUARE) == {"flag": 0.1}
    assert second.limits(SQUARE) == {"flag": 0.9}


@pytest.mark.parametrize(
    ("include", "exclude", "read"),
    [
        ([], [], {"torget", "marknad", "en tråd"}),
        (["#torget"], [], {"torget", "en tråd"}),
        (["100"], [], {"torget", "en tråd"}),
        (["300"], [], {"en tråd"}),
        ([], ["#torget"], {"marknad"}),
        ([], ["300"], {"torget", "marknad"}),
        (["#torget"], ["#en tråd"], {"torget"}),
        (["#torget"], ["#torget"], set()),
    ],
)
def test_channels_are_read_as_included_less_what_is_excluded_and_a_thread_follows_its_channel(
    include: list[str], exclude: list[str], read: set[str]
) -> None:
    rules = policy(include=frozenset(include), exclude=frozenset(exclude))
    assert {channel.name for channel in (SQUARE, MARKET, THREAD) if rules.reads(channel)} == read


def test_exempt_roles_are_by_id_or_name_and_exempt_nobody_else() -> None:
    rules = policy(exempt_roles=frozenset({"Polisen", "77"}))
    assert rules.exempts(post(roles=frozenset({"Polisen", "Alla"})))
    assert rules.exempts(post(roles=frozenset({"77"})))
    assert not rules.exempts(post(roles=frozenset({"Alla"})))
    assert not rules.exempts(post())


def watched(phrase: str, text: str) -> bool:
    """Whether a phrase is found, as a reason of its own under a verdict that says nothing."""
    found = reasons(policy(phrase), text, seen=verdict())
    assert found in ((), (Reason("watchlist", phrase),))
    return bool(found)


@pytest.mark.parametrize(
    "text",
    [
        "en banan till",
        "BANAN!",
        "b4n4n",
        "b@nan",
        "b a n a n",
        "b.a.n.a.n",
        "baaaanaaaan",
        "bаnаn",  # Cyrillic а
        "b\u200ban\u200dan",
        "ｂａｎａｎ",
        "𝐛𝐚𝐧𝐚𝐧",
        "b\u0336a\u0336n\u0336a\u0336n\u0336",
        "en\nbanan",
        "(banan)",
    ],
)
def test_a_watched_word_is_found_however_it_is_disguised(text: str) -> None:
    assert watched("banan", text)


@pytest.mark.parametrize("phrase", ["banan", "BANAN", "b4n4n", "b a n a n", "bаnаn"])
def test_the_list_itself_is_read_as_the_classifier_reads(phrase: str) -> None:
    assert watched(phrase, "en banan")


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("banan", "bananskal", False),
        ("banan*", "bananskal", True),
        ("*banan", "kokbanan", True),
        ("*banan", "kokbananer", False),
        ("*banan*", "kokbananer", True),
        ("röd banan", "en röd\n  banan", True),
        ("röd banan", "röd, banan", False),
        ("c++ (ny)", "jag gillar c++ (ny) mest", True),
        ("c++", "ccc", False),
        (".*", "vad som helst", False),
        ("öre", "ore", False),
    ],
)
def test_a_phrase_is_whole_words_unless_a_star_says_otherwise(phrase: str, text: str, found: bool) -> None:
    assert watched(phrase, text) is found


# Not a letter drawn out: "aaa" is read as "a", and single letters in a row as one spaced-out word.
words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=3, max_size=9).filter(lambda word: len({*word}) > 1)


@given(st.lists(words, min_size=1, max_size=3).map(" ".join), st.lists(words, max_size=4), st.lists(words, max_size=4))
def test_any_phrase_is_found_in_any_text_that_holds_it(phrase: str, before: list[str], after: list[str]) -> None:
    """Whole words of more than one letter; of one letter alone (test below) nothing is promised beside others."""
    assert watched(phrase, " ".join([*before, phrase.upper(), *after]))


def test_a_letter_drawn_out_is_found_unless_it_stands_in_a_row_of_such() -> None:
    """A row of single letters is one word with spaces in it: what hides words so is worth more than this phrase."""
    assert watched("aaa", "han sa aaaa till slut")
    assert not watched("aaa", "AAA aaa aaa aaa")


def test_a_phrase_of_nothing_visible_is_no_reason() -> None:
    assert reasons(policy("\u200b\u200b", "**"), "vad som helst", seen=verdict()) == ()


def test_a_language_the_model_cannot_read_is_a_reason_only_where_it_is_asked_for() -> None:
    seen = verdict(unread=True)
    assert reasons(policy(), seen=seen) == ()
    assert reasons(policy(flag_unread=True), seen=seen) == (Reason("language", "ar"),)
    assert reasons(policy(flag_unread=True), seen=verdict()) == ()
