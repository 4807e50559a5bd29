"""What a line of JSONL says, or why it says nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lines import BadLine, parse_event, parse_text
from bot.core.messages import MAX_ID, Posted, Withdrawn
from tests.builders import NOW, ident, line

GOOD = json.loads(line())


def event_line(**fields: object) -> bytes:
    return json.dumps({**GOOD, **fields}).encode()


def without(key: str) -> bytes:
    return json.dumps({k: v for k, v in GOOD.items() if k != key}).encode()


BROKEN = [
    (b'{"id": "1", "text": ', "not valid JSON at character"),
    (b"hej", "not valid JSON at character 1"),
    (b'{"id": "1", "text": "h\xe9j"}', "not valid UTF-8 at byte 23"),
    (b"\xff\xfe{\x00}\x00", "not valid UTF-8 at byte 1"),
    (b"[1, 2]", "not a JSON object"),
    (b'"text"', "not a JSON object"),
    (b"null", "not a JSON object"),
    (b"[" * 100_000, "nested too deep"),
    (b'{"id": ' + b"9" * 10_000 + b', "text": ""}', "a number too long"),
    (b'{"id": "1", "text": 5}', "`text` must be a text"),
    (b'{"id": "1"}', "`text` is missing"),
    (b'{"text": "hej"}', "`id` must be"),
]


@pytest.mark.parametrize(("raw", "why"), BROKEN)
def test_a_broken_line_says_why_in_a_few_words_to_classify(raw: bytes, why: str) -> None:
    with pytest.raises(BadLine) as caught:
        parse_text(raw)
    assert why in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        *[(raw, why) for raw, why in BROKEN if not raw.startswith(b'{"')],
        *[(without(key), f"`{key}` ") for key in ("id", "channel", "author", "ts", "text")],
        (event_line(id="abc"), "`id` must be a message id, digits"),
        (event_line(id="0"), "`id` must be a message id, digits between 1 and"),
        (event_line(id="-5"), "`id` must be"),
        (event_line(id=str(MAX_ID + 1)), "`id` must be"),
        (event_line(id="1" * 400), "`id` must be"),
        (event_line(id="١٢٣"), "`id` must be"),
        (event_line(id=1.5), "`id` must be"),
        (event_line(id=True), "`id` must be"),
        (event_line(reply_to="x"), "`reply_to` must be"),
        (event_line(ts="2026-01-26T08:03:11"), "`ts` has no time zone"),
        (event_line(ts="i går"), "`ts` is no moment"),
        (event_line(ts=""), "`ts` is no moment"),
        (event_line(ts=1769411000), "`ts` must be a text"),
        (event_line(ts="1970-01-01T00:00:00Z"), "`ts` lies outside the years"),
        (event_line(ts="9999-12-31T23:59:59-12:00"), "`ts` lies outside the years"),
        (event_line(edited="igår"), "`edited` is no moment"),
        (event_line(deleted="2026-01-26T08:03:11"), "`deleted` has no time zone"),
        (event_line(deleted=1), "`deleted` must be a text"),
        (event_line(channel=""), "`channel` must be a text"),
        (event_line(channel="   "), "`channel` must be a text"),
        (event_line(channel=["#a"]), "`channel` must be a text"),
        (event_line(channel="a\x1b[2Jb"), "`channel` must be at most 200 printable"),
        (event_line(author="a\nb"), "`author` must be at most 200 printable"),
        (event_line(author="u" * 201), "`author` must be at most 200 printable"),
        (event_line(roles="alla"), "`roles` must be a list"),
        (event_line(roles=[1]), "`roles` must be a list"),
    ],
)
def test_a_broken_line_says_why_in_a_few_words_to_replay(raw: bytes, why: str) -> None:
    with pytest.raises(BadLine) as caught:
        parse_event(raw)
    assert why in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_an_event_or_a_bad_line(raw: bytes) -> None:
    for parse in (parse_text, parse_event):
        try:
            assert parse(raw)
        except BadLine as problem:
            assert str(problem)


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
fields = st.sampled_from(["id", "text", "channel", "author", "ts", "guild", "reply_to", "edited", "deleted", "roles"])


@given(st.dictionaries(fields, values, max_size=4))
def test_any_value_of_any_field_is_an_event_or_a_bad_line(changed: dict[str, object]) -> None:
    try:
        events = parse_event(event_line(**changed))
    except BadLine as problem:
        assert str(problem)
    else:
        assert 1 <= len(events) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t ",
        "x" * 100_000,
        "😀" * 500,
        "\u200b\u200d\u2060",
        "\u202eabc",
        "a\0b",
        "a" + "\u0301" * 10_000,
        "\x1b[31mröd",
        "\ud800",
    ],
    ids=["empty", "blank", "long", "emoji", "zero-width", "rtl", "nul", "marks", "ansi", "surrogate"],
)
def test_hostile_text_is_text(text: str) -> None:
    (event,) = parse_event(event_line(text=text))
    assert isinstance(event, Posted)
    assert event.text == text
    assert parse_text(event_line(text=text)).text == text


def test_a_line_gives_everything_it_says_and_nothing_it_does_not() -> None:
    fields = {"guild": "9", "reply_to": "5", "roles": ["Alla"], "mood": "sur", "attachments": [1]}
    (event,) = parse_event(event_line(**fields))
    assert isinstance(event, Posted)
    assert (event.id, event.author, event.text) == (ident(1), "u1", GOOD["text"])
    assert (event.channel.id, event.channel.name, event.channel.guild) == ("#torget", "#torget", "9")
    assert event.at == datetime.fromisoformat(GOOD["ts"])
    assert (event.reply_to, event.roles, event.revision, event.advances) == ("5", frozenset({"Alla"}), 0, True)


def test_an_edit_is_another_revision_and_moves_no_mark() -> None:
    (event,) = parse_event(event_line(edited="2026-01-26T09:00:00.250+01:00"))
    assert isinstance(event, Posted)
    assert event.revision == int(datetime(2026, 1, 26, 8, 0, 0, 250_000, UTC).timestamp() * 1000)
    assert not event.advances


def test_the_same_edit_has_the_same_revision_in_every_zone() -> None:
    here, there = (
        parse_event(event_line(edited=at))[0] for at in ("2026-01-26T09:00:00+01:00", "2026-01-26T08:00:00Z")
    )
    assert here == there


def test_a_deleted_line_with_text_is_a_post_and_its_withdrawal_in_that_order() -> None:
    posted, withdrawn = parse_event(event_line(deleted="2026-01-26T10:00:00+01:00"))
    assert isinstance(posted, Posted)
    assert isinstance(withdrawn, Withdrawn)
    assert posted.id == withdrawn.id
    assert withdrawn.at == datetime(2026, 1, 26, 9, 0, tzinfo=UTC)


def test_a_deleted_line_without_text_is_a_withdrawal() -> None:
    raw = json.dumps({k: v for k, v in GOOD.items() if k != "text"} | {"deleted": True}).encode()
    (event,) = parse_event(raw)
    assert isinstance(event, Withdrawn)
    assert event.at == datetime.fromisoformat(GOOD["ts"])


@pytest.mark.parametrize("nothing", [None, False, ""])
def test_an_edit_or_deletion_that_says_no_is_none(nothing: object) -> None:
    (event,) = parse_event(event_line(edited=nothing, deleted=nothing))
    assert isinstance(event, Posted)
    assert event.revision == 0


def test_ids_may_be_numbers() -> None:
    assert parse_event(event_line(id=int(ident(1)), author=17)) == parse_event(event_line(author="17"))
    assert parse_text(b'{"id": 5, "text": ""}').id == "5"


def test_classify_takes_any_printable_id() -> None:
    assert parse_text('{"id": "rad-å/1", "text": ""}'.encode()).id == "rad-å/1"
    for bad in ('"\\u001b[2J"', '""', "null", "true", '"' + "x" * 201 + '"'):
        with pytest.raises(BadLine, match="`id` must be a text of 1 to 200 printable characters"):
            parse_text(f'{{"id": {bad}, "text": ""}}'.encode())


def test_now_lies_within_the_years_that_are_read() -> None:
    assert parse_event(event_line(ts=NOW.isoformat()))
